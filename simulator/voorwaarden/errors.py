"""What the Voorwaarden themselves refuse: to Logius as much as to an Afnemer."""

from simulator.infra.errors import Conflict, InvalidInput, NotFound
from simulator.infra.regels import Herkomst, Regel

BRON = "Voorwaarden MijnOverheid productie 2.9"
EERSTE_TARIEFJAAR = 2018
"""From the first of January of this year on Logius charges (article 3.8)."""
OVERLEG = Regel(
    "VW-3.4-overleg", "Een besluit volgt op een overleg dat is geweest", f"{BRON}, artikelen 3.4, 3.5, 3.8 en 8.1",
    Herkomst.GEDOCUMENTEERD,
    "een besluit van vandaag of eerder, dat niet voor het Afnemersoverleg is genomen en niet daarvoor ingaat",
)  # fmt: skip
KOPPELVLAK = Regel(
    "VW-3.5-koppelvlak", "Versies van een koppelvlak staan een tijd naast elkaar",
    f"{BRON}, artikel 3.5; NL API Design Rules 2.2.0 /core/deprecation-schedule", Herkomst.AANGENOMEN,
    "een API van deze simulator, een nieuwere versie, en een vervaldatum na de uitfasering",
)  # fmt: skip
TARIEF = Regel(
    "VW-3.8-tarief", "Een tarief geldt voor een jaar vanaf 2018", f"{BRON}, artikel 3.8", Herkomst.GEDOCUMENTEERD,
    f"een jaar vanaf {EERSTE_TARIEFJAAR}",
)  # fmt: skip
TERMIJN = Regel(
    "VW-8.1-termijn", "Een wijziging wordt een maand vooraf aangekondigd", f"{BRON}, artikel 8.1",
    Herkomst.GEDOCUMENTEERD, "een ingangsdatum van ten minste een kalendermaand na vandaag",
)  # fmt: skip
WIJZIGINGSBESLUIT = Regel(
    "VW-8.1-besluit", "Een wijziging volgt op een besluit na overleg", f"{BRON}, artikel 8.1", Herkomst.GEDOCUMENTEERD,
    "een besluit van de soort voorwaarden over deze versie",
)  # fmt: skip
VERSIE_NIEUW = Regel(
    "VW-8.1-versie", "Een versie wordt één keer aangekondigd", f"{BRON}, artikel 8.1", Herkomst.AANGENOMEN,
    "een versie die er nog niet is",
)  # fmt: skip
ANTWOORD = Regel(
    "VW-8.2-antwoord", "Een Afnemer antwoordt op een kennisgeving die hij kreeg, voordat de levering zou eindigen",
    f"{BRON}, artikel 8.2", Herkomst.AANGENOMEN,
    "een wijziging waarover deze Afnemer bericht kreeg, tot twee maanden na de wijzigingsdatum",
)  # fmt: skip
REGELS = (OVERLEG, KOPPELVLAK, TARIEF, TERMIJN, WIJZIGINGSBESLUIT, VERSIE_NIEUW, ANTWOORD)


class OverlegNotFound(NotFound):
    """No such meeting here."""

    slug = "overleg-niet-gevonden"
    title = "Dit Afnemersoverleg is niet gevonden"
    regel = OVERLEG


class BesluitZonderOverleg(InvalidInput):
    """The decision was taken, or comes into force, before its meeting; or that has yet to be."""

    slug = "besluit-zonder-overleg"
    title = "Dit besluit gaat aan zijn overleg vooraf"
    regel = OVERLEG


class UitfaseringOngeldig(InvalidInput):
    """An API that is not there, or versions that are not side by side for any time."""

    slug = "uitfasering-ongeldig"
    title = "Deze uitfasering kan niet"
    regel = KOPPELVLAK


class TariefOngeldig(InvalidInput):
    """A tariff for a year in which nothing is charged."""

    slug = "tarief-ongeldig"
    title = "Voor dit jaar is er geen tarief"
    regel = TARIEF


class AankondigingTeLaat(InvalidInput):
    """Less than a calendar month from the announcement to the change."""

    slug = "aankondiging-te-laat"
    title = "Deze wijziging wordt te laat aangekondigd"
    regel = TERMIJN


class WijzigingZonderBesluit(Conflict):
    """Nobody decided on this version after the Afnemersoverleg was heard."""

    slug = "wijziging-zonder-besluit"
    title = "Over deze wijziging is niet besloten"
    regel = WIJZIGINGSBESLUIT


class VersieBestaatAl(Conflict):
    """The version holds already, or was announced."""

    slug = "voorwaardenversie-bestaat-al"
    title = "Deze versie van de Voorwaarden is er al"
    regel = VERSIE_NIEUW


class WijzigingNotFound(NotFound):
    """No such change, or this Afnemer was not told about it."""

    slug = "wijziging-niet-gevonden"
    title = "Deze wijziging van de Voorwaarden is niet gevonden"
    regel = ANTWOORD


class AntwoordTeLaat(Conflict):
    """Two months after the change it is over, one way or the other."""

    slug = "antwoord-te-laat"
    title = "Over deze wijziging kan niet meer worden geantwoord"
    regel = ANTWOORD

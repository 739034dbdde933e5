"""Why somebody may not enter, and what can be refused about an Afnemer."""

from simulator.infra.errors import Conflict, InvalidInput, NotAuthenticated, NotFound, NotPermitted
from simulator.infra.regels import Herkomst, Regel

_AANSLUITEN = "Aansluitvoorwaarden; vorm van de sleutel is van de simulator"
_CHALLENGE = {"WWW-Authenticate": 'ApiKey realm="MijnOverheid-simulator"'}

SLEUTEL_AANWEZIG = Regel(
    id="AF-sleutel-aanwezig",
    titel="Een Afnemer meldt zich aan met een API-sleutel",
    bron=_AANSLUITEN,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="De header X-API-Key met uw sleutel.",
)
SLEUTEL_GELDIG = Regel(
    id="AF-sleutel-geldig",
    titel="De API-sleutel is uitgegeven en niet ingetrokken",
    bron=_AANSLUITEN,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een sleutel die in deze omgeving is uitgegeven en niet is ingetrokken.",
)
AFNEMER_ACTIEF = Regel(
    id="AF-actief",
    titel="De aansluiting van de Afnemer is actief",
    bron="Voorwaarden MijnOverheid productie 2.9",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een Afnemer met een actieve aansluiting.",
)
DIENST_AFGENOMEN = Regel(
    id="AF-dienst",
    titel="De Afnemer is aangesloten op deze dienst",
    bron="Voorwaarden MijnOverheid productie 2.9",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een aansluiting op de dienst waar dit pad bij hoort.",
)
ONDERTEKENING = Regel(
    id="VW-2.2-ondertekening",
    titel="De voorwaarden gelden vanaf de ondertekening van het Aanvraagformulier",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 2.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een Aanvraagformulier MijnOverheid dat voor deze dienst is ondertekend.",
)
PRODUCTIE = Regel(
    id="VW-3.1-productie",
    titel="Een dienst is te gebruiken zodra de aansluiting in productie is",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 3.1",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een aansluiting op deze dienst die in productie is genomen.",
)
BEEINDIGING = Regel(
    id="VW-3.1-beeindigd",
    titel="Na het einde van de aansluiting wordt een dienst niet meer geleverd",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 3.1",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een aansluiting op deze dienst die niet is beëindigd.",
)
AANVAARDING = Regel(
    id="VW-8.2-aanvaarding",
    titel="Wie een wijziging van de voorwaarden niet aanvaardt, krijgt na twee maanden niet meer geleverd",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 8.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Aanvaarding van de wijziging, binnen twee maanden na de wijzigingsdatum.",
)
AFNEMER_BEKEND = Regel(
    id="AF-bekend",
    titel="De Afnemer is aangesloten in deze omgeving",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Het OIN van een Afnemer van deze omgeving.",
)
OIN_UNIEK = Regel(
    id="AF-oin-uniek",
    titel="Een OIN hoort bij één Afnemer",
    bron="OIN-Stelsel",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een OIN dat in deze omgeving nog niet in gebruik is.",
)
AFNEMER_NAAM = Regel(
    id="AF-naam",
    titel="Een Afnemer heeft een naam",
    bron="Aanvraagformulier MijnOverheid",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een naam van 1 tot 200 tekens.",
)
MANDAAT_ZINVOL = Regel(
    id="AF-mandaat",
    titel="Een intermediair verzendt namens een andere Afnemer",
    bron="Technische Aansluithandleiding Berichtenbox §1.2, §2.3",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Twee verschillende Afnemers.",
)


class SleutelOntbreekt(NotAuthenticated):
    """No key came with the request."""

    slug = "sleutel-ontbreekt"
    title = "U bent niet aangemeld"
    regel = SLEUTEL_AANWEZIG

    def __init__(self) -> None:
        super().__init__("Stuur uw API-sleutel mee in de header X-API-Key.", headers=_CHALLENGE)


class SleutelOngeldig(NotAuthenticated):
    """The key belongs to nobody here, or no longer."""

    slug = "sleutel-ongeldig"
    title = "Deze API-sleutel is niet geldig"
    regel = SLEUTEL_GELDIG

    def __init__(self) -> None:
        super().__init__(
            "Deze sleutel is in deze omgeving niet uitgegeven, of is ingetrokken.",
            ontvangen="een sleutel die hier niet geldt",
            headers=_CHALLENGE,
        )


class AfnemerNietActief(NotPermitted):
    """The connection was closed; nothing can be done with it until it is opened again."""

    slug = "afnemer-niet-actief"
    title = "Deze aansluiting is niet actief"
    regel = AFNEMER_ACTIEF


class DienstNietAfgenomen(NotPermitted):
    """The Afnemer is known, and not connected to this dienst."""

    slug = "dienst-niet-afgenomen"
    title = "U bent niet aangesloten op deze dienst"
    regel = DIENST_AFGENOMEN


class AanvraagNietOndertekend(NotPermitted):
    """The form for this dienst was not signed, or only from a later day."""

    slug = "aanvraag-niet-ondertekend"
    title = "Het Aanvraagformulier is niet ondertekend"
    regel = ONDERTEKENING


class DienstNietInProductie(NotPermitted):
    """The connection to this dienst is still being made."""

    slug = "dienst-niet-in-productie"
    title = "Uw aansluiting is nog niet in productie"
    regel = PRODUCTIE


class AansluitingBeeindigd(NotPermitted):
    """The connection to this dienst came to its end."""

    slug = "aansluiting-beeindigd"
    title = "Uw aansluiting op deze dienst is beëindigd"
    regel = BEEINDIGING


class VoorwaardenNietAanvaard(NotPermitted):
    """The Afnemer refused a change of the Voorwaarden, and the two months are over."""

    slug = "voorwaarden-niet-aanvaard"
    title = "U heeft de gewijzigde voorwaarden niet aanvaard"
    regel = AANVAARDING


class AfnemerNotFound(NotFound):
    """No Afnemer has this OIN or id."""

    slug = "afnemer-niet-gevonden"
    title = "Deze Afnemer bestaat niet in deze omgeving"
    regel = AFNEMER_BEKEND


class SleutelNotFound(NotFound):
    """No such key, or not of this Afnemer."""

    slug = "sleutel-niet-gevonden"
    title = "Deze sleutel bestaat niet"
    regel = SLEUTEL_GELDIG


class AfnemerBestaatAl(Conflict):
    """The OIN is taken."""

    slug = "afnemer-bestaat-al"
    title = "Er is al een Afnemer met dit OIN"
    regel = OIN_UNIEK


class SleutelBestaatAl(Conflict):
    """Somebody uses this key already: it must say who you are."""

    slug = "sleutel-bestaat-al"
    title = "Deze sleutel is al in gebruik"
    regel = SLEUTEL_GELDIG


class AfnemerNaamOngeldig(InvalidInput):
    """The name is empty or too long."""

    slug = "afnemer-naam-ongeldig"
    title = "Deze naam kan niet"
    regel = AFNEMER_NAAM


class MandaatOngeldig(InvalidInput):
    """Nobody needs a mandaat for itself."""

    slug = "mandaat-ongeldig"
    title = "Dit mandaat kan niet"
    regel = MANDAAT_ZINVOL

"""Check before delivery who takes digital post: per BSN and per berichttype, as the ValidatieService does."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord
from simulator.berichtenbox.errors.catalogus import ABONNEMENTEN_AANTAL
from simulator.berichtenbox.queries.berichttypes import GEEN_BERICHTTYPES, berichttype_index
from simulator.gebruikers import is_bsn, ontvangst
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.regels import Uitkomst


@dataclass(frozen=True, slots=True)
class AbonnementenVraag:
    """Which people, for which berichttype, in the name of which Afnemer."""

    afnemer: AfnemerRecord
    berichttype: str
    gebruikers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Abonnement:
    """Whether a bericht may be sent to this person."""

    gebruiker: str
    is_bericht_sturen: bool


@dataclass(frozen=True, slots=True)
class _Werk:
    omgeving: Omgeving
    vraag: AbonnementenVraag


def validate_abonnementen(omgeving: Omgeving, vraag: AbonnementenVraag) -> list[Abonnement]:
    """Per BSN the answer of the moment; ASSUMPTION: an unknown BSN, or a berichttype that is not active, means no."""
    return omgeving.group_commit(_validate_group, _Werk(omgeving, vraag))


def _validate_group(transaction: GroupTransaction, werken: Sequence[_Werk]) -> list[list[Abonnement]]:
    bsns = {int(gebruiker) for werk in werken for gebruiker in werk.vraag.gebruikers if is_bsn(gebruiker)}
    wijzigingen = ontvangst.find_wijzigingen(transaction, sorted(bsns))
    transaction.tel(ABONNEMENTEN_AANTAL, Uitkomst.GESLAAGD, len(werken))

    def decide(werk: _Werk, gebruiker: str) -> bool:
        afnemer = werk.vraag.afnemer
        codes = berichttype_index(werk.omgeving).get(afnemer.id, GEEN_BERICHTTYPES)
        if not codes.get(werk.vraag.berichttype, False) or not is_bsn(gebruiker):
            return False
        wijziging = wijzigingen.get(int(gebruiker), ontvangst.ONGEWIJZIGD)
        ontvangers = ontvangst.load_ontvangers(werk.omgeving)
        return ontvangers.judge(int(gebruiker), str(afnemer.oin), afnemer.id, wijziging).is_bericht_sturen

    return [[Abonnement(gebruiker, decide(werk, gebruiker)) for gebruiker in werk.vraag.gebruikers] for werk in werken]

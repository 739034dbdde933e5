"""Check before delivery who takes digital post: per BSN and per berichttype, as the ValidatieService does."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord
from simulator.berichtenbox.errors.catalogus import ABONNEMENTEN_AANTAL
from simulator.berichtenbox.queries.berichttypes import GEEN_BERICHTTYPES, berichttype_index
from simulator.gebruikers import is_bsn, ontvangst
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.regels import Uitkomst
from simulator.infra.tracing import Trace
from simulator.verwerkingen import Activiteit, Verwerking, record_in_group


@dataclass(frozen=True, slots=True)
class AbonnementenVraag:
    """Which people, for which berichttype, in the name of which Afnemer."""

    afnemer: AfnemerRecord
    berichttype: str
    gebruikers: Sequence[str]
    trace: Trace


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
    record_in_group(transaction, [each for werk in werken for each in _list_verwerkingen(werk.vraag)])

    def decide(werk: _Werk, gebruiker: str) -> bool:
        afnemer = werk.vraag.afnemer
        codes = berichttype_index(werk.omgeving).get(afnemer.id, GEEN_BERICHTTYPES)
        if not codes.get(werk.vraag.berichttype, False) or not is_bsn(gebruiker):
            return False
        wijziging = wijzigingen.get(int(gebruiker), ontvangst.ONGEWIJZIGD)
        ontvangers = ontvangst.load_ontvangers(werk.omgeving)
        return ontvangers.judge(int(gebruiker), str(afnemer.oin), afnemer.id, wijziging).is_bericht_sturen

    return [[Abonnement(gebruiker, decide(werk, gebruiker)) for gebruiker in werk.vraag.gebruikers] for werk in werken]


def _list_verwerkingen(vraag: AbonnementenVraag) -> list[Verwerking]:
    """A line for each person that was asked about, once."""
    bsns = dict.fromkeys(int(each) for each in vraag.gebruikers if is_bsn(each))
    code = "".join(each if each.isprintable() else "?" for each in vraag.berichttype)  # PostgreSQL stores no NUL
    wat = f"berichttype {code}"
    return [
        Verwerking(bsn, Activiteit.ABONNEMENT_VALIDEREN, vraag.afnemer.oin, vraag.trace.begin_beside(), wat)
        for bsn in bsns
    ]

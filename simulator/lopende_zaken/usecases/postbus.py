"""Who has an active box for zaakberichten: asked beforehand by an Afnemer, and at every delivery."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord
from simulator.gebruikers import Bsn, get_gebruiker, get_gebruikers, is_bsn, ontvangst
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.lopende_zaken.errors import InitiatorOnbekend, PostbusNietActief, ZaakOpslagMislukt
from simulator.verwerkingen import Activiteit, Verwerking, log_verwerkingen


@dataclass(frozen=True, slots=True)
class Postbus:
    """Whether zaakberichten about this person can be shown to them."""

    gebruiker: str
    is_actief: bool


def check_postbussen(
    omgeving: Omgeving, afnemer: AfnemerRecord, gebruikers: Sequence[str], trace: Trace
) -> list[Postbus]:
    """Per BSN the answer of the moment, in the order of the question; no for a BSN that is none or of nobody.

    ASSUMPTION: there is one box: who activated MijnOverheid has it for zaken too. The voorkeuren of the Berichtenbox,
    which say from whom post is welcome, say nothing about zaken.
    """
    bsns = {int(each) for each in gebruikers if is_bsn(each)}
    with omgeving.reading() as session:
        people = get_gebruikers(omgeving, session, bsns)
    log_verwerkingen(
        omgeving,
        [
            Verwerking(bsn, Activiteit.ABONNEMENT_VALIDEREN, afnemer.oin, trace.begin_beside(), "zaken")
            for bsn in sorted(bsns)
        ],
    )
    actief = {bsn for bsn, gebruiker in people.items() if gebruiker.box_actief}
    return [Postbus(each, is_bsn(each) and int(each) in actief) for each in gebruikers]


def check_postbus(omgeving: Omgeving, session: Session, bsn: Bsn) -> None:
    """Raise ``InitiatorOnbekend``, ``PostbusNietActief``, or for a persona that stands for it ``ZaakOpslagMislukt``."""
    gebruiker = get_gebruiker(omgeving, session, bsn)
    if gebruiker is None:
        raise InitiatorOnbekend
    if not gebruiker.box_actief:
        raise PostbusNietActief
    persona = ontvangst.load_ontvangers(omgeving).personas.get(int(bsn))
    if persona is not None and persona.uitkomst is not None:
        raise ZaakOpslagMislukt(f"{persona.uitkomst.verwerkingscode}, {persona.uitkomst.stadium}.")

"""Ask what became of a delivery: the status of any, the result of a batch."""

from dataclasses import dataclass
from uuid import UUID

from simulator.afnemers import AfnemerRecord
from simulator.berichtenbox.errors.aanlevering import AanleveringNotFound, ResultaatNogNietKlaar
from simulator.berichtenbox.queries.aanleveringen import AanleveringRecord, get_aanlevering, get_latest_batch
from simulator.berichtenbox.values import Fase, fase_at
from simulator.infra.clock import to_micros
from simulator.infra.ids import from_public_id
from simulator.infra.omgeving import Omgeving


@dataclass(frozen=True, slots=True)
class AanleveringStand:
    """A delivery and how far it is."""

    aanlevering: AanleveringRecord
    fase: Fase


def read_status(omgeving: Omgeving, afnemer: AfnemerRecord, status_id: str) -> AanleveringStand:
    """How far a delivery is; raises ``AanleveringNotFound`` when there is none, or it is not one of the caller's."""
    aanlevering_id = from_public_id(status_id)
    if aanlevering_id is None:
        raise AanleveringNotFound
    with omgeving.reading() as session:
        aanlevering = get_aanlevering(session, aanlevering_id, _namens(afnemer))
    if aanlevering is None:
        raise AanleveringNotFound
    return AanleveringStand(aanlevering, fase_at(omgeving.now(), aanlevering.ontvangen_op, aanlevering.verwerkt_op))


def read_resultaat(omgeving: Omgeving, afnemer: AfnemerRecord, batch_id: UUID) -> AanleveringRecord:
    """The outcome of the last offer of a batch; raises ``AanleveringNotFound`` or ``ResultaatNogNietKlaar``."""
    with omgeving.reading() as session:
        aanlevering = get_latest_batch(session, batch_id.bytes, _namens(afnemer))
    if aanlevering is None:
        raise AanleveringNotFound
    now = omgeving.now()
    if now < aanlevering.verwerkt_op:
        seconds = omgeving.state.klok.seconds_until(to_micros(aanlevering.verwerkt_op))
        if seconds is None:  # as long as nobody moves the clock
            seconds = (aanlevering.verwerkt_op - now).total_seconds()
        raise ResultaatNogNietKlaar("De batch wordt nog verwerkt.", headers={"Retry-After": str(int(seconds) + 1)})
    return aanlevering


def _namens(afnemer: AfnemerRecord) -> list[int]:
    return [afnemer.id, *sorted(afnemer.mandaten)]

"""What is kept of a delivery and its outcome, and who may see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, or_, select, text
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import Aanlevering
from simulator.berichtenbox.values import Soort, Stadium, Verwerkingscode
from simulator.infra.ids import AGE_MASK


class BerichtResultaat(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The outcome of one bericht as kept with its delivery: small, because there are as many as there are berichten."""

    bericht_id: bytes
    berichttype: str
    code: Verwerkingscode = Verwerkingscode.VERWERKT
    stadium: Stadium = Stadium.NA
    regel: str = ""
    toelichting: str = ""
    waarschuwingen: tuple[str, ...] = ()


class Resultaat(msgspec.Struct, array_like=True, frozen=True):
    """The outcome of a delivery; ``aantal`` may exceed the number of outcomes when the document failed as a whole."""

    leverancier: str
    aantal: int
    berichten: Sequence[BerichtResultaat]


class AanleveringRecord(NamedTuple):
    """A delivery as its owner may see it."""

    id: int
    soort: Soort
    extern_id: bytes
    ontvangen_op: datetime
    verwerkt_op: datetime
    resultaat: Resultaat


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Resultaat)
encode_resultaat = _encoder.encode
# A literal and no bind: only so do both planners see that the partial index applies.
_IS_BATCH = text("soort = 'xml'")
_KOLOMMEN = (
    Aanlevering.id, Aanlevering.soort, Aanlevering.extern_id, Aanlevering.ontvangen_op, Aanlevering.verwerkt_op,
    Aanlevering.resultaat,
)  # fmt: skip


def get_aanlevering(session: Session, aanlevering_id: int, namens: Sequence[int]) -> AanleveringRecord | None:
    """A delivery by or in the name of one of ``namens`` (the caller and those who gave it a mandate)."""
    row = session.execute(select(*_KOLOMMEN).where(Aanlevering.id == aanlevering_id, _is_van(namens))).first()
    return None if row is None else as_record(*row)


def get_latest_batch(session: Session, batch_id: bytes, namens: Sequence[int]) -> AanleveringRecord | None:
    """The last offer of a batch: a corrected resend keeps its BatchID and replaces the result."""
    statement = (
        select(*_KOLOMMEN)
        .where(Aanlevering.extern_id == batch_id, _IS_BATCH, _is_van(namens))
        # The age of the id tells which was last, also on a clock that stands still or was set back.
        .order_by(Aanlevering.id.bitwise_and(AGE_MASK).desc())
        .limit(1)
    )
    row = session.execute(statement).first()
    return None if row is None else as_record(*row)


def _is_van(namens: Sequence[int]) -> ColumnElement[bool]:
    return or_(Aanlevering.afnemer_id == namens[0], Aanlevering.namens_id.in_(namens))


def as_record(*row: Any) -> AanleveringRecord:
    """A row of the six columns that its owner may see."""
    aanlevering_id, soort, extern_id, ontvangen_op, verwerkt_op, resultaat = row
    return AanleveringRecord(
        aanlevering_id, Soort(soort), bytes(extern_id), ontvangen_op, verwerkt_op, _decoder.decode(resultaat)
    )

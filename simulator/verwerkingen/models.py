"""The processing log: rows that are only ever added."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Index, LargeBinary, SmallInteger, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt, partial_index
from simulator.verwerkingen.values import LOGIUS, Status

OMSCHRIJVING = 300


class Dataverwerking(Base):
    """One verwerking of the data of one person; moments in microseconds, simulated."""

    __tablename__ = "verwerkingen"
    __table_args__ = (
        Index(None, "bsn", "begin", "id"),
        # What others did is found beside any number of lines about the person's own reading.
        partial_index("ix_verwerkingen_van_anderen", "bsn", "begin", "id", where=f"verantwoordelijke <> '{LOGIUS}'"),
    )

    id: Mapped[BigId]
    bsn: Mapped[BigInt]
    activiteit: Mapped[str] = mapped_column(String(30))
    verantwoordelijke: Mapped[str] = mapped_column(String(20))
    trace_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    operation_id: Mapped[bytes] = mapped_column(LargeBinary(8))
    parent_operation_id: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    foreign_operation_id: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    status: Mapped[int] = mapped_column(SmallInteger)
    begin: Mapped[BigInt]
    eind: Mapped[BigInt]
    omschrijving: Mapped[str] = mapped_column(String(OMSCHRIJVING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Logrij:
    """A line that is not stored as one, because other rows say it already; the columns of ``Dataverwerking``."""

    id: int
    bsn: int
    activiteit: str
    verantwoordelijke: str
    trace_id: bytes
    operation_id: bytes
    begin: int
    omschrijving: str
    parent_operation_id: bytes | None = None
    foreign_operation_id: bytes | None = None
    status: int = Status.GELUKT

    @property
    def eind(self) -> int:
        """It took no time."""
        return self.begin


VERWERKINGEN = cast("Table", Dataverwerking.__table__)

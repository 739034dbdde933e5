"""The processing log: rows that are only ever added."""

from typing import cast

from sqlalchemy import Index, LargeBinary, SmallInteger, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt

OMSCHRIJVING = 300


class Dataverwerking(Base):
    """One verwerking of the data of one person; moments in microseconds, simulated."""

    __tablename__ = "verwerkingen"
    __table_args__ = (Index(None, "bsn", "begin", "id"),)

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


VERWERKINGEN = cast("Table", Dataverwerking.__table__)

"""The facts of verbruik, one per delivery and berichttype, and their totals per day."""

from typing import cast

from sqlalchemy import SmallInteger, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt

# No foreign keys in this file: each would cost every delivery a look-up, and `mosim check` proves what they would.


class Verbruiksfeit(Base):
    """What one delivery used. Written with the berichten in one transaction, and never changed."""

    __tablename__ = "verbruik"
    __table_args__ = ({"sqlite_with_rowid": False},)  # one tree to keep, not two

    aanlevering_id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    berichttype: Mapped[str] = mapped_column(String(8), primary_key=True)
    dienst: Mapped[str] = mapped_column(String(25))
    intermediair_id: Mapped[int | None]
    dag: Mapped[int]
    aantal: Mapped[int]


class VerbruikDagtotaal(Base):
    """The facts added up; each worker adds in rows of its own ``slot``, so that none waits for another."""

    __tablename__ = "verbruik_dagtotalen"

    afnemer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dag: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dienst: Mapped[str] = mapped_column(String(25), primary_key=True)
    berichttype: Mapped[str] = mapped_column(String(8), primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    aantal: Mapped[BigInt]


FEITEN = cast("Table", Verbruiksfeit.__table__)
DAGTOTALEN = cast("Table", VerbruikDagtotaal.__table__)

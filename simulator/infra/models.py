"""What the simulator itself remembers in each omgeving: its state, its agenda and how often each rule was used."""

from sqlalchemy import Float, Index, Integer, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt


class SimulationState(Base):
    """The one row that all workers share: clock, seed, settings, and the generation of cached records."""

    __tablename__ = "simulation_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    generation: Mapped[BigInt]
    modus: Mapped[str] = mapped_column(String(10))
    anker_echt: Mapped[BigInt]
    anker: Mapped[BigInt]
    factor: Mapped[float] = mapped_column(Float)
    seed: Mapped[BigInt]
    instellingen: Mapped[str] = mapped_column(Text)


class AgendaItem(Base):
    """Something that must happen at ``moment`` (microseconds, simulated); deleted in the transaction that does it."""

    __tablename__ = "agenda"
    __table_args__ = (Index(None, "status", "moment", "id"),)

    id: Mapped[BigId]
    soort: Mapped[str] = mapped_column(String(60))
    moment: Mapped[BigInt]
    gegevens: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(8))
    pogingen: Mapped[int] = mapped_column(SmallInteger)
    fout: Mapped[str | None] = mapped_column(Text)


class RegelTelling(Base):
    """How often a rule ended how, per worker slot so that workers do not wait for each other."""

    __tablename__ = "regel_tellingen"

    regel_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    uitkomst: Mapped[str] = mapped_column(String(10), primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    aantal: Mapped[BigInt]

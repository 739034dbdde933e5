"""Who may connect: Afnemers, their diensten and keys, and in whose name an intermediair delivers."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, Moment


class Afnemer(Base):
    """An organisation that connects; never deleted, because messages and invoices go on pointing at it."""

    __tablename__ = "afnemers"

    id: Mapped[int] = mapped_column(primary_key=True)
    oin: Mapped[str] = mapped_column(String(20), unique=True)
    naam: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(12))
    actief: Mapped[bool] = mapped_column(default=True)
    aangemaakt_op: Mapped[Moment]


class AfnemerDienst(Base):
    """The connection of an Afnemer to one dienst: open, unless ``sluiting`` says why not."""

    __tablename__ = "afnemer_diensten"

    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True)
    dienst: Mapped[str] = mapped_column(String(25), primary_key=True)
    sinds: Mapped[date | None]
    """In production since this day, by Dutch time; billing starts here."""
    sluiting: Mapped[str | None] = mapped_column(String(25))


class ApiSleutel(Base):
    """A key, as its hash: who reads the database cannot sign in. ``hint`` is its last four characters."""

    __tablename__ = "api_sleutels"

    id: Mapped[int] = mapped_column(primary_key=True)
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), index=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    hint: Mapped[str] = mapped_column(String(4))
    aangemaakt_op: Mapped[Moment]
    ingetrokken_op: Mapped[Moment | None]


class Mandaat(Base):
    """An intermediair may deliver in the name of another Afnemer."""

    __tablename__ = "mandaten"

    intermediair_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True)
    namens_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, index=True)
    verleend_op: Mapped[Moment]

"""Invoices as they were issued: rows that are written once and never changed."""

from datetime import date

from sqlalchemy import Date, ForeignKey, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigInt, Moment


class FactuurRow(Base):
    """An invoice. Its totals are written beside its lines, so that `mosim check` can compare the two."""

    __tablename__ = "facturen"
    __table_args__ = (UniqueConstraint("afnemer_id", "soort", "periode", "volgnummer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nummer: Mapped[str] = mapped_column(String(20), unique=True)
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"))
    soort: Mapped[str] = mapped_column(String(10))
    periode: Mapped[str] = mapped_column(String(7))
    volgnummer: Mapped[int] = mapped_column(SmallInteger)
    """1, and then its corrections: two closings at once cannot both be the first."""
    datum: Mapped[date] = mapped_column(Date)
    oin: Mapped[str] = mapped_column(String(20))
    naam: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(15))
    totaal_excl: Mapped[BigInt]
    totaal_btw: Mapped[BigInt]
    toelichting: Mapped[str] = mapped_column(Text)
    """Sentences, one a line."""
    verwijst_naar: Mapped[str | None] = mapped_column(String(20))
    uitgereikt_op: Mapped[Moment]


class FactuurregelRow(Base):
    """A line of an invoice."""

    __tablename__ = "factuurregels"

    factuur_id: Mapped[int] = mapped_column(ForeignKey("facturen.id", ondelete="RESTRICT"), primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post: Mapped[str] = mapped_column(String(12))
    omschrijving: Mapped[str] = mapped_column(String(200))
    van: Mapped[date] = mapped_column(Date)
    tot: Mapped[date] = mapped_column(Date)
    aantal: Mapped[BigInt]
    eenheid: Mapped[str] = mapped_column(String(12))
    prijs: Mapped[BigInt]
    bedrag: Mapped[BigInt]
    btw_percentage: Mapped[int] = mapped_column(SmallInteger)
    dienst: Mapped[str | None] = mapped_column(String(25))
    tariefregel: Mapped[str] = mapped_column(String(40))
    toelichting: Mapped[str] = mapped_column(String(300))

"""What Afnemers delivered about people, and the sources that are asked live."""

from typing import cast

from sqlalchemy import BigInteger, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, Moment


class AangeleverdGegeven(Base):
    """What one Afnemer delivered about one person in one category; ``groepen`` is JSON, as it was delivered."""

    __tablename__ = "aangeleverde_gegevens"

    bsn: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(
        ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    categorie: Mapped[str] = mapped_column(String(30), primary_key=True)
    peildatum: Mapped[str] = mapped_column(String(10))
    aangeleverd_op: Mapped[Moment]
    groepen: Mapped[str] = mapped_column(Text)


class Gegevensbron(Base):
    """A source that is asked while the citizen waits, and how it did: ``dicht_tot`` is when it is tried again."""

    __tablename__ = "gegevensbronnen"
    __table_args__ = (UniqueConstraint("afnemer_id", "naam"),)

    id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"))
    naam: Mapped[str] = mapped_column(String(60))
    titel: Mapped[str] = mapped_column(String(100))
    categorie: Mapped[str] = mapped_column(String(30))
    url: Mapped[str] = mapped_column(String(500))
    sleutel: Mapped[str | None] = mapped_column(String(200))
    tijdslimiet_ms: Mapped[int]
    bewaren_s: Mapped[int]
    fouten: Mapped[int]
    laatste_fout: Mapped[str | None] = mapped_column(String(30))
    laatste_fout_op: Mapped[Moment | None]
    laatste_antwoord_op: Mapped[Moment | None]
    dicht_tot: Mapped[Moment | None]


class Bronantwoord(Base):
    """The last good answer of a source about one person, kept for as long as the source allows."""

    __tablename__ = "bronantwoorden"

    bsn: Mapped[BigId]
    bron_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("gegevensbronnen.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    opgehaald_op: Mapped[Moment]
    inhoud: Mapped[str] = mapped_column(Text)


AANGELEVERD = cast("Table", AangeleverdGegeven.__table__)
BRONNEN = cast("Table", Gegevensbron.__table__)
ANTWOORDEN = cast("Table", Bronantwoord.__table__)

"""What is remembered of the Voorwaarden: meetings, decisions, announced changes, and what each Afnemer answered."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt, Moment


class Afnemersoverleg(Base):
    """A meeting, held or planned."""

    __tablename__ = "afnemersoverleggen"

    id: Mapped[BigId]
    datum: Mapped[date]
    onderwerp: Mapped[str] = mapped_column(String(200))


class Overlegbesluit(Base):
    """A decision after a meeting; never changed, only followed by another."""

    __tablename__ = "overlegbesluiten"
    __table_args__ = (Index(None, "soort", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    """Of the database: the last decision counts, also when workers record them in turn."""
    overleg_id: Mapped[BigInt] = mapped_column(ForeignKey("afnemersoverleggen.id", ondelete="RESTRICT"))
    soort: Mapped[str] = mapped_column(String(20))
    genomen_op: Mapped[date]
    toelichting: Mapped[str] = mapped_column(String(1000))
    inhoud: Mapped[str] = mapped_column(Text)
    """What was decided, as JSON."""
    vastgelegd_op: Mapped[Moment]


class Voorwaardenwijziging(Base):
    """A change of the Voorwaarden that was announced."""

    __tablename__ = "voorwaardenwijzigingen"
    __table_args__ = (UniqueConstraint("versie"),)

    id: Mapped[BigId]
    versie: Mapped[str] = mapped_column(String(20))
    ingangsdatum: Mapped[date]
    samenvatting: Mapped[str] = mapped_column(Text)
    aangekondigd_op: Mapped[Moment]


class Voorwaardenkennisgeving(Base):
    """What one Afnemer was told about a change, when, and what it answered."""

    __tablename__ = "voorwaardenkennisgevingen"

    wijziging_id: Mapped[BigInt] = mapped_column(
        ForeignKey("voorwaardenwijzigingen.id", ondelete="RESTRICT"), primary_key=True
    )
    afnemer_id: Mapped[int] = mapped_column(
        ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    verzonden_op: Mapped[Moment]
    antwoord: Mapped[str | None] = mapped_column(String(10))
    beantwoord_op: Mapped[Moment | None]
    beeindigd_op: Mapped[Moment | None]
    """When delivery ended because of this change."""

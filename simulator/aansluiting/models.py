"""The road of each connection: where it is, its history, and the papers along the way."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, Moment


class Aansluiting(Base):
    """The connection of an Afnemer to one dienst; ``formulier`` is JSON, as it was sent."""

    __tablename__ = "aansluitingen"

    afnemer_id: Mapped[int] = mapped_column(
        ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    dienst: Mapped[str] = mapped_column(String(25), primary_key=True)
    fase: Mapped[str] = mapped_column(String(15))
    formulier: Mapped[str | None] = mapped_column(Text)
    ondertekend_op: Mapped[date | None]
    ondertekend_door: Mapped[str | None] = mapped_column(String(100))
    testrapport_op: Mapped[date | None]
    """When Logius approved the test report."""
    testrapport_door: Mapped[str | None] = mapped_column(String(100))
    startdatum: Mapped[date | None]
    einddatum: Mapped[date | None]
    """The first day on which it is closed."""


class Aansluitstap(Base):
    """One step that was taken, and by whom; never changed. ``nummer`` counts those of one connection."""

    __tablename__ = "aansluitstappen"

    afnemer_id: Mapped[int] = mapped_column(
        ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    dienst: Mapped[str] = mapped_column(String(25), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    op: Mapped[Moment]
    partij: Mapped[str] = mapped_column(String(10))
    door: Mapped[str] = mapped_column(String(100))
    van: Mapped[str | None] = mapped_column(String(15))
    naar: Mapped[str] = mapped_column(String(15))
    ingang: Mapped[date]
    toelichting: Mapped[str] = mapped_column(String(300))


class Aansluitcontact(Base):
    """Whom Logius asks about the connection to a dienst."""

    __tablename__ = "aansluitcontacten"

    afnemer_id: Mapped[int] = mapped_column(
        ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    dienst: Mapped[str] = mapped_column(String(25), primary_key=True)
    rol: Mapped[str] = mapped_column(String(15), primary_key=True)
    naam: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(200))
    telefoon: Mapped[str] = mapped_column(String(20))


class Aansluitdocument(Base):
    """A signed document between Logius and the Afnemer; a newer one is another row."""

    __tablename__ = "aansluitdocumenten"

    id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(25))
    versie: Mapped[str] = mapped_column(String(20))
    datum: Mapped[date]
    ondertekend_door: Mapped[str] = mapped_column(String(100))
    vastgelegd_op: Mapped[Moment]


class Aansluitcertificaat(Base):
    """A certificate of the Afnemer; ``vingerafdruk`` is its SHA-256."""

    __tablename__ = "aansluitcertificaten"
    __table_args__ = (UniqueConstraint("afnemer_id", "vingerafdruk"),)

    id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"))
    vingerafdruk: Mapped[str] = mapped_column(String(64))
    onderwerp: Mapped[str] = mapped_column(String(400))
    oin: Mapped[str] = mapped_column(String(64))
    geldig_van: Mapped[Moment]
    geldig_tot: Mapped[Moment]
    pem: Mapped[str] = mapped_column(Text)
    vastgelegd_op: Mapped[Moment]

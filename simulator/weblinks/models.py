"""What is remembered about weblinks: the domains of each Afnemer, each weblink with its history, and the alerts."""

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt, Moment


class Weblinkdomein(Base):
    """A domain that an Afnemer registered: its weblinks lead there or below it."""

    __tablename__ = "weblinkdomeinen"

    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True)
    domein: Mapped[str] = mapped_column(String(253), primary_key=True)
    geregistreerd_op: Mapped[Moment]


class Weblinkcontact(Base):
    """Where an Afnemer wants to be told by e-mail about its weblinks; ``gepland`` is when the next e-mail goes."""

    __tablename__ = "weblinkcontacten"

    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    gepland: Mapped[BigInt | None]


class Weblink(Base):
    """A weblink of an Afnemer, once however many zaken have it; and what was found there the last time."""

    __tablename__ = "weblinks"
    __table_args__ = (
        UniqueConstraint("afnemer_id", "url_hash"),
        Index(None, "afnemer_id", "stand", "id"),
        Index(None, "afnemer_id", "volgende_controle"),
        Index(None, "volgende_controle"),
        Index(None, "partij"),
    )

    id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"))
    url_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    url: Mapped[str] = mapped_column(Text)
    """As it may be kept: without a number that could be a BSN."""
    host: Mapped[str] = mapped_column(String(253))
    bezwaren: Mapped[str] = mapped_column(Text)
    """The rules that it breaks, as JSON: pairs of an id and a sentence."""
    stand: Mapped[str] = mapped_column(String(20))
    sinds: Mapped[Moment]
    reden: Mapped[str] = mapped_column(Text)
    aangemaakt_op: Mapped[Moment]
    gecontroleerd_op: Mapped[Moment | None]
    volgende_controle: Mapped[BigInt | None]
    """Microseconds, as on the agenda."""
    partij: Mapped[BigInt | None]
    """The batch that has it in hand; an outcome for another one was overtaken."""
    mislukt: Mapped[int] = mapped_column(SmallInteger)
    """How many checks in a row found nothing usable."""
    http_status: Mapped[int | None] = mapped_column(SmallInteger)
    duur_ms: Mapped[int | None]
    omleidingen: Mapped[int] = mapped_column(SmallInteger)
    eind_url: Mapped[str | None] = mapped_column(Text)
    certificaat_tot: Mapped[Moment | None]


class Weblinkperiode(Base):
    """A stretch of checks of one weblink that all found the same; the last one of a weblink still runs."""

    __tablename__ = "weblinkperioden"
    __table_args__ = (Index(None, "weblink_id", "van"), Index(None, "afnemer_id", "van"))

    id: Mapped[BigId]
    weblink_id: Mapped[BigInt]
    afnemer_id: Mapped[int]
    stand: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text)
    http_status: Mapped[int | None] = mapped_column(SmallInteger)
    van: Mapped[Moment]
    """The first check that found this."""
    laatst: Mapped[Moment]
    """The last one."""
    tot: Mapped[Moment | None]
    """When another thing was found; empty as long as it lasts."""
    controles: Mapped[int]


class Weblinkmelding(Base):
    """An alert to the Afnemer: a weblink went bad, is about to, or recovered."""

    __tablename__ = "weblinkmeldingen"
    __table_args__ = (Index(None, "afnemer_id", "moment", "id"),)

    id: Mapped[BigId]
    afnemer_id: Mapped[int]
    weblink_id: Mapped[BigInt]
    soort: Mapped[str] = mapped_column(String(12))
    stand: Mapped[str] = mapped_column(String(20))
    vorige_stand: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text)
    moment: Mapped[Moment]
    gemaild_op: Mapped[Moment | None]

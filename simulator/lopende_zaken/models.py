"""What Lopende Zaken remembers: zaaktypen, zaken with their history, each delivery, e-mails, ZGW koppelingen."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt, Moment, partial_index
from simulator.lopende_zaken.values import MAX_IDENTIFICATIE, MAX_OMSCHRIJVING, MAX_TEKST, MAX_ZAAKTYPE


class ZaaktypeRij(Base):
    """A kind of zaak that an Afnemer shows to citizens; never deleted, because zaken go on naming it."""

    __tablename__ = "zaaktypen"
    __table_args__ = (UniqueConstraint("afnemer_id", "identificatie"),)

    id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"))
    identificatie: Mapped[str] = mapped_column(String(MAX_ZAAKTYPE))
    omschrijving: Mapped[str] = mapped_column(String(MAX_OMSCHRIJVING))
    actief: Mapped[bool] = mapped_column(Boolean)


class StatustypeRij(Base):
    """A status of a zaaktype, and whether citizens are told about it."""

    __tablename__ = "statustypen"

    zaaktype_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("zaaktypen.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    volgnummer: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    omschrijving: Mapped[str] = mapped_column(String(MAX_OMSCHRIJVING))
    statustekst: Mapped[str] = mapped_column(String(MAX_TEKST))
    informeren: Mapped[bool] = mapped_column(Boolean)
    is_eindstatus: Mapped[bool] = mapped_column(Boolean)
    actie_vereist: Mapped[bool] = mapped_column(Boolean)


class Zaak(Base):
    """A zaak as the Afnemer last described it, of one person: upserted on (Afnemer, identificatie)."""

    __tablename__ = "zaken"
    __table_args__ = (
        UniqueConstraint("afnemer_id", "identificatie"),
        Index("ix_zaken_bsn_laatste_wijziging", "bsn", "laatste_wijziging"),
    )
    # An UPDATE names the person too, by whom zaken may be spread over machines; docs/scale.md.
    __mapper_args__ = {"primary_key": ["id", "bsn"]}  # noqa: RUF012 - so SQLAlchemy wants it

    id: Mapped[BigId]
    bsn: Mapped[BigInt]
    afnemer_id: Mapped[BigInt]
    identificatie: Mapped[str] = mapped_column(String(MAX_IDENTIFICATIE))
    zaaktype: Mapped[str] = mapped_column(String(MAX_ZAAKTYPE))
    omschrijving: Mapped[str] = mapped_column(String(MAX_OMSCHRIJVING))
    toelichting: Mapped[str] = mapped_column(String(MAX_TEKST))
    resultaat: Mapped[str] = mapped_column(String(MAX_TEKST))
    """Delivered, and not shown: the citizen reads the result in the text of the last status."""
    startdatum: Mapped[date] = mapped_column(Date)
    einddatum: Mapped[date | None] = mapped_column(Date)
    einddatum_gepland: Mapped[date | None] = mapped_column(Date)
    uiterlijke_einddatum: Mapped[date | None] = mapped_column(Date)
    weblink_id: Mapped[int | None] = mapped_column(BigInteger)
    peilmoment: Mapped[Moment]
    """From when the columns above date: an older message that comes later does not undo them."""
    laatste_wijziging: Mapped[Moment]
    """Of the last status that the citizen sees."""
    gewijzigd_op: Mapped[Moment]
    """When the last change that the citizen sees came in."""
    bekeken_op: Mapped[Moment | None]


class Zaakstatus(Base):
    """One status in the history of a zaak; the history is read in order of ``datum_status_gezet``."""

    __tablename__ = "zaakstatussen"
    __table_args__ = (
        Index("ix_zaakstatussen_zaak_id_datum", "zaak_id", "datum_status_gezet"),
        partial_index("ix_zaakstatussen_ongemeld", "bsn", where="kennisgeving_id IS NULL"),
    )

    id: Mapped[BigId]
    zaak_id: Mapped[BigInt]
    bsn: Mapped[BigInt]
    datum_status_gezet: Mapped[Moment]
    tekst: Mapped[str] = mapped_column(String(MAX_TEKST))
    toelichting: Mapped[str] = mapped_column(String(MAX_TEKST))
    volgnummer: Mapped[int | None] = mapped_column(SmallInteger)
    """Of its statustype; absent for a text that is none of the zaaktype."""
    informeren: Mapped[bool] = mapped_column(Boolean)
    is_eindstatus: Mapped[bool] = mapped_column(Boolean)
    actie_vereist: Mapped[bool] = mapped_column(Boolean)
    kennisgeving_id: Mapped[int | None] = mapped_column(BigInteger)
    """The e-mail that told of it; absent as long as one still has to, and 0 when none ever will."""


class Zaakbericht(Base):
    """One delivery that changed something, and was metered; ``sleutel`` is a hash of the Afnemer and its referentie."""

    __tablename__ = "zaakberichten"

    id: Mapped[BigId]
    afnemer_id: Mapped[BigInt]
    zaak_id: Mapped[BigInt]
    kanaal: Mapped[str] = mapped_column(String(4))
    sleutel: Mapped[int] = mapped_column(BigInteger, unique=True)
    inhoud_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    ontvangen_op: Mapped[Moment]


class Zaakkennisgeving(Base):
    """One e-mail about one or more changes of the zaken of one person."""

    __tablename__ = "zaakkennisgevingen"
    __table_args__ = (Index("ix_zaakkennisgevingen_bsn_moment", "bsn", "moment"),)

    id: Mapped[BigId]
    bsn: Mapped[BigInt]
    eerste_id: Mapped[BigInt]
    """The e-mail whose changes this one tells of: itself, or the one that bounced."""
    adres: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(12))
    poging: Mapped[int] = mapped_column(SmallInteger)
    moment: Mapped[Moment]


class ZgwKoppeling(Base):
    """Where the Zaken API of an Afnemer is, and with what to sign in there.

    The secret is kept as it is, because each request is signed with it (HS256).
    """

    __tablename__ = "zgw_koppelingen"

    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True)
    zaken_api: Mapped[str] = mapped_column(String(1000))
    catalogi_api: Mapped[str] = mapped_column(String(1000))
    client_id: Mapped[str] = mapped_column(String(100))
    secret: Mapped[str] = mapped_column(String(200))


class ZgwNotificatie(Base):
    """A notification that a status was set at the Afnemer, and what became of fetching it."""

    __tablename__ = "zgw_notificaties"
    __table_args__ = (Index("ix_zgw_notificaties_afnemer_id_id", "afnemer_id", "id"),)

    id: Mapped[BigId]
    afnemer_id: Mapped[BigInt]
    zaak_url: Mapped[str] = mapped_column(String(1000))
    status_url: Mapped[str] = mapped_column(String(1000))
    ontvangen_op: Mapped[Moment]
    stand: Mapped[str] = mapped_column(String(12))
    regel: Mapped[str | None] = mapped_column(String(60))
    toelichting: Mapped[str | None] = mapped_column(Text)

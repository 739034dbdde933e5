"""What the Berichtenbox remembers: berichttypes, aanleveringen, berichten with all that belongs to them."""

from typing import cast

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt, Moment, partial_index


class Berichttype(Base):
    """A kind of bericht that an Afnemer may send: a code, a name, and whether it is active (Leveranciersportaal)."""

    __tablename__ = "berichttypes"
    __table_args__ = (UniqueConstraint("afnemer_id", "code"),)

    id: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(ForeignKey("afnemers.id", ondelete="RESTRICT"))
    code: Mapped[str] = mapped_column(String(8))
    omschrijving: Mapped[str] = mapped_column(String(100))
    actief: Mapped[bool]


class Aanlevering(Base):
    """One delivery of 1 to 1000 berichten and what became of each; the answer to a status or result question.

    ``sleutel`` is a 64-bit hash of who delivered and the X-Message-ID, so that a JSON delivery offered twice is one
    row; ``inhoud_hash`` tells the same body from another under one X-Message-ID. A batch offered again is a new row: a
    corrected resend keeps its BatchID, so there the key holds the row's own id and the latest row is the result.
    """

    __tablename__ = "aanleveringen"
    __table_args__ = (
        # Only a batch is asked for by its own id; a JSON delivery is found by its primary key and pays for no index.
        partial_index("ix_aanleveringen_batch", "extern_id", where="soort = 'xml'"),
    )

    id: Mapped[BigId]
    afnemer_id: Mapped[BigInt]
    """Who called: the Afnemer itself or its intermediary."""
    namens_id: Mapped[int | None] = mapped_column(BigInteger)
    """The Afnemer in whose name was delivered; absent when BerichtLeverancierID was nobody or could not be read."""
    soort: Mapped[str] = mapped_column(String(4))
    sleutel: Mapped[int] = mapped_column(BigInteger, unique=True)
    extern_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    inhoud_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    ontvangen_op: Mapped[Moment]
    verwerkt_op: Mapped[Moment]
    """From here on the processing shows as done; before it the delivery is in progress."""
    resultaat: Mapped[bytes]


class Bericht(Base):
    """A message as delivered. A row is never deleted: deleted for good is ``gewist``, so metering and dedupe stay.

    The primary key grows with time, so new rows land on the same page; ``dedupe`` is a 64-bit hash of the Afnemer and
    the BerichtID, smaller and cheaper as a key than the 16 bytes; on conflict the stored values are compared.
    There is no foreign key to afnemers or aanleveringen: one writer fills all three in one transaction.
    """

    __tablename__ = "berichten"
    __table_args__ = (Index("ix_berichten_bsn_zichtbaar_vanaf", "bsn", "zichtbaar_vanaf"),)

    id: Mapped[BigId]
    bsn: Mapped[BigInt]
    zichtbaar_vanaf: Mapped[Moment]
    afnemer_id: Mapped[BigInt]
    """In whose name it was sent (BerichtLeverancierID)."""
    aanlevering_id: Mapped[BigInt]
    bericht_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    dedupe: Mapped[int] = mapped_column(BigInteger, unique=True)
    berichttype: Mapped[str] = mapped_column(String(8))
    onderwerp: Mapped[str] = mapped_column(String(50))
    tekst: Mapped[str | None] = mapped_column(Text)
    referentie: Mapped[str | None] = mapped_column(String(25))
    einddatum_handelingstermijn: Mapped[Moment | None]
    aantal_bijlagen: Mapped[int] = mapped_column(SmallInteger)
    gewist: Mapped[bool] = mapped_column(default=False)


class Bijlage(Base):
    """A PDF that came with a bericht."""

    __tablename__ = "bijlagen"

    bericht_id: Mapped[BigId]
    volgorde: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    omschrijving: Mapped[str] = mapped_column(String(128))
    inhoud: Mapped[bytes]


class BijlagenVooruit(Base):
    """Bijlagen that were stored before their berichten, under the ids ``van`` .. ``tot``; gone when all of those are.

    What stays was left by a process that was killed in between, or could not be cleared: the next large delivery does.
    """

    __tablename__ = "bijlagen_vooruit"

    van: Mapped[BigId]
    tot: Mapped[BigInt]


class Berichtstand(Base):
    """What the citizen did with a bericht; sparse: a bericht without a row is in the inbox and unread."""

    __tablename__ = "berichtstanden"
    __table_args__ = (Index("ix_berichtstanden_bsn_map_zichtbaar_vanaf", "bsn", "map", "zichtbaar_vanaf"),)

    bericht_id: Mapped[BigId]
    bsn: Mapped[BigInt]
    zichtbaar_vanaf: Mapped[Moment]
    map: Mapped[str] = mapped_column(String(12))
    gelezen_op: Mapped[Moment | None]


class Kennisgeving(Base):
    """One notification e-mail about a bericht: sent, bounced or given up.

    Those of one person are found by their berichten: an index on the BSN would dirty a page for each e-mail, while the
    ids of berichten come in order.
    """

    __tablename__ = "kennisgevingen"
    __table_args__ = (Index("ix_kennisgevingen_bericht_id", "bericht_id"),)

    id: Mapped[BigId]
    bericht_id: Mapped[BigInt]
    bsn: Mapped[BigInt]
    soort: Mapped[str] = mapped_column(String(12))
    adres: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(12))
    poging: Mapped[int] = mapped_column(SmallInteger)
    moment: Mapped[Moment]


AANLEVERINGEN = cast("Table", Aanlevering.__table__)
BERICHTEN = cast("Table", Bericht.__table__)
BIJLAGEN = cast("Table", Bijlage.__table__)
BIJLAGEN_VOORUIT = cast("Table", BijlagenVooruit.__table__)
BERICHTSTANDEN = cast("Table", Berichtstand.__table__)
KENNISGEVINGEN = cast("Table", Kennisgeving.__table__)

STAND_VAN_BERICHT = and_(Berichtstand.bericht_id == Bericht.id, Berichtstand.bsn == Bericht.bsn)
KENNISGEVING_VAN_BERICHT = and_(Kennisgeving.bericht_id == Bericht.id, Kennisgeving.bsn == Bericht.bsn)
"""How the rows of one bericht are joined: the id would do, but the BSN is what finds them where they are sharded."""

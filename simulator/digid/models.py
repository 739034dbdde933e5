"""What DigiD remembers: sessions, login attempts, failures, and which level MijnOverheid asks."""

from sqlalchemy import Index, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, BigInt, Moment


class Sessie(Base):
    """One time of being logged in; the secret itself is with the browser, here is only its hash."""

    __tablename__ = "digid_sessies"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[BigId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    bsn: Mapped[BigInt]
    niveau: Mapped[int] = mapped_column(SmallInteger)
    aangemaakt_op: Mapped[Moment]
    laatst_gebruikt_op: Mapped[Moment]
    beeindigd_op: Mapped[Moment | None]


class Inlogpoging(Base):
    """One attempt to log in, shared by all workers; ``bsn`` is empty when the user name was nobody's."""

    __tablename__ = "digid_inlogpogingen"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "bsn", "volgnummer"))

    id: Mapped[BigId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    bsn: Mapped[BigInt | None]
    volgnummer: Mapped[BigInt]
    """How many times this person had begun before: the SMS code follows from it and the seed."""
    niveau: Mapped[int] = mapped_column(SmallInteger)
    naar: Mapped[str] = mapped_column(String(2000))
    status: Mapped[str] = mapped_column(String(16))
    begonnen_op: Mapped[Moment]
    sms_verzonden_op: Mapped[Moment | None]
    sms_nummer: Mapped[BigInt | None]
    sms_fouten: Mapped[int] = mapped_column(SmallInteger, default=0)


class Blokkade(Base):
    """The recent failures of one account, at most two, or a blockade; logins of one account queue on this row."""

    __tablename__ = "digid_blokkades"

    account: Mapped[BigId]
    """The BSN, or for a user name that nobody has a negative hash of it."""
    mislukkingen: Mapped[str] = mapped_column(String(200), default="[]")
    geblokkeerd_tot: Mapped[Moment | None]


class Zekerheidsniveau(Base):
    """A decision: from ``vanaf`` on MijnOverheid asks this level."""

    __tablename__ = "digid_zekerheidsniveaus"

    vanaf: Mapped[Moment] = mapped_column(primary_key=True)
    niveau: Mapped[int] = mapped_column(SmallInteger)

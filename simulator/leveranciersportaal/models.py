"""What the portal remembers: who is signed in."""

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, Moment


class Leverancierssessie(Base):
    """One time of being signed in, bound to the key that was used; the browser has the secret, here is its hash.

    There is no foreign key to the keys: whether one still holds is asked of the index that every request reads.
    """

    __tablename__ = "leverancierssessies"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[BigId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    sleutel_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    aangemaakt_op: Mapped[Moment]

"""What Gebruikers changed; nobody is stored, only that."""

from typing import cast

from sqlalchemy import BigInteger, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, BigId, Moment


class GebruikerWijziging(Base):
    """What one Gebruiker changed about box and contact; ``NULL`` means: as computed."""

    __tablename__ = "gebruiker_wijzigingen"

    bsn: Mapped[BigId]
    box_actief: Mapped[bool | None]
    email: Mapped[str | None] = mapped_column(String(254))
    email_uit: Mapped[bool] = mapped_column(default=False)
    kennisgeving: Mapped[bool | None]
    herhaling: Mapped[bool | None]
    contact_verloren: Mapped[bool] = mapped_column(default=False)
    gewijzigd_op: Mapped[Moment]


class Voorkeur(Base):
    """Whether one Gebruiker takes post from one Afnemer, where that was changed."""

    __tablename__ = "voorkeuren"

    bsn: Mapped[BigId]
    afnemer_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    aan: Mapped[bool]


WIJZIGINGEN = cast("Table", GebruikerWijziging.__table__)
VOORKEUREN = cast("Table", Voorkeur.__table__)

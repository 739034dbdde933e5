"""Samples of what Afnemers and the simulator exchanged: of each kind the first few, and never more."""

from typing import cast

from sqlalchemy import ForeignKey, SmallInteger, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column

from simulator.infra.database import Base, Moment


class UitwisselingRij(Base):
    """One exchange; ``sleutel`` is its operation, status and rule, ``plaats`` its number among those of that kind."""

    __tablename__ = "uitwisselingen"

    afnemer_id: Mapped[int] = mapped_column(
        ForeignKey("afnemers.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    sleutel: Mapped[str] = mapped_column(String(200), primary_key=True)
    plaats: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    moment: Mapped[Moment]
    regel: Mapped[str | None] = mapped_column(String(60))
    methode: Mapped[str] = mapped_column(String(10))
    pad: Mapped[str] = mapped_column(String(300))
    status: Mapped[int] = mapped_column(SmallInteger)
    verzoek: Mapped[str] = mapped_column(Text)
    antwoord: Mapped[str] = mapped_column(Text)
    """Both halves are JSON: headers, body, and whether that was cut off."""


UITWISSELINGEN = cast("Table", UitwisselingRij.__table__)

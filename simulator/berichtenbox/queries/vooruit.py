"""Bijlagen that are stored before their berichten, in portions of which a row tells that they are there."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import BIJLAGEN, BIJLAGEN_VOORUIT, Bericht, Bijlage, BijlagenVooruit
from simulator.berichtenbox.values import AangebodenBijlage
from simulator.infra.database import any_of
from simulator.infra.driver import Driver
from simulator.infra.omgeving import GroupTransaction


class Portie(NamedTuple):
    """Ids of berichten from ``van`` up to and including ``tot``."""

    van: int
    tot: int


_DEZE = any_of(BijlagenVooruit.van, "sleutels")
_VOORUIT = select(BijlagenVooruit.van).where(_DEZE).with_for_update()
_VERGEET = delete(BijlagenVooruit).where(_DEZE).returning(BijlagenVooruit.van)


def bijlage_rijen(bericht: int, bijlagen: Iterable[AangebodenBijlage]) -> list[tuple[object, ...]]:
    """The bijlagen of one bericht in the order of the columns."""
    return [(bericht, each.volgorde, each.omschrijving, each.inhoud) for each in bijlagen]


def store_portie(session: Session, portie: Portie, inhoud: Iterable[tuple[int, Sequence[AangebodenBijlage]]]) -> None:
    """Store the bijlagen of berichten, by the id that those will have."""
    driver = Driver.of(session.connection())
    driver.insert(BIJLAGEN_VOORUIT, [portie])
    driver.insert(BIJLAGEN, [rij for bericht, bijlagen in inhoud for rij in bijlage_rijen(bericht, bijlagen)])


def find_porties(transaction: GroupTransaction, van: Collection[int]) -> frozenset[int]:
    """Which of the portions are there; until the end of the transaction nobody clears them."""
    return frozenset(key for (key,) in transaction.query(_VOORUIT, sleutels=list(van)))


def forget_porties(transaction: GroupTransaction, van: Collection[int]) -> frozenset[int]:
    """Take away the rows of portions that have all their berichten; answers which were there."""
    return frozenset(key for (key,) in transaction.query(_VERGEET, sleutels=list(van)))


def list_porties(session: Session) -> list[Portie]:
    """All portions that do not have all their berichten, or not yet."""
    return [Portie(*row) for row in session.execute(select(BijlagenVooruit.van, BijlagenVooruit.tot))]


def clear_portie(session: Session, portie: Portie) -> None:
    """Drop the bijlagen that got no bericht, and forget the portion; does nothing where somebody did that already."""
    held = select(BijlagenVooruit.van).where(BijlagenVooruit.van == portie.van).with_for_update()
    if session.execute(held).first() is None:
        return
    # Two statements, as bijlagen and berichten may be spread over machines by different keys; docs/scale.md.
    met_bericht = set(session.scalars(select(Bericht.id).where(Bericht.id.between(*portie))))
    bewaard = session.scalars(select(Bijlage.bericht_id).where(Bijlage.bericht_id.between(*portie)).distinct())
    options = {"synchronize_session": False}
    loos = [each for each in bewaard if each not in met_bericht]
    statement = delete(Bijlage).where(any_of(Bijlage.bericht_id, "ids"))
    session.execute(statement, {"ids": loos}, execution_options=options)
    session.execute(delete(BijlagenVooruit).where(BijlagenVooruit.van == portie.van), execution_options=options)

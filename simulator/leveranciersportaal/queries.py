"""The sign-ins, by the secret that the browser sends."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from simulator.infra.ids import hash_token
from simulator.leveranciersportaal.models import Leverancierssessie


class SessieRecord(NamedTuple):
    """A sign-in: with which key, by its hash, and when."""

    sleutel_hash: bytes
    aangemaakt_op: datetime


def find_sessie(session: Session, token: str) -> SessieRecord | None:
    """The sign-in behind a secret."""
    row = session.execute(
        select(Leverancierssessie.sleutel_hash, Leverancierssessie.aangemaakt_op).where(
            Leverancierssessie.token_hash == hash_token(token)
        )
    ).one_or_none()
    return None if row is None else SessieRecord(bytes(row[0]), row[1])


def delete_sessie(session: Session, token: str) -> None:
    """Forget a sign-in; one that is not there is fine."""
    session.execute(delete(Leverancierssessie).where(Leverancierssessie.token_hash == hash_token(token)))


def delete_verlopen(session: Session, grens: datetime) -> None:
    """Forget the sign-ins from before a moment, so that there are never more than a working day of them."""
    session.execute(delete(Leverancierssessie).where(Leverancierssessie.aangemaakt_op <= grens))

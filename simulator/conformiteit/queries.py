"""The samples of exchanges, and how many there are of each kind."""

from collections import Counter

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.conformiteit.models import UitwisselingRij
from simulator.conformiteit.values import Bericht, Uitwisseling

Soort = tuple[int, str]
"""Of which Afnemer, and what it is a sample of."""
_BERICHT = msgspec.json.Decoder(Bericht)
encode_bericht = msgspec.json.encode


def count_uitwisselingen(session: Session) -> Counter[Soort]:
    """How many samples there are of each kind."""
    statement = select(UitwisselingRij.afnemer_id, UitwisselingRij.sleutel, func.count()).group_by(
        UitwisselingRij.afnemer_id, UitwisselingRij.sleutel
    )
    return Counter({(afnemer_id, sleutel): aantal for afnemer_id, sleutel, aantal in session.execute(statement)})


def list_uitwisselingen(session: Session, afnemer_id: int) -> list[Uitwisseling]:
    """The samples of one Afnemer, the oldest first."""
    statement = select(UitwisselingRij).where(UitwisselingRij.afnemer_id == afnemer_id)
    statement = statement.order_by(UitwisselingRij.moment, UitwisselingRij.sleutel, UitwisselingRij.plaats)
    return [
        Uitwisseling(
            row.sleutel, row.moment, row.regel, row.methode, row.pad, row.status, _BERICHT.decode(row.verzoek),
            _BERICHT.decode(row.antwoord),
        )
        for row in session.scalars(statement)
    ]  # fmt: skip

"""Keep a sample of what Afnemers and the simulator exchange: the first few of each kind, so it costs nothing after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from simulator.conformiteit.models import UITWISSELINGEN
from simulator.conformiteit.queries import Soort, count_uitwisselingen, encode_bericht
from simulator.conformiteit.values import Uitwisseling
from simulator.infra.clock import to_micros
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.telemetry import get_logger

PER_SOORT = 2
"""Samples of each kind: the proof, and one more."""
MEESTE_SOORTEN = 2_000
"""Of an omgeving, whatever its Afnemers think of."""
_log = get_logger("simulator.conformiteit")


@dataclass(frozen=True, slots=True)
class Monster:
    """An exchange to keep, and of whom."""

    afnemer_id: int
    plaats: int
    uitwisseling: Uitwisseling


def offer_monster(omgeving: Omgeving, soort: Soort, describe: Callable[[], Uitwisseling]) -> None:
    """Keep an exchange if there is room for one more of its kind; if not, this is one look in a dictionary.

    What another worker put in its place a moment ago stays there. A sample that cannot be stored is not worth an error:
    the answer that it is about stands.
    """
    try:
        held = omgeving.cached("conformiteit.monsters", count_uitwisselingen)
        if held[soort] < PER_SOORT and (soort in held or len(held) < MEESTE_SOORTEN):
            omgeving.group_commit(_keep, Monster(soort[0], held[soort], describe()))
            held[soort] += 1
    except (SQLAlchemyError, OSError):
        _log.warning("exchange not kept", soort=soort[1])


def _keep(transaction: GroupTransaction, monsters: Sequence[Monster]) -> list[None]:
    rows = [
        (each.afnemer_id, it.sleutel, each.plaats, to_micros(it.moment), it.regel, it.methode, it.pad, it.status,
         encode_bericht(it.verzoek).decode(), encode_bericht(it.antwoord).decode())
        for each in monsters
        for it in [each.uitwisseling]
    ]  # fmt: skip
    transaction.insert(UITWISSELINGEN, rows, ignore_conflicts=True)
    return [None] * len(monsters)

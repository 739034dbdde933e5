"""Ask live sources, all at once, while the citizen waits: each has its own time, and fails alone."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import msgspec

from simulator.infra.tracing import HEADER, Trace
from simulator.persoonlijke_gegevens.rules import list_datumfouten
from simulator.persoonlijke_gegevens.usecases.vraag import Reden, Vraag, VraagMislukt, ask_bron
from simulator.persoonlijke_gegevens.values import Bron, Bronantwoordvorm

VORM = "vorm"
_AT_ONCE = 32
_GRACE = 0.25
"""Seconds beyond the slowest time limit, for threads that wait for their turn."""
_DECODER = msgspec.json.Decoder(Bronantwoordvorm)


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What asking one source gave: an answer, or the code of what went wrong."""

    bron: Bron
    trace: Trace
    antwoord: Bronantwoordvorm | None = None
    fout: str = ""


def ask_bronnen(bronnen: Sequence[Bron], bsn: int, trace: Trace, toegestaan: frozenset[str]) -> Mapping[int, Uitslag]:
    """The outcome of each source, by id; takes as long as the slowest of them may take."""
    if not bronnen:
        return {}
    traces = {bron.id: trace.begin_part() for bron in bronnen}
    pool = ThreadPoolExecutor(min(len(bronnen), _AT_ONCE), thread_name_prefix="bron")
    try:
        asked = {bron.id: pool.submit(_ask, bron, bsn, traces[bron.id], toegestaan) for bron in bronnen}
        wait(asked.values(), timeout=max(bron.tijdslimiet_ms for bron in bronnen) / 1000 + _GRACE)
        return {bron.id: _outcome(bron, traces[bron.id], asked[bron.id]) for bron in bronnen}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # who is late is not waited for


def _outcome(bron: Bron, trace: Trace, future: Future[Uitslag]) -> Uitslag:
    return future.result() if future.done() else Uitslag(bron, trace, fout=Reden.TE_LAAT.value)


def _ask(bron: Bron, bsn: int, trace: Trace, toegestaan: frozenset[str]) -> Uitslag:
    headers = {"Content-Type": "application/json", "Accept": "application/json", HEADER: trace.traceparent}
    if bron.sleutel:
        headers["X-API-Key"] = bron.sleutel
    body = msgspec.json.encode({"burgerservicenummer": f"{int(bsn):09d}", "categorie": bron.categorie.value})
    try:
        antwoord = _DECODER.decode(ask_bron(Vraag(bron.url, body, headers, bron.tijdslimiet_ms / 1000, toegestaan)))
    except VraagMislukt as failed:
        return Uitslag(bron, trace, fout=failed.reden.value)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Uitslag(bron, trace, fout=VORM)
    if next(list_datumfouten(antwoord.groepen), None):
        return Uitslag(bron, trace, fout=VORM)
    return Uitslag(bron, trace, antwoord)

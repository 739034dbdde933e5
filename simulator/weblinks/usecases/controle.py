"""The checks on the agenda: gather what is due, follow it, write down what was found, and plan the next time.

A row of the agenda is a batch, followed by a bounded number of threads for a bounded time; what was not begun by then
goes back on the agenda, behind whatever else waits there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from simulator.infra.agenda import Extern, Handlers
from simulator.infra.clock import from_micros, to_micros
from simulator.infra.http_client import Outbound
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.outbound import Limits
from simulator.infra.pacing import Caps, Jobs, Pace, run_paced
from simulator.infra.smtp import Mailserver
from simulator.infra.telemetry import get_logger
from simulator.weblinks.errors import BSN_VRIJ
from simulator.weblinks.models import Weblink
from simulator.weblinks.queries.domeinen import CERTIFICATEN, get_kader
from simulator.weblinks.queries.links import Opdracht, has_batch, list_opdrachten, list_to_review, put_back, take_due
from simulator.weblinks.rules.weblink import judge
from simulator.weblinks.usecases.melding import MELDEN, Melder
from simulator.weblinks.usecases.planning import (
    HERZIEN,
    INPLANNEN,
    PER_HERZIENING,
    plan_controle,
    plan_herziening,
    plan_rondes,
)
from simulator.weblinks.usecases.registratie import decode_regels, mark_bezwaren
from simulator.weblinks.usecases.uitkomst import store_bevindingen
from simulator.weblinks.usecases.volgen import Geheugen, Tocht, Volger
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.stand import Stand

CONTROLEREN = "weblinks.controleren"
PER_PARTIJ = 1_000
"""Weblinks in one row of the agenda."""
_DUUR = 30.0
"""Real seconds after which a batch begins nothing more: other work outside waits behind it."""
_PER_TRANSACTIE = 100
_log = get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Netwerk:
    """How this process goes out: for how long, with how many at once, and how fast at one host."""

    seconds: float = 10.0
    concurrency: int = 32
    per_second: float = 10.0


@dataclass(frozen=True, slots=True)
class _Controleur:
    """The handlers of the agenda."""

    volger: Volger
    caps: Caps
    melder: Melder

    def inplannen(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:  # noqa: ARG002 - the interface
        """Gather a batch of what is due by now, whichever row it was that said so, and settle what needs no visit.

        One at a time: the batch in hand asks for the next when it is done, behind what else waits to be done outside.
        """
        moment, partij = to_micros(uow.moment), new_id()
        if has_batch(uow.session, moment):
            return
        taken = take_due(uow.session, moment, partij, PER_PARTIJ)
        # Work that needs no network is done here and now: a leap of the clock over weeks has a round for each day.
        opdrachten = list_opdrachten(uow.session, partij, _PER_TRANSACTIE) if taken else []
        bekend = self._recall(omgeving, _pak_in(omgeving, uow.moment, opdrachten), opdrachten)
        if bekend:
            opgeslagen = store_bevindingen(uow, partij, bekend)
            self.melder.plan(uow, opgeslagen.afnemers)
            plan_rondes(uow, opgeslagen.momenten)
        if len(bekend) < taken:
            uow.plan(CONTROLEREN, uow.moment, {"partij": partij, "moment": moment})

    def controleren(self, omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        """Follow one batch, and write down what was found while it goes on."""
        partij, moment = row["partij"], max(from_micros(row["moment"]), omgeving.now())
        with omgeving.reading() as session:
            opdrachten = list_opdrachten(session, partij, PER_PARTIJ)
        tochten = _pak_in(omgeving, moment, opdrachten)
        bekend = self._recall(omgeving, tochten, opdrachten)
        planned: set[datetime] = set()

        def follow(opdracht: Opdracht) -> Bevinding:
            return _look(omgeving, self.volger.follow, opdracht, tochten)

        def store(done: Sequence[tuple[int, Bevinding]]) -> None:
            for first in range(0, len(done), _PER_TRANSACTIE):
                with omgeving.unit_of_work(moment) as uow:
                    opgeslagen = store_bevindingen(uow, partij, dict(done[first : first + _PER_TRANSACTIE]))
                    self.melder.plan(uow, opgeslagen.afnemers)
                    plan_rondes(uow, set(opgeslagen.momenten) - planned)
                planned.update(opgeslagen.momenten)

        store(list(bekend.items()))
        abroad = [(each.host, each) for each in opdrachten if each.id not in bekend]
        jobs = Jobs(abroad, follow, lambda done: store([(each.id, found) for each, found in done]))
        left = run_paced(jobs, self.volger.pace, self.caps, _DUUR)
        # After the last outcome: who found a batch in hand until then counts on this.
        with omgeving.unit_of_work() as uow:
            einde = max(moment, uow.moment)
            put_back(uow.session, partij, [each.id for each in left], to_micros(einde))
            plan_rondes(uow, {einde})

    def _recall(
        self, omgeving: Omgeving, tochten: Mapping[int, Tocht], opdrachten: Iterable[Opdracht]
    ) -> Mapping[int, Bevinding]:
        """What is known of these without asking anybody, by id; they take no turn at a host."""
        found = ((each.id, _look(omgeving, self.volger.recall, each, tochten)) for each in opdrachten)
        return {key: bevinding for key, bevinding in found if bevinding is not None}

    def herzien(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        """Judge the weblinks of an Afnemer anew, part by part: its domains are others now."""
        for row in rows:
            afnemer_id = row["afnemer"]
            weblinks = list_to_review(uow.session, afnemer_id, row["na"], PER_HERZIENING)
            self._review(omgeving, uow, afnemer_id, weblinks)
            if len(weblinks) == PER_HERZIENING:
                plan_herziening(uow, afnemer_id, weblinks[-1].id)

    def _review(self, omgeving: Omgeving, uow: UnitOfWork, afnemer_id: int, weblinks: Iterable[Weblink]) -> None:
        kader, again = get_kader(omgeving, afnemer_id), []
        for weblink in weblinks:
            stored = decode_regels(weblink.bezwaren)
            if BSN_VRIJ.id in stored:
                continue  # what it was is not known any more
            bezwaren = judge(weblink.url, kader)
            if {each.regel.id for each in bezwaren} != stored:
                self.melder.plan(uow, mark_bezwaren(uow, weblink, bezwaren))
            elif weblink.stand == Stand.BUITEN_DOMEIN.value and not bezwaren:
                again.append(weblink)
        plan_controle(uow, again)


def build_agenda(
    smtp_url: str = "", *, seconds: float = 10.0, concurrency: int = 32, per_second: float = 10.0
) -> Handlers:
    """What is done later about weblinks; raises ``SmtpUrlInvalid``.

    Each question to a website gets so many ``seconds``, with so many at once, and at one host so many ``per_second``.
    """
    netwerk = Netwerk(seconds, concurrency, per_second)
    volger = Volger(Outbound(Limits(seconds=netwerk.seconds)), Pace(netwerk.per_second))
    return build_handlers(volger, netwerk, Mailserver(smtp_url) if smtp_url else None)


def build_handlers(volger: Volger, netwerk: Netwerk, server: Mailserver | None = None) -> Handlers:
    """The same for who goes out by another door."""
    melder = Melder(server)
    controleur = _Controleur(volger, Caps(total=netwerk.concurrency), melder)
    # At most two exchanges each twice as long as one are under way when the time for beginning is over.
    lease = timedelta(seconds=_DUUR + 6 * netwerk.seconds + 30)
    return {
        INPLANNEN: controleur.inplannen,
        HERZIEN: controleur.herzien,
        CONTROLEREN: Extern(controleur.controleren, lease=lease),
        MELDEN: Extern(melder.send, lease=timedelta(minutes=1)),
    }


def _look(
    omgeving: Omgeving, look: Callable[[str, Tocht], T], opdracht: Opdracht, tochten: Mapping[int, Tocht]
) -> T | Bevinding:
    """What was found of one weblink; when it made us stumble that is what was found, and the others go on."""
    try:
        return look(opdracht.url, tochten[opdracht.afnemer_id])
    except Exception:  # noqa: BLE001 - whatever a website made of it, the others of the batch go on
        _log.warning("weblink not followed", exc_info=True, omgeving=omgeving.naam, weblink=opdracht.id)
        return Bevinding(Stand.ONBEREIKBAAR, "De simulator kon deze weblink niet volgen.")


def _pak_in(omgeving: Omgeving, moment: datetime, opdrachten: Iterable[Opdracht]) -> Mapping[int, Tocht]:
    """What to take along, by Afnemer; what is known in this process counts until something changes in the omgeving."""
    geheugen = omgeving.cached("weblinks.geheugen", lambda _session: Geheugen())
    certificaten = omgeving.instelling(CERTIFICATEN, "")
    return {
        afnemer: Tocht(moment, get_kader(omgeving, afnemer), certificaten, geheugen)
        for afnemer in {each.afnemer_id for each in opdrachten}
    }

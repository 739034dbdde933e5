"""Follow a weblink as the browser of a citizen would, hop by hop, under the same rules as when it was delivered."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from simulator import __version__
from simulator.infra.clock import stopwatch
from simulator.infra.http_client import Answer, Outbound, Request
from simulator.infra.outbound import HTTPS, OF_HOST, Failure, OutboundFailed, Target, read_place
from simulator.infra.pacing import Pace
from simulator.weblinks.errors import LENGTE
from simulator.weblinks.rules.uitslag import (
    INLOGDOMEINEN,
    MAX_OMLEIDINGEN,
    bestaat_nooit,
    is_omleiding,
    is_voorbeeldnaam,
    is_worth_a_get,
    judge_certificaat,
    judge_failure,
    judge_status,
)
from simulator.weblinks.rules.weblink import Weblinkkader, conceal, judge, name_host, stand_of_bezwaren
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.hostnaam import is_within
from simulator.weblinks.values.stand import Stand

_GELDIG = timedelta(minutes=5)
"""Simulated time for which an answer stands for the same question."""
_GELDIG_ECHT = 60.0
"""Real seconds for which it does on the public Internet, however many simulated days go by: nothing changes there in
the blink of an eye in which a simulated week passes, and nobody is asked seven times because of us."""
_MAX_ONTHOUDEN = 2_048
_HEADERS = {
    "User-Agent": f"MijnOverheid-simulator/{__version__} (controle van weblinks)",
    "Accept": "text/html, */*;q=0.1",
}
_MAX_OMLEIDING = 8_000
"""Characters of an address on the way, which nobody stores: logging in makes long ones."""
MOMENT_HEADER = "X-Simulator-Moment"
"""Tells servers under test, allowed by name, what time it is in the omgeving."""


class _Onthouden(NamedTuple):
    moment: datetime
    echt: float
    uitkomst: Answer | Failure


class Geheugen:
    """What was asked a moment ago and need not be asked again: pages, and hosts that did not answer at all."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, _Onthouden] = OrderedDict()
        self._lock = Lock()

    def find(self, key: str, moment: datetime, *, is_local: bool) -> Answer | Failure | None:
        """The outcome under this key, if it still counts."""
        held = self._held.get(key)
        if held is None:
            return None
        counts = timedelta(0) <= moment - held.moment <= _GELDIG
        if not counts and (is_local or stopwatch() - held.echt > _GELDIG_ECHT):
            return None
        return held.uitkomst

    def keep(self, key: str, moment: datetime, uitkomst: Answer | Failure) -> None:
        """Remember an outcome, and forget the oldest of too many."""
        with self._lock:
            self._held[key] = _Onthouden(moment, stopwatch(), uitkomst)
            self._held.move_to_end(key)
            while len(self._held) > _MAX_ONTHOUDEN:
                self._held.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Tocht:
    """One round of checks: when it is, what holds for the Afnemer, whom the omgeving trusts, what is known already."""

    moment: datetime
    kader: Weblinkkader
    certificaten: str = ""
    geheugen: Geheugen = field(default_factory=Geheugen)


@dataclass(frozen=True, slots=True)
class Volger:
    """Who goes and looks."""

    outbound: Outbound
    pace: Pace

    def follow(self, url: str, tocht: Tocht) -> Bevinding:
        """Follow the weblink to where it ends; asks only hosts that its Afnemer registered (article 7.1)."""
        return _Gang(self, url, tocht).go()

    def recall(self, url: str, tocht: Tocht) -> Bevinding | None:
        """The same as far as it is known already; ``None`` when there is somebody to ask."""
        try:
            return _Thuis(self, url, tocht).go()
        except _MustAsk:
            return None


class _MustAsk(Exception):  # noqa: N818 - no malfunction: whoever is at home does not know it
    """The answer is not known here."""


class _Gang:
    """The way of one weblink."""

    def __init__(self, volger: Volger, url: str, tocht: Tocht) -> None:
        self._volger = volger
        self._tocht = tocht
        self._url = url
        self._visited: list[str] = []
        self._status: int | None = None
        self._seconds = 0.0
        self._tot: datetime | None = None

    def go(self) -> Bevinding:
        for stand, reden in self._steps():
            return self._conclude(stand, reden)
        return self._conclude(Stand.KAPOT, f"De weblink wordt meer dan {MAX_OMLEIDINGEN} keer doorgestuurd.")

    def _steps(self) -> Iterator[tuple[Stand, str]]:
        """Yields the end, when it is there."""
        while len(self._visited) <= MAX_OMLEIDINGEN:
            yield from self._judge_hop()
            self._visited.append(self._url)
            try:
                answer = self._ask()
            except OutboundFailed as error:
                yield self._on_the_way(*judge_failure(error.failure))
                return
            self._status = answer.status
            self._tot = min(filter(None, (self._tot, answer.certificate_until)))
            certificaat = judge_certificaat(self._tot, self._tocht.moment)
            if certificaat is not None and certificaat[0] is Stand.KAPOT:
                yield self._on_the_way(*certificaat)
            if not (is_omleiding(answer.status) and answer.location):
                yield self._arrive(answer.status, certificaat)
            self._url = _join(self._url, answer.location)
            if self._url in self._visited:
                yield Stand.KAPOT, "De weblink wordt in een kring doorgestuurd."
            if len(self._url) > _MAX_OMLEIDING or self._seconds > 2 * self._volger.outbound.limits.seconds:
                yield self._on_the_way(*judge_failure(Failure.TOO_SLOW))

    def _judge_hop(self) -> Iterator[tuple[Stand, str]]:
        host, kader = name_host(self._url), self._tocht.kader
        if self._visited and is_within(host, INLOGDOMEINEN):
            yield Stand.OMGELEID, "De website vraagt om in te loggen met DigiD."
        bezwaren = [each for each in judge(self._url, kader) if not self._visited or each.regel is not LENGTE]
        if bezwaren:
            yield self._on_the_way(stand_of_bezwaren(bezwaren), " ".join(each.toelichting for each in bezwaren))
        if host not in kader.lokaal and is_voorbeeldnaam(host):
            yield Stand.NIET_GECONTROLEERD, "Deze naam bestaat alleen in voorbeelden en wordt niet bezocht."
        if host not in kader.lokaal and bestaat_nooit(host):
            yield self._on_the_way(*judge_failure(Failure.NAME_UNKNOWN))

    def _arrive(self, status: int, certificaat: tuple[Stand, str] | None) -> tuple[Stand, str]:
        stand, reden = judge_status(status)
        if not stand.bruikbaar:
            return self._on_the_way(stand, reden)
        if certificaat is not None:
            return certificaat
        if len(self._visited) > 1:
            return Stand.OMGELEID, f"{reden} De weblink wordt doorgestuurd naar {conceal(self._url)}."
        return stand, reden

    def _on_the_way(self, stand: Stand, reden: str) -> tuple[Stand, str]:
        via = bool(self._visited) and self._url != self._visited[0]
        return stand, f"De weblink wordt doorgestuurd naar {conceal(self._url)[:200]}. {reden}" if via else reden

    def _conclude(self, stand: Stand, reden: str) -> Bevinding:
        moved = bool(self._visited) and self._url != self._visited[0]
        return Bevinding(
            stand=stand,
            reden=reden,
            http_status=self._status,
            duur_ms=round(self._seconds * 1000) if self._visited else None,
            omleidingen=max(0, len(self._visited) - (self._url in self._visited)),
            eind_url=conceal(self._url)[:1000] if moved else None,
            certificaat_tot=self._tot,
        )

    def _ask(self) -> Answer:
        """HEAD, and GET where that says nothing; or what was found a moment ago."""
        target = self._target()
        is_local, geheugen, moment = target.internal, self._tocht.geheugen, self._tocht.moment
        host = f"{target.host}:{target.port}"
        page = urldefrag(self._url)[0]
        for key in (page, host):
            held = geheugen.find(key, moment, is_local=is_local)
            if isinstance(held, Failure):
                raise OutboundFailed(held)
            if held is not None:
                return held
        try:
            answer = self._exchange(target)
        except OutboundFailed as error:
            geheugen.keep(host if error.failure in OF_HOST else page, moment, error.failure)
            raise
        geheugen.keep(page, moment, answer)
        return answer

    def _exchange(self, target: Target) -> Answer:
        started, certificaten = stopwatch(), self._tocht.certificaten
        if len(self._visited) > 1:  # the first hop had its turn when it was taken from the board
            self._volger.pace.wait(target.host)
        try:
            answer = self._volger.outbound.ask(self._request("HEAD", target), target, certificaten)
            if not is_worth_a_get(answer.status):
                return answer
        except OutboundFailed as error:
            if error.failure not in {Failure.BROKEN_OFF, Failure.NO_HTTP}:
                raise
        finally:
            self._seconds += stopwatch() - started
        started = stopwatch()
        self._volger.pace.wait(target.host)
        try:
            return self._volger.outbound.ask(self._request("GET", target), target, certificaten)
        finally:
            self._seconds += stopwatch() - started

    def _target(self) -> Target:
        parts, host = urlsplit(self._url), name_host(self._url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        place = self._tocht.kader.lokaal.get(host)
        if place is None:
            return Target(host, path, parts.port or HTTPS)
        return Target(host, path, parts.port or HTTPS, internal=True, place=read_place(place))

    def _request(self, method: str, target: Target) -> Request:
        now = {MOMENT_HEADER: self._tocht.moment.strftime("%Y-%m-%dT%H:%M:%SZ")} if target.internal else {}
        return Request(method, _HEADERS | now)


class _Thuis(_Gang):
    """The same way by heart, without leaving the house."""

    def _exchange(self, target: Target) -> Answer:  # noqa: ARG002 - the interface
        raise _MustAsk


def _join(url: str, location: str) -> str:
    """Where a server sends the reader; in one form, so that a circle is seen as one."""
    try:
        parts = urlsplit(urljoin(url, location))
    except ValueError:  # it is judged as it is
        return location
    return parts._replace(netloc=parts.netloc.removesuffix(f":{HTTPS}"), path=parts.path or "/").geturl()

"""Playing a year, day by day: the clock stands still while Afnemers and citizens act, and is moved in between."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TypeVar

import msgspec

from simulator import __version__
from simulator.infra.clock import NEDERLAND, from_micros, real_micros, stopwatch
from simulator.year.calendar import Zending, list_days, plan_zendingen, quiet_factor
from simulator.year.cases import Behandelaar, Stap, plan_stappen
from simulator.year.citizens import Bezoek, Lezers
from simulator.year.connection import Connection
from simulator.year.deliveries import Bezorger, Uitkomst, split_zending
from simulator.year.documents import Schrijver
from simulator.year.errors import Unusable
from simulator.year.figures import (
    VERWERKT,
    Afnemercijfers,
    Campagnecijfers,
    Maandcijfers,
    Stand,
    Tempo,
    Verslag,
    Zaakcijfers,
    list_months,
    name_month,
)
from simulator.year.invoices import list_invoices, open_books
from simulator.year.people import choose_people
from simulator.year.plan import Jaarplan
from simulator.year.world import make_world

_DELIVERING, _AT_WORK, _AT_HOME = 7, 12, 20
"""The hours of a day at which Afnemers send post, deal with zaken, and citizens log in."""
_DAY = timedelta(days=1)
_THREE_WEEKS = timedelta(weeks=3)
_PATIENCE = 720
"""Times that the clock is asked for what other workers have in hand; each takes up to five seconds."""
A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What to play and where: ``url``, ``token`` and ``omgeving`` of a running simulator, over some connections."""

    jaar: int
    berichten: int
    seed: int
    url: str
    token: str
    omgeving: str
    connections: int = 4


def play_year(plan: Jaarplan, opdracht: Opdracht, on_progress: Callable[[Stand], None]) -> tuple[Verslag, Tempo]:
    """Play the whole year in an omgeving that is made anew; raises ``Unusable``, ``Refused`` or ``Unreachable``.

    Whatever ends it early, the omgeving stays as it is then, with its clock standing still.
    """
    with Connection(opdracht.url, opdracht.token, opdracht.omgeving, opdracht.connections) as connection:
        sleutels = make_world(connection, plan, opdracht.jaar, opdracht.seed)
        pool = ThreadPoolExecutor(opdracht.connections)
        try:
            return _Jaar(connection, plan, opdracht, sleutels, pool).play(on_progress)
        finally:
            pool.shutdown(cancel_futures=True)


class _Jaar:
    """One run."""

    def __init__(
        self,
        connection: Connection,
        plan: Jaarplan,
        opdracht: Opdracht,
        sleutels: Mapping[str, str],
        pool: ThreadPoolExecutor,
    ) -> None:
        seed, jaar, berichten = opdracht.seed, opdracht.jaar, opdracht.berichten
        mensen = choose_people(plan.inwoners, seed, berichten)
        self._connection, self._plan, self._opdracht, self._pool = connection, plan, opdracht, pool
        self._bezorger = Bezorger(connection, sleutels, Schrijver(seed, jaar, mensen))
        self._behandelaar = Behandelaar(connection, sleutels, mensen, seed, jaar)
        self._lezers = Lezers.gather(connection, seed, plan.inwoners, mensen.steekproef)
        self._sleutels = sleutels
        self._geen_voorschot = open_books(connection, plan, jaar, berichten)
        self._maanden = {each: Maandcijfers(name_month(each)) for each in list_months(jaar)}
        self._afnemers = {each.oin: Afnemercijfers(each.oin, each.naam) for each in plan.afnemers}
        self._campagnes = [Campagnecijfers(each.naam, each.afnemer) for each in plan.campagnes]
        self._zaken = [Zaakcijfers(each.omschrijving, each.afnemer) for each in plan.zaken]
        self._inwoners = len(mensen.volgorde)
        self._sent = 0
        self.tempo = Tempo(begonnen=from_micros(real_micros()).isoformat(timespec="seconds"))

    def play(self, on_progress: Callable[[Stand], None]) -> tuple[Verslag, Tempo]:
        """From New Year to the end of January of the next."""
        jaar, berichten, start = self._opdracht.jaar, self._opdracht.berichten, stopwatch()
        zendingen: defaultdict[date, list[Zending]] = defaultdict(list)
        for zending in plan_zendingen(self._plan, jaar, berichten):
            zendingen[zending.dag].append(zending)
        stappen = plan_stappen(self._plan, jaar, berichten)
        for maand in self._maanden:
            begun, next_month = stopwatch(), (maand + 31 * _DAY).replace(day=1)
            for dag in list_days(maand, next_month - _DAY):
                self._deliver(dag, zendingen.pop(dag, []))
                self._take_steps(dag, stappen.get(dag, []))
                self._visit(dag)
                on_progress(Stand(dag, self._sent))
            self._close_month(maand, next_month)
            self.tempo.per_maand[name_month(maand)] = round(stopwatch() - begun, 3)
        verslag = self._report()
        self.tempo.seconden = round(stopwatch() - start, 3)
        self.tempo.berichten_per_seconde = round(self._sent / self.tempo.seconden, 1)
        return verslag, self.tempo

    def _deliver(self, dag: date, zendingen: list[Zending]) -> None:
        if not zendingen:
            return
        self._move(dag, _DELIVERING)
        delen = [deel for zending in zendingen for deel in split_zending(zending)]
        with self._timed("aanleveren"):
            campagnes = self._plan.campagnes
            for uitkomst in self._each(
                lambda deel: self._bezorger.deliver(campagnes[deel.zending.campagne], deel), delen
            ):
                self._count(uitkomst)

    def _count(self, uitkomst: Uitkomst) -> None:
        zending, codes = uitkomst.deel.zending, uitkomst.codes
        campagne = self._campagnes[zending.campagne]
        self._sent += codes.total()
        campagne.aangeboden += codes.total()
        campagne.verwerkt += codes[VERWERKT]
        self._afnemers[campagne.afnemer].count(zending.dag, codes)
        for bsn, dag in uitkomst.ontvangen:
            self._lezers.burgers[bsn].nieuw.append(dag)
            self._maanden[dag.replace(day=1)].ontvangen += 1

    def _take_steps(self, dag: date, stappen: list[Stap]) -> None:
        """First what begins, then the statuses in their order: a zaak takes one step a day."""
        if not stappen:
            return
        moment = self._move(dag, _AT_WORK)
        with self._timed("zaken"):
            soorten = self._plan.zaken
            takes = self._each(lambda stap: (stap, self._behandelaar.take(soorten[stap.soort], stap, moment)), stappen)
            for stap, gedaan in takes:
                cijfers = self._zaken[stap.soort]
                for naam in ("begonnen", "geen_postbus", "statussen", "afgerond"):
                    setattr(cijfers, naam, getattr(cijfers, naam) + getattr(gedaan, naam))

    def _visit(self, dag: date) -> None:
        burgers = self._lezers.who_come(dag, quiet_factor(self._plan.vakanties, dag))
        if not burgers:
            return
        self._move(dag, _AT_HOME)
        with self._timed("bezoeken"):
            for bezoek in self._each(lambda burger: self._lezers.visit(burger, dag), burgers):
                self._count_visit(dag, bezoek)

    def _count_visit(self, dag: date, bezoek: Bezoek) -> None:
        maand = self._maanden[dag.replace(day=1)]
        maand.inlogs += bezoek.ingelogd
        maand.niet_ingelogd += not bezoek.ingelogd
        for verschenen in bezoek.geopend:
            vanaf = self._maanden[verschenen.replace(day=1)]
            vanaf.geopend += 1
            vanaf.geopend_binnen_drie_weken += dag - verschenen <= _THREE_WEEKS

    def _close_month(self, maand: date, next_month: date) -> None:
        """To the first moment of the next; what was counted until then, less the months before, is of this one."""
        self._move(next_month, 0)
        regels = {each["id"]: each["geslaagd"] for each in self._connection.admin("GET", "/regels")["regels"]}
        cijfers, others = self._maanden[maand], self._maanden.values()
        cijfers.kennisgevingen = regels["BB-kennisgeving"] - sum(each.kennisgevingen for each in others)
        cijfers.herhalingen = regels["BB-herhaling"] - sum(each.herhalingen for each in others)

    def _report(self) -> Verslag:
        opdracht, plan = self._opdracht, self._plan
        for oin, cijfers in self._afnemers.items():
            asked = f"?van={opdracht.jaar}-01-01&tot={opdracht.jaar}-12-31&per=maand"
            verbruik = self._connection.afnemer("GET", f"/api/verbruik/v1/verbruik{asked}", self._sleutels[oin])
            cijfers.gemeten = sum(
                each["aantal"] for each in verbruik["regels"] if each.get("dienst", "berichtenbox") == "berichtenbox"
            )
        return Verslag(
            titel=f"{plan.titel} {opdracht.jaar}",
            toelichting=plan.toelichting.strip(),
            jaar=opdracht.jaar,
            seed=opdracht.seed,
            berichten=opdracht.berichten,
            versie=__version__,
            plan=sha256(msgspec.json.encode(plan)).hexdigest(),
            inwoners=self._inwoners,
            steekproef=len(self._lezers.burgers),
            afnemers=list(self._afnemers.values()),
            campagnes=self._campagnes,
            maanden=list(self._maanden.values()),
            zaken=self._zaken,
            facturen=list(list_invoices(self._connection, opdracht.jaar)),
            geen_voorschot=self._geen_voorschot,
        )

    def _move(self, dag: date, hour: int) -> datetime:
        """Move the clock; all that was due on the way is done when this returns."""
        moment = datetime(dag.year, dag.month, dag.day, hour, tzinfo=NEDERLAND)
        with self._timed("klok"):
            for _ in range(_PATIENCE):
                moved = self._connection.admin("POST", "/klok/_vooruit", {"tot": moment.isoformat()})
                if not moved["wachtend"]:
                    return moment
        raise Unusable(f"the agenda of {moment:%d-%m-%Y} does not get done; see GET /__admin/v1/agenda")

    def _each(self, work: Callable[[A], B], things: Iterable[A]) -> Iterator[B]:
        """The outcomes, as they come from a few threads at once; of one that fails the error."""
        return self._pool.map(work, things)

    @contextmanager
    def _timed(self, wat: str) -> Iterator[None]:
        begun = stopwatch()
        try:
            yield
        finally:
            setattr(self.tempo, wat, round(getattr(self.tempo, wat) + stopwatch() - begun, 6))

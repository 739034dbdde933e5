"""Kill a simulator under load at random moments, start it again, and prove that what was acknowledged is there once."""

import json
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from loadtests.bijlagen import assert_each_has_its_own
from loadtests.sendings import BASE, KEY, Sending, make_large, make_sending
from simulator.infra.inspection import read_omgevingen
from tests.berichtenbox.documents import aanlevering_json
from tests.journeys.actors import Afnemer, Programma, mails_to, wait_for
from tests.running import RunningSimulator, Wereld, running_simulator

WRITERS = 6
_MAILS_AT_ONCE = 1000
"""As many as the control API shows in one list."""
Work = Callable[[RunningSimulator, random.Random], None]


@dataclass(frozen=True)
class Storage:
    """Where a simulator keeps its data, and how many workers use it."""

    data: Path
    flags: tuple[str, ...] = ()
    database_url: str = ""
    within: Sequence[str] = ()
    """A command to start it by."""

    def run(self) -> AbstractContextManager[RunningSimulator]:
        """A simulator on this storage, for as long as the block lasts."""
        return running_simulator(self.data, *self.flags, database_url=self.database_url, within=self.within)

    def check(self, traffic: "Traffic") -> dict[str, int]:
        """Read the database itself: each bericht has its own bijlagen, and ``check`` has no remarks.

        Answers by omgeving how many portions were left whose delivery never came.
        """
        command = [sys.executable, "-m", "simulator", "check", "--json", "--data", str(self.data)]
        if self.database_url:
            command += ["--database-url", self.database_url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout)["bevindingen"] == []
        with_bijlagen, omgevingen = traffic.with_bijlagen, read_omgevingen(self.database_url, self.data)
        return {each.naam: assert_each_has_its_own(each, with_bijlagen) for each in omgevingen}


@dataclass
class Traffic:
    """Afnemers, citizens and testers that go on until the simulator dies under them."""

    seed: int
    sent: list[Sending] = field(default_factory=list)
    werelden: dict[str, set[int | None]] = field(default_factory=dict)
    """How many berichten an omgeving may hold by what was answered about it; ``None``: it is not there."""
    elsewhere: list[Sending] = field(default_factory=list)
    """In one of those."""
    surprises: list[str] = field(default_factory=list)
    looks: int = 0
    repeats: int = 0
    _answered: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    @property
    def acknowledged(self) -> list[Sending]:
        return [each for each in self.sent if each.status_id]

    @property
    def doubtful(self) -> list[Sending]:
        """Sent, but cut off before the answer."""
        return [each for each in self.sent if not each.status_id]

    @property
    def with_bijlagen(self) -> set[str]:
        """The BerichtIDs of all large deliveries, wherever."""
        return {each for sending in (*self.sent, *self.elsewhere) if sending.large for each in sending.berichten}

    def run_until_killed(self, simulator: RunningSimulator, cut: int) -> None:
        """Kill after a number of answers and a moment that follow from the seed."""
        chance = random.Random(f"{self.seed}/{cut}")
        work: list[Work] = [self._write] * WRITERS
        work += [self._read_box, self._read_status, self._make_werelden, self._empty_under_large]
        threads = [
            threading.Thread(target=self._go_on, args=(each, simulator, random.Random(f"{self.seed}/{cut}/{n}")))
            for n, each in enumerate(work)
        ]
        for thread in threads:
            thread.start()
        for _ in range(chance.randint(20, 120)):
            assert self._answered.acquire(timeout=120), self.surprises
        time.sleep(chance.uniform(0, 0.02))
        processes = simulator.processes()
        simulator.kill()
        _, alive = psutil.wait_procs(processes, 10)
        assert not alive, "it survived SIGKILL"
        for thread in threads:
            thread.join(90)
        assert not self.surprises, self.surprises[:5]

    def _go_on(self, work: Work, simulator: RunningSimulator, chance: random.Random) -> None:
        try:
            while not self.surprises:
                work(simulator, chance)
        except requests.RequestException:  # killed
            pass
        except Exception as error:  # noqa: BLE001 - told by the main thread
            self.surprises.append(repr(error))

    def _expect(self, answer: requests.Response, *statuses: int) -> requests.Response:
        if answer.status_code not in statuses:
            self.surprises.append(f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[:500]}")
        return answer

    def _write(self, simulator: RunningSimulator, chance: random.Random) -> None:
        with requests.Session() as session:
            for _ in range(20):
                earlier = self.sent[chance.randrange(len(self.sent))] if self.sent else None
                if earlier is not None and not earlier.xml and chance.random() < 0.1:  # noqa: PLR2004 - one in ten
                    self._repeat(earlier, simulator.base, session)
                    continue
                sending = make_sending(chance)
                self.sent.append(sending)
                answer = self._expect(sending.offer(simulator.base, session), 202 if sending.xml else 201)
                sending.status_id = answer.json().get("statusID", "")
                self._answered.release()

    def _repeat(self, earlier: Sending, base: str, session: requests.Session) -> None:
        """The same X-Message-ID and body again, also of what is in doubt or on its way at this moment."""
        known = earlier.status_id
        status_id = self._expect(earlier.offer(base, session), 201).json().get("statusID", "")
        self.repeats += 1
        if known and status_id != known:
            self.surprises.append(f"a repeat of {earlier.message_id} got another statusID")
        earlier.status_id = earlier.status_id or status_id

    def _read_box(self, simulator: RunningSimulator, _chance: random.Random) -> None:
        burger = Programma.log_in(Wereld(simulator, "standaard"))
        for path in ("/overzicht", "/berichten?map=inbox") * 5:
            self._expect(burger.ask("GET", path), 200)
            self.looks += 1

    def _read_status(self, simulator: RunningSimulator, chance: random.Random) -> None:
        time.sleep(0.01)
        acknowledged = [each for each in self.sent[-50:] if each.status_id]
        if acknowledged:
            url = f"{simulator.base}{BASE}/status/{chance.choice(acknowledged).status_id}"
            self._expect(requests.get(url, headers=KEY, timeout=30), 200)
            self.looks += 1

    def _make_werelden(self, simulator: RunningSimulator, _chance: random.Random) -> None:
        """Make an omgeving, deliver in it, empty it, drop it; what is true in between is noted before and after."""
        naam = f"w-{uuid.uuid4().hex[:12]}"
        wereld = Wereld(simulator, naam)
        bericht = aanlevering_json()
        steps: list[tuple[Callable[[], requests.Response], set[int | None], set[int | None]]] = [
            (lambda: simulator.control("POST", "/omgevingen", json={"naam": naam}), {None, 0}, {0}),
            (lambda: wereld.afnemer("POST", f"{BASE}/berichten", json=bericht, headers=_new_id()), {0, 1}, {1}),
            (lambda: simulator.control("POST", f"/omgevingen/{naam}/_legen"), {0, 1}, {0}),
            (lambda: simulator.control("DELETE", f"/omgevingen/{naam}"), {0, None}, {None}),
        ]
        for step, meanwhile, afterwards in steps:
            self.werelden[naam] = meanwhile
            self._expect(step(), 200, 201, 204)
            self.werelden[naam] = afterwards

    def _empty_under_large(self, simulator: RunningSimulator, chance: random.Random) -> None:
        """Empty an omgeving while a large delivery comes in, of which all or nothing is there when it is looked at."""
        wereld, sending = Wereld(simulator, f"l-{uuid.uuid4().hex[:12]}"), make_large(chance)
        self.werelden[wereld.naam] = {None, 0}
        self._expect(simulator.control("POST", "/omgevingen", json={"naam": wereld.naam}), 201)
        self.elsewhere.append(sending)
        self.werelden[wereld.naam] = {0, len(sending.berichten)}
        with requests.Session() as session, ThreadPoolExecutor(1) as pool:
            answer = pool.submit(sending.offer, wereld.base, session)
            time.sleep(chance.uniform(0.1, 0.5))
            self._expect(simulator.control("POST", f"/omgevingen/{wereld.naam}/_legen"), 200)
            if self._expect(answer.result(), 201, 202, 503).status_code == requests.codes.unavailable:
                # On PostgreSQL its tables may go in the middle of a statement: it is told to send it again.
                self._expect(sending.offer(wereld.base, session), 201, 202)


def _new_id() -> dict[str, str]:
    return {"X-Message-ID": str(uuid.uuid4())}


def read_inbox(wereld: Wereld) -> Counter[str]:
    """The subject of every bericht in the inbox of the citizen, page after page."""
    burger, subjects, cursor = Programma.log_in(wereld), Counter[str](), ""
    while True:
        answer = burger.ask("GET", f"/berichten?map=inbox&cursor={cursor}")
        assert answer.status_code == requests.codes.ok, answer.text
        page = answer.json()
        subjects.update(each["onderwerp"] for each in page["berichten"])
        cursor = page["volgende"] or ""
        if not cursor:
            return subjects


def assert_nothing_is_lost(wereld: Wereld, traffic: Traffic, since: int = 0) -> Counter[str]:
    """What was acknowledged lies in the box once and is metered once; of what was not, all or nothing is there.

    Answers what lies in the box.
    """
    stored = read_inbox(wereld)
    assert set(stored.values()) <= {1}, "a bericht is there twice"
    for sending in traffic.sent:
        there = sum(stored[each] for each in sending.berichten)
        assert there == len(sending.berichten) or not (there or sending.status_id), f"{sending}: {there} are there"
    assert len(stored) == Afnemer(wereld).used(), "metered something else than what is there"
    afnemer = Afnemer(wereld)
    for sending in traffic.acknowledged[since:]:
        outcomes = afnemer.status(sending.status_id)["context"]["Verwerkt"]["Berichten"]
        assert {each["VerwerkingsCode"] for each in outcomes} == {"Verwerkt"}, sending.message_id
    _assert_werelden(wereld.simulator, traffic)
    return stored


def _assert_werelden(simulator: RunningSimulator, traffic: Traffic) -> None:
    there = {each["naam"] for each in simulator.control("GET", "/omgevingen").json()["omgevingen"]}
    for naam, allowed in traffic.werelden.items():
        found = Afnemer(Wereld(simulator, naam)).used() if naam in there else None
        assert found in allowed, f"omgeving {naam} holds {found}, expected one of {allowed}"
        if found is not None:
            assert simulator.control("DELETE", f"/omgevingen/{naam}").status_code == requests.codes.no_content
    traffic.werelden.clear()


def assert_offering_all_again_completes_it(wereld: Wereld, traffic: Traffic) -> None:
    """A repeat of what was acknowledged gets the same answer, and of what is in doubt makes it certain."""
    with requests.Session() as session:
        for sending in traffic.sent:
            answer = sending.offer(wereld.simulator.base, session)
            assert answer.status_code == (202 if sending.xml else 201), answer.text
            if sending.status_id and not sending.xml:
                assert answer.json()["statusID"] == sending.status_id
    expected = {each for sending in traffic.sent for each in sending.berichten}
    assert read_inbox(wereld) == Counter(expected)
    assert Afnemer(wereld).used() == len(expected)
    assert wait_for(lambda: not _open_agenda(wereld), 120), _open_agenda(wereld)
    if len(expected) <= _MAILS_AT_ONCE:
        assert len(mails_to(wereld)) == len(expected)


def _open_agenda(wereld: Wereld) -> list[str]:
    agenda = wereld.control("GET", "/agenda").json()["agenda"]
    return [each["soort"] for each in agenda if "kennisgeven" in each["soort"]]


@dataclass(frozen=True)
class Outcome:
    """What a run of cuts saw; what was acknowledged is counted before anything is offered again at the end."""

    seed: int
    cuts: int
    deliveries: int
    """Acknowledged."""
    berichten: int
    large: int
    """Of these deliveries."""
    doubtful: int
    """Cut off before their answer."""
    absent: int
    """Of these not stored, so completed by sending them again."""
    porties: int
    """Stored ahead of a delivery that was cut off."""
    lost: int
    """Berichten that were acknowledged and are not there."""
    twice: int
    """Berichten that were metered more than once."""
    repeats: int
    looks: int


def cut_and_recover(storage: Storage, cuts: int, seed: int, tell: Callable[[int], object] = lambda _: None) -> Outcome:
    """Kill ``cuts`` times under load; raises ``AssertionError`` with what was lost, doubled or not as promised."""
    traffic, there, looked_at, porties = Traffic(seed), dict[str, bool](), 0, 0
    for cut in range(cuts):
        with storage.run() as simulator:
            stored = assert_nothing_is_lost(Wereld(simulator, "standaard"), traffic, looked_at)
            _note_doubtful(there, traffic, stored)
            looked_at = len(traffic.acknowledged)
            traffic.run_until_killed(simulator, cut)
        porties = max(porties, storage.check(traffic)["standaard"])
        tell(cut + 1)
    with storage.run() as simulator:
        wereld = Wereld(simulator, "standaard")
        stored, metered = assert_nothing_is_lost(wereld, traffic), Afnemer(wereld).used()
        _note_doubtful(there, traffic, stored)
        acknowledged = traffic.acknowledged
        assert_offering_all_again_completes_it(wereld, traffic)
    storage.check(traffic)
    assert there, "the cuts were not under load"
    berichten = [each for sending in acknowledged for each in sending.berichten]
    return Outcome(
        seed=seed,
        cuts=cuts,
        deliveries=len(acknowledged),
        berichten=len(berichten),
        large=sum(each.large for each in acknowledged),
        doubtful=len(there),
        absent=sum(not each for each in there.values()),
        porties=porties,
        lost=len(set(berichten) - stored.keys()),
        twice=metered - len(stored),
        repeats=traffic.repeats,
        looks=traffic.looks,
    )


def _note_doubtful(there: dict[str, bool], traffic: Traffic, stored: Counter[str]) -> None:
    """Whether each that was cut off was stored all the same, as it is when the simulator is back."""
    for each in traffic.doubtful:
        there.setdefault(each.message_id, each.berichten[0] in stored)

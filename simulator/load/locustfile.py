"""The scenarios for Locust: one generator of arrivals in each process, and a shape that lets it finish."""

import logging
import re
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from gevent import spawn
from gevent.lock import Semaphore
from gevent.pool import Group
from locust import FastHttpUser, LoadTestShape, events, task
from locust.contrib.fasthttp import FastHttpSession
from locust.env import Environment
from locust.runners import STATE_INIT, MasterRunner, WorkerRunner

from simulator import __version__
from simulator.infra.clock import from_micros, real_micros, stopwatch
from simulator.load.budgets import judge, read_budgets
from simulator.load.documents import Afzender
from simulator.load.errors import Unusable
from simulator.load.page import write_page
from simulator.load.plan import Plan, make_plan, read_people
from simulator.load.progress import Progress
from simulator.load.report import Run, describe_generator, write_run
from simulator.load.shapes import Arrival, cut_phases, list_ends, schedule, sum_phases
from simulator.load.tally import Tally
from simulator.load.visits import VISITS, Service, Stopped, Visit

MESSAGE = "mosim-tally"
_NEVER_SENT = "never sent: every connection was waiting for the service"
_TOO_LATE = "never sent: the load generator itself was too late"
_NO_ANSWER = "no answer before the run was over"
_REPR = re.compile(r"\w+\((['\"])(.*)\1\)")
"""A failure as another process tells it."""
_BEHIND, _BEAT = 0.05, 0.1
_SPARE, _SETTLE = 15.0, 1.0
_LOST = -15  # heartbeats that did not come, one a second: a machine may stall for some seconds
_log = logging.getLogger("mosim.load")


def add_arguments(parser: Any) -> None:
    """Every choice of a ``Plan``: a flag, a variable, and a field of Locust's page."""
    for each in fields(Plan):
        given: dict[str, Any] = {
            "env_var": Plan.variable_of(each.name),
            "default": each.default,
            "help": each.metadata["help"],
        }
        if each.type is bool:
            given["action"] = "store_true"
        else:
            given |= {"type": each.type, "choices": each.metadata["choices"] or None}
        parser.add_argument(
            "--" + each.name.replace("_", "-"),
            is_secret=each.name in {"key", "token"},
            include_in_web_ui=each.name != "output",
            **given,
        )


class Arrivals(FastHttpUser):
    """The generator of one process: it sends by the clock, whatever became of what it sent before."""

    def __init__(self, environment: Environment) -> None:
        self.plan = read_plan(environment)
        self.concurrency = self.plan.connections
        self.network_timeout = self.connection_timeout = self.plan.timeout
        self.insecure = self.plan.insecure
        super().__init__(environment)
        afzender = Afzender(self.plan.oin, self.plan.berichttype, read_people(self.plan.bsns))
        self.slots = Semaphore(self.plan.connections)
        self.service = Service(self.client, self.plan, afzender, self.new_session, self.slots, self.tell_lost)
        self.tally = Tally()
        self.open: set[Visit] = set()
        self.ends: dict[str, float] = {}
        self.done = False

    def new_session(self) -> FastHttpSession:
        """A client without cookies yet, on the connections of this process."""
        return FastHttpSession(
            self.host, self.environment.events.request, self, insecure=self.insecure, max_retries=self.max_retries,
            max_redirects=self.max_redirects, client_pool=self.client.client.clientpool,
        )  # fmt: skip

    def tell_lost(self, scenario: str, why: str, waited: float) -> None:
        """Locust counts what it sent itself; so this, for its page, its files and the line that counts along."""
        self.environment.events.request.fire(
            request_type=scenario, name=why.partition(":")[0], response_time=waited, response_length=0,
            exception=Stopped(why), context={},
        )  # fmt: skip

    served = ""
    """The run that this process had its turn in; Locust moves the generator of a lost process to another."""

    @task
    def run_schedule(self) -> None:
        """Send all that is due here; then stay idle until the whole run is over."""
        options = vars(self.environment.parsed_options)
        rank = options["ranks"].get(_name_process(self.environment.runner))
        if rank is not None and Arrivals.served != options["run"]:
            Arrivals.served = options["run"]
            visits, watch = Group(), spawn(self._watch)
            try:
                self._send(visits, tuple(rank))
                visits.join(timeout=self.plan.timeout)
                self.done = True
            finally:
                watch.kill(block=False)
                self._finish(visits)
        while True:
            time.sleep(1)

    def _send(self, visits: Group, rank: tuple[int, int]) -> None:
        plan, start, blocked = self.plan, stopwatch(), False
        end = start + plan.seconds + plan.timeout
        self.ends = {label: start + seconds for label, seconds in list_ends(plan.phases).items()}
        for arrival in schedule(plan.phases, plan.mix.weights, plan.mix.messages, share=rank):
            due = start + arrival.moment
            time.sleep(max(0.0, due - stopwatch()))
            now = stopwatch()
            if now > end:
                self.tally.of(arrival.scenario, arrival.phase).arrivals += 1
                self._visit(arrival, due).lose(_NEVER_SENT if blocked else _TOO_LATE)
                continue
            # Behind because of the service until it has caught up, also when there is room again.
            blocked = self.slots.locked() or (blocked and now - due > _BEHIND)
            self.slots.acquire()  # for its first request; who thinks or waits for a result holds no connection
            visits.spawn(self._receive, arrival, due)

    def _watch(self) -> None:
        """See how late this process is itself, whatever the service makes of it."""
        while True:
            due = stopwatch() + _BEAT
            time.sleep(_BEAT)
            self.tally.late.add((stopwatch() - due) * 1_000)

    def _visit(self, arrival: Arrival, due: float) -> Visit:
        entry = self.tally.of(arrival.scenario, arrival.phase)
        return Visit(self.service, entry, arrival.number, due, self.ends[arrival.phase])

    def _receive(self, arrival: Arrival, due: float) -> None:
        visit = self._visit(arrival, due)
        visit.turn = visit.entry.arrivals
        visit.entry.arrivals += 1
        self.open.add(visit)
        try:
            VISITS[arrival.scenario](visit)
        except Stopped:
            pass  # it was counted where it happened
        except (KeyError, TypeError, ValueError) as error:
            visit.lose(f"an answer of another shape: {type(error).__name__}")
        finally:
            if not visit.started:
                self.slots.release()
        self.open.discard(visit)

    def _finish(self, visits: Group) -> None:
        """Count who still waits for the service, unless the run was stopped, and hand everything over."""
        for visit in self.open if self.done else ():
            if not visit.idle:
                visit.lose(_NO_ANSWER)
        visits.kill(block=False)
        name = _name_process(self.environment.runner) if self.done else ""
        data = {"done": name, "tally": self.tally.to_builtins()}
        self.environment.runner.send_message(MESSAGE, data)


class Course(LoadTestShape):
    """One generator in each process, until all have finished; the rate is theirs to keep."""

    ranks: Mapping[str, tuple[int, int]] = {}
    stopped = False
    """Somebody pressed Ctrl-C."""

    def begin(self, plan: Plan) -> None:
        """Forget the run before."""
        self.progress = Progress(plan.seconds, on_terminal=sys.stderr.isatty())
        self.ranks = _rank_processes(self.runner)
        self.tally = Tally()
        self.finished: set[str] = set()
        self.started = from_micros(real_micros())
        self.begun = stopwatch()

    def tick(self) -> tuple[int, float] | None:
        """As many generators as there are processes; none any more when they are done, or long overdue."""
        environment = self.runner.environment  # type: ignore[union-attr] # Locust sets it before the first tick
        try:
            plan = read_plan(environment)
        except Unusable as error:  # from Locust's page
            _log.error(error)
            return None
        if not self.ranks:
            self.begin(plan)
            vars(environment.parsed_options).update(ranks=self.ranks, run=self.started.isoformat())
        gone = stopwatch() - self.begun
        stats = self.runner.stats  # type: ignore[union-attr] # as above
        kinds = (_REPR.sub(r"\2", str(each.error)) for each in stats.errors.values())
        sys.stderr.write(self.progress.say(gone, stats.total.num_requests, stats.total.num_failures, kinds))
        overdue = gone > plan.seconds + 2 * plan.timeout + _SPARE
        busy = [each for each in self.ranks.keys() - self.finished if _is_alive(self.runner, each)]
        if Course.stopped or overdue or not busy:
            return None
        return len(self.ranks), float(len(self.ranks))

    def take(self, environment: Environment, msg: Any) -> None:  # noqa: ARG002 - Locust's interface
        """What a process counted, when it is done or was stopped."""
        self.tally.merge(Tally.from_builtins(msg.data["tally"]))
        self.finished.add(msg.data["done"])

    def conclude(self, environment: Environment) -> Run:
        """The run as it went, judged."""
        plan = read_plan(environment)
        breaches = judge(self.tally, read_budgets(plan.budget))
        gone, lost = stopwatch() - self.begun, len(self.ranks.keys() - self.finished)
        if gone < plan.seconds:
            breaches.append(f"Stopped after {gone:,.0f} of {plan.seconds:,.0f} s.")
        elif lost:
            breaches.append(f"{lost} of {len(self.ranks)} load generators did not finish: lost on the way.")
        return Run(
            version=__version__, started=f"{self.started:%Y-%m-%dT%H:%M:%SZ}", url=environment.host or "",
            plan=plan.public(), workers=len(self.ranks), phases=sum_phases([*cut_phases(plan.phases, gone)]),
            tally=self.tally, breaches=breaches, notes=list(describe_generator(self.tally)),
        )  # fmt: skip


def read_plan(environment: Environment) -> Plan:
    """The choices of this run; on a worker they come from the master."""
    return make_plan(vars(environment.parsed_options))


def connect(environment: Environment, runner: Any, **_: Any) -> None:
    """Let the processes that count tell the one that judges; refuse what cannot be."""
    if isinstance(runner, WorkerRunner):
        environment.process_exit_code = 0  # the master judges
        # Else one that joins a master which ends that same moment would wait for it for ever; so, for a minute.
        runner.last_heartbeat_timestamp = real_micros() / 1_000_000
        if environment.parsed_options.processes:  # type: ignore[union-attr] # parsed long ago
            signal.signal(signal.SIGINT, _stop_in_order)
        return
    if environment.parsed_options.headless:  # type: ignore[union-attr] # parsed long ago
        signal.signal(signal.SIGINT, lambda *_: _stop_or_leave(runner))
        try:
            read_plan(environment)
        except Unusable as error:
            sys.exit(f"Error: {error}")
        if not environment.parsed_options.processes:  # type: ignore[union-attr] # as above
            environment.events.worker_connect.add_listener(greet)  # type: ignore[no-untyped-call] # Locust has no types here
    runner.register_message(MESSAGE, environment.shape_class.take)  # type: ignore[union-attr] # Course, below this file's name


def greet(client_id: str, **_: Any) -> None:
    """Tell who waits for them that another one is there."""
    sys.stderr.write(f"Joined: {client_id.rpartition('_')[0]}\n")


def conclude_on_the_page(environment: Environment, **_: Any) -> None:
    """With Locust's page a run is over when it stops; the log says how it went."""
    if not environment.parsed_options.headless:  # type: ignore[union-attr] # parsed long ago
        _conclude(environment)


def conclude_at_the_end(environment: Environment, **_: Any) -> None:
    """Without the page the exit code says how it went."""
    if environment.parsed_options.headless:  # type: ignore[union-attr] # parsed long ago
        _conclude(environment)


def _conclude(environment: Environment) -> None:
    course = environment.shape_class
    if isinstance(environment.runner, WorkerRunner) or not isinstance(course, Course) or not course.ranks:
        return
    run = course.conclude(environment)
    course.ranks = {}
    environment.process_exit_code = int(bool(run.breaches))
    if read_plan(environment).output:
        write_run(run, Path(read_plan(environment).output))
        write_page(run, Path(read_plan(environment).output))
    for line in [*run.breaches, *run.notes] or ["All budgets were kept."]:
        _log.info(line)


def _stop_in_order(*_: object) -> None:
    """A Ctrl-C reaches every process of a terminal: the one that counts stops the others; a second one ends them."""
    Course.stopped = True
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _stop_or_leave(runner: Any) -> None:
    """The same; as long as others are to join there is nothing to stop, and who did join is sent away."""
    _stop_in_order()
    if runner.state == STATE_INIT:
        spawn(_leave, runner)  # a handler of a signal may not wait


def _leave(runner: Any) -> None:
    time.sleep(_SETTLE)  # who joined just now does not listen yet
    runner.quit()
    sys.exit(1)


def _rank_processes(runner: Any) -> dict[str, tuple[int, int]]:
    """Which share of the arrivals is whose."""
    if isinstance(runner, MasterRunner):
        ids = sorted(client.id for client in runner.clients.ready)
    else:
        ids = [_name_process(runner)]
    return {each: (rank, len(ids)) for rank, each in enumerate(ids)}


def _is_alive(runner: Any, name: str) -> bool:
    if not isinstance(runner, MasterRunner):
        return True
    return name in runner.clients and runner.clients[name].heartbeat > _LOST


def _name_process(runner: Any) -> str:
    return str(runner.client_id)


for event, listener in (
    (events.init_command_line_parser, add_arguments),
    (events.init, connect),
    (events.test_stop, conclude_on_the_page),
    (events.quitting, conclude_at_the_end),
):
    event.add_listener(listener)  # type: ignore[no-untyped-call] # Locust has no types here

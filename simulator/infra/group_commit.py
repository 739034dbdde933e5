"""Group commit: work that arrives together is done together, by whichever thread came first."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

Run = Callable[[Sequence[Any]], Sequence[Any]]
IsShared = Callable[[Exception], bool]

_MAX_WEIGHT = 20_000
ALONE = _MAX_WEIGHT + 1
"""The weight of what is to have its group for itself."""


class _Ticket:
    """One waiting caller; ``turn`` opens when the work is done, or when it is this caller's turn to lead."""

    __slots__ = ("done", "error", "item", "result", "run", "turn", "weight")

    def __init__(self, run: Run, item: object, weight: int) -> None:
        self.run = run
        self.item = item
        self.weight = weight
        self.result: Any = None
        self.error: BaseException | None = None
        self.done = False
        self.turn = threading.Lock()
        self.turn.acquire()


class GroupCommit:
    """A queue of work with a leader: the first caller runs all that is pending, the others wait for their own result.

    ``run(items)`` does the work of a group in one transaction and answers one result per item, in order; a result that
    is an exception is raised to its own caller. If ``run`` itself fails, each item is tried alone, so that the error of
    one never fails another; but an error that ``is_shared`` (the database is gone) is everybody's, and tried once.
    From then on only one at a time tries, until that succeeds: the others get the same error at once.
    """

    def __init__(self, max_weight: int = _MAX_WEIGHT, *, is_shared: IsShared = lambda _error: False) -> None:
        self._max_weight = max_weight
        self._is_shared = is_shared
        self._mutex = threading.Lock()
        self._pending: deque[_Ticket] = deque()
        self._led = False
        self._failing: Exception | None = None

    def submit(self, run: Run, item: object, weight: int = 1) -> Any:
        """Do ``item`` together with what else is waiting; answers its own result after the commit of its group."""
        ticket = _Ticket(run, item, weight)
        with self._mutex:
            if self._failing is not None and self._led:
                raise self._failing.with_traceback(None)  # else it would grow with everybody who raises it
            self._pending.append(ticket)
            leads = not self._led
            self._led = True
        if not leads:
            ticket.turn.acquire()
        if not ticket.done:
            self._lead()
        if ticket.error is not None:
            raise ticket.error
        return ticket.result

    def _lead(self) -> None:
        group = self._take_group()
        try:
            self._run_group(group)
        except BaseException:  # nothing that a request does, but nobody may take silence for a commit
            for ticket in group:
                ticket.error = ticket.error or RuntimeError("the work of this group was broken off")
            raise
        finally:
            self._hand_over()
            for ticket in group:
                ticket.done = True
                ticket.turn.release()

    def _take_group(self) -> list[_Ticket]:
        with self._mutex:
            first = self._pending.popleft()
            group, weight = [first], first.weight
            while self._pending and self._pending[0].run == first.run:
                weight += self._pending[0].weight
                if weight > self._max_weight:
                    break
                group.append(self._pending.popleft())
        return group

    def _hand_over(self) -> None:
        with self._mutex:
            if self._pending:
                self._pending[0].turn.release()
            else:
                self._led = False

    def _run_group(self, group: Sequence[_Ticket]) -> None:
        try:
            results = group[0].run([ticket.item for ticket in group])
        except Exception as error:  # noqa: BLE001 - whatever it is goes to the callers
            is_shared = self._is_shared(error)
            if is_shared:
                self._failing = error
            if len(group) == 1 or is_shared:
                for ticket in group:
                    ticket.error = error
            else:
                for ticket in group:
                    self._run_group([ticket])
            return
        self._failing = None
        for ticket, result in zip(group, results, strict=True):
            if isinstance(result, Exception):
                ticket.error = result
            else:
                ticket.result = result

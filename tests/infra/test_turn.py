"""The queue of those who write in one file of SQLite."""

import threading
import time

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from simulator.infra import turn as module
from simulator.infra.turn import Turn


def _wait_for_queue(turn: Turn, number: int) -> None:
    while len(turn._waiting) < number:
        time.sleep(0.001)


def test_who_waits_goes_before_who_had_a_turn_and_asks_again_at_once() -> None:
    turn, order = Turn(None), list[str]()

    def take(naam: str) -> None:
        with turn:
            order.append(naam)

    with turn:
        others = [threading.Thread(target=take, args=(naam,)) for naam in ("agenda", "journaal", "levering")]
        for number, thread in enumerate(others, 1):
            thread.start()
            _wait_for_queue(turn, number)
    take("weer dezelfde")
    for thread in others:
        thread.join()
    assert order == ["agenda", "journaal", "levering", "weer dezelfde"]


def test_who_waits_too_long_leaves_the_queue_and_the_others_keep_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    turn, order = Turn(None), list[str]()

    def take() -> None:
        with turn:
            order.append("levering")

    patient = threading.Thread(target=take)
    with turn:
        patient.start()
        _wait_for_queue(turn, 1)
        monkeypatch.setattr(module, "PATIENCE", 0.01)
        with pytest.raises(PoolTimeoutError), turn:
            pass  # pragma: no cover - it does not come
    patient.join()
    assert order == ["levering"]
    with turn:  # and it is free again
        pass


def test_many_at_once_never_have_a_turn_together() -> None:
    turn, inside, most = Turn(None), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            with turn:
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)

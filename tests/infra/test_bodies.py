"""The gate for large bodies: by turns, in order, never for ever."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from simulator.infra.bodies import Gate, TooManyLargeBodies, read_pieces
from tests.journeys.actors import wait_for


@contextmanager
def waiting(gate: Gate, size: int, came_in: list[int]) -> Iterator[None]:
    """Somebody in the queue of the gate, who leaves as soon as it came in."""

    def enter() -> None:
        charge = gate.enter(size)
        came_in.append(size)
        gate.leave(charge)

    length = len(gate._queue)
    thread = threading.Thread(target=enter)
    thread.start()
    assert wait_for(lambda: len(gate._queue) > length)
    yield
    thread.join(20)
    assert not thread.is_alive()


def test_who_fits_goes_in_at_once() -> None:
    gate = Gate(room=10, most=4)
    assert [gate.enter(4), gate.enter(6)] == [4, 6]


def test_who_does_not_fit_goes_in_when_there_is_room_and_in_order_of_arrival() -> None:
    gate = Gate(room=10, most=4)
    came_in: list[int] = []
    charge = gate.enter(8)
    with waiting(gate, 9, came_in), waiting(gate, 1, came_in):
        assert came_in == []  # the small one would fit, but the large one would then never have its turn
        gate.leave(charge)
    assert came_in == [9, 1]


def test_who_is_larger_than_all_the_room_goes_in_alone() -> None:
    gate = Gate(room=10, most=4)
    came_in: list[int] = []
    charge = gate.enter(1)
    with waiting(gate, 100, came_in):
        gate.leave(charge)
    assert came_in == [100]
    assert gate.enter(100) == 10


def test_who_waits_too_long_is_sent_away_and_leaves_the_queue_to_the_next() -> None:
    gate = Gate(room=10, most=4)
    came_in: list[int] = []
    charge = gate.enter(8)
    with pytest.raises(TooManyLargeBodies) as refused:
        gate.enter(9, patience=0.01)
    assert refused.value.headers["Retry-After"] == "5"
    assert gate.enter(2) == 2
    with waiting(gate, 8, came_in):
        gate.leave(charge)
    assert came_in == [8]


def test_who_would_be_one_too_many_is_sent_away_at_once() -> None:
    gate = Gate(room=10, most=2)
    came_in: list[int] = []
    charge = gate.enter(10)
    with waiting(gate, 5, came_in):
        with pytest.raises(TooManyLargeBodies):
            gate.enter(1)
        gate.leave(charge)
    assert gate.enter(1) == 1


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 1000])
def test_a_body_is_read_up_to_one_byte_beyond_its_limit(size: int) -> None:
    sent = bytes(index % 251 for index in range(size))
    assert read_pieces(io.BytesIO(sent), 10) == sent[:11]
    assert read_pieces(io.BytesIO(sent[3:]), 10, sent[:3]) == sent[:11]

"""The questions whether there is a result yet: many and quick, so that they must not make a slow service look quick."""

from collections.abc import Callable
from itertools import chain, count

import pytest

from simulator.infra.clock import stopwatch
from simulator.load.visits.berichten import deliver_and_follow, deliver_and_sample, deliver_batch
from simulator.load.visits.visit import Stopped, Visit
from tests.load.sessions import Answer, a_visit

DELIVERED = Answer(201, {"statusID": "1"})
BUSY = Answer(200, {"status": "IN_PROGRESS"})
READY = Answer(200, {"status": "REPORT", "context": {"Verwerkt": {"Berichten": [{"VerwerkingsCode": "Verwerkt"}]}}})
RESULTAAT = Answer(200, content=b"<VerwerkingsCode>Verwerkt</VerwerkingsCode>")


@pytest.mark.parametrize(
    ("scenario", "answers"),
    [
        (deliver_and_follow, [DELIVERED, BUSY, READY]),
        (deliver_and_sample, [DELIVERED, BUSY, READY]),
        (deliver_batch, [Answer(202), Answer(404), RESULTAAT]),
    ],
)
def test_only_the_delivery_and_the_time_to_its_result_are_counted(
    scenario: Callable[[Visit], None], answers: list[Answer]
) -> None:
    visit = a_visit(*answers)
    scenario(visit)
    assert (visit.entry.times.count, visit.entry.results.count) == (1, 1)
    assert visit.entry.codes == {"Verwerkt": 1}


def test_a_question_that_goes_wrong_is_a_failure_as_any_other() -> None:
    visit = a_visit(DELIVERED, BUSY, Answer(503))
    with pytest.raises(Stopped):
        deliver_and_follow(visit)
    assert (visit.entry.times.count, visit.entry.failures) == (2, {"GET status: HTTP 503": 1})


def test_who_follows_a_message_waits_for_it_since_the_delivery_and_not_since_the_last_question() -> None:
    visit = a_visit(connections=2)
    visit.started, visit.begin = True, visit.due - 100
    visit.poll_as_afnemer("/status/1", expected=frozenset({200}))
    visit.lose("no answer")
    assert visit.service.session.lost[0][2] >= 100_000


def test_the_time_to_a_result_counts_from_the_moment_that_the_delivery_was_due() -> None:
    visit = a_visit(DELIVERED, READY, ago=100)
    deliver_and_follow(visit)
    assert visit.entry.results.longest >= 100_000


def test_a_result_seems_to_take_little_longer_than_it_did() -> None:
    visit = a_visit()
    ready = visit.due + 1.5
    visit.service.session.answers = chain([DELIVERED], (BUSY if stopwatch() < ready else READY for _ in count()))
    deliver_and_follow(visit)
    assert 1_500 <= visit.entry.results.longest < 1_900  # and 2,075 with pauses that grow by half each time


def test_who_gets_no_result_in_time_is_counted_and_told() -> None:
    visit = a_visit(DELIVERED, *[BUSY] * 3, timeout=0.05)
    with pytest.raises(Stopped):
        deliver_and_follow(visit)
    assert visit.entry.failures == {"GET status: no result in time": 1}
    ((scenario, why, waited),) = visit.service.session.lost
    assert (scenario, why, waited >= 50) == ("status", "GET status: no result in time", True)

"""The questions whether there is a result yet: many and quick, so that they must not make a slow service look quick."""

from collections.abc import Callable

import pytest

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
    assert visit.lose("no answer") >= 100_000

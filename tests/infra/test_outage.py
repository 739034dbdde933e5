"""Which errors are of the storage, and which of one transaction only."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from simulator.infra.outage import is_everybodys, is_outage


def of_driver(error: Exception) -> DBAPIError:
    return DBAPIError("", None, error)


def test_a_transaction_that_is_broken_off_for_another_may_be_tried_again_and_is_nobody_elses_concern() -> None:
    error = of_driver(psycopg.errors.DeadlockDetected())
    assert (is_outage(error), is_everybodys(error)) == (True, False)


@pytest.mark.parametrize("error", [psycopg.errors.DiskFull(), psycopg.errors.AdminShutdown()])
def test_what_ails_the_server_is_of_everybody(error: Exception) -> None:
    assert is_outage(of_driver(error))
    assert is_everybodys(of_driver(error))


def test_a_server_that_does_not_answer_in_time_is_an_outage() -> None:
    assert is_everybodys(of_driver(psycopg.errors.ConnectionTimeout()))


def test_a_mistake_of_ours_is_no_outage() -> None:
    for error in (psycopg.errors.UniqueViolation(), sqlite3.IntegrityError()):
        assert not is_outage(of_driver(error))
        assert not is_everybodys(of_driver(error))

"""Two workers that count at the same moment: each has rows of its own, so that none waits for another (PostgreSQL)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from simulator.infra.database import Database
from simulator.infra.ids import current_slot, new_id, use_slot
from simulator.infra.omgeving import GroupTransaction, Omgeving, count_regels
from simulator.verbruik.queries import check_verbruik
from simulator.verbruik.usecases.meter import meter
from tests.verbruik.deliveries import regel

pytestmark = pytest.mark.parametrize(
    "omgevingen", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
_IMPATIENT = text("SELECT set_config('lock_timeout', '200ms', true)")


@pytest.fixture(autouse=True)
def _own_slot() -> Iterator[None]:
    own = current_slot()
    yield
    use_slot(own)


@contextmanager
def metering(omgeving: Omgeving, database: Database, slot: int, aantal: int) -> Iterator[None]:
    """A worker that has metered and counted its rules, and commits at the end; it waits for nobody's lock."""
    use_slot(slot)
    with database.driver() as driver:
        driver.query(_IMPATIENT)
        transaction = GroupTransaction(driver, omgeving.state)
        meter(transaction, [regel(new_id(), aantal=aantal)])
        transaction.plans.flush(driver)
        yield


def test_two_workers_that_meter_the_same_afnemer_day_and_type_do_not_wait_for_each_other(omgeving: Omgeving) -> None:
    with omgeving.lease() as database, metering(omgeving, database, 0, 2):
        with metering(omgeving, database, 1, 3):
            pass
        with omgeving.reading() as session:  # the second has committed, the first not yet
            assert count_regels(session)["VB-bericht-telt"] == {"geslaagd": 3}
    with omgeving.reading() as session:
        assert count_regels(session)["VB-bericht-telt"] == {"geslaagd": 5}
        assert check_verbruik(session) == []


def test_they_would_if_they_had_the_same_slot(omgeving: Omgeving) -> None:
    """What the test above would tell if a key lost its slot."""
    refused = pytest.raises(OperationalError, match="lock timeout")
    with omgeving.lease() as database, metering(omgeving, database, 0, 2), refused, metering(omgeving, database, 0, 3):
        pass
    with omgeving.reading() as session:
        assert count_regels(session)["VB-bericht-telt"] == {"geslaagd": 2}

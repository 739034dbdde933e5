"""Killed under load and started again: what was acknowledged is there once and metered once."""

import random
from pathlib import Path

import pytest

from loadtests.power_cut import Storage, cut_and_recover

CUTS = 2
"""``loadtests/faults`` does the same twenty times."""


def _seed() -> int:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}: loadtests/faults --seed {seed}")  # noqa: T201 - pytest shows it when the test fails
    return seed


@pytest.mark.artikel("3.2")
@pytest.mark.slow
def test_one_worker_on_sqlite_loses_nothing_in_a_power_cut(tmp_path: Path) -> None:
    cut_and_recover(Storage(tmp_path), CUTS, _seed())


@pytest.mark.artikel("3.2")
@pytest.mark.slow
@pytest.mark.postgres
def test_two_workers_on_postgresql_lose_nothing_in_a_power_cut(tmp_path: Path, postgres_url: str) -> None:
    cut_and_recover(Storage(tmp_path, ("--workers", "2"), postgres_url), CUTS, _seed())

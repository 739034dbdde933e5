"""What a long run is told, and what its table is called."""

import pytest

from loadtests.bench.disturb import KINDS
from loadtests.bench.soak import SoakOptions, main


def options(*flags: str) -> SoakOptions:
    with main.make_context("soak", ["--no-pin", *flags]) as context:
        return SoakOptions(**context.params)


@pytest.mark.parametrize(
    ("flags", "kinds"),
    [
        ((), ()),
        (("--disturb",), tuple(KINDS)),
        (("--disturb-only", "clock"), ("clock",)),
        (("--disturb-only", "clock", "--disturb-only", "omgevingen"), ("omgevingen", "clock")),
        (("--disturb", "--disturb-only", "citizens"), ("citizens",)),
    ],
)
def test_one_can_choose_what_else_goes_on(flags: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    assert options(*flags).kinds == kinds


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        ((), "soak"),
        (("--minutes", "60"), "soak-hour"),
        (("--disturb",), "soak-disturbed"),
        (("--disturb-only", "clock", "--disturb-only", "citizens"), "soak-disturbed-citizens-clock"),
        (("--minutes", "60", "--disturb"), "soak-hour-disturbed"),
        (("--database-url", "postgresql://x"), "soak-postgresql"),
    ],
)
def test_only_a_whole_run_takes_the_place_of_one(flags: tuple[str, ...], name: str) -> None:
    assert options(*flags).name == name

"""What a long run is told, and what its table is called."""

import pytest

from loadtests.bench.disturb import KINDS
from loadtests.bench.soak import SoakOptions, main


def options(*flags: str) -> SoakOptions:
    with main.make_context("soak", ["--no-pin", *flags]) as context:
        return SoakOptions(**context.params)


def test_an_hour_is_short_for_its_options() -> None:
    long = ("--fill", "10000000", "--minutes", "60", "--ceiling-seconds", "180", "--window", "300", "--hold")
    assert options("--hour") == options(*long)
    assert options().fill == 0
    assert options("--hour", "--minutes", "2").minutes == options("--minutes", "2", "--hour").minutes == 2


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
        (("--hour",), "soak-hour"),
        (("--disturb",), "soak-disturbed"),
        (("--disturb-only", "clock", "--disturb-only", "citizens"), "soak-disturbed-citizens-clock"),
        (("--hour", "--disturb"), "soak-hour-disturbed"),
        (("--database-url", "postgresql://x"), "soak-postgresql"),
    ],
)
def test_only_a_whole_run_takes_the_place_of_one(flags: tuple[str, ...], name: str) -> None:
    assert options(*flags).name == name

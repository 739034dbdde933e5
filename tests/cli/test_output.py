import sys

import pytest

from simulator.cli.output import own_name


@pytest.mark.parametrize(
    ("started", "typed"),
    [("nergens/bin/mosim", "nergens/bin/mosim"), ("/x/simulator/__main__.py", "python -m simulator")],
)
def test_the_name_to_type_is_what_works_here(monkeypatch: pytest.MonkeyPatch, started: str, typed: str) -> None:
    monkeypatch.setattr(sys, "argv", [started])
    assert own_name() == typed


def test_a_program_on_the_path_is_typed_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/bin/sh"])
    monkeypatch.setenv("PATH", "/bin")
    assert own_name() == "sh"

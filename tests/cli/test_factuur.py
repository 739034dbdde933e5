import json
from pathlib import Path

import pytest

from simulator.cli.factuur import as_euro
from simulator.cli.prognose import draw_bar
from tests.cli.conftest import Shell

KEY = ("--key", "demo-voorbeeldstad")
OIN = "00000099000000001000"


@pytest.fixture
def nummer(shell: Shell) -> str:
    """An advance of EUR 320.00 in an omgeving where it is January 2022."""
    assert shell.run("klok", "set", "stil", "--moment", "2022-01-10T09:00:00Z").exit_code == 0
    made: str = shell.json("factuur", "voorschot", OIN, "2022", "--verwacht", "1000")[0]["nummer"]
    return made


def test_invoices_are_listed_and_shown(shell: Shell, nummer: str) -> None:
    assert [each["nummer"] for each in shell.json("factuur", "list", *KEY)] == [nummer]
    listed = shell.run("factuur", "list", *KEY, "--jaar", "2022").stdout
    assert nummer in listed
    assert "387,20" in listed
    shown = shell.run("factuur", "show", nummer, *KEY).stdout
    for part in ("Gemeente Voorbeeldstad", "Verwachte berichten 2022", "320,00", "67,20", "387,20", "SIMULATIE"):
        assert part in shown


def test_a_period_is_closed_and_an_invoice_credited(shell: Shell, nummer: str) -> None:
    assert shell.run("klok", "set", "stil", "--moment", "2023-01-10T09:00:00Z").exit_code == 0
    (made,) = shell.json("factuur", "sluit", "2022")
    assert (made["soort"], made["totaalExclCent"]) == ("credit", -32_000)
    assert shell.json("factuur", "sluit", "2022", "3") == []
    (credit,) = shell.json("factuur", "credit", nummer, "--reden", "Dubbel")
    assert credit["verwijstNaar"] == nummer
    assert "nog niet voorbij" in shell.run("factuur", "sluit", "2024").stderr


def test_an_invoice_is_saved_as_a_file(shell: Shell, nummer: str, tmp_path: Path) -> None:
    file = tmp_path / "factuur.json"
    saved = shell.run("factuur", "download", nummer, *KEY, "--formaat", "json", "--output", str(file))
    assert saved.exit_code == 0, saved.stderr
    assert json.loads(file.read_text("utf-8"))["nummer"] == nummer
    assert "niet gevonden" in shell.run("factuur", "download", "geen", *KEY, "--formaat", "json").stderr


def test_the_bill_of_the_test_traffic_is_shown_under_another_tariff(shell: Shell) -> None:
    shown = shell.run("factuur", "voorbeeld", *KEY, "--tarief", "2022").stdout
    assert "VOORBEELD" in shown
    assert "er is niets uitgereikt" in shown


def test_a_prognosis_is_a_table_with_a_picture(shell: Shell) -> None:
    flags = (*KEY, "--per-jaar", "12000", "--piek", "2=1000", "--tarief", "2022")
    shown = shell.run("prognose", *flags).stdout
    assert "█" * 40 in shown
    assert "4.160,00" in shown  # 13,000 × 0.32
    assert "EUR 0.32" in shown
    assert shell.json("prognose", *flags)["totaalAantal"] == 13_000
    twaalf = shell.json("prognose", *KEY, "--maanden", ",".join("123456789012"), "--prijs", "0.5", "--sector", "rijk")
    assert (twaalf["totaalInclCent"], twaalf["btwPercentage"]) == (48 * 50, 0)
    assert "not a whole number" in shell.run("prognose", *KEY, "--maanden", "veel").stderr
    assert "perMaand, perJaar en maanden" in shell.run("prognose", *KEY).stderr


def test_a_prognosis_of_no_berichten_at_all_costs_nothing(shell: Shell) -> None:
    for aantal in ("--per-maand", "--per-jaar"):
        assert shell.json("prognose", *KEY, aantal, "0", "--tarief", "2022")["totaalInclCent"] == 0


@pytest.mark.parametrize(
    ("value", "most", "bar"), [(0, 0, ""), (0, 8, ""), (8, 8, "█" * 40), (1, 80, "▌"), (1, 40, "█")]
)
def test_a_bar_is_as_long_as_its_part(value: int, most: int, bar: str) -> None:
    assert draw_bar(value, most) == bar


@pytest.mark.parametrize(
    ("cent", "text"), [(0, "0,00"), (5, "0,05"), (123_456_789, "1.234.567,89"), (-48_000, "-480,00")]
)
def test_an_amount_is_written_as_people_do(cent: int, text: str) -> None:
    assert as_euro(cent) == text

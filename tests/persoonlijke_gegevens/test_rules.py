from datetime import UTC, datetime, timedelta

import pytest

from simulator.persoonlijke_gegevens.rules import is_dicht, note_antwoord, note_fout, read_plaats, show_veld
from simulator.persoonlijke_gegevens.values import Bedrag, Bronstand, Datum, Getal, JaNee, Tekst, Veld

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("veld", "text"),
    [
        (Tekst(label="x", waarde="Hallo"), "Hallo"),
        (Getal(label="x", waarde=1234567), "1.234.567"),
        (Getal(label="x", waarde=1234.5, eenheid="km"), "1.234,5 km"),
        (Bedrag(label="x", waarde="1234567.80"), "€ 1.234.567,80"),
        (Bedrag(label="x", waarde="-0.50"), "€ -0,50"),
        (Bedrag(label="x", waarde="-1200.00"), "€ -1.200,00"),
        (Datum(label="x", waarde="2026"), "2026"),
        (Datum(label="x", waarde="2026-11"), "november 2026"),
        (Datum(label="x", waarde="2026-11-03"), "3 november 2026"),
        (JaNee(label="x", waarde=True), "Ja"),
    ],
)
def test_a_field_is_shown_as_dutch_people_write_it(veld: Veld, text: str) -> None:
    assert show_veld(veld) == text


def test_a_source_is_left_alone_longer_and_longer_up_to_ten_minutes() -> None:
    stand, durations = Bronstand(), []
    for _ in range(12):
        stand = note_fout(stand, "te-laat", NOW)
        durations.append(None if stand.dicht_tot is None else stand.dicht_tot - NOW)
    assert durations[:4] == [None, None, timedelta(seconds=30), timedelta(seconds=60)]
    assert durations[-1] == timedelta(minutes=10)
    assert is_dicht(stand, NOW)
    assert not is_dicht(stand, NOW + timedelta(minutes=10))
    assert note_antwoord(stand, NOW).fouten == 0


def test_a_clock_that_is_set_back_does_not_keep_a_source_closed() -> None:
    stand = Bronstand()
    for _ in range(3):
        stand = note_fout(stand, "te-laat", NOW)
    assert not is_dicht(stand, NOW - timedelta(days=365))


@pytest.mark.parametrize(("text", "plaats"), [("12-34", (12, 34)), ("", None), ("x-1", None), ("-1--2", None)])
def test_a_place_in_the_log_that_cannot_be_read_is_the_beginning(text: str, plaats: tuple[int, int] | None) -> None:
    assert read_plaats(text) == plaats

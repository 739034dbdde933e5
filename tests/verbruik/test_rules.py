from datetime import date

import pytest

from simulator.verbruik.errors import PeriodeOngeldig
from simulator.verbruik.rules import GevraagdePeriode, read_periode
from simulator.verbruik.values import Per, Periode

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("gevraagd", "periode"),
    [
        (GevraagdePeriode(), Periode(date(2026, 11, 1), TODAY, Per.DAG)),
        (GevraagdePeriode(tot="2026-03-05"), Periode(date(2026, 3, 1), date(2026, 3, 5), Per.DAG)),
        (GevraagdePeriode("2026-01-31", "2026-01-31"), Periode(date(2026, 1, 31), date(2026, 1, 31), Per.DAG)),
        (GevraagdePeriode("2024-01-01", "2024-12-31"), Periode(date(2024, 1, 1), date(2024, 12, 31), Per.DAG)),
        (GevraagdePeriode("2020-01-01", None, "maand"), Periode(date(2020, 1, 1), TODAY, Per.MAAND)),
    ],
)
def test_what_is_left_out_has_a_sensible_default(gevraagd: GevraagdePeriode, periode: Periode) -> None:
    assert read_periode(gevraagd, TODAY) == periode


@pytest.mark.parametrize(
    ("gevraagd", "pointers"),
    [
        (GevraagdePeriode("2026-02-30"), ["/van"]),
        (GevraagdePeriode("20260201"), ["/van"]),
        (GevraagdePeriode("2026-W05-1"), ["/van"]),
        (GevraagdePeriode(""), ["/van"]),
        (GevraagdePeriode("2026-02-01T00:00:00Z"), ["/van"]),
        (GevraagdePeriode("2026-02-01", "2026-01-31"), ["/tot"]),
        (GevraagdePeriode("2025-01-01", "2026-01-02"), ["/tot"]),
        (GevraagdePeriode("2001-01-01", "2026-01-02", "maand"), ["/tot"]),
        (GevraagdePeriode("x", "y", "uur"), ["/tot", "/van", "/per"]),
    ],
)
def test_a_refusal_names_every_parameter_that_is_wrong(gevraagd: GevraagdePeriode, pointers: list[str]) -> None:
    with pytest.raises(PeriodeOngeldig) as refused:
        read_periode(gevraagd, TODAY)
    assert [each.pointer for each in refused.value.errors] == pointers

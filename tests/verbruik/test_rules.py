from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.afnemers import Dienst
from simulator.verbruik.errors import PeriodeOngeldig
from simulator.verbruik.rules import KOSTEN, GevraagdePeriode, choose_in_rekening, read_periode
from simulator.verbruik.values import Per, Periode, Verbruik

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


@pytest.mark.artikel("7.2")
@given(
    st.lists(
        st.builds(
            Verbruik, st.sampled_from(["2026-11", "2026-11-27"]), st.sampled_from(list(Dienst)), st.text(max_size=8),
            st.integers(1, 10**9),
        )
    )
)  # fmt: skip
def test_nothing_of_lopende_zaken_is_ever_charged_whatever_was_used(verbruik: list[Verbruik]) -> None:
    charged = choose_in_rekening(verbruik)
    assert not [each for each in charged if each.dienst == Dienst.LOPENDE_ZAKEN]
    assert charged == [each for each in verbruik if each.dienst == Dienst.BERICHTENBOX]


@pytest.mark.artikel("5.2")
@pytest.mark.artikel("6.2")
@pytest.mark.artikel("7.2")
def test_what_each_dienst_costs_is_written_in_an_article() -> None:
    assert set(KOSTEN) == set(Dienst)
    assert {dienst: regel.id for dienst, (regel, _) in KOSTEN.items()} == {
        Dienst.BERICHTENBOX: "VW-5.2-kosten",
        Dienst.PERSOONLIJKE_GEGEVENS: "VW-6.2-kosten",
        Dienst.LOPENDE_ZAKEN: "VW-7.2-kosten",
    }


def test_verbruik_of_a_dienst_that_nobody_knows_is_never_charged_by_accident() -> None:
    with pytest.raises(ValueError, match="onbekend"):
        choose_in_rekening([Verbruik("2026-11", "onbekend", "X", 1)])

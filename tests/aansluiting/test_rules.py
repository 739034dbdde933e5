from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest

from simulator.aansluiting.errors import (
    AanvraagOngeldig,
    CertificaatOngeldig,
    DocumentOngeldig,
    EinddatumOngeldig,
    StapNietMogelijk,
    StapOnvolledig,
    StapVanLogius,
)
from simulator.aansluiting.rules import (
    STAPPEN,
    check_certificaat,
    check_document,
    check_einddatum,
    check_formulier,
    check_stap,
    find_sluiting,
    find_vervolg,
)
from simulator.aansluiting.usecases.voorbeeld import imagine_formulier
from simulator.aansluiting.values import (
    Certificaat,
    Document,
    Documentsoort,
    Dossier,
    Fase,
    Omgevingsadressen,
    Partij,
    Rol,
    Termijn,
)
from simulator.afnemers import Sluiting
from simulator.infra.clock import add_months

OIN = "00000099000000005000"
VANDAAG = date(2026, 3, 1)
FORMULIER = imagine_formulier(OIN, date(2026, 4, 1))
VOL = Dossier(
    vandaag=VANDAAG,
    formulier=FORMULIER,
    ondertekend_op=VANDAAG,
    contacten=frozenset(Rol),
    documenten=frozenset(Documentsoort),
    heeft_certificaat=True,
)
LEEG = Dossier(vandaag=VANDAAG, testen_open=("Er is nog geen bericht afgeleverd.", "Er is nog niets geweigerd."))
ALLES_VOOR_PRODUCTIE = [
    "AS-contacten", "AS-contacten", "VW-3.7-verwerkersovereenkomst", "AS-certificaat", "VW-3.3-dap", "VW-3.3-sno",
    "AS-checklist", "AS-checklist",
]  # fmt: skip


def missing(fase: Fase, dossier: Dossier) -> list[str]:
    vervolg = find_vervolg(fase, dossier)
    assert vervolg is not None
    return [each.eis for each in vervolg.ontbreekt]


def test_the_road_goes_from_the_form_to_production_without_a_gap() -> None:
    assert [stap.van for stap in STAPPEN] == [Fase.AANVRAAG, *(stap.naar for stap in STAPPEN[:-1])]
    assert STAPPEN[-1].naar is Fase.PRODUCTIE
    for fase in (Fase.PRODUCTIE, Fase.BEEINDIGD):
        assert find_vervolg(fase, VOL) is None


@pytest.mark.parametrize("stap", STAPPEN, ids=lambda stap: stap.naar.value)
def test_with_all_papers_every_step_is_taken_and_passes_the_rules_it_needs(stap: object) -> None:
    assert isinstance(stap, type(STAPPEN[0]))
    passed = check_stap((stap.van, stap.naar), VOL, Partij.LOGIUS)
    assert [regel.id for regel in passed] == [eis.regel.id for eis in stap.eisen]


@pytest.mark.parametrize(
    ("fase", "expected"),
    [
        (Fase.AANVRAAG, ["AS-formulier", "VW-2.2-aanvraagformulier"]),
        (Fase.VOORBEREIDING, ["AS-contacten", "AS-contacten", "VW-3.7-verwerkersovereenkomst"]),
        (Fase.PREPRODUCTIE, ["AS-certificaat"]),
        (Fase.TESTEN, ALLES_VOOR_PRODUCTIE),
    ],
)
def test_a_step_without_papers_is_refused_with_all_that_is_missing(fase: Fase, expected: Sequence[str]) -> None:
    assert missing(fase, LEEG) == expected
    naar = next(stap.naar for stap in STAPPEN if stap.van is fase)
    with pytest.raises(StapOnvolledig) as refused:
        check_stap((fase, naar), LEEG, Partij.LOGIUS)
    assert len(refused.value.errors) == len(expected)
    assert all(each.detail in {f"{one.detail}" for one in refused.value.errors} for each in refused.value.errors)


@pytest.mark.parametrize(
    ("vandaag", "startdatum", "asked"),
    [
        (date(2022, 6, 1), date(2022, 9, 1), True),
        (date(2022, 12, 31), date(2022, 12, 31), True),
        (date(2022, 12, 31), date(2023, 1, 1), False),
        (date(2023, 1, 1), date(2023, 1, 1), False),
        (date(2026, 3, 1), date(2026, 4, 1), False),
    ],
)
def test_a_dfa_is_asked_until_the_sno_says_that_it_does_not_apply(vandaag: date, startdatum: date, asked: bool) -> None:
    zonder = VOL.documenten - {Documentsoort.DFA}
    dossier = replace(VOL, vandaag=vandaag, formulier=imagine_formulier(OIN, startdatum), documenten=zonder)
    assert (missing(Fase.TESTEN, dossier) == ["VW-3.3-dfa"]) is asked


def test_a_signature_of_tomorrow_does_not_count_today() -> None:
    dossier = replace(VOL, ondertekend_op=date(2026, 3, 2))
    assert missing(Fase.AANVRAAG, dossier) == ["VW-2.2-aanvraagformulier"]
    assert missing(Fase.AANVRAAG, replace(dossier, vandaag=date(2026, 3, 2))) == []


def test_no_step_is_skipped_or_taken_back() -> None:
    for van in Fase:
        for naar in Fase:
            if not any((stap.van, stap.naar) == (van, naar) for stap in STAPPEN):
                with pytest.raises(StapNietMogelijk):
                    check_stap((van, naar), VOL, Partij.LOGIUS)


def test_an_afnemer_takes_its_own_step_and_none_of_logius() -> None:
    check_stap((Fase.PREPRODUCTIE, Fase.TESTEN), VOL, Partij.AFNEMER)
    with pytest.raises(StapVanLogius):
        check_stap((Fase.TESTEN, Fase.PRODUCTIE), VOL, Partij.AFNEMER)


@pytest.mark.parametrize(
    ("termijn", "expected"),
    [
        (Termijn(Fase.AANVRAAG), Sluiting.NIET_ONDERTEKEND),
        (Termijn(Fase.AANVRAAG, date(2026, 3, 2)), Sluiting.NIET_ONDERTEKEND),
        (Termijn(Fase.AANVRAAG, VANDAAG), Sluiting.NIET_IN_PRODUCTIE),
        (Termijn(Fase.VOORBEREIDING, VANDAAG), Sluiting.NIET_IN_PRODUCTIE),
        (Termijn(Fase.PREPRODUCTIE, VANDAAG), None),
        (Termijn(Fase.TESTEN, VANDAAG), None),
        (Termijn(Fase.PRODUCTIE, VANDAAG, date(2026, 3, 2)), Sluiting.NIET_IN_PRODUCTIE),
        (Termijn(Fase.PRODUCTIE, VANDAAG, VANDAAG), None),
        (Termijn(Fase.PRODUCTIE, VANDAAG, VANDAAG, date(2026, 3, 2)), None),
        (Termijn(Fase.PRODUCTIE, VANDAAG, VANDAAG, VANDAAG), Sluiting.BEEINDIGD),
        (Termijn(Fase.TESTEN, VANDAAG, None, VANDAAG), Sluiting.BEEINDIGD),
        (Termijn(Fase.BEEINDIGD), Sluiting.BEEINDIGD),
    ],
)
def test_what_the_dates_say_about_a_day(termijn: Termijn, expected: Sluiting | None) -> None:
    assert find_sluiting(termijn, VANDAAG) is expected


@pytest.mark.parametrize(
    ("dag", "expected"),
    [
        (date(2026, 3, 1), date(2026, 9, 1)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_of_a_shorter_month(dag: date, expected: date) -> None:
    assert add_months(dag, 6) == expected


@pytest.mark.parametrize("startdatum", [VANDAAG, date(2026, 9, 1)])
def test_a_start_from_today_to_six_months_ahead_is_accepted(startdatum: date) -> None:
    check_formulier(imagine_formulier(OIN, startdatum), OIN, VANDAAG)


@pytest.mark.parametrize("startdatum", [date(2026, 2, 28), date(2026, 9, 2)])
def test_a_start_in_the_past_or_further_ahead_is_refused(startdatum: date) -> None:
    with pytest.raises(AanvraagOngeldig) as refused:
        check_formulier(imagine_formulier(OIN, startdatum), OIN, VANDAAG)
    assert [each.pointer for each in refused.value.errors] == ["/startdatum"]


def test_everything_that_is_wrong_on_a_form_is_named() -> None:
    formulier = msgspec.structs.replace(
        imagine_formulier("00000099000000001000", date(2020, 1, 1)),
        preproductie=Omgevingsadressen(()),
        productie=Omgevingsadressen(("192.0.2.1", "thuis"), ("2001:db8::1", "999.1.1.1")),
    )
    with pytest.raises(AanvraagOngeldig) as refused:
        check_formulier(formulier, OIN, VANDAAG)
    assert [each.pointer for each in refused.value.errors] == [
        "/oin", "/startdatum", "/preproductie/uitgaand", "/productie/uitgaand/1", "/productie/inkomend/1",
    ]  # fmt: skip


def test_nothing_ends_in_the_past_before_it_starts_or_twice() -> None:
    lopend = Termijn(Fase.PRODUCTIE, VANDAAG, date(2026, 3, 10))
    check_einddatum(date(2026, 3, 10), lopend, VANDAAG)
    for dag in (date(2026, 2, 28), date(2026, 3, 9)):
        with pytest.raises(EinddatumOngeldig):
            check_einddatum(dag, lopend, VANDAAG)
    with pytest.raises(StapNietMogelijk):
        check_einddatum(VANDAAG, Termijn(Fase.BEEINDIGD), VANDAAG)


def test_nobody_signs_tomorrow() -> None:
    check_document(Document(Documentsoort.DAP, "1.0", VANDAAG, "A"), VANDAAG)
    with pytest.raises(DocumentOngeldig):
        check_document(Document(Documentsoort.DAP, "1.0", date(2026, 3, 2), "A"), VANDAAG)


def test_a_certificate_of_another_that_has_expired_is_refused_for_both() -> None:
    certificaat = Certificaat("CN=x", "00000099000000001000", datetime(2020, 1, 1, tzinfo=UTC),
                              datetime(2023, 1, 1, tzinfo=UTC), "ab")  # fmt: skip
    with pytest.raises(CertificaatOngeldig) as refused:
        check_certificaat(certificaat, OIN, datetime(2026, 1, 1, tzinfo=UTC))
    assert len(refused.value.errors) == 2
    check_certificaat(certificaat, certificaat.oin, datetime(2022, 1, 1, tzinfo=UTC))

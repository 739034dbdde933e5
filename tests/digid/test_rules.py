from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.digid.errors import (
    REGELS,
    DigidGeblokkeerd,
    InloggerOverleden,
    InloggerTeJong,
    NiveauTeLaag,
    PogingOnbekend,
    SessieOntbreekt,
    SessieStil,
    SessieVerlopen,
    SmsCodeVerlopen,
    SmsControleOntbreekt,
    SmsPogingenOp,
    TerugkeerOngeldig,
)
from simulator.digid.rules import (
    EERSTE_BESLUIT,
    add_mislukking,
    check_blokkade,
    check_inlogger,
    check_niveau,
    check_sessie,
    check_sms_geldig,
    check_sms_pogingen,
    check_terugkeer,
    forgive_mislukkingen,
    is_bijwerken_nodig,
    next_status,
    niveau_at,
)
from simulator.digid.values import (
    Blokkadestand,
    Factor,
    Inlogger,
    Mislukking,
    Niveau,
    Niveaubesluit,
    Pogingstatus,
    Sessiestand,
    Termijnen,
)

NU = datetime(2026, 11, 23, 12, tzinfo=UTC)
TERMIJNEN = Termijnen()
MINUUT = timedelta(minutes=1)
UUR = timedelta(hours=1)


def fail(*moments: datetime, factor: Factor = Factor.WACHTWOORD) -> Blokkadestand:
    stand = Blokkadestand()
    for moment in moments:
        stand = add_mislukking(stand, Mislukking(factor, moment), TERMIJNEN)
    return stand


def test_an_adult_with_sms_controle_reaches_midden() -> None:
    check_inlogger(Inlogger(Niveau.MIDDEN, 40, overleden=False), Niveau.MIDDEN)


def test_without_sms_controle_midden_is_out_of_reach_and_the_answer_says_why() -> None:
    inlogger = Inlogger(Niveau.BASIS, 40, overleden=False)
    check_inlogger(inlogger, Niveau.BASIS)
    with pytest.raises(SmsControleOntbreekt, match="sms-controle nodig"):
        check_inlogger(inlogger, Niveau.MIDDEN)


def test_whoever_died_does_not_log_in() -> None:
    with pytest.raises(InloggerOverleden):
        check_inlogger(Inlogger(Niveau.MIDDEN, 80, overleden=True), Niveau.BASIS)


def test_from_fourteen_years_on_one_may_log_in() -> None:
    check_inlogger(Inlogger(Niveau.MIDDEN, 14, overleden=False), Niveau.BASIS)
    with pytest.raises(InloggerTeJong, match="13 jaar"):
        check_inlogger(Inlogger(Niveau.MIDDEN, 13, overleden=False), Niveau.BASIS)


def test_two_failures_do_not_block() -> None:
    check_blokkade(fail(NU, NU + MINUUT), NU + MINUUT, TERMIJNEN)


def test_the_third_failure_within_a_day_blocks_for_fifteen_minutes() -> None:
    stand = fail(NU, NU + 12 * UUR, NU + 23 * UUR)
    with pytest.raises(DigidGeblokkeerd, match="over 15 minuten") as refused:
        check_blokkade(stand, NU + 23 * UUR, TERMIJNEN)
    assert refused.value.headers == {"Retry-After": "900"}
    with pytest.raises(DigidGeblokkeerd, match="over 1 minuut"):
        check_blokkade(stand, NU + 23 * UUR + 15 * MINUUT - timedelta(microseconds=1), TERMIJNEN)
    check_blokkade(stand, NU + 23 * UUR + 15 * MINUUT, TERMIJNEN)


def test_a_blockade_is_over_when_the_clock_is_set_back_to_before_it() -> None:
    check_blokkade(fail(NU, NU, NU), NU - 24 * UUR, TERMIJNEN)


def test_failures_more_than_a_day_apart_do_not_add_up() -> None:
    stand = fail(NU, NU + 13 * UUR, NU + 24 * UUR)
    check_blokkade(stand, NU + 24 * UUR, TERMIJNEN)
    assert len(stand.mislukkingen) == 2


def test_failures_of_before_the_clock_was_set_back_count_no_more() -> None:
    assert len(fail(NU, NU, NU - UUR).mislukkingen) == 1


def test_of_failures_at_the_same_time_the_one_that_waited_for_the_lock_counts_those_before_it() -> None:
    with pytest.raises(DigidGeblokkeerd):
        check_blokkade(fail(NU, NU + MINUUT, NU), NU, TERMIJNEN)


def test_wrong_passwords_and_wrong_codes_count_together() -> None:
    stand = fail(NU, NU)
    stand = add_mislukking(stand, Mislukking(Factor.SMS, NU), TERMIJNEN)
    with pytest.raises(DigidGeblokkeerd):
        check_blokkade(stand, NU, TERMIJNEN)


def test_after_a_blockade_the_count_starts_afresh() -> None:
    later = NU + 16 * MINUUT
    stand = add_mislukking(fail(NU, NU, NU), Mislukking(Factor.SMS, later), TERMIJNEN)
    check_blokkade(stand, later, TERMIJNEN)


def test_logging_in_on_basis_does_not_wipe_out_wrong_codes() -> None:
    stand = add_mislukking(fail(NU, factor=Factor.SMS), Mislukking(Factor.WACHTWOORD, NU), TERMIJNEN)
    assert [een.factor for een in forgive_mislukkingen(stand, {Factor.WACHTWOORD}).mislukkingen] == [Factor.SMS]
    assert forgive_mislukkingen(stand, set(Factor)).mislukkingen == ()


@given(st.lists(st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=30)), max_size=12))
def test_never_more_than_two_failures_in_a_day_go_unblocked(afstanden: list[timedelta]) -> None:
    stand, moment, los = Blokkadestand(), NU, list[datetime]()
    for afstand in afstanden:
        moment += afstand
        stand = add_mislukking(stand, Mislukking(Factor.SMS, moment), TERMIJNEN)
        los.append(moment)
        if stand.geblokkeerd_tot is not None and stand.geblokkeerd_tot > moment:
            los.clear()
        assert sum(een > moment - TERMIJNEN.blokkade_venster for een in los) < TERMIJNEN.blokkade_na


def test_a_code_is_valid_for_five_minutes() -> None:
    check_sms_geldig(NU, NU + 5 * MINUUT - timedelta(seconds=1), TERMIJNEN)
    with pytest.raises(SmsCodeVerlopen, match="5 minuten"):
        check_sms_geldig(NU, NU + 5 * MINUUT, TERMIJNEN)
    with pytest.raises(SmsCodeVerlopen):
        check_sms_geldig(None, NU, TERMIJNEN)


def test_a_code_is_of_no_use_when_the_clock_is_set_back_to_before_it() -> None:
    with pytest.raises(SmsCodeVerlopen):
        check_sms_geldig(NU, NU - 24 * UUR, TERMIJNEN)


def test_a_code_of_a_worker_whose_clock_runs_a_little_ahead_is_valid() -> None:
    check_sms_geldig(NU, NU - timedelta(milliseconds=20), TERMIJNEN)


def test_the_third_wrong_code_ends_the_attempt() -> None:
    check_sms_pogingen(2, TERMIJNEN)
    with pytest.raises(SmsPogingenOp, match="15 minuten"):
        check_sms_pogingen(3, TERMIJNEN)


def test_a_session_ends_after_fifteen_idle_minutes() -> None:
    stand = Sessiestand(NU, NU + 20 * MINUUT)
    check_sessie(stand, NU + 35 * MINUUT - timedelta(seconds=1), TERMIJNEN)
    with pytest.raises(SessieStil, match="15 minuten"):
        check_sessie(stand, NU + 35 * MINUUT, TERMIJNEN)


def test_a_session_never_lasts_longer_than_two_hours() -> None:
    stand = Sessiestand(NU, NU + 2 * UUR - MINUUT)
    check_sessie(stand, NU + 2 * UUR - timedelta(seconds=1), TERMIJNEN)
    with pytest.raises(SessieVerlopen, match="2 uur"):
        check_sessie(stand, NU + 2 * UUR, TERMIJNEN)


def test_a_session_that_was_ended_is_over() -> None:
    with pytest.raises(SessieOntbreekt):
        check_sessie(Sessiestand(NU, NU, beeindigd_op=NU), NU, TERMIJNEN)


def test_last_use_is_written_at_most_once_a_second() -> None:
    stand = Sessiestand(NU, NU)
    assert not is_bijwerken_nodig(stand, NU + timedelta(milliseconds=999), TERMIJNEN)
    assert is_bijwerken_nodig(stand, NU + timedelta(seconds=1), TERMIJNEN)


def test_last_use_is_written_more_often_where_sessions_end_soon() -> None:
    kort = replace(TERMIJNEN, sessie_stil=timedelta(seconds=5))
    assert not is_bijwerken_nodig(Sessiestand(NU, NU), NU + timedelta(milliseconds=499), kort)
    assert is_bijwerken_nodig(Sessiestand(NU, NU), NU + timedelta(milliseconds=500), kort)


def test_a_last_use_that_is_yet_to_come_is_written_anew() -> None:
    assert is_bijwerken_nodig(Sessiestand(NU, NU + timedelta(milliseconds=1)), NU, TERMIJNEN)


def test_mijnoverheid_asks_midden_since_2023() -> None:
    assert niveau_at((), EERSTE_BESLUIT.vanaf - MINUUT) is Niveau.BASIS
    assert niveau_at((), EERSTE_BESLUIT.vanaf) is Niveau.MIDDEN


def test_a_decision_holds_from_its_date_on() -> None:
    besluiten = (Niveaubesluit(NU, Niveau.BASIS), Niveaubesluit(NU + UUR, Niveau.MIDDEN))
    assert niveau_at(besluiten, NU - MINUUT) is Niveau.MIDDEN
    assert niveau_at(besluiten, NU) is Niveau.BASIS
    assert niveau_at(besluiten, NU + UUR) is Niveau.MIDDEN


def test_a_decision_on_the_first_date_replaces_the_default() -> None:
    assert niveau_at((Niveaubesluit(EERSTE_BESLUIT.vanaf, Niveau.BASIS),), NU) is Niveau.BASIS


def test_a_higher_level_than_asked_is_enough_and_a_lower_one_is_not() -> None:
    check_niveau(Niveau.MIDDEN, Niveau.BASIS)
    with pytest.raises(NiveauTeLaag, match="niveau Midden") as refused:
        check_niveau(Niveau.BASIS, Niveau.MIDDEN)
    assert refused.value.verwacht == "ten minste niveau Midden"


def test_what_is_finished_stays_finished() -> None:
    assert next_status(Pogingstatus.BEGONNEN, Pogingstatus.SMS_VERZONDEN) is Pogingstatus.SMS_VERZONDEN
    with pytest.raises(PogingOnbekend):
        next_status(Pogingstatus.GEANNULEERD, Pogingstatus.GELUKT)


@pytest.mark.parametrize("naar", ["/", "/berichtenbox", "/berichtenbox?map=archief&pagina=2", "/a//b", "/b#kop"])
def test_one_may_return_to_a_page_of_this_site(naar: str) -> None:
    assert check_terugkeer(naar) == naar


@pytest.mark.parametrize(
    "naar",
    [
        "",
        "berichtenbox",
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example",
        "\\\\kwaad.example",
        "javascript:alert(1)",
        "/\t/kwaad.example",
        "/a\r\nSet-Cookie: x=y",
        " /",
        "/" + "a" * 2000,
    ],
)
def test_one_is_never_sent_to_another_site(naar: str) -> None:
    with pytest.raises(TerugkeerOngeldig):
        check_terugkeer(naar)


def test_every_rule_has_an_id_of_this_room_and_says_what_it_expects() -> None:
    assert len({regel.id for regel in REGELS}) == len(REGELS)
    assert all(regel.id.startswith("DD-") and regel.verwacht and regel.bron for regel in REGELS)

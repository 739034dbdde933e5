from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from simulator.digid.errors import (
    DigidGeblokkeerd,
    GegevensOnjuist,
    InloggerOverleden,
    InloggerTeJong,
    PogingOnbekend,
    SmsCodeOnjuist,
    SmsCodeVerlopen,
    SmsControleOntbreekt,
    SmsPogingenOp,
    TerugkeerOngeldig,
)
from simulator.digid.models import Inlogpoging, Sessie
from simulator.digid.usecases.inloggen import (
    Inlogverzoek,
    cancel_poging,
    choose_persona,
    submit_gegevens,
    submit_sms_code,
)
from simulator.digid.usecases.sessies import use_sessie
from simulator.digid.usecases.telefoon import read_phone
from simulator.digid.values import Niveau, format_code
from simulator.gebruikers import Bsn
from simulator.infra.errors import Refusal
from simulator.infra.omgeving import count_regels
from simulator.infra.omgevingen import Omgeving
from tests.digid.world import ACTIEF, BEGIN, WACHTWOORD, pass_time, set_klok


@pytest.fixture(autouse=True)
def _stil(omgeving: Omgeving) -> None:
    set_klok(omgeving, BEGIN)


def begin(omgeving: Omgeving, naam: str = "actief", niveau: Niveau = Niveau.MIDDEN) -> str:
    """Log in up to the SMS code; gives the token of the attempt."""
    stap = submit_gegevens(omgeving, Inlogverzoek(naam, niveau), WACHTWOORD)
    assert stap.poging_token
    return stap.poging_token


def read_code(omgeving: Omgeving) -> str:
    return read_phone(omgeving, Bsn(ACTIEF))[0].code


def wrong_code(omgeving: Omgeving) -> str:
    return format_code(int(read_code(omgeving).replace("-", "")) + 1)


def count_sessies(omgeving: Omgeving) -> int:
    with omgeving.reading() as session:
        return session.scalar(select(func.count()).select_from(Sessie)) or 0


def statuses(omgeving: Omgeving) -> list[str]:
    with omgeving.reading() as session:
        return list(session.scalars(select(Inlogpoging.status).order_by(Inlogpoging.id)))


def test_name_and_password_are_enough_for_basis(omgeving: Omgeving) -> None:
    stap = submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS, "/berichtenbox"), WACHTWOORD)
    assert stap.naar == "/berichtenbox"
    burger = use_sessie(omgeving, stap.sessie_token or "")
    assert (burger.bsn, burger.niveau) == (ACTIEF, Niveau.BASIS)


def test_midden_needs_the_code_from_the_sms(omgeving: Omgeving) -> None:
    token = begin(omgeving)
    assert count_sessies(omgeving) == 0
    stap = submit_sms_code(omgeving, token, read_code(omgeving))
    assert use_sessie(omgeving, stap.sessie_token or "").niveau is Niveau.MIDDEN
    assert statuses(omgeving) == ["gelukt"]


def test_a_persona_needs_no_password_but_does_need_the_code(omgeving: Omgeving) -> None:
    stap = choose_persona(omgeving, Inlogverzoek("actief", Niveau.MIDDEN))
    assert stap.sessie_token is None
    assert submit_sms_code(omgeving, stap.poging_token or "", read_code(omgeving)).sessie_token


@pytest.mark.parametrize(("naam", "wachtwoord"), [("actief", "Verkeerd-1!"), ("bestaat-niet", WACHTWOORD), ("", "")])
def test_the_answer_never_says_which_of_the_two_is_wrong(omgeving: Omgeving, naam: str, wachtwoord: str) -> None:
    with pytest.raises(GegevensOnjuist) as refused:
        submit_gegevens(omgeving, Inlogverzoek(naam, Niveau.BASIS), wachtwoord)
    assert refused.value.detail == "Kijk of u beide goed hebt ingevuld en probeer het opnieuw."
    assert statuses(omgeving) == ["mislukt"]


@pytest.mark.parametrize("naam", ["actief", "bestaat-niet"])
def test_the_third_wrong_password_blocks_whether_or_not_the_name_exists(omgeving: Omgeving, naam: str) -> None:
    for _ in range(2):
        with pytest.raises(GegevensOnjuist):
            submit_gegevens(omgeving, Inlogverzoek(naam, Niveau.BASIS), "Verkeerd-1!")
    for wachtwoord in ("Verkeerd-1!", WACHTWOORD):
        with pytest.raises(DigidGeblokkeerd):
            submit_gegevens(omgeving, Inlogverzoek(naam, Niveau.BASIS), wachtwoord)


def test_after_fifteen_minutes_the_blockade_is_over(omgeving: Omgeving) -> None:
    for _ in range(3):
        with pytest.raises((GegevensOnjuist, DigidGeblokkeerd)):
            submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS), "Verkeerd-1!")
    pass_time(omgeving, timedelta(minutes=15))
    assert submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS), WACHTWOORD).sessie_token


def test_a_persona_that_is_blocked_cannot_be_picked_either(omgeving: Omgeving) -> None:
    for _ in range(3):
        with pytest.raises((GegevensOnjuist, DigidGeblokkeerd)):
            submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS), "Verkeerd-1!")
    with pytest.raises(DigidGeblokkeerd):
        choose_persona(omgeving, Inlogverzoek("actief", Niveau.BASIS))


def test_wrong_passwords_and_wrong_codes_count_towards_one_blockade(omgeving: Omgeving) -> None:
    for _ in range(2):
        with pytest.raises(GegevensOnjuist):
            submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.MIDDEN), "Verkeerd-1!")
    token = begin(omgeving)
    with pytest.raises(DigidGeblokkeerd):
        submit_sms_code(omgeving, token, wrong_code(omgeving))
    with pytest.raises(PogingOnbekend):
        submit_sms_code(omgeving, token, read_code(omgeving))


def test_a_login_that_succeeds_clears_the_count(omgeving: Omgeving) -> None:
    for _ in range(3):
        with pytest.raises(GegevensOnjuist):
            submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS), "Verkeerd-1!")
        submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS), WACHTWOORD)


def test_a_code_may_be_tried_three_times(omgeving: Omgeving) -> None:
    token, fout = begin(omgeving), wrong_code(omgeving)
    for _ in range(2):
        with pytest.raises(SmsCodeOnjuist):
            submit_sms_code(omgeving, token, fout)
    with pytest.raises(SmsPogingenOp):
        submit_sms_code(omgeving, token, fout)
    with pytest.raises(PogingOnbekend):
        submit_sms_code(omgeving, token, read_code(omgeving))
    with pytest.raises(DigidGeblokkeerd):
        begin(omgeving)
    assert statuses(omgeving) == ["mislukt", "mislukt"]


def test_what_is_no_code_at_all_is_not_counted(omgeving: Omgeving) -> None:
    token = begin(omgeving)
    for _ in range(5):
        with pytest.raises(SmsCodeOnjuist, match="6 cijfers"):
            submit_sms_code(omgeving, token, "abc")
    assert submit_sms_code(omgeving, token, read_code(omgeving)).sessie_token


def test_after_five_minutes_the_right_code_is_refused(omgeving: Omgeving) -> None:
    token, code = begin(omgeving), read_code(omgeving)
    pass_time(omgeving, timedelta(minutes=5))
    with pytest.raises(SmsCodeVerlopen):
        submit_sms_code(omgeving, token, code)
    assert statuses(omgeving) == ["mislukt"]


def test_how_long_a_code_is_valid_can_be_set_per_omgeving(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(digid_sms_geldig=30)
    token, code = begin(omgeving), read_code(omgeving)
    pass_time(omgeving, timedelta(seconds=30))
    with pytest.raises(SmsCodeVerlopen, match="30 seconden"):
        submit_sms_code(omgeving, token, code)


def test_a_code_works_once(omgeving: Omgeving) -> None:
    token, code = begin(omgeving), read_code(omgeving)
    submit_sms_code(omgeving, token, code)
    with pytest.raises(PogingOnbekend):
        submit_sms_code(omgeving, token, code)
    assert count_sessies(omgeving) == 1


def test_each_login_has_its_own_code(omgeving: Omgeving) -> None:
    begin(omgeving)
    eerste = read_code(omgeving)
    token = begin(omgeving)
    assert read_code(omgeving) != eerste
    with pytest.raises(SmsCodeOnjuist):
        submit_sms_code(omgeving, token, eerste)


def test_the_codes_come_from_the_seed(omgeving: Omgeving) -> None:
    begin(omgeving)
    assert omgeving.seed == 1
    assert read_code(omgeving) == "312-471"


def test_a_cancelled_login_is_over(omgeving: Omgeving) -> None:
    token = begin(omgeving)
    cancel_poging(omgeving, token)
    cancel_poging(omgeving, token)
    cancel_poging(omgeving, "bestaat-niet")
    with pytest.raises(PogingOnbekend):
        submit_sms_code(omgeving, token, read_code(omgeving))
    assert statuses(omgeving) == ["geannuleerd"]


@pytest.mark.parametrize(
    ("naam", "niveau", "weigering"),
    [
        ("overleden", Niveau.BASIS, InloggerOverleden),
        ("minderjarig", Niveau.BASIS, InloggerTeJong),
        ("alleen-basis", Niveau.MIDDEN, SmsControleOntbreekt),
    ],
)
def test_some_people_do_not_get_in(omgeving: Omgeving, naam: str, niveau: Niveau, weigering: type[Refusal]) -> None:
    with pytest.raises(weigering):
        submit_gegevens(omgeving, Inlogverzoek(naam, niveau), WACHTWOORD)
    with pytest.raises(weigering):
        choose_persona(omgeving, Inlogverzoek(naam, niveau))
    assert count_sessies(omgeving) == 0
    assert weigering.regel
    with omgeving.reading() as session:
        assert count_regels(session)[weigering.regel.id] == {"geweigerd": 2}


def test_one_is_never_sent_to_another_site(omgeving: Omgeving) -> None:
    with pytest.raises(TerugkeerOngeldig):
        submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS, "//kwaad.example"), WACHTWOORD)
    assert statuses(omgeving) == []


def test_rules_are_counted_when_they_hold_and_when_they_do_not(omgeving: Omgeving) -> None:
    token = begin(omgeving)
    with pytest.raises(SmsCodeOnjuist):
        submit_sms_code(omgeving, token, wrong_code(omgeving))
    submit_sms_code(omgeving, token, read_code(omgeving))
    with omgeving.reading() as session:
        telling = count_regels(session)
    assert telling["DD-gegevens"] == {"geslaagd": 1}
    assert telling["DD-sms-code"] == {"geslaagd": 1, "geweigerd": 1}
    assert telling["DD-sessie"] == {"geslaagd": 1}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stappen=st.lists(
        st.tuples(
            st.one_of(st.integers(0, 999_999).map(format_code), st.text(max_size=8)),
            st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=1)),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_no_sequence_of_wrong_codes_ever_gets_a_session(
    omgeving: Omgeving, stappen: list[tuple[str, timedelta, bool]]
) -> None:
    token = ""
    for code, duur, is_opnieuw in stappen:
        try:
            if is_opnieuw or not token:
                token = begin(omgeving)
            if code.replace("-", "").replace(" ", "") != read_code(omgeving).replace("-", ""):
                submit_sms_code(omgeving, token, code)
        except (SmsCodeOnjuist, SmsCodeVerlopen, SmsPogingenOp, DigidGeblokkeerd, PogingOnbekend):
            pass_time(omgeving, duur)
    assert count_sessies(omgeving) == 0

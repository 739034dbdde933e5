from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from simulator.digid import Niveau, start_sessie
from simulator.gebruikers import Bsn
from simulator.infra.omgeving import count_regels
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from tests.digid.world import ACTIEF, Browser, pass_time

API = "/api/portaal/v1/wie"


def ask(browser: Browser, token: str) -> TestResponse:
    return browser.client.get(browser.root + API, headers={"Authorization": f"Bearer {token}"})


def test_a_page_sends_strangers_to_digid_and_remembers_where_they_went(browser: Browser) -> None:
    answer = browser.get("/berichtenbox")
    assert (answer.status_code, answer.location) == (303, f"{browser.root}/digid/inloggen?naar=/berichtenbox")


def test_a_form_that_came_too_late_is_not_a_page_to_return_to(browser: Browser) -> None:
    answer = browser.client.post(f"{browser.root}/berichtenbox")
    assert (answer.status_code, answer.location) == (303, f"{browser.root}/digid/inloggen")


def test_an_api_answers_a_stranger_with_the_rule(browser: Browser) -> None:
    answer = browser.get(API)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["regel"]["id"] == "DD-sessie"


def test_a_program_comes_in_with_a_bearer_token(browser: Browser) -> None:
    token = start_sessie(browser.omgeving, Bsn(ACTIEF), Niveau.MIDDEN)
    assert ask(browser, token).json == {"niveau": 20}


def test_a_program_on_basis_is_refused_with_the_rule(browser: Browser) -> None:
    answer = ask(browser, start_sessie(browser.omgeving, Bsn(ACTIEF), Niveau.BASIS))
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["regel"]["id"] == "DD-niveau"
    assert answer.json["verwacht"] == "ten minste niveau Midden"


def test_a_citizen_on_basis_is_sent_back_with_the_reason(browser: Browser) -> None:
    browser.log_in("alleen-basis", niveau="basis")
    answer = browser.get("/berichtenbox")
    assert answer.location == f"{browser.root}/digid/inloggen?reden=niveau&naar=/berichtenbox"
    assert "U was ingelogd op een lager niveau" in browser.client.get(answer.location).text
    with browser.omgeving.reading() as session:
        assert count_regels(session)["DD-niveau"] == {"geweigerd": 1}


@pytest.mark.parametrize("naam", ["rubbish", "sessie"])
def test_a_made_up_cookie_is_no_session(browser: Browser, naam: str) -> None:
    browser.client.set_cookie(f"{naam}-{browser.omgeving.naam}", "é" if naam == "rubbish" else "x" * 43)
    assert browser.get(API).status_code == 401


def test_after_fifteen_idle_minutes_the_page_says_so(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    browser.post("/digid/sms", code=browser.read_code())
    pass_time(browser.omgeving, timedelta(minutes=15))
    assert "reden=stil" in browser.get("/berichtenbox").location
    assert browser.get(API).status_code == 401


def test_after_two_hours_the_page_says_so(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    browser.post("/digid/sms", code=browser.read_code())
    for _ in range(11):
        pass_time(browser.omgeving, timedelta(minutes=10))
        assert browser.get("/berichtenbox").status_code == 200
    pass_time(browser.omgeving, timedelta(minutes=10))
    assert "reden=duur" in browser.get("/berichtenbox").location


def test_an_open_page_knows_who_is_logged_in(browser: Browser) -> None:
    assert browser.get("/open").text == "onbekend"
    browser.log_in(niveau="midden")
    browser.post("/digid/sms", code=browser.read_code())
    assert browser.get("/open").text == "bekend"


def test_one_browser_is_logged_in_in_one_omgeving_only(omgevingen: Omgevingen, browser: Browser) -> None:
    browser.log_in(niveau="midden")
    browser.post("/digid/sms", code=browser.read_code())
    ander = omgevingen.create(NieuweOmgeving(browser.omgeving.naam + "-twee"))
    try:
        by_header = {"X-Simulator-Omgeving": ander.naam, "Cookie": f"sessie-{ander.naam}={browser.cookie('sessie')}"}
        assert browser.client.get(API, headers=by_header).status_code == 401
        assert Browser(browser.client, ander).get(API).status_code == 401
    finally:
        omgevingen.drop(ander.naam)


def test_no_bsn_appears_in_any_address(browser: Browser) -> None:
    locations = [
        browser.get("/berichtenbox").location,
        browser.post("/digid/inloggen", persona="actief", niveau="midden").location,
        browser.post("/digid/sms", code=browser.read_code()).location,
        browser.post("/digid/uitloggen").location,
    ]
    assert not [location for location in locations if str(ACTIEF) in location]

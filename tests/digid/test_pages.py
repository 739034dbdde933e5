import re
from datetime import timedelta

import pytest
from lxml import html

from simulator.infra.omgevingen import Omgevingen
from tests.digid.world import WACHTWOORD, Browser, build_app, pass_time


def log_in_fully(browser: Browser, naam: str = "actief", **form: str) -> None:
    browser.log_in(naam, niveau="midden", **form)
    assert browser.post("/digid/sms", code=browser.read_code()).status_code == 303


def test_the_login_page_lists_the_personas_and_what_they_are_for(browser: Browser) -> None:
    page = browser.get("/digid/inloggen").text
    assert 'value="niet-geabonneerd"' in page
    assert "999990020" in page
    assert "Simulator-1!" in page


def test_every_field_has_a_label_and_tells_the_browser_what_it_is(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    for path, autocompletes in (
        ("/digid/inloggen", {"username", "current-password"}),
        ("/digid/sms", {"one-time-code"}),
    ):
        page = html.fromstring(browser.get(path).text)
        fields = [field for field in page.iter("input") if field.get("type") in {"text", "password"}]
        assert {field.get("autocomplete") for field in fields} == autocompletes
        assert all(page.xpath(f"//label[@for='{field.get('id')}']") for field in fields)


def test_no_page_needs_a_script_or_has_a_style_of_its_own(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    for path in ("inloggen", "sms", "telefoon", "uitloggen", "geannuleerd"):
        page = browser.get(f"/digid/{path}").text
        assert not re.search(r"<script|<style| style=| on\w+=", page)


def test_name_password_and_code_bring_one_to_the_page_one_asked_for(browser: Browser) -> None:
    answer = browser.get("/berichtenbox", map="archief")
    assert answer.status_code == 303
    assert answer.location == f"{browser.root}/digid/inloggen?naar=/berichtenbox?map%3Darchief"
    answer = browser.log_in(niveau="midden", naar="/berichtenbox?map=archief")
    assert answer.location == f"{browser.root}/digid/sms"
    answer = browser.post("/digid/sms", code=browser.read_code())
    assert answer.location == f"{browser.root}/berichtenbox?map=archief"
    assert browser.get("/berichtenbox").text == "dag Midden"


def test_the_cookies_are_out_of_reach_for_scripts_and_other_sites(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    cookie = browser.post("/digid/sms", code=browser.read_code()).headers.getlist("Set-Cookie")[-1]
    naam = browser.omgeving.naam
    assert re.fullmatch(rf"sessie-{naam}=[\w-]{{40,}}; HttpOnly; Path=/omgevingen/{naam}; SameSite=Lax", cookie)


def test_over_https_the_cookies_stay_on_https(browser: Browser) -> None:
    answer = browser.client.post(
        f"{browser.root}/digid/inloggen",
        data={"csrf_token": browser.read_csrf_token(), "persona": "actief", "niveau": "basis"},
        base_url="https://localhost",
    )
    assert "Secure" in answer.headers.getlist("Set-Cookie")[-1]


def test_a_persona_is_picked_with_one_button(browser: Browser) -> None:
    assert browser.post("/digid/inloggen", persona="actief", niveau="midden").location.endswith("/digid/sms")


def test_without_a_choice_the_level_of_today_is_asked(browser: Browser) -> None:
    assert browser.log_in().location.endswith("/digid/sms")


def test_a_wrong_password_keeps_the_name_and_never_the_password(browser: Browser) -> None:
    answer = browser.log_in("actief", "Verkeerd-1!", niveau="basis")
    assert answer.status_code == 401
    assert 'value="actief"' in answer.text
    assert "Verkeerd-1!" not in answer.text
    assert "DD-gegevens" in answer.text
    assert "<title>Fout: " in answer.text


def test_the_level_that_was_chosen_stays_chosen_after_an_error(browser: Browser) -> None:
    page = html.fromstring(browser.log_in("actief", "Verkeerd-1!", niveau="basis").text)
    assert page.xpath("//input[@name='niveau'][@checked]/@value") == ["basis"]


def test_a_blockade_says_how_long_to_wait(browser: Browser) -> None:
    for _ in range(2):
        browser.log_in("actief", "Verkeerd-1!")
    answer = browser.log_in("actief", "Verkeerd-1!")
    assert (answer.status_code, answer.headers["Retry-After"]) == (403, "900")
    assert "over 15 minuten" in answer.text


def test_a_wrong_code_may_be_mended(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    goed = browser.read_code()
    answer = browser.post("/digid/sms", code="000-000")
    assert answer.status_code == 401
    assert "DD-sms-code" in answer.text
    assert browser.post("/digid/sms", code=goed.replace("-", "")).status_code == 303


def test_the_third_wrong_code_ends_the_login(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    for _ in range(2):
        browser.post("/digid/sms", code="000-000")
    assert "Inloggen is gestopt" in browser.post("/digid/sms", code="000-000").text
    assert browser.get("/digid/sms").location == f"{browser.root}/digid/inloggen"


def test_a_late_code_leads_back_to_the_start_and_the_page_is_remembered(browser: Browser) -> None:
    browser.log_in(niveau="midden", naar="/berichtenbox")
    code = browser.read_code()
    pass_time(browser.omgeving, timedelta(minutes=5))
    answer = browser.post("/digid/sms", code=code)
    assert "De sms-code is verlopen" in answer.text
    assert "/digid/inloggen?naar=/berichtenbox" in answer.text


def test_the_phone_shows_nothing_to_another_browser(omgevingen: Omgevingen, browser: Browser) -> None:
    browser.log_in(niveau="midden")
    code = browser.read_code()
    ander = Browser(build_app(omgevingen).test_client(), browser.omgeving)
    assert code not in ander.get("/digid/telefoon").text
    assert "Er zijn geen sms" in ander.get("/digid/telefoon").text


def test_the_phone_shows_the_code_of_this_browser_also_when_the_same_person_logs_in_elsewhere(
    omgevingen: Omgevingen, browser: Browser
) -> None:
    ander = Browser(build_app(omgevingen).test_client(), browser.omgeving)
    browser.log_in(niveau="midden")
    ander.log_in(niveau="midden")
    assert browser.read_code() != ander.read_code()
    for each in (browser, ander):
        assert each.post("/digid/sms", code=each.read_code()).status_code == 303


def test_the_code_page_shows_only_the_end_of_the_number(browser: Browser) -> None:
    browser.log_in(niveau="midden")
    assert re.search(r"gestuurd naar \*{4,}\d\d\.", browser.get("/digid/sms").text)


def test_cancelling_says_that_nothing_happened(browser: Browser) -> None:
    browser.log_in(niveau="midden", naar="/berichtenbox")
    code = browser.read_code()
    answer = browser.post("/digid/annuleren", naar="/berichtenbox")
    assert "U hebt het inloggen geannuleerd" in browser.client.get(answer.location).text
    assert browser.cookie("digid-poging") is None
    assert "gestopt" in browser.post("/digid/sms", code=code).text


def test_logging_out_ends_the_session_and_says_so(browser: Browser) -> None:
    log_in_fully(browser)
    token = browser.cookie("sessie")
    assert "Wilt u uitloggen?" in browser.get("/digid/uitloggen").text
    answer = browser.post("/digid/uitloggen")
    assert "U bent uitgelogd" in browser.client.get(answer.location).text
    assert browser.cookie("sessie") is None
    answer = browser.client.get(f"{browser.root}/api/portaal/v1/wie", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_logging_in_again_ends_the_session_before(browser: Browser) -> None:
    log_in_fully(browser)
    oud = browser.cookie("sessie")
    log_in_fully(browser)
    assert browser.cookie("sessie") != oud
    answer = browser.client.get(f"{browser.root}/api/portaal/v1/wie", headers={"Authorization": f"Bearer {oud}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["inloggen", "sms", "annuleren", "uitloggen"])
def test_a_form_of_another_site_is_refused(browser: Browser, path: str) -> None:
    form = {"gebruikersnaam": "actief", "wachtwoord": WACHTWOORD, "niveau": "basis"}
    assert browser.client.post(f"{browser.root}/digid/{path}", data=form).status_code == 400
    assert browser.cookie("sessie") is None


@pytest.mark.parametrize("naar", ["//kwaad.example", "https://kwaad.example", "/\\kwaad.example"])
def test_a_link_never_leads_to_another_site(browser: Browser, naar: str) -> None:
    assert browser.get("/digid/inloggen", naar=naar).status_code == 400
    assert browser.log_in(niveau="basis", naar=naar).status_code == 400


@pytest.mark.parametrize(
    ("reden", "uitleg"),
    [
        ("niveau", "MijnOverheid vraagt DigiD-niveau Midden"),
        ("stil", "15 minuten niets"),
        ("duur", "2 uur was ingelogd"),
    ],
)
def test_the_login_page_says_why_one_was_sent_there(browser: Browser, reden: str, uitleg: str) -> None:
    assert uitleg in browser.get("/digid/inloggen", reden=reden).text


def test_an_unknown_reason_is_not_repeated(browser: Browser) -> None:
    page = browser.get("/digid/inloggen", reden="kwaad").text
    assert "kwaad" not in re.sub(r'href="[^"]*"', "", page)  # the language switch leads to this same address


def test_someone_without_sms_controle_is_told_that_midden_is_out_of_reach(browser: Browser) -> None:
    answer = browser.log_in("alleen-basis", niveau="midden")
    assert answer.status_code == 403
    assert "U kunt alleen inloggen op niveau Basis" in answer.text
    assert "DD-sms-controle" in answer.text


@pytest.mark.parametrize("path", ["inloggen", "sms", "annuleren", "uitloggen"])
def test_odd_input_is_never_an_error_of_ours(browser: Browser, path: str) -> None:
    odd = "\x00 é ٣ " + "x" * 5000
    form = dict.fromkeys(("gebruikersnaam", "wachtwoord", "niveau", "persona", "code"), odd)
    assert browser.post(f"/digid/{path}", **form).status_code < 500

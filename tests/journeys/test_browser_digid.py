"""Logging in with DigiD in a real browser: what goes wrong, and what it says then."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import log_in, tab
from tests.running import Wereld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _choose(page: Page, plek: Wereld, niveau: str = "Midden") -> None:
    page.goto(plek.base + "/berichtenbox")
    expect(page).to_have_url(re.compile("/digid/inloggen"))
    page.get_by_label(niveau).check()
    page.get_by_role("button", name="Inloggen als actief", exact=True).click()


def test_who_logs_in_on_basis_is_sent_back_with_the_reason(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        _choose(page, plek, "Basis")
        expect(page).to_have_url(re.compile("/digid/inloggen"))
        expect(page.get_by_role("status")).to_contain_text("MijnOverheid vraagt DigiD-niveau Midden")


def test_a_wrong_password_is_told_beside_the_fields(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        page.goto(plek.base + "/digid/inloggen")
        page.get_by_label("Gebruikersnaam").fill("actief")
        page.get_by_label("Wachtwoord").fill("Fout-1!")
        page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("kloppen niet samen")
        page.get_by_label("Wachtwoord").fill("Simulator-1!")
        page.get_by_label("Wachtwoord").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Vul de sms-code in")


def test_three_wrong_sms_codes_block_for_a_quarter_of_an_hour(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        _choose(page, plek)
        for _ in range(3):
            page.get_by_label("Sms-code").fill("000-000")
            page.get_by_role("button", name="Inloggen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen is gestopt")
        _choose(page, plek)
        expect(page.get_by_role("alert")).to_contain_text("Inloggen is tijdelijk geblokkeerd")
        plek.control("POST", "/klok/_vooruit", json={"duur": "PT16M"}).raise_for_status()
        _choose(page, plek)
        expect(page.get_by_role("heading", level=1)).to_have_text("Vul de sms-code in")


def test_who_cancels_is_not_logged_in(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        _choose(page, plek)
        page.get_by_role("button", name="Annuleren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U hebt het inloggen geannuleerd")
        page.get_by_role("link", name="Opnieuw inloggen").click()
        page.get_by_role("button", name="Annuleren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U hebt het inloggen geannuleerd")
        page.goto(plek.base + "/berichtenbox")
        expect(page).to_have_url(re.compile("/digid/inloggen"))


def test_a_quarter_of_an_hour_of_nothing_ends_the_session_with_the_reason(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        log_in(page, plek)
        page.goto(plek.base + "/berichtenbox")
        expect(page.get_by_role("heading", level=1)).to_have_text("Berichtenbox")
        plek.control("POST", "/klok/_vooruit", json={"duur": "PT16M"}).raise_for_status()
        page.get_by_role("navigation", name="Mappen").get_by_role("link", name="Archief").click()
        expect(page.get_by_role("status")).to_contain_text("omdat u 15 minuten niets hebt gedaan")


def test_a_form_whose_session_is_gone_explains_itself_in_dutch(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        page.goto(plek.base + "/digid/inloggen")
        page.context.clear_cookies()
        page.get_by_role("button", name="Inloggen als actief", exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        expect(page.get_by_role("heading", level=1)).to_have_text("Dit formulier is verlopen")
        expect(page.get_by_role("main")).not_to_contain_text("CSRF")


def test_an_unknown_page_leads_back_to_the_start_of_the_omgeving(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        answer = page.goto(plek.base + "/bestaat-niet")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Dit pad bestaat niet")
        page.get_by_role("link", name="Naar de startpagina").click()
        expect(page).to_have_url(plek.base + "/")

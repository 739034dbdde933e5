"""The states of a page beside the plain one, for who sees little, uses no mouse, or holds a small phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility.checks import check_axe, check_reflow, fill
from tests.accessibility.htmlcheck import list_faults
from tests.browsing import deliver, follow, log_in, tab
from tests.running import Wereld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Walk = Callable[[Page, Wereld], None]


def _open(path: str) -> Walk:
    def walk(page: Page, plek: Wereld) -> None:
        page.goto(plek.base + path)

    return walk


def _as(persona: str, path: str) -> Walk:
    def walk(page: Page, plek: Wereld) -> None:
        log_in(page, plek, persona)
        page.goto(plek.base + path)

    return walk


def _wrong_password(page: Page, plek: Wereld) -> None:
    page.goto(plek.base + "/digid/inloggen?reden=niveau")
    page.get_by_label("Gebruikersnaam").fill("actief")
    page.get_by_label("Wachtwoord").fill("Fout-1!")
    follow(page.get_by_role("button", name="Inloggen", exact=True))


def _sms(page: Page, plek: Wereld) -> None:
    page.goto(plek.base + "/digid/inloggen")
    follow(page.get_by_role("button", name="Inloggen als zonder-email"))


def _wrong_sms(page: Page, plek: Wereld) -> None:
    _sms(page, plek)
    page.get_by_label("Sms-code").fill("000000")
    follow(page.get_by_role("button", name="Inloggen"))


def _phone(page: Page, plek: Wereld) -> None:
    _sms(page, plek)
    page.goto(plek.base + "/digid/telefoon")


def _full_bericht(page: Page, plek: Wereld) -> None:
    _as("actief", "/berichtenbox")(page, plek)
    follow(page.locator(".bericht-regel__onderwerp").last)


def _wrong_email(page: Page, plek: Wereld) -> None:
    _as("actief", "/instellingen")(page, plek)
    page.get_by_label("E-mailadres").evaluate("each => { each.type = 'text' }")
    page.get_by_label("E-mailadres").fill("geen adres")
    follow(page.get_by_role("button", name="Bewaren"))


def _erase(page: Page, plek: Wereld) -> None:
    _as("actief", "/berichtenbox")(page, plek)
    page.locator(".vink").first.check()
    follow(page.get_by_role("button", name="Verwijderen"))
    page.goto(plek.base + "/berichtenbox/prullenbak/legen")


def _gegevens(pad: str) -> Walk:
    """With data of each type, a source that does not answer, and lines in the log."""

    def walk(page: Page, plek: Wereld) -> None:
        base, key = "/api/persoonlijke-gegevens/v1", {"X-API-Key": "demo-voorbeeldstad"}
        velden = [{"type": "tekst", "label": "Een-heel-lang-label" * 5, "waarde": "een-heel-lange-waarde" * 20}]
        gegeven = {"bsn": "999990019", "categorie": "wonen", "peildatum": "2026-01-01",
                   "groepen": [{"titel": "Huis", "velden": velden, "toelichting": "Zo is het."}]}  # fmt: skip
        plek.afnemer("PUT", f"{base}/gegevens", json={"gegevens": [gegeven]}, headers=key).raise_for_status()
        bron = {"titel": "Stuk", "categorie": "wonen", "url": "https://bron.invalid/", "tijdslimietMs": 500}
        plek.afnemer("PUT", f"{base}/bronnen/stuk", json=bron, headers=key).raise_for_status()
        _as("actief", f"/persoonlijke-gegevens{pad}")(page, plek)
        page.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")

    return walk


STATES: dict[str, Walk] = {
    "vol bericht": _full_bericht,
    "digid": _open("/digid/inloggen?reden=niveau"),
    "digid met een fout": _wrong_password,
    "sms-code": _sms,
    "sms-code met een fout": _wrong_sms,
    "telefoon": _phone,
    "regels": _open("/regels?groep=DD"),
    "niet gevonden": _open("/bestaat-niet"),
    "niets gevonden": _as("actief", "/berichtenbox?zoek=zeppelin"),
    "leeg archief": _as("actief", "/berichtenbox/archief"),
    "prullenbak": _as("actief", "/berichtenbox/prullenbak"),
    "wissen": _erase,
    "instellingen met een fout": _wrong_email,
    "persoonlijke gegevens": _gegevens(""),
    "identiteit": _gegevens("/identiteit"),
    "wonen met een storing": _gegevens("/wonen"),
    "geen gegevens": _gegevens("/voertuigen"),
    "wie zag mijn gegevens": _gegevens("/wie-zag-mijn-gegevens?alles=ja"),
    "box niet actief": _as("niet-actief", "/instellingen"),
}


@pytest.mark.parametrize("naam", STATES)
def test_axe_finds_nothing_in_any_state_and_nothing_scrolls_sideways(
    chromium: Browser, plek: Wereld, naam: str
) -> None:
    fill(plek)
    with tab(chromium, java_script_enabled=True, reduced_motion="reduce") as page:
        STATES[naam](page, plek)
        assert list_faults(page.content()) == []
        check_axe(page)
        check_reflow(page)


def test_the_skip_link_comes_first_and_leads_past_the_menu(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium, java_script_enabled=True) as page:
        _as("actief", "/berichtenbox")(page, plek)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Naar hoofdinhoud")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        box = skip.bounding_box()
        assert box is not None
        assert box["width"] > 100
        page.keyboard.press("Enter")
        expect(page.locator("#inhoud")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("navigation", name="Mappen").get_by_role("link").first).to_be_focused()


def test_a_bericht_is_opened_and_archived_by_keyboard(chromium: Browser, plek: Wereld) -> None:
    deliver(plek, {"Onderwerp": "Zonder muis"})
    with tab(chromium) as page:
        _as("actief", "/berichtenbox")(page, plek)
        page.get_by_role("link", name="Zonder muis").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Naar archief").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Het bericht staat in het archief.")

"""Every page as somebody meets it who sees little, uses no mouse, or holds a small phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browsing import bijlage, deliver, follow, log_in, tab
from tests.running import Wereld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = (1280, 360)
NARROWEST = 320
"""CSS pixels: a screen of 1280 enlarged four times (WCAG 1.4.10)."""
RULES: dict[str, object] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that the dark scheme changes."""
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


def _bericht(page: Page, plek: Wereld) -> None:
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


PAGES: dict[str, Walk] = {
    "start": _open("/"),
    "digid": _open("/digid/inloggen?reden=niveau"),
    "digid met een fout": _wrong_password,
    "sms-code": _sms,
    "sms-code met een fout": _wrong_sms,
    "telefoon": _phone,
    "geannuleerd": _open("/digid/geannuleerd"),
    "uitgelogd": _open("/digid/uitloggen"),
    "regels": _open("/regels?groep=DD"),
    "niet gevonden": _open("/bestaat-niet"),
    "home": _as("actief", "/"),
    "inbox": _as("actief", "/berichtenbox"),
    "niets gevonden": _as("actief", "/berichtenbox?zoek=zeppelin"),
    "leeg archief": _as("actief", "/berichtenbox/archief"),
    "bericht": _bericht,
    "prullenbak": _as("actief", "/berichtenbox/prullenbak"),
    "wissen": _erase,
    "e-mail": _as("actief", "/berichtenbox/kennisgevingen"),
    "instellingen": _as("actief", "/instellingen"),
    "instellingen met een fout": _wrong_email,
    "persoonlijke gegevens": _gegevens(""),
    "identiteit": _gegevens("/identiteit"),
    "wonen met een storing": _gegevens("/wonen"),
    "geen gegevens": _gegevens("/voertuigen"),
    "wie zag mijn gegevens": _gegevens("/wie-zag-mijn-gegevens?alles=ja"),
    "box niet actief": _as("niet-actief", "/instellingen"),
}


def _fill(plek: Wereld) -> None:
    """A bericht with all that a page can show, at the bottom, under enough others for a second page."""
    long = {
        "Onderwerp": "Beschikkingsbevoegdheidsverklaringsformulier 2026",
        "Berichttekst": r"Zie https://voorbeeld.example/" + "een-heel-lang-pad/" * 8 + r" en\r\nreageer op tijd.",
        "Referentie": "KENMERK-2026-000000000001",
        "EindDatumHandelingsTermijn": "2099-12-31T12:00:00Z",
        "Bijlagen": [bijlage("Taxatieverslag_van_uw_woning_met_een_heel_lange_bestandsnaam_zonder_spaties_2026")],
    }
    deliver(plek, long)
    deliver(plek, *({"Onderwerp": f"Bericht {nummer}"} for nummer in range(24)))
    plek.control("POST", "/klok/_vooruit", json={"seconden": 1}).raise_for_status()


@pytest.mark.parametrize("naam", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium: Browser, plek: Wereld, naam: str) -> None:
    _fill(plek)
    with tab(chromium, java_script_enabled=True, reduced_motion="reduce") as page:
        PAGES[naam](page, plek)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            _check(page, RULES)
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            _check(page, COLOURS)
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size({"width": NARROWEST, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def _check(page: Page, options: dict[str, object]) -> None:
    results = Axe().run(page, options=options)
    assert not results.violations_count, results.generate_report()
    assert results.response["passes"]


@pytest.mark.parametrize("naam", ["start", "digid", "inbox", "bericht", "instellingen"])
def test_whoever_uses_the_keyboard_sees_where_they_are(chromium: Browser, plek: Wereld, naam: str) -> None:
    _fill(plek)
    with tab(chromium, java_script_enabled=True) as page:
        PAGES[naam](page, plek)
        stops = page.locator("a[href], button, input:not([type=hidden]), select, pre[tabindex]").count()
        visited = set()
        for _ in range(stops + 1):
            page.keyboard.press("Tab")
            stop, outline = page.evaluate(_WHERE)
            if stop == -1:
                break
            visited.add(stop)
            assert outline >= 2, page.evaluate("document.activeElement.outerHTML")
        radios = page.locator("input[type=radio]").count()
        assert len(visited) == stops - max(0, radios - 1), "some of what can be clicked cannot be reached"


_WHERE = """() => {
  const here = document.activeElement
  if (here === document.body) return [-1, 0]
  const width = (pseudo) => {
    const style = getComputedStyle(here, pseudo)
    return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
  }
  return [[...document.querySelectorAll('*')].indexOf(here), Math.max(width(null), width('::after'))]
}"""


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

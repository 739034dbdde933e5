"""What is looked at on every page: axe in light and dark, the width of an enlarged screen, and the keyboard."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browsing import bijlage, deliver
from tests.lopende_zaken.documents import status_json, zaak_json
from tests.running import Wereld

WIDTHS = (1280, 360)
NARROWEST = 320
"""CSS pixels: a screen of 1280 enlarged four times (WCAG 1.4.10)."""
_SHORT: dict[str, object] = {"resultTypes": ["violations"]}
"""Of what is well axe names one place instead of all: half of its work was to describe the others."""
RULES = _SHORT | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = _SHORT | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that the dark scheme changes."""
_CLICKABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
_IN_DATE = 3
"""A field for a date has four places to be: day, month, year, and the calendar."""
_WHERE = """() => {
  const here = document.activeElement
  if (here === document.body) return [-1, 0]
  const width = (pseudo) => {
    const style = getComputedStyle(here, pseudo)
    return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
  }
  return [[...document.querySelectorAll('*')].indexOf(here), Math.max(width(null), width('::after'))]
}"""


def fill(plek: Wereld) -> None:
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
    _fill_zaken(plek)
    plek.control("POST", "/klok/_vooruit", json={"seconden": 1}).raise_for_status()


def _fill_zaken(plek: Wereld) -> None:
    """Zaken that go on, one with a way to its dossier and one whose weblink cannot be shown, and more than a page."""
    plek.control("PATCH", "/instellingen", json={"weblinkBeleid": "markeren"}).raise_for_status()
    links = {
        "A": "https://elders.example/zaken/A",
        "B": "https://mijn.voorbeeldstad.example/" + "een-heel-lang-pad/" * 8,
    }
    for number in range(26):
        _put_zaak(plek, f"Z-{number}", zaak_json(omschrijving=f"Zaak {number}", einddatum="2026-11-20"))
    for naam, link in links.items():
        status = status_json("Aanvulling gevraagd", statustoelichting="Stuur ons een tekening.")
        _put_zaak(plek, f"Z-{naam}", zaak_json(omschrijving="Vergunningsaanvraag" * 4, weblink=link, status=status))


def _put_zaak(plek: Wereld, identificatie: str, zaak: dict[str, object]) -> None:
    plek.afnemer("PUT", f"/api/lopende-zaken/v1/zaken/{identificatie}", json=zaak).raise_for_status()


def check_axe(page: Page) -> None:
    """Axe finds nothing, at the width of a desk and of a hand, in light and in dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        _run_axe(page, RULES)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        _run_axe(page, COLOURS)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")


def check_reflow(page: Page) -> None:
    """Enlarged four times, nothing has to be scrolled sideways."""
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def check_keyboard(page: Page) -> None:
    """Whoever only uses Tab comes everywhere, and sees where that is."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    stops = page.locator(_CLICKABLE).filter(visible=True).count()
    visited = set()
    for _ in range(stops + 1 + _IN_DATE * page.locator("input[type=date]").count()):
        page.keyboard.press("Tab")
        stop, outline = page.evaluate(_WHERE)
        if stop == -1:
            break
        visited.add(stop)
        assert outline >= 2, page.evaluate("document.activeElement.outerHTML")
    radios = page.locator("input[type=radio]").count()
    assert len(visited) == stops - max(0, radios - 1), "some of what can be clicked cannot be reached"


def _run_axe(page: Page, options: dict[str, object]) -> None:
    is_there = page.evaluate("typeof axe === 'object'")
    results = Axe("" if is_there else AXE_SCRIPT).run(page, options=options)
    assert not results.violations_count, results.generate_report()
    assert results.response["passes"]

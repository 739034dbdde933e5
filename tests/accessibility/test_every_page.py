"""Each page of every room in MOUNTS, found by following links: a new room is looked at as soon as it hangs there."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page

from tests.accessibility.checks import check_axe, check_keyboard, check_reflow, fill
from tests.accessibility.htmlcheck import list_faults
from tests.browsing import log_in, tab
from tests.facturatie.facturen_builder import make_facturen
from tests.running import RunningSimulator, Wereld
from tests.walking import NOBODY, ONLY_ON_THE_WAY, Pagina, list_endpoints, list_pages, list_rules

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIMIT = 150_000
"""Bytes of a page with all that it loads."""
REFERENCE = {"control.regels", "control.voorwaarden", "conformiteit.show_overzicht", "conformiteit.show_regels"}
"""A whole catalogue on one page, to search in: as long as there are rules, articles and points of the checklist."""
STORIES = {"verhuizing": 9, "geweigerde-vergunning": 5}
"""Steps to play: a zaak that is closed, one that asks for something, and data."""
Pages = Mapping[str, list[Pagina]]


@pytest.fixture(scope="module")
def vol(simulator: RunningSimulator) -> Iterator[Wereld]:
    """An omgeving with something to see on every page."""
    simulator.control("POST", "/omgevingen", json={"naam": "wandeling"}).raise_for_status()
    wereld = Wereld(simulator, "wandeling")
    make_facturen(wereld)
    for naam, steps in STORIES.items():
        wereld.control("POST", f"/scenarios/{naam}/_starten").raise_for_status()
        for _ in range(steps):
            wereld.control("POST", f"/scenarios/{naam}/_volgende").raise_for_status()
    fill(wereld)
    yield wereld
    simulator.control("DELETE", "/omgevingen/wandeling").raise_for_status()


@pytest.fixture(scope="module")
def pages(vol: Wereld) -> Pages:
    return list_pages(vol)


def test_what_is_not_found_by_walking_is_explained_and_exists() -> None:
    assert ONLY_ON_THE_WAY.keys() <= {rule.endpoint for rule in list_rules()}


@pytest.mark.parametrize("endpoint", list_endpoints())
def test_a_page_is_valid_light_and_usable_by_all(chromium: Browser, vol: Wereld, pages: Pages, endpoint: str) -> None:
    assert endpoint in pages, "no link leads to this page: let fill() make what it shows, or explain it in walking.py"
    for pagina in pages[endpoint]:
        with tab(chromium, java_script_enabled=True, reduced_motion="reduce") as page:
            sizes = _open(page, vol, pagina)
            assert list_faults(page.content()) == []
            assert page.locator("script, style, [style]").count() == 0
            assert page.get_by_text("SIMULATIE", exact=True).is_visible()
            check_keyboard(page)
            page.wait_for_load_state("networkidle")
            assert sum(sizes) < LIMIT or endpoint in REFERENCE
            check_axe(page)
            check_reflow(page)
            page.goto(vol.base + pagina.pad + "?taal=en")
            check_reflow(page)


def _open(page: Page, vol: Wereld, pagina: Pagina) -> list[int]:
    """In a browser that has nothing yet; the answer grows by the bytes of each thing that comes in."""
    if pagina.wie != NOBODY:
        log_in(page, vol, pagina.wie)
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(vol.base + pagina.pad)
    return sizes


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>een<div>twee</div></p>", "Unexpected end tag (p)"),
        ("<ul><p>een</p></ul>", "<ul> holds p"),
        ('<i id="a"></i><i id="a"></i>', "id a is given 2 times"),
        ('<label for="b">naam</label>', "for names b"),
        ('<a href="#weg">weg</a>', "leads nowhere"),
        ('<a href="/"><button>weg</button></a>', "stands inside another"),
        ("<h1>twee</h1>", "one h1"),
        ("<img src=x>", "has no alt"),
    ],
)
def test_the_check_of_html_sees_what_is_wrong(body: str, fault: str) -> None:
    page = (
        f"<!DOCTYPE html><html lang=nl><head><title>t</title></head><body><main><h1>een</h1>{body}</main></body></html>"
    )
    assert any(fault in each for each in list_faults(page))

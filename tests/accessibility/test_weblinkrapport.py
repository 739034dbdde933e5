"""The report about weblinks, as a file on a disk: one page, readable in light and dark, on a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.accessibility.checks import NARROWEST, RULES
from tests.running import Wereld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, NARROWEST])
def test_the_report_about_weblinks_is_for_everybody(chromium: Browser, plek: Wereld, scheme: str, width: int) -> None:
    report = plek.afnemer("GET", "/api/weblinks/v1/rapport").text
    page = chromium.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    try:
        page.set_content(report)
        assert Axe().run(page, options=RULES).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert "SIMULATIE" in page.inner_text("header")
    finally:
        page.close()

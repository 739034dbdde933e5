"""The report about weblinks, as a file on a disk: one page, readable in light and dark, on a desk and on a phone."""

import pytest
from playwright.sync_api import Browser

from tests.accessibility.checks import check_axe, check_reflow
from tests.browsing import tab
from tests.running import Wereld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_report_about_weblinks_is_for_everybody(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium, java_script_enabled=True) as page:
        page.set_content(plek.afnemer("GET", "/api/weblinks/v1/rapport").text)
        check_axe(page)
        check_reflow(page)
        assert "SIMULATIE" in page.inner_text("header")

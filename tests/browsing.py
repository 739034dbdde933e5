"""A real Chromium, as a citizen uses it, and what an Afnemer and a tester do around it over HTTP."""

import base64
import contextlib
import itertools
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.running import RunningSimulator, Wereld

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",  # there is no other way as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)
WACHTTIJD = 10_000
"""Milliseconds that a page may take before a test gives up."""
VOORBEELDSTAD = "00000099000000001000"
ACTIEF = "999990019"
PDF = b"%PDF-1.4\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 40 + b"%%EOF\n"
_numbers = itertools.count(1)


@contextlib.contextmanager
def open_chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not longer than a module: Playwright keeps an event loop running in this thread."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; .ci/run installs it")
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def plek(simulator: RunningSimulator) -> Iterator[Wereld]:
    """An omgeving of its own, reached by its path prefix as a browser does."""
    naam = f"browser-{next(_numbers)}"
    simulator.control("POST", "/omgevingen", json={"naam": naam}).raise_for_status()
    yield Wereld(simulator, naam)
    simulator.control("DELETE", f"/omgevingen/{naam}").raise_for_status()


@contextlib.contextmanager
def tab(browser: Browser, **context: Any) -> Iterator[Page]:
    """A page in a browser that remembers nothing; without JavaScript unless told otherwise."""
    wanted: dict[str, Any] = {"java_script_enabled": False, "locale": "nl-NL", **context}
    opened = browser.new_context(**wanted)
    opened.set_default_timeout(WACHTTIJD)
    try:
        yield opened.new_page()
    finally:
        opened.close()


def deliver(wereld: Wereld, *berichten: Mapping[str, object]) -> list[str]:
    """Deliver as Gemeente Voorbeeldstad; gives the Verwerkingscode of each bericht."""
    body = {"BerichtLeverancierID": VOORBEELDSTAD, "Berichten": [_complete(each) for each in berichten]}
    answer = wereld.afnemer(
        "POST", "/api/berichtenbox/v1/berichten", json=body, headers={"X-Message-ID": str(uuid.uuid4())}
    )
    answer.raise_for_status()
    status = wereld.afnemer("GET", f"/api/berichtenbox/v1/status/{answer.json()['statusID']}").json()
    return [each["VerwerkingsCode"] for each in status["context"]["Verwerkt"]["Berichten"]]


def bijlage(omschrijving: str = "Uw beschikking") -> dict[str, str]:
    return {"Inhoud": base64.b64encode(PDF).decode(), "Omschrijving": omschrijving, "BijlageType": "Pdf"}


def follow(target: Locator) -> None:
    """Click, and wait until the page behind it has come with all that belongs to it."""
    with target.page.expect_navigation():
        target.click()


def log_in(page: Page, wereld: Wereld, persona: str = "actief") -> None:
    """Step over the pages of DigiD, or the sign-in of an Afnemer: the browser keeps the cookie of the session."""
    cookie, token = wereld.log_in(persona)
    host = wereld.simulator.base.split("//")[1].split(":")[0]
    page.context.add_cookies([{"name": cookie, "value": token, "domain": host, "path": "/"}])


def _complete(bericht: Mapping[str, object]) -> dict[str, object]:
    return {
        "BerichtID": str(uuid.uuid4()),
        "BerichtType": "ALGEMEEN",
        "GebruikerID": ACTIEF,
        "Berichttekst": "Met vriendelijke groet.",
        **bericht,
    }

"""The story of the Berichtenbox in a real browser without JavaScript, inside an omgeving of its own."""

import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PDF, VOORBEELDSTAD, bijlage, deliver, follow, log_in, tab
from tests.running import Wereld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WOZ = {
    "Onderwerp": "Uw WOZ-beschikking 2026",
    "Berichttekst": r"Beste mevrouw Actief,\r\n\r\nDe waarde is <b>€ 312.000</b>.",
    "Bijlagen": [bijlage("Taxatieverslag")],
}


def test_a_citizen_logs_in_with_an_sms_code_and_deals_with_a_delivered_bericht(
    chromium: Browser, plek: Wereld, tmp_path: Path
) -> None:
    assert deliver(plek, WOZ) == ["Verwerkt"]
    with tab(chromium, accept_downloads=True) as page:
        _log_in_with_sms(page, plek)
        expect(page.get_by_role("navigation", name="Hoofdmenu")).to_contain_text("1 ongelezen")
        page.get_by_role("link", name="Naar Berichtenbox").click()
        expect(page.locator(".bericht-regel")).to_contain_text("Ongelezen")

        page.get_by_role("link", name="Uw WOZ-beschikking 2026").click()
        expect(page.get_by_role("article")).to_contain_text("De waarde is <b>€ 312.000</b>.")
        _download_is_what_was_delivered(page, tmp_path)

        page.get_by_role("button", name="Naar archief").click()
        expect(page.get_by_role("status")).to_contain_text("Het bericht staat in het archief.")
        _open_map(page, "Archief")
        assert not page.get_by_text("Ongelezen", exact=True).count()
        _tick_and(page, "Verwijderen")
        _open_map(page, "Prullenbak")
        _tick_and(page, "Terugzetten")
        _open_map(page, "Inbox")
        expect(page.locator(".bericht-regel")).to_have_count(1)
        _tick_and(page, "Verwijderen")
        _erase_for_good(page)

        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U bent uitgelogd")
        page.goto(plek.base + "/berichtenbox")
        expect(page).to_have_url(re.compile(rf"/omgevingen/{plek.naam}/digid/inloggen\?"))
    _erased_is_still_metered(plek)


def _log_in_with_sms(page: Page, plek: Wereld) -> None:
    page.goto(plek.base + "/")
    page.get_by_role("link", name="Inloggen met DigiD (nagebootst)").click()
    page.get_by_label("Midden").check()
    page.get_by_role("button", name="Inloggen als actief", exact=True).click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Bekijk de sms").click()
    code = opened.value.locator("[data-sms-code]").inner_text()
    opened.value.close()
    page.get_by_label("Sms-code").fill(code)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welkom, Johanna Maria Actief")


def _download_is_what_was_delivered(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Taxatieverslag").click()
    download.value.save_as(tmp_path / "bijlage.pdf")
    assert download.value.suggested_filename == "Taxatieverslag.pdf"
    assert (tmp_path / "bijlage.pdf").read_bytes() == PDF


def _open_map(page: Page, naam: str) -> None:
    page.get_by_role("navigation", name="Mappen").get_by_role("link", name=naam).click()
    expect(page.locator("h2").first).to_contain_text(naam)


def _tick_and(page: Page, knop: str) -> None:
    page.get_by_label("Kies Uw WOZ-beschikking 2026").check()
    page.get_by_role("button", name=knop).click()
    expect(page.get_by_role("status")).to_be_visible()


def _erase_for_good(page: Page) -> None:
    _open_map(page, "Prullenbak")
    page.get_by_label("Kies Uw WOZ-beschikking 2026").check()
    page.get_by_role("button", name="Definitief verwijderen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Definitief verwijderen?")
    page.get_by_role("button", name="Definitief verwijderen").click()
    expect(page.get_by_role("status")).to_have_text("Het bericht is gewist.")
    expect(page.get_by_text("De prullenbak is leeg.")).to_be_visible()


def _erased_is_still_metered(plek: Wereld) -> None:
    verbruik = plek.afnemer("GET", "/api/verbruik/v1/verbruik").json()
    assert sum(regel["aantal"] for regel in verbruik["regels"]) == 1


def test_sixty_berichten_are_paged_through_and_searched(chromium: Browser, plek: Wereld) -> None:
    onderwerpen = [f"Bericht nummer {nummer:02}" for nummer in range(1, 60)]
    codes = deliver(plek, *({"Onderwerp": each} for each in (*onderwerpen, "Besluit over uw café")))
    assert set(codes) == {"Verwerkt"}
    with tab(chromium) as page:
        log_in(page, plek)
        page.goto(plek.base + "/berichtenbox")
        seen: list[str] = []
        while True:
            seen += page.locator(".bericht-regel__onderwerp").all_inner_texts()
            if not page.get_by_role("link", name="Oudere berichten").count():
                break
            follow(page.get_by_role("link", name="Oudere berichten"))
        assert sorted(seen) == sorted([*onderwerpen, "Besluit over uw café"])

        follow(page.get_by_role("link", name="Naar de nieuwste"))
        page.get_by_role("searchbox").fill("cafe")
        follow(page.get_by_role("button", name="Zoeken"))
        assert page.locator(".bericht-regel__onderwerp").all_inner_texts() == ["Besluit over uw café"]
        follow(page.get_by_role("link", name="Toon alles"))
        expect(page.locator(".bericht-regel")).to_have_count(25)


def test_an_organisation_that_is_switched_off_can_deliver_no_more(chromium: Browser, plek: Wereld) -> None:
    with tab(chromium) as page:
        log_in(page, plek)
        page.goto(plek.base + "/instellingen")
        page.get_by_label("Gemeente Voorbeeldstad").uncheck()
        page.get_by_label("E-mailadres").fill("nieuw@voorbeeld.example")
        follow(page.get_by_role("button", name="Bewaren"))
        expect(page.get_by_role("status")).to_have_text("Uw instellingen zijn bewaard.")
        expect(page.get_by_label("Gemeente Voorbeeldstad")).not_to_be_checked()

        assert deliver(plek, {"Onderwerp": "Komt niet aan"}) == ["NietActiefOfGeabonneerd"]

        page.get_by_label("Gemeente Voorbeeldstad").check()
        follow(page.get_by_role("button", name="Bewaren"))
        assert deliver(plek, {"Onderwerp": "Komt wel aan"}) == ["Verwerkt"]
        _run_agenda(plek)
        page.get_by_role("link", name="Gesimuleerde e-mail").click()
        expect(page.get_by_role("article")).to_have_count(1)
        expect(page.get_by_role("article")).to_contain_text("nieuw@voorbeeld.example")
        assert not page.get_by_role("article").get_by_role("link").count()


def _run_agenda(plek: Wereld) -> None:
    plek.control("POST", "/klok/_vooruit", json={"seconden": 1}).raise_for_status()


def test_links_of_a_bericht_of_one_omgeving_lead_nowhere_in_another(chromium: Browser, plek: Wereld) -> None:
    deliver(plek, {"Onderwerp": "Alleen hier"})
    buren = Wereld(plek.simulator, "buren-" + uuid.uuid4().hex[:8])
    buren.simulator.control("POST", "/omgevingen", json={"naam": buren.naam}).raise_for_status()
    with tab(chromium) as page:
        log_in(page, plek)
        log_in(page, buren)
        page.goto(plek.base + "/berichtenbox")
        follow(page.get_by_role("link", name="Alleen hier"))
        answer = page.goto(page.url.replace(plek.naam, buren.naam))
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Dit bericht is niet gevonden")
    buren.simulator.control("DELETE", f"/omgevingen/{buren.naam}").raise_for_status()


def test_the_curl_of_the_start_page_delivers(chromium: Browser, plek: Wereld) -> None:
    import shlex

    import requests

    with tab(chromium) as page:
        page.goto(plek.base + "/")
        words = shlex.split(page.locator("pre").first.inner_text().replace("\\\n", " "))
    headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
    url = next(word for word in words if word.startswith("http"))
    answer = requests.post(url, data=words[words.index("-d") + 1].encode(), headers=headers, timeout=30)
    assert answer.status_code == 201, answer.text
    assert VOORBEELDSTAD in words[words.index("-d") + 1]
    assert url.startswith(plek.base)

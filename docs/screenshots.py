"""Pictures of a simulator with realistic post in it, seen by Chromium (``make screenshots``).

Those in docs/images are shown by documents; every page there is, whole, at the width of a desk and of a hand, goes to
build/screenshots.
"""

import base64
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from simulator.cli.demo_gegevens import PATH as GEGEVENS
from simulator.cli.demo_gegevens import read_gegevens
from simulator.cli.demo_zaken import read_zaken
from simulator.infra.ids import new_guid
from tests.browsing import log_in, open_chromium, tab
from tests.facturatie.facturen_builder import make_facturen
from tests.running import Wereld, running_simulator
from tests.walking import NOBODY, list_pages

HERE = Path(__file__).parent
IMAGES = HERE / "images"
EVERYTHING = HERE.parent / "build" / "screenshots"
FIXTURES = HERE.parent / "fixtures"
PDF = FIXTURES / "berichten" / "bijlagen" / "aanslag.pdf"
BSN = "999990019"
OINS = {
    "demo-voorbeeldstad": "00000099000000001000",
    "demo-belastingen": "00000099000000002000",
    "demo-wegverkeer": "00000099000000003000",
    "demo-voorbeeldmeer": "00000099000000004000",
}
AFNEMER = "demo-voorbeeldstad"
PROGNOSE = "aantal=12000&per=maand&jaar=2026&groei=1,5&piekmaand=2&piek=80000&tarief=2022"
NOW = "2026-11-23T09:41:00Z"
LAPTOP = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 780}


@dataclass(frozen=True)
class Foto:
    """One picture: where, by whom (a persona, or an Afnemer by its key), on which screen."""

    naam: str
    pad: str
    persona: str | None = "actief"
    screen: Mapping[str, int] = field(default_factory=lambda: LAPTOP)
    scheme: str = "light"
    folder: Path = IMAGES
    whole: bool = False


FOTOS = (
    Foto("start", "/", persona=None),
    Foto("home", "/"),
    Foto("digid", "/digid/inloggen", persona=None),
    Foto("inbox", "/berichtenbox"),
    Foto("instellingen", "/instellingen"),
    Foto("email", "/berichtenbox/kennisgevingen"),
    Foto("regels", "/regels?groep=BB", persona=None),
    Foto("inbox-telefoon", "/berichtenbox", screen=PHONE),
    Foto("inbox-donker", "/berichtenbox", scheme="dark"),
    Foto("home-telefoon", "/", screen=PHONE),
    Foto("home-donker", "/", scheme="dark"),
    Foto("help", "/help", persona=None),
    Foto("zaken", "/lopende-zaken"),
    Foto("gegevens", "/persoonlijke-gegevens"),
    Foto("leveranciersportaal", "/leveranciersportaal", persona=AFNEMER),
    Foto("conformiteit", "/leveranciersportaal/conformiteit", persona=AFNEMER),
    Foto("factuur", "/leveranciersportaal/facturen/2022-00001", persona=AFNEMER, whole=True),
    Foto("prognose", f"/leveranciersportaal/prognose?{PROGNOSE}", persona=AFNEMER),
)


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    EVERYTHING.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running_simulator(Path(data), "--port", "8000") as simulator:
        wereld = Wereld(simulator, "standaard")
        bericht = fill(wereld)
        with open_chromium() as browser:
            for foto in (*FOTOS, Foto("bericht", f"/berichtenbox/berichten/{bericht}")):
                shoot(browser, wereld, foto)
            # Walking opens a bericht, which is then read.
            for foto in list_all(wereld):
                shoot(browser, wereld, foto)


def list_all(wereld: Wereld) -> list[Foto]:
    """Every page that somebody finds by following links, at both widths."""
    return [
        Foto(
            f"{pagina.endpoint}-{pagina.wie}-{width}", pagina.pad, None if pagina.wie == NOBODY else pagina.wie, screen,
            folder=EVERYTHING, whole=True,
        )
        for pages in list_pages(wereld).values()
        for pagina in pages
        for width, screen in (("desktop", LAPTOP), ("phone", PHONE))
    ]  # fmt: skip


def fill(wereld: Wereld) -> str:
    """Deliver the post, each bericht on its own day, and leave it read or unread; gives the bericht to show."""
    make_facturen(wereld)
    token = ""
    shown = ""
    for bericht in json.loads((HERE / "screenshots.json").read_text("utf-8")):
        wereld.control("PUT", "/klok", json={"modus": "stil", "moment": bericht.pop("dag") + "Z"}).raise_for_status()
        stand = bericht.pop("stand")
        deliver(wereld, bericht.pop("sleutel"), bericht)
        token = wereld.control("POST", "/sessies", json={"bsn": BSN, "niveau": "midden"}).json()["token"]
        newest = citizen(wereld, token, "GET", "/berichten")["berichten"][0]["id"]
        if stand == "bericht":
            shown = newest
        if stand != "ongelezen":
            citizen(wereld, token, "PATCH", f"/berichten/{newest}", {"gelezen": True})
        if stand == "archief":
            citizen(wereld, token, "PATCH", f"/berichten/{newest}", {"map": "archief"})
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": NOW}).raise_for_status()
    register(wereld)
    return str(shown)


def register(wereld: Wereld) -> None:
    """The zaken and the personal data of the demo."""
    today = datetime.fromisoformat(NOW).date()
    for zaak in read_zaken(FIXTURES / "zaken", today):
        headers = {"Content-Type": "application/json", "X-Message-ID": zaak.message_id}
        wereld.afnemer(zaak.method, zaak.path, zaak.sleutel, data=zaak.body, headers=headers).raise_for_status()
    for key, body in read_gegevens(today):
        headers = {"Content-Type": "application/json"}
        wereld.afnemer("PUT", GEGEVENS, key, data=body, headers=headers).raise_for_status()


def deliver(wereld: Wereld, key: str, bericht: dict[str, Any]) -> None:
    pdf = base64.b64encode(PDF.read_bytes()).decode()
    bijlagen = [{"Inhoud": pdf, "Omschrijving": naam} for naam in bericht.pop("Bijlagen", ())]
    if "EindDatumHandelingsTermijn" in bericht:
        bericht["EindDatumHandelingsTermijn"] += "Z"
    whole = bericht | {"BerichtID": str(new_guid()), "GebruikerID": BSN, "Bijlagen": bijlagen}
    wereld.afnemer(
        "POST",
        "/api/berichtenbox/v1/berichten",
        key,
        json={"BerichtLeverancierID": OINS[key], "Berichten": [whole]},
        headers={"X-Message-ID": str(new_guid())},
    ).raise_for_status()


def citizen(wereld: Wereld, token: str, method: str, path: str, body: object = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    answer = wereld.afnemer(method, f"/api/portaal/v1{path}", json=body, headers=headers)
    answer.raise_for_status()
    return answer.json()


def shoot(browser: Browser, wereld: Wereld, foto: Foto) -> None:
    """Wait for the font, then take the picture: what fits on the screen, as a visitor meets it."""
    scale = 2 if foto.screen is PHONE else 1
    with tab(browser, viewport=dict(foto.screen), color_scheme=foto.scheme, device_scale_factor=scale) as page:
        if foto.persona:
            log_in(page, wereld, foto.persona)
        visit(page, wereld.simulator.base + foto.pad)
        page.screenshot(path=foto.folder / f"{foto.naam}.png", animations="disabled", full_page=foto.whole)


def visit(page: Page, url: str) -> None:
    answer = page.goto(url, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{url} did not answer well")


if __name__ == "__main__":
    main()

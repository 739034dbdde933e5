"""The traffic of an Afnemer over HTTP, in the steps by which it shows the points of its checklist."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.berichtenbox.documents import (
    aanlevering_json,
    batch_xml,
    bericht_json,
    bericht_xml,
    bijlage_json,
    guid,
)
from tests.journeys.actors import Programma, advance
from tests.lopende_zaken.documents import status_json, zaak_json, zaak_xml
from tests.persoonlijke_gegevens.bronserver import Bronserver
from tests.running import Wereld
from tests.weblinks.certificates import authority
from tests.weblinks.website import HOST, Website, lokaal

BB, LZ, PG = "/api/berichtenbox/v1", "/api/lopende-zaken/v1", "/api/persoonlijke-gegevens/v1"
NU = "2026-11-27T12:00:00Z"
Stap = tuple[Callable[[], None], set[str]]
"""Something that an Afnemer does, and the points that this shows for the first time."""


@dataclass
class Verkeer:
    """Gemeente Voorbeeldstad in one omgeving, and the citizen who looks."""

    wereld: Wereld
    held: dict[str, Any] = field(default_factory=dict)

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.wereld.afnemer(method, path, **options)

    def rapport(self) -> dict[str, Any]:
        answer = self.ask("GET", "/api/conformiteit/v1/rapport")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def points(self, dienst: str) -> list[dict[str, Any]]:
        answer = self.ask("GET", "/api/conformiteit/v1/checklist")
        assert answer.status_code == 200, answer.text
        (found,) = [each for each in answer.json()["diensten"] if each["dienst"] == dienst]
        return list(found["punten"])

    def shown(self, dienst: str) -> set[str]:
        return {each["id"] for each in self.points(dienst) if each["getoond"]}

    def deliver(self, *berichten: dict[str, Any], message_id: str = "", **document: Any) -> requests.Response:
        body = aanlevering_json(*berichten) | document
        return self.ask("POST", f"{BB}/berichten", json=body, headers={"X-Message-ID": message_id or guid()})

    def batch(self, batch_id: str, *berichten: str, **info: str) -> None:
        info = {"AanmaakDatum": NU} | info
        document = batch_xml(batch_id, *(berichten or (bericht_xml(batch_id),)), **info)
        answer = self.ask("POST", f"{BB}/batches", data=document, headers={"Content-Type": "application/xml"})
        assert answer.status_code == 202, answer.text

    def status(self) -> None:
        status_id = self.deliver().json()["statusID"]
        assert self.ask("GET", f"{BB}/status/{status_id}").json()["status"] == "REPORT"

    def read_first(self) -> None:
        burger = Programma.log_in(self.wereld)
        self.open(burger, f"/berichtenbox/berichten/{burger.berichten()[0]['id']}")

    def check_abonnementen(self) -> None:
        body = {"berichtTypeCode": "ALGEMEEN", "gebruikers": ["999990019"]}
        assert self.ask("POST", f"{BB}/abonnementen/_valideren", json=body).status_code == 200

    def restore(self) -> None:
        bericht_id = guid()
        self.deliver(bericht_json(BerichtID=bericht_id, BerichtType="OUD"))
        self.deliver(bericht_json(BerichtID=bericht_id))

    def fetch_result(self) -> None:
        batch_id = guid()
        self.batch(batch_id)
        assert self.ask("GET", f"{BB}/batches/{batch_id}/resultaat").status_code == 200

    def zaak(self, identificatie: str = "Z-1", **given: Any) -> requests.Response:
        headers = given.pop("headers", {})
        return self.ask("PUT", f"{LZ}/zaken/{identificatie}", json=zaak_json(**given), headers=headers)

    def zaakstatus(self, statustype: str, moment: str) -> None:
        answer = self.ask("POST", f"{LZ}/zaken/Z-1/statussen", json=status_json(statustype, moment))
        assert answer.status_code == 201, answer.text

    def look_at_zaak(self) -> None:
        burger = Programma.log_in(self.wereld)
        (zaak,) = burger.ask("GET", "/zaken").json()["zaken"]
        self.open(burger, f"/lopende-zaken/{zaak['id']}")

    def open(self, burger: Programma, path: str) -> None:
        """As a page: what a program asks changes nothing."""
        headers = {"Authorization": f"Bearer {burger.token}"}
        assert requests.get(self.wereld.base + path, headers=headers, timeout=30).status_code == 200

    def follow_weblinks(self, site: Website) -> None:
        places = lokaal(site, HOST)
        body = {"weblinkLokaal": places, "weblinkCertificaten": authority().pem}
        assert self.wereld.control("PATCH", "/instellingen", json=body).status_code == 200

    def gegevens(self, peildatum: str = "2026-01-01") -> requests.Response:
        groep = {"titel": "Woning", "velden": [{"type": "tekst", "label": "Soort", "waarde": "Huis"}]}
        given = {"bsn": "999990019", "categorie": "wonen", "peildatum": peildatum, "groepen": [groep]}
        return self.ask("PUT", f"{PG}/gegevens", json={"gegevens": [given]})

    def bron(self, server: Bronserver, path: str) -> None:
        bron = {"titel": "Diploma", "categorie": "onderwijs", "url": server.url(path), "tijdslimietMs": 2000}
        assert self.ask("PUT", f"{PG}/bronnen/{path.strip('/')}", json=bron).status_code == 200
        self.look_at_gegevens("onderwijs")

    def look_at_gegevens(self, categorie: str) -> None:
        answer = Programma.log_in(self.wereld).ask("GET", f"/gegevens?categorie={categorie}")
        assert answer.status_code == 200, answer.text


def berichtenbox(verkeer: Verkeer) -> list[Stap]:
    """Every point of the Berichtenbox, in an order in which each is new."""
    een = guid()
    vast = bericht_json(BerichtID=een)
    te_groot = [bijlage_json(Inhoud="JVBERi0xLjQK" + "A" * 800_000)]
    return [
        (lambda: done(verkeer.deliver(vast, message_id=een)), {"bb-aangeleverd", "bb-kennisgeving"}),
        (lambda: done(verkeer.deliver(vast, message_id=een)), {"bb-zelfde-verzoek"}),
        (lambda: refused(verkeer.deliver(message_id=een), 409), {"bb-ander-verzoek"}),
        (lambda: done(verkeer.deliver(vast)), {"bb-bestaat-al"}),
        (verkeer.status, {"bb-status"}),
        (verkeer.check_abonnementen, {"bb-vooraf"}),
        (lambda: done(verkeer.deliver(bericht_json(GebruikerID="999990020"))), {"bb-niet-geabonneerd"}),
        (lambda: done(verkeer.deliver(bericht_json(GebruikerID="999990032"))), {"bb-niet-actief"}),
        (lambda: done(verkeer.deliver(bericht_json(GebruikerID="999990056"))), {"bb-technisch"}),
        (verkeer.restore, {"bb-berichttype", "bb-hersteld"}),
        (lambda: done(verkeer.deliver(bericht_json(), bericht_json())), {"bb-batch"}),
        (lambda: done(verkeer.deliver(bericht_json(Bijlagen=[bijlage_json()]))), {"bb-bijlage"}),
        (lambda: done(verkeer.deliver(bericht_json(Bijlagen=te_groot))), {"bb-bijlage-te-groot"}),
        (lambda: done(verkeer.deliver(bericht_json(PublicatieDatum="2026-12-01T12:00:00Z"))), {"bb-later"}),
        (lambda: done(verkeer.deliver(bericht_json(PublicatieDatum="2027-01-01T12:00:00Z"))), {"bb-publicatie-te-ver"}),
        (lambda: done(verkeer.deliver(BerichtLeverancierID="00000099000000002000")), {"bb-oin"}),
        (verkeer.fetch_result, {"bb-xml"}),
        (lambda: verkeer.batch(guid(), AanmaakDatum="2026-11-01T12:00:00Z"), {"bb-aanmaak-te-oud"}),
        (lambda: verkeer.batch(een, bericht_xml(een, Onderwerp=None)), {"bb-xsd"}),
        (verkeer.read_first, {"bb-gelezen"}),
        (lambda: done(verkeer.deliver(bericht_json(GebruikerID="999990147"))), {"bb-kennisgeving-stuitert"}),
    ]  # fmt: skip


def zaken(verkeer: Verkeer, site: Website) -> list[Stap]:
    """Every point of Lopende Zaken."""
    once, same = {"X-Message-ID": guid()}, {"X-Message-ID": "vast"}
    site.pages["/weg"] = 404
    base = f"https://{HOST}"
    return [
        (lambda: done(verkeer.zaak(headers=same)), {"lz-zaak"}),
        (lambda: done(verkeer.zaak(headers=same)), {"lz-herhaald"}),
        (lambda: refused(verkeer.zaak(omschrijving="Anders", headers=same), 409), {"lz-referentie"}),
        (lambda: verkeer.zaakstatus("In behandeling", "2026-11-05T10:00:00Z"), {"lz-status"}),
        (lambda: verkeer.zaakstatus("Ontvangen", "2026-11-02T10:00:00Z"), {"lz-volgorde"}),
        (lambda: advance(verkeer.wereld, "PT11M"), {"lz-kennisgeving"}),
        (verkeer.look_at_zaak, {"lz-bekeken"}),
        (lambda: verkeer.zaakstatus("Afgehandeld", "2026-11-20T10:00:00Z"), {"lz-afgesloten"}),
        (lambda: verkeer.zaakstatus("Aanvulling gevraagd", "2026-11-21T10:00:00Z"), {"lz-heropend"}),
        (lambda: done(stuf(verkeer)), {"lz-stuf"}),
        (lambda: refused(verkeer.zaak("Z-9", bsn="999990032"), 409), {"lz-postbus"}),
        (lambda: refused(verkeer.zaak("Z-9", zaaktype="B9999"), 400), {"lz-zaaktype"}),
        (lambda: refused(verkeer.zaak("Z-9", weblink="http://elders.nl/1"), 400), {"lz-weblink-geweigerd"}),
        (lambda: weblink(verkeer, once, f"{base}/goed"), {"lz-weblink"}),
        (lambda: weblink(verkeer, {}, f"{base}/weg"), {"lz-weblink-kapot"}),
    ]  # fmt: skip


def gegevens(verkeer: Verkeer, server: Bronserver) -> list[Stap]:
    """Every point of Persoonlijke Gegevens."""
    brp = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": ["999990019"], "fields": ["naam"]}
    return [
        (lambda: refused(verkeer.gegevens("2027-01-01"), 400), {"pg-geweigerd"}),
        (lambda: done(verkeer.gegevens()), {"pg-aangeleverd"}),
        (lambda: verkeer.look_at_gegevens("wonen"), {"pg-getoond"}),
        (lambda: verkeer.bron(server, "/goed"), {"pg-bron"}),
        (lambda: verkeer.bron(server, "/fout"), {"pg-bron-faalt"}),
        (lambda: done(verkeer.ask("POST", "/haalcentraal/api/brp/personen", json=brp)), {"pg-brp"}),
    ]


def done(answer: requests.Response) -> None:
    assert answer.status_code in {200, 201}, answer.text


def refused(answer: requests.Response, status: int) -> None:
    assert answer.status_code == status, answer.text


def stuf(verkeer: Verkeer) -> requests.Response:
    headers = {"Content-Type": "application/xml"}
    return verkeer.ask("POST", f"{LZ}/zaakberichten", data=zaak_xml(), headers=headers)


def weblink(verkeer: Verkeer, headers: dict[str, str], url: str) -> None:
    done(verkeer.zaak("Z-2", weblink=url, headers=headers))
    advance(verkeer.wereld, "PT1H")

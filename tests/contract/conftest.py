"""The application with everything that its APIs need to say yes: a key, a session, a token, and things to ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask

from simulator import facturatie
from simulator.app import APIS, create_app
from simulator.infra.ids import public_id
from simulator.settings import Settings
from simulator.weblinks import registratie
from tests.berichtenbox.documents import aanlevering_json, batch_xml, bericht_json, bericht_xml, bijlage_json, guid
from tests.lopende_zaken.documents import zaak_json

TOKEN = "een-token"
NAAM = "contract"


@dataclass(frozen=True)
class Deur:
    """What opens an API, and what is really there behind its path parameters."""

    prefix: str
    headers: Mapping[str, str]
    present: Mapping[str, str | int]

    def fill(self, path: str) -> str:
        """The path of an operation with what is there in place of its parameters."""
        for name, value in self.present.items():
            path = path.replace(f"{{{name}}}", str(value))
        return self.prefix + path


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole application on SQLite."""
    made = create_app(Settings(data=tmp_path_factory.mktemp("contract"), admin_token=TOKEN, log_level="error"))
    yield made
    made.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def deuren(app: Flask) -> Mapping[str, Deur]:
    """Per API a way in, to an omgeving with something in it."""
    client = app.test_client()
    admin = {"Authorization": f"Bearer {TOKEN}"}
    for naam in (NAAM, "beheer", "aansluiting", "wegwerp"):
        assert client.post("/__admin/v1/omgevingen", json={"naam": naam}, headers=admin).status_code == 201
    here = {"X-Simulator-Omgeving": NAAM}
    session = client.post("/__admin/v1/sessies", json={"persona": "actief"}, headers=admin | here).get_json()
    headers = {
        "berichtenbox": here | {"X-API-Key": "demo-voorbeeldstad"},
        # Who may end a connection would close the doors of the others.
        "aansluiting": {"X-Simulator-Omgeving": "aansluiting", "X-API-Key": "demo-voorbeeldstad"},
        "facturatie": here | {"X-API-Key": "demo-voorbeeldstad"},
        "verbruik": here | {"X-API-Key": "demo-voorbeeldstad"},
        "lopende-zaken": here | {"X-API-Key": "demo-voorbeeldstad"},
        "weblinks": here | {"X-API-Key": "demo-voorbeeldstad"},
        "persoonlijke-gegevens": here | {"X-API-Key": "demo-voorbeeldstad"},
        "conformiteit": here | {"X-API-Key": "demo-voorbeeldstad"},
        "brp": here | {"X-API-Key": "demo-voorbeeldstad"},
        "portaal": here | {"Authorization": f"Bearer {session['token']}"},
        "control": admin | {"X-Simulator-Omgeving": "beheer"},  # whose clock may go anywhere
    }
    present = _deliver(app, headers["berichtenbox"], headers["portaal"])
    return {api.name: Deur(api.prefix, headers[api.name], present) for api in APIS}


def _deliver(app: Flask, afnemer: Mapping[str, str], burger: Mapping[str, str]) -> Mapping[str, str | int]:
    client, base, batch_id = app.test_client(), "/api/berichtenbox/v1", guid()
    sent = dict(afnemer) | {"X-Message-ID": guid()}
    document = aanlevering_json(bericht_json(Bijlagen=[bijlage_json()]))
    status_id = client.post(f"{base}/berichten", json=document, headers=sent).get_json()["statusID"]
    xml = batch_xml(batch_id, bericht_xml(batch_id))
    assert client.post(f"{base}/batches", data=xml, content_type="application/xml", headers=afnemer).status_code == 202
    berichten = client.get("/api/portaal/v1/berichten", headers=burger).get_json()["berichten"]
    kenmerk = next(each["id"] for each in berichten if each["aantalBijlagen"])
    zaak = client.put("/api/lopende-zaken/v1/zaken/B0366", json=zaak_json(), headers=afnemer)
    assert zaak.status_code == 201, zaak.text
    eigen = client.get("/api/portaal/v1/zaken", headers=burger).get_json()["zaken"]
    return {
        "statusId": status_id, "batchId": batch_id, "code": "ALGEMEEN", "kenmerk": kenmerk, "volgorde": 1,
        "oin": "00000099000000001000", "namensOin": "00000099000000002000", "sleutel": "1", "naam": "wegwerp",
        "dienst": "berichtenbox", "domein": "voorbeeldstad.example", "identificatie": "B0366",
        "zaakKenmerk": eigen[0]["id"], "weblink": _register_weblink(app),
        "nummer": _invoice(app), "volgnummer": 1, "jaar": 2019,
    }  # fmt: skip


def _register_weblink(app: Flask) -> str:
    """A weblink of Gemeente Voorbeeldstad, by its id for the outside."""
    with app.extensions["omgevingen"].get(NAAM).unit_of_work() as uow:
        return public_id(registratie.register_weblink(uow, 1, "https://mijn.voorbeeldstad.example/dossiers/1", ()))


def _invoice(app: Flask) -> str:
    """An invoice of Gemeente Voorbeeldstad, by its number."""
    omgeving = app.extensions["omgevingen"].get(NAAM)
    jaar = omgeving.now().year
    facturatie.beheer.set_tarief(omgeving, jaar, {"prijs": "0.45"})
    vraag = facturatie.beheer.Voorschotvraag("00000099000000001000", jaar, 1_000)
    return str(facturatie.beheer.make_voorschot(omgeving, vraag)[0].nummer)

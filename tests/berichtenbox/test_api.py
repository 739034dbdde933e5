"""The interface for Afnemers over HTTP: shapes, headers, refusals with their rules."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

import simulator
from simulator.afnemers import require_afnemer, seed
from simulator.berichtenbox import api
from simulator.berichtenbox.usecases.berichttypes import seed_berichttypes
from simulator.berichtenbox.usecases.controle import check_berichten
from simulator.infra import http
from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen
from simulator.settings import Settings
from tests.berichtenbox.documents import aanlevering_json, batch_xml, bericht_json, bericht_xml, bijlage_json, guid

STAD, MEER, VERZENDHUIS = "demo-voorbeeldstad", "demo-voorbeeldmeer", "demo-verzendhuis"
XSD = etree.XMLSchema(file=str(Path(simulator.__file__).parent / "berichtenbox/xsd/GLOBEBatchResponse.xsd"))
R = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/Types/2009/01"
S = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/BerichtResultaat/Types/2009/01"


class Client:
    """An Afnemer's program in one omgeving."""

    def __init__(self, client: FlaskClient, omgeving: Omgeving) -> None:
        self.client, self.omgeving = client, omgeving
        self.root = f"/omgevingen/{omgeving.naam}{api.prefix}"

    def send(self, method: str, path: str, sleutel: str = STAD, **options: Any) -> TestResponse:
        headers = {"X-API-Key": sleutel} | options.pop("headers", {})
        return self.client.open(
            path if path.startswith("http") else self.root + path, method=method, headers=headers, **options
        )

    def deliver(
        self, document: Any, sleutel: str = STAD, message_id: str | None = None, **options: Any
    ) -> TestResponse:
        headers = {"X-Message-ID": message_id or guid()} | options.pop("headers", {})
        body = {"data": document} if isinstance(document, bytes) else {"json": document}
        return self.send("POST", "/berichten", sleutel, headers=headers, **body, **options)

    def deliver_xml(self, body: bytes, sleutel: str = STAD, content_type: str = "application/xml") -> TestResponse:
        return self.send("POST", "/batches", sleutel, data=body, content_type=content_type)


@pytest.fixture
def client(omgeving: Omgeving, omgevingen: Omgevingen) -> Iterator[Client]:
    with omgeving.unit_of_work() as uow:
        seed_berichttypes(uow, seed.load_afnemers(Settings().fixtures_dir / "afnemers"))
        uow.change_state(klok=start_klok(Modus.STIL, uow.moment))
    app = Flask("berichtenbox-test", static_folder=None)
    http.install(app, omgevingen, {api.prefix: api.version})
    app.before_request(require_afnemer)
    app.register_blueprint(api.blueprint)
    yield Client(app.test_client(), omgeving)
    assert not check_berichten(omgeving)


def nu(client: Client) -> str:
    return f"{client.omgeving.now():%Y-%m-%dT%H:%M:%SZ}"


def assert_problem(response: TestResponse, status: int, regel: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem: dict[str, Any] = response.get_json()
    assert problem["regel"]["id"] == regel
    assert problem["error"]
    assert "\n" not in problem["error"]
    return problem


def test_a_delivery_is_acknowledged_and_its_status_says_what_became_of_it(client: Client) -> None:
    goed, fout = bericht_json(), bericht_json(GebruikerID="999990020")
    response = client.deliver(aanlevering_json(goed, fout))
    assert response.status_code == 201
    bewijs = response.get_json()
    assert set(bewijs) == {"statusID", "statusURI"}
    assert response.headers["Location"] == bewijs["statusURI"]
    assert response.headers["API-Version"] == api.version
    status = client.send("GET", bewijs["statusURI"]).get_json()
    assert (status["id"], status["status"]) == (bewijs["statusID"], "REPORT")
    assert status["created"].endswith("Z")
    verwerkt = status["context"]["Verwerkt"]
    assert verwerkt["Berichten"][0] == {
        "BerichtID": goed["BerichtID"], "BerichtType": "ALGEMEEN", "VerwerkingsCode": "Verwerkt", "Stadium": "NA",
    }  # fmt: skip
    assert verwerkt["Berichten"][1]["VerwerkingsCode"] == "NietActiefOfGeabonneerd"
    assert verwerkt["Berichten"][1]["Regel"] == "BB-geabonneerd"
    assert verwerkt["Berichten"][1]["Toelichting"]
    tellers = {naam: aantal for naam, aantal in verwerkt["BatchInformatie"].items() if "Aantal" in naam and aantal}
    assert tellers == {
        "TotaalAantalOntvangenBerichten": 2, "AantalBerichtenSuccesvolVerwerkt": 1,
        "AantalBerichtenGeenActieveBoxOfGeabonneertOpLeverancier": 1,
    }  # fmt: skip


def test_a_status_is_for_the_owner_and_who_holds_its_mandate_only(client: Client) -> None:
    uri = client.deliver(aanlevering_json()).get_json()["statusURI"]
    assert client.send("GET", uri, STAD).status_code == 200
    assert client.send("GET", uri, VERZENDHUIS).status_code == 200
    assert_problem(client.send("GET", uri, MEER), 404, "BB-status-eigenaar")
    assert_problem(client.send("GET", f"/status/{guid()}"), 404, "BB-status-eigenaar")


def test_the_one_in_whose_name_was_delivered_sees_it_too(client: Client) -> None:
    uri = client.deliver(aanlevering_json(), VERZENDHUIS).get_json()["statusURI"]
    assert client.send("GET", uri, STAD).status_code == 200


def test_a_status_goes_from_received_through_in_progress_to_report(client: Client) -> None:
    with client.omgeving.unit_of_work() as uow:
        uow.change_state(verwerkingstijd=10.0)
    begin = client.omgeving.now()
    uri = client.deliver(aanlevering_json()).get_json()["statusURI"]
    gezien = []
    for seconden in (0, 6, 10):
        with client.omgeving.unit_of_work() as uow:
            uow.change_state(klok=start_klok(Modus.STIL, begin + timedelta(seconds=seconden)))
        status = client.send("GET", uri).get_json()
        gezien.append((status["status"], status["context"]["Verwerkt"] is None))
    assert gezien == [("RECEIVED", True), ("IN_PROGRESS", True), ("REPORT", False)]


def test_the_same_message_again_gets_the_same_answer_and_another_a_conflict(client: Client) -> None:
    document, message_id = aanlevering_json(), guid()
    eerste = client.deliver(document, message_id=message_id)
    assert client.deliver(document, message_id=message_id).get_json() == eerste.get_json()
    problem = assert_problem(client.deliver(aanlevering_json(), message_id=message_id), 409, "BB-message-id-eenmalig")
    assert problem["statusID"] == eerste.get_json()["statusID"]


@pytest.mark.parametrize(
    "message_id", ["", "geen-uuid", "11111111222233334444555555555555", "{11111111-2222-3333-4444-555555555555}"]
)
def test_a_delivery_needs_a_uuid_of_its_own(client: Client, message_id: str) -> None:
    headers = {"X-Message-ID": message_id} if message_id else {}
    assert_problem(client.send("POST", "/berichten", json=aanlevering_json(), headers=headers), 400, "BB-message-id")


def test_all_errors_of_a_delivery_are_told_at_once_with_their_place(client: Client) -> None:
    response = client.deliver(
        aanlevering_json(bericht_json(Onderwerp="", BerichtTekst="x"), bericht_json(GebruikerID=None))
    )
    problem = assert_problem(response, 400, "BB-onderwerp-lengte")
    assert {error["pointer"] for error in problem["errors"]} == {
        "/Berichten/0", "/Berichten/0/Onderwerp", "/Berichten/1/GebruikerID",
    }  # fmt: skip
    assert any("bedoelt u Berichttekst?" in error["detail"] for error in problem["errors"])


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 200_000, b"\xff\xfe", b'"\\ud800"', b"null"])
def test_a_body_that_is_no_delivery_is_a_400(client: Client, body: bytes) -> None:
    response = client.deliver(body, content_type="application/json")
    assert response.status_code == 400
    assert response.get_json()["error"]


@pytest.mark.parametrize("path", ["/berichten", "/batches", "/abonnementen/_valideren", "/berichttypes"])
def test_another_content_type_is_a_415(client: Client, path: str) -> None:
    headers = {"X-Message-ID": guid()}
    response = client.send("POST", path, data=b"a=b", content_type="application/x-www-form-urlencoded", headers=headers)
    assert_problem(response, 415, "SIM-inhoudstype")


@pytest.mark.parametrize(
    ("path", "content_type"), [("/berichten", "application/json"), ("/batches", "application/xml")]
)
def test_more_than_100_mb_is_refused_by_its_length_alone(client: Client, path: str, content_type: str) -> None:
    lengte = {"CONTENT_LENGTH": "200000000"}
    headers = {"X-Message-ID": guid()}
    response = client.send(
        "POST", path, data=b"x", content_type=content_type, headers=headers, environ_overrides=lengte
    )
    assert_problem(response, 413, "BB-omvang")


@pytest.mark.parametrize("sleutel", ["", "onbekend"])
def test_without_a_key_there_is_no_entry(client: Client, sleutel: str) -> None:
    response = client.deliver(aanlevering_json(), sleutel)
    assert response.status_code == 401


def test_nul_and_other_control_characters_are_refused(client: Client) -> None:
    assert_problem(client.deliver(aanlevering_json(bericht_json(Onderwerp="a\x00b"))), 400, "BB-tekens")
    assert_problem(
        client.deliver_xml(batch_xml(guid(), bericht_xml(guid(), Onderwerp="a\x00b"))), 400, "BB-xml-welgevormd"
    )


def test_a_bijlage_travels_in_base64(client: Client) -> None:
    document = aanlevering_json(bericht_json(Bijlagen=[bijlage_json(), bijlage_json()]))
    uri = client.deliver(document).get_json()["statusURI"]
    (bericht,) = client.send("GET", uri).get_json()["context"]["Verwerkt"]["Berichten"]
    assert bericht["VerwerkingsCode"] == "Verwerkt"


def test_a_batch_gives_the_result_document_of_the_koppelvlak(client: Client) -> None:
    batch_id = guid()
    goed, fout = guid(), guid()
    body = batch_xml(
        batch_id,
        bericht_xml(batch_id, BerichtID=goed),
        bericht_xml(batch_id, BerichtID=fout, BerichtType="OUD"),
        AanmaakDatum=nu(client),
    )
    response = client.deliver_xml(body)
    assert response.status_code == 202
    assert response.get_json()["BatchID"] == batch_id
    resultaat = client.send("GET", response.headers["Location"])
    assert resultaat.mimetype == "application/xml"
    root = etree.fromstring(resultaat.data)
    XSD.assertValid(root)
    assert (root.tag, root.prefix, root[1][0].prefix) == (f"{{{R}}}BerichtVerwerkResponse", "ns3", "ns2")
    assert [element.tag for element in root[0]] == [
        "BerichtLeverancierCode", "BatchID", "TotaalAantalOntvangenBerichten", "AantalBerichtenSuccesvolVerwerkt",
        "AantalBerichtenGeenActieveBoxOfGeabonneertOpLeverancier", "AantalBerichtenMetTechnischProbleem",
        "AantalBerichtenBerichtTypeNietCorrect", "AantalBerichtenPublicatieDatumNietCorrect",
        "AantalBerichtenAanmaakDatumNietCorrect", "DatumOntvangen", "DatumVerwerkt",
    ]  # fmt: skip
    assert [element.text for element in root[0]][:9] == [
        "00000099000000001000",
        batch_id,
        "2",
        "1",
        "0",
        "0",
        "1",
        "0",
        "0",
    ]
    assert [[child.text for child in bericht] for bericht in root[1]] == [
        [goed, "ALGEMEEN", "Verwerkt", "NA"],
        [fout, "OUD", "BerichtTypeNietOndersteund", "NA"],
    ]
    assert {bericht.tag for bericht in root[1]} == {f"{{{S}}}Bericht"}
    assert [child.tag for child in root[1][0]] == ["BerichtID", "BerichtType", "VerwerkingsCode", "Stadium"]


def test_a_batch_that_fails_the_schema_is_taken_and_answered_without_berichtid(client: Client) -> None:
    batch_id = guid()
    body = batch_xml(
        batch_id, bericht_xml(batch_id, Onderwerp="x" * 51), bericht_xml(batch_id), AanmaakDatum=nu(client)
    )
    bewijs = client.deliver_xml(body, content_type="text/xml; charset=utf-8").get_json()
    root = etree.fromstring(client.send("GET", bewijs["resultaatURI"]).data)
    XSD.assertValid(root)
    assert [child.text for child in root[1][0]] == [
        "00000000-0000-0000-0000-000000000000",
        None,
        "XmlValidatieTegenXsdValtNegatiefUit",
        "NA",
    ]
    assert root.findtext("BatchInformatie/BatchID") == batch_id
    assert root.findtext("BatchInformatie/TotaalAantalOntvangenBerichten") == "2"
    assert root.findtext("BatchInformatie/AantalBerichtenMetTechnischProbleem") == "2"
    status = client.send("GET", bewijs["statusURI"]).get_json()
    (bericht,) = status["context"]["Verwerkt"]["Berichten"]
    assert bericht["Regel"] == "BB-xsd"
    assert "BB-onderwerp-lengte" in bericht["Toelichting"]
    assert "regel 2" in bericht["Toelichting"]


def test_a_batch_with_anothers_oin_is_answered_without_berichtid(client: Client) -> None:
    batch_id = guid()
    body = batch_xml(batch_id, bericht_xml(batch_id), AanmaakDatum=nu(client))
    assert client.deliver_xml(body, MEER).status_code == 202
    root = etree.fromstring(client.send("GET", f"/batches/{batch_id}/resultaat", MEER).data)
    assert [child.text for child in root[1][0]] == [
        "00000000-0000-0000-0000-000000000000", "ALGEMEEN", "OinInCPAKomtNietOvereenMetOinInBericht", "NA",
    ]  # fmt: skip
    assert_problem(client.send("GET", f"/batches/{batch_id}/resultaat", STAD), 404, "BB-status-eigenaar")


def test_the_result_is_that_of_the_last_offer(client: Client) -> None:
    batch_id, bericht_id = guid(), guid()
    fout = batch_xml(batch_id, bericht_xml(batch_id, BerichtID=bericht_id, BerichtType="OUD"), AanmaakDatum=nu(client))
    goed = batch_xml(batch_id, bericht_xml(batch_id, BerichtID=bericht_id), AanmaakDatum=nu(client))
    codes = []
    for body in (fout, goed, goed):
        client.deliver_xml(body)
        root = etree.fromstring(client.send("GET", f"/batches/{batch_id}/resultaat").data)
        codes.append(root.findtext(".//VerwerkingsCode"))
    assert codes == ["BerichtTypeNietOndersteund", "Verwerkt", "BerichtBestaatAl"]


def test_a_result_that_is_not_there_yet_says_when_to_ask_again(client: Client) -> None:
    with client.omgeving.unit_of_work() as uow:
        uow.change_state(verwerkingstijd=30.0)
    batch_id = guid()
    client.deliver_xml(batch_xml(batch_id, bericht_xml(batch_id), AanmaakDatum=nu(client)))
    response = client.send("GET", f"/batches/{batch_id}/resultaat")
    assert_problem(response, 404, "BB-resultaat-klaar")
    assert 30 <= int(response.headers["Retry-After"]) <= 31


def test_on_a_quick_clock_a_result_is_there_sooner(client: Client) -> None:
    with client.omgeving.unit_of_work() as uow:
        uow.change_state(verwerkingstijd=3600.0, klok=start_klok(Modus.VERSNELD, factor=60.0))
    batch_id = guid()
    client.deliver_xml(batch_xml(batch_id, bericht_xml(batch_id), AanmaakDatum=nu(client)))
    response = client.send("GET", f"/batches/{batch_id}/resultaat")
    assert 30 < int(response.headers["Retry-After"]) <= 61


def test_the_result_is_of_the_last_offer_also_when_the_clock_was_set_back(client: Client) -> None:
    batch_id, klok = guid(), client.omgeving.state.klok
    goed = bericht_xml(batch_id)
    fout = goed.replace("ALGEMEEN", "BESTAATNIET"[:8])
    begin = nu(client)
    for body, dagen in ((fout, 5), (goed, 0)):
        with client.omgeving.unit_of_work() as uow:
            uow.change_state(klok=klok.moved_to(klok.micros() + dagen * 86_400_000_000))
        client.deliver_xml(batch_xml(batch_id, body, AanmaakDatum=begin))
    root = etree.fromstring(client.send("GET", f"/batches/{batch_id}/resultaat").data)
    assert root.findtext(".//VerwerkingsCode") == "Verwerkt"


@pytest.mark.parametrize(
    ("body", "status", "regel"),
    [
        (b"<a", 400, "BB-xml-welgevormd"),
        (b"", 400, "BB-xml-welgevormd"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 400, "BB-xml-doctype"),
        (b'<?xml version="1.0" encoding="latin1"?><a/>', 415, "BB-xml-codering"),
        (b"<a/>", 400, "BB-batchid"),
    ],
)
def test_xml_that_cannot_be_answered_is_refused(client: Client, body: bytes, status: int, regel: str) -> None:
    assert_problem(client.deliver_xml(body), status, regel)


def test_a_charset_other_than_utf8_is_refused_by_its_header(client: Client) -> None:
    response = client.deliver_xml(b"<a/>", content_type="application/xml; charset=iso-8859-1")
    assert_problem(response, 415, "BB-xml-codering")


def test_subscriptions_are_checked_per_bsn_and_berichttype(client: Client) -> None:
    bsns = ["999990019", "999990020", "999990032", "999990056", "123456782", "999990018"]
    vraag = {"berichtTypeCode": "ALGEMEEN", "gebruikers": bsns}
    antwoord = client.send("POST", "/abonnementen/_valideren", json=vraag).get_json()
    assert [each["isBerichtSturen"] for each in antwoord["abonnementen"]] == [True, False, False, True, False, False]
    assert [each["gebruiker"] for each in antwoord["abonnementen"]] == bsns
    inactief = client.send("POST", "/abonnementen/_valideren", json=vraag | {"berichtTypeCode": "OUD"}).get_json()
    assert not any(each["isBerichtSturen"] for each in inactief["abonnementen"])


@pytest.mark.parametrize(("aantal", "status"), [(0, 400), (250, 200), (251, 400)])
def test_a_check_takes_one_to_250_bsns(client: Client, aantal: int, status: int) -> None:
    vraag = {"berichtTypeCode": "ALGEMEEN", "gebruikers": ["999990019"] * aantal}
    assert client.send("POST", "/abonnementen/_valideren", json=vraag).status_code == status


def test_a_berichttype_is_made_used_and_switched_off(client: Client) -> None:
    made = client.send("POST", "/berichttypes", json={"code": "NIEUW", "omschrijving": "Nieuw"})
    assert (made.status_code, made.get_json()) == (201, {"code": "NIEUW", "omschrijving": "Nieuw", "actief": True})
    assert_problem(
        client.send("POST", "/berichttypes", json={"code": "NIEUW", "omschrijving": "x"}), 409, "BB-berichttype-uniek"
    )
    assert _code(client, "NIEUW") == "Verwerkt"
    off = client.send("PATCH", "/berichttypes/NIEUW", json={"actief": False})
    assert off.get_json() == {"code": "NIEUW", "omschrijving": "Nieuw", "actief": False}
    assert _code(client, "NIEUW") == "BerichtTypeNietOndersteund"
    codes = [each["code"] for each in client.send("GET", "/berichttypes").get_json()["berichttypes"]]
    assert codes == sorted(codes)
    assert "NIEUW" in codes
    assert_problem(
        client.send("PATCH", "/berichttypes/NIEUW", MEER, json={"actief": True}), 404, "BB-berichttype-bekend"
    )


@pytest.mark.parametrize("code", ["", "NEGENLANG", "a/b", "a b", "AB\n", "é", "a\x00"])
def test_a_code_that_cannot_stand_in_a_path_is_refused(client: Client, code: str) -> None:
    assert client.send("POST", "/berichttypes", json={"code": code, "omschrijving": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/bestaat-niet"), ("GET", "/berichttypes/"), ("PUT", "/berichten")]
)
def test_what_the_router_refuses_has_its_line_of_text_too(client: Client, method: str, path: str) -> None:
    problem = client.send(method, path).get_json(force=True)
    assert problem["error"] == " ".join(problem["detail"].split())


def test_a_nul_in_a_path_is_merely_not_found(client: Client) -> None:
    assert_problem(client.send("PATCH", "/berichttypes/a%00b", json={"actief": True}), 404, "BB-berichttype-bekend")
    assert client.send("GET", "/status/a%00b").status_code == 404
    assert client.send("GET", "/batches/a%00b/resultaat").status_code == 404


def _code(client: Client, berichttype: str) -> str:
    uri = client.deliver(aanlevering_json(bericht_json(BerichtType=berichttype))).get_json()["statusURI"]
    code: str = client.send("GET", uri).get_json()["context"]["Verwerkt"]["Berichten"][0]["VerwerkingsCode"]
    return code


def test_the_openapi_document_describes_every_route() -> None:
    document = api.openapi()
    assert set(document["paths"]) == {
        "/berichten", "/status/{statusId}", "/batches", "/batches/{batchId}/resultaat", "/abonnementen/_valideren",
        "/berichttypes", "/berichttypes/{code}",
    }  # fmt: skip
    assert json.dumps(document)


def test_two_omgevingen_share_nothing(client: Client, omgevingen: Omgevingen) -> None:
    uri = client.deliver(aanlevering_json()).get_json()["statusURI"]
    status_id = uri.rsplit("/", 1)[1]
    from simulator.infra.omgevingen import NieuweOmgeving

    naam = f"ander-{uuid4().hex[:8]}"
    ander = omgevingen.create(NieuweOmgeving(naam))
    try:
        assert Client(client.client, ander).send("GET", f"/status/{status_id}").status_code == 404
    finally:
        omgevingen.drop(naam)

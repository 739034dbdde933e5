"""The conformity report: per rule how it was exercised with the proof, and a digest that anybody can make again."""

import hashlib
import json
from typing import Any

import pytest

from simulator import __version__
from simulator.conformiteit.rules.maskering import keep_bericht
from tests.berichtenbox.documents import bericht_json, guid
from tests.conformiteit.verkeer import BB, LZ, NU, PG, Verkeer, done
from tests.journeys.actors import advance, hold_clock
from tests.running import Wereld

RAPPORT = "/api/conformiteit/v1/rapport"


@pytest.fixture
def verkeer(wereld: Wereld) -> Verkeer:
    hold_clock(wereld, NU)
    return Verkeer(wereld)


def regel(rapport: dict[str, Any], naam: str) -> dict[str, Any]:
    (found,) = [each for each in rapport["feiten"]["regels"] if each["id"] == naam]
    return dict(found)


def test_a_rule_says_how_it_was_exercised_and_a_refusal_brings_its_exchange(verkeer: Verkeer) -> None:
    verkeer.deliver(bericht_json(Onderwerp="Voor 999990019"))
    assert verkeer.deliver(bericht_json(Onderwerp="")).status_code == 400
    rapport = verkeer.rapport()
    assert regel(rapport, "BB-geabonneerd")["uitkomst"] == "geslaagd"
    assert regel(rapport, "BB-geabonneerd")["punten"] == ["bb-aangeleverd"]
    assert regel(rapport, "BB-xml-doctype")["uitkomst"] == "niet geraakt"
    assert not [
        each["id"]
        for each in rapport["feiten"]["regels"]
        if each["punten"] and not each["geslaagd"] + each["geweigerd"]
    ]
    lengte = regel(rapport, "BB-onderwerp-lengte")
    assert (lengte["uitkomst"], lengte["geslaagd"], lengte["geweigerd"]) == ("geweigerd", 0, 1)
    (nummer,) = lengte["uitwisselingen"]
    exchange = rapport["feiten"]["uitwisselingen"][nummer - 1]
    assert (exchange["methode"], exchange["pad"], exchange["status"]) == ("POST", f"{BB}/berichten", 400)
    assert json.loads(exchange["verzoek"]["inhoud"])["Berichten"][0]["Onderwerp"] == ""
    assert json.loads(exchange["antwoord"]["inhoud"])["regel"]["id"] == "BB-onderwerp-lengte"


def test_no_exchange_carries_a_key_or_a_bsn_and_none_is_long(verkeer: Verkeer) -> None:
    verkeer.deliver(bericht_json(Onderwerp="", Berichttekst="x" * 3000))
    verkeer.check_abonnementen()
    feiten = verkeer.rapport()["feiten"]
    assert len(feiten["uitwisselingen"]) == 2
    assert "demo-voorbeeldstad" not in json.dumps(feiten)
    assert "999990019" not in json.dumps(feiten["uitwisselingen"])
    assert '"gebruikers": ["*********"]' in feiten["uitwisselingen"][0]["verzoek"]["inhoud"]
    long = next(each["verzoek"] for each in feiten["uitwisselingen"] if each["status"] == 400)
    assert (len(long["inhoud"]), long["ingekort"]) == (2000, True)


def test_what_an_afnemer_entrusts_to_us_is_in_no_report(verkeer: Verkeer) -> None:
    secret, sleutel = 'geheim-van-de-"afnemer"', "sleutel-van-de-bron"
    basis = "https://api.voorbeeldstad.example"
    koppeling = {"zakenApi": f"{basis}/zaken", "catalogiApi": f"{basis}/catalogi", "clientId": "mo", "secret": secret}
    done(verkeer.ask("PUT", f"{LZ}/zgw-koppeling", json=koppeling))
    bron = {"titel": "Diploma", "categorie": "onderwijs", "url": f"{basis}/bron", "sleutel": sleutel}
    done(verkeer.ask("PUT", f"{PG}/bronnen/diploma", json=bron))
    kept = verkeer.ask("GET", RAPPORT).text
    page = verkeer.ask("GET", RAPPORT, headers={"Accept": "text/html"}).text
    for text in (kept, page):
        assert "api.voorbeeldstad.example/bron" in text
        assert "geheim-van" not in text
        assert "afnemer\\" not in text
        assert sleutel not in text


@pytest.mark.parametrize(
    "inhoud",
    [
        '{"secret": "geheim", "a": 1}',
        '{"sleutel":"x\\"geheim\\\\", "a": 1}',
        r'{"s\u0065cret" : "geheim", "a": 1}',
        '{"secret": ["geheim", {"b": "geheim"}], "a": 2}',
        '{"secret": geheim, "a": 1}',
        '{"a: 1, "Secret": "geheim',
        '{"secret": "geheim' + "x" * 9000,
        '{"a": "' + "x" * 1980 + '", "secret": "geheim"}',
    ],
)
def test_a_secret_is_unreadable_however_it_was_sent(inhoud: str) -> None:
    kept = keep_bericht((), inhoud.encode())
    assert "geheim" not in kept.inhoud
    assert kept.ingekort == (len(inhoud) > 2000)


def test_of_each_kind_of_exchange_two_are_kept(verkeer: Verkeer) -> None:
    for _ in range(5):
        verkeer.deliver(bericht_json(Onderwerp=""))
        verkeer.ask("GET", f"{BB}/berichttypes")
    soorten = [each["soort"] for each in verkeer.rapport()["feiten"]["uitwisselingen"]]
    assert (
        sorted(soorten)
        == ["berichtenbox.deliver_berichten 400 BB-onderwerp-lengte"] * 2 + ["berichtenbox.show_berichttypes 200"] * 2
    )


def test_a_delivery_that_was_accepted_has_its_proof_in_the_tables(verkeer: Verkeer) -> None:
    message_id = guid()
    status_id = verkeer.deliver(message_id=message_id).json()["statusID"]
    (dienst, *_) = verkeer.rapport()["feiten"]["diensten"]
    (punt,) = [each for each in dienst["punten"] if each["id"] == "bb-aangeleverd"]
    bewijs = punt["bewijs"]["bewijs"]
    assert (bewijs["kenmerk"], bewijs["statusID"], bewijs["VerwerkingsCode"]) == (message_id, status_id, "Verwerkt")
    assert len(bewijs["inhoudSha256"]) == 64
    assert punt["bewijs"]["moment"] == NU


def test_the_same_facts_at_the_same_clock_have_the_same_digest_and_others_another(verkeer: Verkeer) -> None:
    verkeer.deliver()
    advance(verkeer.wereld, "PT1S")  # the e-mail about it has gone out
    first, again = verkeer.rapport(), verkeer.rapport()
    assert first["digest"] == again["digest"]
    assert first["gemaaktOp"] != again["gemaaktOp"]
    canonical = json.dumps(first["feiten"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == first["digest"]
    verkeer.deliver()
    assert verkeer.rapport()["digest"] != first["digest"]


def test_the_report_says_what_reproduces_the_run(verkeer: Verkeer) -> None:
    feiten = verkeer.rapport()["feiten"]
    assert feiten["simulator"] == {
        "versie": __version__, "omgeving": verkeer.wereld.naam, "seed": 1, "modus": "stil", "klok": NU,
    }  # fmt: skip
    assert feiten["afnemer"] == {"oin": "00000099000000001000", "naam": "Gemeente Voorbeeldstad"}


def test_coverage_is_what_was_touched_of_what_can_be(verkeer: Verkeer) -> None:
    before = verkeer.rapport()["feiten"]["dekking"]
    assert (before["geraakt"], before["procent"]) == (0, 0)
    verkeer.deliver()
    feiten = verkeer.rapport()["feiten"]
    touched = [each for each in feiten["regels"] if each["uitkomst"] != "niet geraakt"]
    dekking = feiten["dekking"]
    assert (dekking["geraakt"], dekking["bereikbaar"]) == (len(touched), len(feiten["regels"]))
    assert dekking["procent"] == 100 * len(touched) // len(feiten["regels"]) > 0
    assert sum(groep["geraakt"] for groep in dekking["groepen"]) == len(touched)
    meer = verkeer.wereld.afnemer("GET", "/api/conformiteit/v1/rapport", "demo-voorbeeldmeer").json()["feiten"]
    assert meer["dekking"]["bereikbaar"] < dekking["bereikbaar"]  # one dienst only


def test_a_reset_leaves_nothing_behind(verkeer: Verkeer) -> None:
    verkeer.deliver(bericht_json(Onderwerp=""))
    verkeer.deliver(bericht_json(Onderwerp=""))
    verkeer.wereld.control("POST", f"/omgevingen/{verkeer.wereld.naam}/_legen", json={}).raise_for_status()
    assert verkeer.rapport()["feiten"]["uitwisselingen"] == []
    verkeer.deliver(bericht_json(Onderwerp=""))
    assert len(verkeer.rapport()["feiten"]["uitwisselingen"]) == 1


def test_who_has_no_key_has_no_report(verkeer: Verkeer) -> None:
    assert verkeer.wereld.afnemer("GET", "/api/conformiteit/v1/rapport", "geen").status_code == 401

from tests.control.conftest import Beheer

VOORBEELDSTAD = "00000099000000001000"
BELASTINGEN = "00000099000000002000"
VERZENDHUIS = "00000099000000009000"
NIEUW = "00000099000000005000"
BERICHT = {
    "BerichtID": "6e1b8f0e-0000-4000-8000-000000000001",
    "BerichtType": "ALGEMEEN",
    "GebruikerID": "999990019",
    "Onderwerp": "Een",
    "Berichttekst": "x",
}


def test_the_demo_afnemers_are_there_without_their_keys(beheer: Beheer) -> None:
    answer = beheer.ask("GET", "/afnemers")
    found = {each["oin"]: each for each in answer.json["afnemers"]}
    assert len(found) == 5
    assert found[VERZENDHUIS]["namens"] == [VOORBEELDSTAD]
    assert found[VOORBEELDSTAD]["sleutels"][0]["hint"] == "stad"
    assert "demo-" not in answer.text


def test_a_new_afnemer_gets_in_with_the_key_that_was_shown_once(beheer: Beheer) -> None:
    made = beheer.ask("POST", "/afnemers", {"oin": NIEUW, "naam": "Gemeente Nieuw", "diensten": ["berichtenbox"]})
    assert (made.status_code, made.json["diensten"]) == (201, ["berichtenbox"])
    key = beheer.ask("POST", f"/afnemers/{NIEUW}/sleutels").json["sleutel"]
    assert beheer.get("/api/berichtenbox/v1/berichttypes", {"X-API-Key": key}).status_code == 200
    assert key not in beheer.ask("GET", f"/afnemers/{NIEUW}").text


def test_an_afnemer_has_a_sector_and_a_day_since_when_each_dienst_is_open(beheer: Beheer) -> None:
    body = {"oin": NIEUW, "naam": "Pensioenfonds Voorbeeld", "sector": "privaat", "sinds": "2025-06-01"}
    made = beheer.ask("POST", "/afnemers", body).json
    assert (made["sector"], made["aansluitingen"]) == (
        "privaat",
        [{"dienst": "berichtenbox", "sinds": "2025-06-01", "sluiting": None}],
    )
    assert beheer.ask("PATCH", f"/afnemers/{NIEUW}", {"sector": "rijk"}).json["sector"] == "rijk"


def test_an_oin_is_of_one_afnemer(beheer: Beheer) -> None:
    answer = beheer.ask("POST", "/afnemers", {"oin": VOORBEELDSTAD, "naam": "Nog een"})
    assert (answer.status_code, answer.json["regel"]["id"]) == (409, "AF-oin-uniek")


def test_a_wrong_oin_is_refused_with_its_rule(beheer: Beheer) -> None:
    answer = beheer.ask("POST", "/afnemers", {"oin": "123", "naam": "Kort"})
    assert (answer.status_code, answer.json["regel"]["id"]) == (400, "AF-oin")


def test_an_unknown_dienst_is_refused(beheer: Beheer) -> None:
    answer = beheer.ask("POST", "/afnemers", {"oin": NIEUW, "naam": "x", "diensten": ["koffie"]})
    assert (answer.status_code, answer.json["regel"]["id"]) == (400, "SIM-json-schema")


def test_an_afnemer_can_be_renamed_and_closed(beheer: Beheer) -> None:
    answer = beheer.ask("PATCH", f"/afnemers/{VOORBEELDSTAD}", {"naam": "Gemeente Anders", "actief": False})
    assert (answer.json["naam"], answer.json["actief"]) == ("Gemeente Anders", False)
    assert len(answer.json["diensten"]) == 3
    closed = beheer.get("/api/berichtenbox/v1/berichttypes", {"X-API-Key": "demo-voorbeeldstad"})
    assert (closed.status_code, closed.json["regel"]["id"]) == (403, "AF-actief")


def test_changing_an_afnemer_that_is_not_there_is_a_404(beheer: Beheer) -> None:
    assert beheer.ask("PATCH", f"/afnemers/{NIEUW}", {"naam": "x"}).status_code == 404
    assert beheer.ask("POST", f"/afnemers/{NIEUW}/sleutels").status_code == 404


def test_a_key_is_revoked_by_its_hint_and_is_useless_from_then_on(beheer: Beheer) -> None:
    assert beheer.ask("DELETE", f"/afnemers/{VOORBEELDSTAD}/sleutels/stad").status_code == 204
    refused = beheer.get("/api/berichtenbox/v1/berichttypes", {"X-API-Key": "demo-voorbeeldstad"})
    assert (refused.status_code, refused.json["regel"]["id"]) == (401, "AF-sleutel-geldig")


def test_a_key_of_another_afnemer_cannot_be_revoked_through_this_one(beheer: Beheer) -> None:
    sleutel = beheer.ask("GET", f"/afnemers/{BELASTINGEN}").json["sleutels"][0]["id"]
    answer = beheer.ask("DELETE", f"/afnemers/{VOORBEELDSTAD}/sleutels/{sleutel}")
    assert (answer.status_code, answer.json["regel"]["id"]) == (404, "SIM-sleutel-aanwijzen")
    assert beheer.get("/api/berichtenbox/v1/berichttypes", {"X-API-Key": "demo-belastingen"}).status_code == 200


def test_a_mandaat_lets_an_intermediair_deliver_and_without_it_no_longer(beheer: Beheer) -> None:
    path = f"/afnemers/{VERZENDHUIS}/mandaten/{BELASTINGEN}"
    assert beheer.ask("PUT", path).json["namens"] == [VOORBEELDSTAD, BELASTINGEN]
    assert beheer.deliver("demo-verzendhuis", BELASTINGEN, BERICHT).status_code == 201
    regels = beheer.get("/api/verbruik/v1/verbruik", {"X-API-Key": "demo-belastingen"}).json["regels"]
    assert [regel["aantal"] for regel in regels] == [1]
    assert beheer.ask("DELETE", path).status_code == 204
    assert beheer.ask("GET", f"/afnemers/{VERZENDHUIS}").json["namens"] == [VOORBEELDSTAD]


def test_nobody_needs_a_mandaat_for_itself(beheer: Beheer) -> None:
    answer = beheer.ask("PUT", f"/afnemers/{VERZENDHUIS}/mandaten/{VERZENDHUIS}")
    assert (answer.status_code, answer.json["regel"]["id"]) == (400, "AF-mandaat")


def test_everything_here_asks_the_token(beheer: Beheer) -> None:
    answer = beheer.ask("GET", "/afnemers", Authorization="Bearer fout")
    assert (answer.status_code, answer.json["regel"]["id"]) == (401, "SIM-beheer-token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"

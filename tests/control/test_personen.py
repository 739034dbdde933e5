import pytest

from tests.control.conftest import Beheer

ACTIEF, NIET_ACTIEF, MINDERJARIG = "999990019", "999990032", "999990093"
GEWOON = "999000019"
VOORBEELDSTAD = "00000099000000001000"
BERICHT = {
    "BerichtID": "6e1b8f0e-0000-4000-8000-000000000002",
    "BerichtType": "ALGEMEEN",
    "GebruikerID": ACTIEF,
    "Onderwerp": "Een",
    "Berichttekst": "x",
}


def test_a_persona_shows_all_that_a_test_may_ask(beheer: Beheer) -> None:
    found = beheer.ask("POST", "/gebruikers/_tonen", {"bsn": ACTIEF}).json
    assert (found["persona"], found["box"], found["digidNiveau"]) == ("actief", "actief", "midden")
    assert found["voorkeuren"][VOORBEELDSTAD] is True


def test_somebody_who_was_never_stored_is_computed(beheer: Beheer) -> None:
    found = beheer.ask("POST", "/gebruikers/_tonen", {"bsn": GEWOON}).json
    assert found["persona"] is None
    assert found["naam"]


def test_nobody_lives_outside_the_range(beheer: Beheer) -> None:
    answer = beheer.ask("POST", "/gebruikers/_tonen", {"bsn": "111222333"})
    assert (answer.status_code, answer.json["type"].split(":")[-1]) == (404, "gebruiker-onbekend")


@pytest.mark.parametrize("bsn", ["999990010", "12345678", "abcdefghi", ""])
def test_what_is_no_bsn_is_refused_and_never_repeated(beheer: Beheer, bsn: str) -> None:
    answer = beheer.ask("POST", "/gebruikers/_tonen", {"bsn": bsn})
    assert answer.status_code == 400
    assert answer.json["regel"]["id"] in {"GB-bsn", "SIM-json-schema"}


def test_the_personas_are_listed_by_bsn(beheer: Beheer) -> None:
    personas = beheer.ask("GET", "/personas").json["personas"]
    assert len(personas) == 12
    assert [each["bsn"] for each in personas] == sorted(each["bsn"] for each in personas)


def test_a_change_holds_for_the_next_delivery(beheer: Beheer) -> None:
    bericht = BERICHT | {"GebruikerID": NIET_ACTIEF}
    changed = beheer.ask("POST", "/gebruikers/_wijzigen", {"bsn": NIET_ACTIEF, "boxActief": True}).json
    assert changed["box"] == "actief"
    status = beheer.deliver("demo-voorbeeldstad", VOORBEELDSTAD, bericht).json["statusURI"]
    found = beheer.get(status.split("localhost")[-1], {"X-API-Key": "demo-voorbeeldstad"}).json
    assert found["context"]["Verwerkt"]["Berichten"][0]["VerwerkingsCode"] == "Verwerkt"


def test_email_kennisgeving_and_voorkeuren_change_together(beheer: Beheer) -> None:
    body = {"bsn": ACTIEF, "email": "nieuw@voorbeeld.example", "herhaling": False, "voorkeuren": {VOORBEELDSTAD: False}}
    changed = beheer.ask("POST", "/gebruikers/_wijzigen", body).json
    assert (changed["email"], changed["herhaling"], changed["kennisgeving"]) == ("nieuw@voorbeeld.example", False, True)
    assert changed["voorkeuren"][VOORBEELDSTAD] is False
    assert beheer.ask("POST", "/gebruikers/_wijzigen", {"bsn": ACTIEF, "email": ""}).json["email"] is None


@pytest.mark.parametrize(
    ("change", "regel"),
    [
        ({"email": "geen adres"}, "GB-email"),
        ({"email": "", "kennisgeving": True}, "GB-kennisgeving-adres"),
        ({"voorkeuren": {"00000099000000007777": True}}, "SIM-organisatie"),
    ],
)
def test_a_change_is_made_as_a_whole_or_not_at_all(beheer: Beheer, change: dict[str, object], regel: str) -> None:
    before = beheer.ask("POST", "/gebruikers/_tonen", {"bsn": ACTIEF}).json
    answer = beheer.ask("POST", "/gebruikers/_wijzigen", {"bsn": ACTIEF, "boxActief": False} | change)
    assert (answer.status_code, answer.json["regel"]["id"]) == (400, regel)
    assert beheer.ask("POST", "/gebruikers/_tonen", {"bsn": ACTIEF}).json == before


def test_a_minor_never_gets_a_box(beheer: Beheer) -> None:
    answer = beheer.ask("POST", "/gebruikers/_wijzigen", {"bsn": MINDERJARIG, "boxActief": True})
    assert (answer.status_code, answer.json["regel"]["id"]) == (409, "GB-box-bestaat")


@pytest.mark.parametrize("wie", [{"persona": "actief"}, {"bsn": ACTIEF}])
def test_a_session_without_pages_opens_the_mailbox(beheer: Beheer, wie: dict[str, str]) -> None:
    made = beheer.ask("POST", "/sessies", wie)
    assert (made.status_code, made.json["cookie"]) == (201, f"sessie-{beheer.naam}")
    inbox = beheer.get("/api/portaal/v1/berichten", {"Authorization": f"Bearer {made.json['token']}"})
    assert inbox.status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        ({}, 400, "wie-onduidelijk"),
        ({"bsn": ACTIEF, "persona": "actief"}, 400, "wie-onduidelijk"),
        ({"persona": "niemand"}, 404, "persona-onbekend"),
        ({"persona": "alleen-basis"}, 403, None),
        ({"persona": "actief", "niveau": "hoog"}, 400, "json-ongeldig"),
    ],
)
def test_a_session_that_cannot_be_says_why(beheer: Beheer, body: dict[str, str], status: int, slug: str | None) -> None:
    answer = beheer.ask("POST", "/sessies", body)
    assert answer.status_code == status
    assert slug is None or answer.json["type"].endswith(slug)


def test_a_code_that_was_sent_is_on_the_phone(beheer: Beheer) -> None:
    browser = beheer.app.test_client()
    beheer.app.config["WTF_CSRF_ENABLED"] = False
    form = {"gebruikersnaam": "actief", "wachtwoord": "Simulator-1!", "niveau": "midden"}
    browser.post("/digid/inloggen", data=form, headers={"X-Simulator-Omgeving": beheer.naam})
    beheer.app.config["WTF_CSRF_ENABLED"] = True
    smsen = beheer.ask("POST", "/telefoon/_lezen", {"bsn": ACTIEF}).json["smsen"]
    assert smsen[0]["code"] in smsen[0]["tekst"]
    assert beheer.ask("POST", "/telefoon/_lezen", {"bsn": MINDERJARIG}).json["smsen"] == []


@pytest.mark.artikel("1-afnemersoverleg")
@pytest.mark.artikel("3.4")
def test_the_level_that_mijnoverheid_asks_can_be_lowered_from_a_moment_on(beheer: Beheer) -> None:
    assert beheer.ask("GET", "/zekerheidsniveaus").json["niveau"] == "midden"
    later = beheer.ask("POST", "/zekerheidsniveaus", {"niveau": "basis", "vanaf": "2090-01-01T00:00:00Z"}).json
    assert later["niveau"] == "midden"
    now = beheer.ask("POST", "/zekerheidsniveaus", {"niveau": "basis"}).json
    assert (now["niveau"], len(now["besluiten"])) == ("basis", len(later["besluiten"]) + 1)


def test_a_kennisgeving_can_be_read_by_a_test(beheer: Beheer) -> None:
    beheer.deliver("demo-voorbeeldstad", VOORBEELDSTAD, BERICHT)
    beheer.ask("POST", "/klok/_vooruit", {"seconden": 1})
    everybody = beheer.ask("POST", "/kennisgevingen/_zoeken", {}).json["kennisgevingen"]
    mine = beheer.ask("POST", "/kennisgevingen/_zoeken", {"bsn": ACTIEF}).json["kennisgevingen"]
    assert mine == everybody
    assert [(each["adres"], each["status"]) for each in mine] == [("actief@voorbeeld.example", "verzonden")]
    other = beheer.ask("POST", "/kennisgevingen/_zoeken", {"bsn": NIET_ACTIEF}).json
    assert other["kennisgevingen"] == []

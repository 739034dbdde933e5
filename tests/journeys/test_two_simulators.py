"""Two simulators on one PostgreSQL, as on two machines: what is changed at the one is looked for at the other."""

import ast
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests

from tests.architecture.source import PROGRAM, SourceFile
from tests.berichtenbox.documents import bericht_json, guid
from tests.journeys.actors import ACTIEF, STAD, Afnemer, Browser, Programma, advance, hold_clock, mails_to, wait_for
from tests.lopende_zaken.documents import zaak_json
from tests.running import Wereld, running_simulator

pytestmark = pytest.mark.postgres
BEGIN = "2026-11-23T10:00:00Z"
VERZENDHUIS, BELASTINGEN = "00000099000000009000", "00000099000000002000"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Samen:
    """One omgeving, seen through two simulators."""

    hier: Wereld
    daar: Wereld


@pytest.fixture(scope="module")
def _two(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Samen]:
    url = new_database()
    with (
        running_simulator(tmp_path_factory.mktemp("hier"), database_url=url) as hier,
        running_simulator(tmp_path_factory.mktemp("daar"), database_url=url) as daar,
    ):
        yield Samen(Wereld(hier, "standaard"), Wereld(daar, "standaard"))


@pytest.fixture
def samen(_two: Samen) -> Iterator[Samen]:
    naam = f"samen-{next(_numbers)}"
    _two.hier.control("POST", "/omgevingen", json={"naam": naam, "seed": 5}).raise_for_status()
    samen = Samen(replace(_two.hier, naam=naam), replace(_two.daar, naam=naam))
    assert Afnemer(samen.hier).used() == Afnemer(samen.daar).used() == 0  # both have loaded what they cache
    yield samen
    _two.daar.control("DELETE", f"/omgevingen/{naam}")


def outcome(wereld: Wereld, key: str = "demo-voorbeeldstad", **velden: str) -> str:
    """Deliver one bericht: its Verwerkingscode, or the status of the refusal."""
    leverancier = velden.pop("leverancier", STAD)
    afnemer = Afnemer(wereld, key)
    answer = afnemer.offer(bericht_json(**velden), leverancier=leverancier)
    if answer.status_code != 201:
        return str(answer.status_code)
    (bericht,) = afnemer.status(answer.json()["statusID"])["context"]["Verwerkt"]["Berichten"]
    return str(bericht["VerwerkingsCode"])


def ask_control(wereld: Wereld, method: str, path: str, **json: Any) -> Any:
    answer = wereld.control(method, path, **({"json": json} if json or method == "POST" else {}))
    assert answer.ok, answer.text
    return answer.json() if answer.content else None


def klok(wereld: Wereld) -> tuple[str, str]:
    seen = ask_control(wereld, "GET", "/klok")
    return seen["modus"], seen["moment"]


def test_there_is_one_clock(samen: Samen) -> None:
    hold_clock(samen.hier, BEGIN)
    assert klok(samen.daar) == ("stil", BEGIN)
    advance(samen.daar, "PT1H")
    assert klok(samen.hier) == ("stil", "2026-11-23T11:00:00Z")
    ask_control(samen.hier, "PUT", "/klok", modus="versneld", factor=86400.0)
    assert wait_for(lambda: klok(samen.daar)[1] > "2026-11-24")
    ask_control(samen.daar, "PUT", "/klok", modus="echt")
    assert klok(samen.hier)[0] == "echt"


def test_what_is_planned_here_is_done_when_the_clock_is_moved_there(samen: Samen) -> None:
    hold_clock(samen.hier, BEGIN)
    assert outcome(samen.hier, PublicatieDatum="2026-11-25T09:00:00Z") == "Verwerkt"
    advance(samen.daar, "PT46H59M")
    assert mails_to(samen.hier) == mails_to(samen.daar) == []
    advance(samen.daar, "PT1M")
    (mail,) = mails_to(samen.hier)
    assert mail["moment"] == "2026-11-25T09:00:00Z"
    advance(samen.hier, "P21D")
    assert [each["soort"] for each in mails_to(samen.daar)] == ["herhaling", "nieuw"]


def test_the_agenda_does_everything_once_whoever_planned_it(samen: Samen) -> None:
    with ThreadPoolExecutor(8) as pool:
        both = itertools.islice(itertools.cycle((samen.hier, samen.daar)), 60)
        assert set(pool.map(outcome, both)) == {"Verwerkt"}
    assert wait_for(lambda: len(mails_to(samen.daar)) >= 60)
    advance(samen.hier, "PT1H")
    assert len(mails_to(samen.hier)) == len(mails_to(samen.daar)) == 60
    assert Afnemer(samen.hier).used() == Afnemer(samen.daar).used() == 60


def test_one_message_id_offered_here_and_there_at_once_is_one_delivery(samen: Samen) -> None:
    bericht, message_id = bericht_json(), guid()
    with ThreadPoolExecutor(8) as pool:
        both = itertools.islice(itertools.cycle((samen.hier, samen.daar)), 16)
        answers = list(pool.map(lambda wereld: Afnemer(wereld).offer(bericht, message_id=message_id), both))
    taken = [answer for answer in answers if answer.status_code == 201]
    assert {answer.status_code for answer in answers} <= {201, 503}
    assert len({answer.json()["statusID"] for answer in taken}) == 1
    assert Afnemer(samen.daar).used() == 1


def test_an_afnemer_that_is_changed_here_is_changed_there(samen: Samen) -> None:
    assert outcome(samen.daar) == "Verwerkt"
    ask_control(samen.hier, "PATCH", f"/afnemers/{STAD}", actief=False)
    assert outcome(samen.daar) == "403"
    ask_control(samen.hier, "PATCH", f"/afnemers/{STAD}", actief=True)
    assert outcome(samen.daar) == "Verwerkt"
    ask_control(samen.hier, "PATCH", f"/afnemers/{STAD}", diensten=[])
    assert outcome(samen.daar) == "403"


def test_a_key_that_is_given_or_revoked_here_is_so_there(samen: Samen) -> None:
    nieuw = ask_control(samen.hier, "POST", f"/afnemers/{STAD}/sleutels")
    assert outcome(samen.daar, nieuw["sleutel"]) == "Verwerkt"
    ask_control(samen.hier, "DELETE", f"/afnemers/{STAD}/sleutels/{nieuw['id']}")
    assert outcome(samen.daar, nieuw["sleutel"]) == "401"


def test_a_mandaat_that_is_given_or_taken_back_here_is_so_there(samen: Samen) -> None:
    def deliver_in_its_name() -> str:
        return outcome(samen.daar, "demo-verzendhuis", leverancier=BELASTINGEN)

    before = deliver_in_its_name()
    ask_control(samen.hier, "PUT", f"/afnemers/{VERZENDHUIS}/mandaten/{BELASTINGEN}")
    assert deliver_in_its_name() == "Verwerkt"
    ask_control(samen.hier, "DELETE", f"/afnemers/{VERZENDHUIS}/mandaten/{BELASTINGEN}")
    assert deliver_in_its_name() == before != "Verwerkt"


def test_a_berichttype_that_is_made_or_stopped_here_is_so_there(samen: Samen) -> None:
    assert outcome(samen.daar, BerichtType="NIEUW") != "Verwerkt"
    answer = Afnemer(samen.hier).ask("POST", "/berichttypes", json={"code": "NIEUW", "omschrijving": "Nieuw"})
    assert answer.status_code == 201
    assert outcome(samen.daar, BerichtType="NIEUW") == "Verwerkt"
    assert Afnemer(samen.hier).ask("PATCH", "/berichttypes/NIEUW", json={"actief": False}).ok
    assert outcome(samen.daar, BerichtType="NIEUW") != "Verwerkt"


def zaak_outcome(wereld: Wereld, **velden: str) -> int:
    """Deliver a zaak: the status of the answer."""
    path = f"/api/lopende-zaken/v1/zaken/{guid()}"
    return wereld.afnemer("PUT", path, json=zaak_json(**velden), headers={"X-Message-ID": guid()}).status_code


def put_zaaktype(wereld: Wereld) -> None:
    zaaktype = {"omschrijving": "Nieuw", "statustypen": [{"volgnummer": 1, "omschrijving": "Begonnen"}]}
    wereld.afnemer("PUT", "/api/lopende-zaken/v1/zaaktypen/NIEUW", json=zaaktype).raise_for_status()


@dataclass(frozen=True)
class Cached:
    """A record that each simulator caches: what changes it, and what a user sees of it."""

    change: Callable[[Wereld], object]
    look: Callable[[Wereld], object]


CACHED = {
    "afnemers.index": Cached(lambda wereld: ask_control(wereld, "PATCH", f"/afnemers/{STAD}", actief=False), outcome),
    "berichtenbox.berichttypes": Cached(
        lambda wereld: Afnemer(wereld).ask("POST", "/berichttypes", json={"code": "NIEUW", "omschrijving": "Nieuw"}),
        lambda wereld: outcome(wereld, BerichtType="NIEUW"),
    ),
    "digid.besluiten": Cached(
        lambda wereld: ask_control(wereld, "POST", "/zekerheidsniveaus", niveau="basis"),
        lambda wereld: ask_control(wereld, "GET", "/zekerheidsniveaus")["niveau"],
    ),
    "lopende_zaken.zaaktypen": Cached(put_zaaktype, lambda wereld: zaak_outcome(wereld, zaaktype="NIEUW")),
    "weblinks.domeinen": Cached(
        lambda wereld: wereld.afnemer("PUT", "/api/weblinks/v1/domeinen/nieuw.example"),
        lambda wereld: zaak_outcome(wereld, weblink="https://nieuw.example/zaak"),
    ),
}
OF_ONE_PROCESS = {
    "conformiteit.monsters": "how many samples it knows of; the database keeps out one too many",
    "weblinks.geheugen": "what a website answered a moment ago, to ask it less often",
}


@pytest.mark.parametrize("key", CACHED)
def test_a_cached_record_that_is_changed_here_is_another_there(samen: Samen, key: str) -> None:
    cached = CACHED[key]
    before = cached.look(samen.daar)
    assert cached.look(samen.hier) == before
    cached.change(samen.hier)
    assert cached.look(samen.daar) == cached.look(samen.hier) != before


def cached_keys(file: SourceFile) -> Iterator[str]:
    """The first argument of each call of ``cached``, also when that is a constant of the file."""
    constants = {ast.unparse(node.targets[0]): node.value for node in file.tree.body if isinstance(node, ast.Assign)}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cached":
            key = constants.get(ast.unparse(node.args[0]), node.args[0])
            yield ast.literal_eval(key)


def test_every_record_that_is_cached_is_looked_at_here() -> None:
    assert {key for file in PROGRAM for key in cached_keys(file)} == CACHED.keys() | OF_ONE_PROCESS.keys()


def test_what_a_gebruiker_changes_here_counts_there(samen: Samen) -> None:
    assert outcome(samen.daar) == "Verwerkt"
    ask_control(samen.hier, "POST", "/gebruikers/_wijzigen", bsn=ACTIEF, voorkeuren={STAD: False})
    assert outcome(samen.daar) == "NietActiefOfGeabonneerd"
    ask_control(samen.daar, "POST", "/gebruikers/_wijzigen", bsn=ACTIEF, voorkeuren={STAD: True})
    assert outcome(samen.hier) == "Verwerkt"


def test_a_setting_that_is_changed_here_counts_there(samen: Samen) -> None:
    hold_clock(samen.daar, BEGIN)
    ask_control(samen.hier, "PATCH", "/instellingen", verwerkingstijd=60)
    assert ask_control(samen.daar, "GET", "/instellingen")["verwerkingstijd"] == 60
    bewijs = Afnemer(samen.daar).offer(bericht_json()).json()
    assert Afnemer(samen.daar).status(bewijs["statusID"])["status"] == "RECEIVED"
    advance(samen.hier, "PT1M")
    assert Afnemer(samen.daar).status(bewijs["statusID"])["status"] == "REPORT"


def naam_of(wereld: Wereld) -> Any:
    return ask_control(wereld, "POST", "/gebruikers/_tonen", bsn="999000019")["naam"]


def test_an_omgeving_that_is_emptied_here_is_empty_there_with_other_people_by_another_seed(samen: Samen) -> None:
    assert outcome(samen.daar) == "Verwerkt"
    programma, before = Programma.log_in(samen.daar), naam_of(samen.daar)
    path = f"/omgevingen/{samen.hier.naam}/_legen"
    samen.hier.simulator.control("POST", path, json={"seed": 6}).raise_for_status()
    assert Afnemer(samen.daar).used() == 0
    assert programma.ask("GET", "/overzicht").status_code == 401
    assert naam_of(samen.daar) == naam_of(samen.hier) != before
    assert outcome(samen.daar) == outcome(samen.hier) == "Verwerkt"


def test_an_omgeving_that_is_dropped_here_is_gone_there_and_its_name_is_free(samen: Samen) -> None:
    naam = samen.hier.naam
    samen.hier.simulator.control("DELETE", f"/omgevingen/{naam}").raise_for_status()
    assert outcome(samen.daar) == "404"
    samen.daar.simulator.control("POST", "/omgevingen", json={"naam": naam}).raise_for_status()
    assert outcome(samen.hier) == outcome(samen.daar) == "Verwerkt"
    assert Afnemer(samen.hier).used() == 2


def test_a_citizen_logs_in_with_each_step_at_another_simulator_and_is_out_at_both(samen: Samen) -> None:
    browser = Alternating(samen.hier)
    browser.others = itertools.cycle((samen.daar, samen.hier))
    browser.log_in()
    assert browser.open("/berichtenbox").url.endswith("/berichtenbox")
    assert browser.open("/berichtenbox").url.endswith("/berichtenbox")
    assert outcome(samen.daar, Onderwerp="Aan beide kanten") == "Verwerkt"
    browser.open("/berichtenbox")
    assert browser.subjects() == ["Aan beide kanten"]
    browser.send("/digid/uitloggen")
    for _ in range(2):
        assert "/digid/inloggen" in browser.open("/berichtenbox").url


class Alternating(Browser):
    """A browser behind a balancer: each request of its own goes to the next simulator."""

    others: Iterator[Wereld]

    def _absolute(self, path: str) -> str:
        self.wereld = next(self.others)
        return super()._absolute(path)


def test_guesses_of_a_password_here_and_there_add_up(samen: Samen) -> None:
    hold_clock(samen.hier, BEGIN)
    browser = Alternating(samen.hier)
    browser.others = itertools.cycle((samen.daar, samen.hier))
    text = ""
    for _ in range(12):
        browser.open("/digid/inloggen?naar=/berichtenbox")
        login = (("niveau", "midden"), ("gebruikersnaam", "actief"), ("wachtwoord", "geraden"))
        browser.send("/digid/inloggen", *login)
        text += browser.text()
        if "geblokkeerd" in text:
            return
    pytest.fail(text)


def test_sms_codes_and_sessions_of_here_are_known_there(samen: Samen) -> None:
    programma = Programma.log_in(samen.hier)
    assert replace(programma, wereld=samen.daar).berichten() == []
    assert requests.get(f"{samen.daar.simulator.base}/readyz", timeout=60).status_code == 200

"""Who takes part in a journey: an Afnemer's program, and a citizen with a browser without JavaScript; HTTP only."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import requests
from lxml import html

from tests.berichtenbox.documents import aanlevering_json, guid
from tests.running import Wereld

STAD = "00000099000000001000"
ACTIEF = "999990019"
WACHTWOORD = "Simulator-1!"
T = TypeVar("T")


@dataclass(frozen=True)
class Afnemer:
    """The program of an Afnemer: it delivers and asks what became of it."""

    wereld: Wereld
    key: str = "demo-voorbeeldstad"

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.wereld.afnemer(method, f"/api/berichtenbox/v1{path}", self.key, **options)

    def offer(self, *berichten: Mapping[str, Any], leverancier: str = STAD, message_id: str = "") -> requests.Response:
        document = aanlevering_json(*berichten, leverancier=leverancier)
        return self.ask("POST", "/berichten", json=document, headers={"X-Message-ID": message_id or guid()})

    def deliver(self, *berichten: Mapping[str, Any], leverancier: str = STAD) -> list[dict[str, Any]]:
        """Deliver and read the REPORT: what became of each bericht."""
        bewijs = self.offer(*berichten, leverancier=leverancier)
        assert bewijs.status_code == 201, bewijs.text
        status = self.status(bewijs.json()["statusID"])
        assert status["status"] == "REPORT"
        outcome: list[dict[str, Any]] = status["context"]["Verwerkt"]["Berichten"]
        return outcome

    def status(self, status_id: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/status/{status_id}")
        assert answer.status_code == 200, answer.text
        status: dict[str, Any] = answer.json()
        return status

    def used(self) -> int:
        answer = self.wereld.afnemer("GET", "/api/verbruik/v1/verbruik?van=2020-01-01&per=maand", self.key)
        assert answer.status_code == 200, answer.text
        totaal: int = answer.json()["totaal"]
        return totaal


@dataclass
class Browser:
    """A citizen's browser: it follows links and sends the forms that it was shown, hidden fields included."""

    wereld: Wereld
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.page: Any = html.fromstring("<html/>")  # lxml.html comes without types
        self.url = ""

    def open(self, path: str) -> requests.Response:
        return self._show(self.session.get(self._absolute(path), timeout=30))

    def send(self, action: str, *ticked: tuple[str, str], button: tuple[str, str] | None = None) -> requests.Response:
        """Send the form on this page that posts to ``action``, itself or by the ``formaction`` of a button."""
        form = next(each for each in self.page.forms if each.method == "POST" and _posts_to(each, action))
        answers = [(each.name, each.value or "") for each in form.xpath(".//input[@type='hidden']")]
        answers += [*ticked, *([button] if button else [])]
        return self._show(self.session.post(self._absolute(action), data=answers, timeout=30))

    def text(self) -> str:
        return " ".join(self.page.text_content().split())

    def log_in(self, gebruikersnaam: str = "actief") -> requests.Response:
        self.open("/digid/inloggen?naar=/berichtenbox")
        self.send(
            "/digid/inloggen", ("niveau", "midden"), ("gebruikersnaam", gebruikersnaam), ("wachtwoord", WACHTWOORD)
        )
        assert self.url.endswith("/digid/sms"), self.text()
        phone = html.fromstring(self.session.get(self._absolute("/digid/telefoon"), timeout=30).content)
        code = str(phone.xpath("string(//*[@data-sms-code])"))
        return self.send("/digid/sms", ("code", code))

    def subjects(self) -> list[str]:
        return [each.text_content().strip() for each in self.page.find_class("bericht-regel__onderwerp")]

    def kenmerk(self, onderwerp: str) -> str:
        (link,) = [each for each in self.page.find_class("bericht-regel__onderwerp") if each.text.strip() == onderwerp]
        return str(link.get("href").rpartition("/")[2])

    def _absolute(self, path: str) -> str:
        if path.startswith("/omgevingen/"):
            return self.wereld.simulator.base + path
        return path if path.startswith("http") else self.wereld.base + path

    def _show(self, answer: requests.Response) -> requests.Response:
        self.url = answer.url
        if "html" in answer.headers.get("Content-Type", ""):
            self.page = html.fromstring(answer.content)
        return answer


def _posts_to(form: Any, action: str) -> bool:
    targets = [form.action or "", *form.xpath(".//button/@formaction")]
    return any(re.sub(r"^/omgevingen/[^/]+", "", target) == action for target in targets)


@dataclass(frozen=True)
class Programma:
    """A program that acts for a citizen, with a session of the control API."""

    wereld: Wereld
    token: str

    @classmethod
    def log_in(cls, wereld: Wereld, persona: str = "actief") -> "Programma":
        answer = wereld.control("POST", "/sessies", json={"persona": persona})
        assert answer.status_code == 201, answer.text
        return cls(wereld, answer.json()["token"])

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(
            method, f"{self.wereld.base}/api/portaal/v1{path}", headers=headers, timeout=30, **options
        )

    def berichten(self, naam: str = "inbox") -> list[dict[str, Any]]:
        answer = self.ask("GET", f"/berichten?map={naam}")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["berichten"]
        return found


def mails_to(wereld: Wereld, bsn: str = ACTIEF) -> list[dict[str, Any]]:
    answer = wereld.control("POST", "/kennisgevingen/_zoeken", json={"bsn": bsn, "aantal": 1000})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["kennisgevingen"]
    return found


def advance(wereld: Wereld, duur: str) -> None:
    """Move the clock; all that is due is done before this returns."""
    answer = wereld.control("POST", "/klok/_vooruit", json={"duur": duur})
    assert answer.status_code == 200, answer.text
    assert answer.json()["wachtend"] == 0


def hold_clock(wereld: Wereld, moment: str) -> None:
    answer = wereld.control("PUT", "/klok", json={"modus": "stil", "moment": moment})
    assert answer.status_code == 200, answer.text


def wait_for(probe: Callable[[], T], seconds: float = 20.0) -> T:
    """What ``probe`` gives as soon as it gives something; for what a worker thread does in its own time."""
    until = time.monotonic() + seconds
    while True:
        found = probe()
        if found or time.monotonic() > until:
            return found
        time.sleep(0.05)

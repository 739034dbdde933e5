"""A citizen with a browser: DigiD with its SMS code, and the pages, found by the links that stand on them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from simulator.infra.ids import seeded
from simulator.load.visits.burger import NEW, pick_burger, wants
from simulator.load.visits.programma import as_beheerder
from simulator.load.visits.visit import OK, Check, Visit

WACHTWOORD = "Simulator-1!"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_LOGIN = frozenset({200, 403})  # some people cannot log in, and then a refusal is the right answer
_REFUSED = 403
_MIDDEN = {"naar": "/", "niveau": "midden"}
_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_CODE = re.compile(r"data-sms-code>([0-9-]+)<")
_PERSONA = re.compile(r'name="persona" value="([^"]+)"')
_UNREAD = re.compile(r'<li class="bericht-regel bericht-regel--ongelezen">.*?href="([^"]+)"', re.DOTALL)
_ZAAK = re.compile(r'<th scope="row"[^>]*><a href="([^"]*/lopende-zaken/[^"]+)"')
_CATEGORIE = "wonen"
# ASSUMPTION: three in four browsers were here before, and have kept the styles.
_NEW_BROWSERS = 25


@dataclass(slots=True)
class Browser:
    """What a citizen has open."""

    visit: Visit
    page: str = ""
    kept: set[str] = field(default_factory=set)

    def open(self, path: str, name: str, check: Check | None = None) -> None:
        """A page, and the styles on it that this browser does not have yet."""
        self._show(self.visit.ask("GET", path, name=name, expected=OK, check=check))

    def send(self, path: str, name: str, answers: Mapping[str, str], **judged: Any) -> int:
        """A form, with its hidden token; answers the status."""
        token = _TOKEN.search(self.page)
        body = urlencode({**answers, "csrf_token": token.group(1) if token else ""})
        headers = _FORM | {"Referer": self.visit.resolve("/")}
        given: dict[str, Any] = {"expected": OK, "data": body.encode(), "headers": headers} | judged
        answer = self.visit.ask("POST", path, name=name, **given)
        self._show(answer)
        return int(answer.status_code)

    def find(self, link: re.Pattern[str]) -> list[str]:
        """Where the links of this form on the page lead to."""
        return [self.visit.resolve(unescape(each)) for each in link.findall(self.page)]

    def _show(self, answer: Any) -> None:
        self.page = answer.text or ""
        if seeded(self.visit.number, "styles") % 100 < _NEW_BROWSERS:
            for uri in self.find(_STYLES):
                if uri not in self.kept:
                    self.kept.add(uri)
                    self.visit.ask("GET", uri, name="GET styles", expected=OK)


def use_browser(visit: Visit) -> None:
    """``browser``: log in with DigiD, read what is new, open what one came for, and log out."""
    visit.session = visit.service.new_session()
    browser = Browser(visit)
    if not _log_in(browser):
        return
    _read_berichten(browser)
    if wants(visit, "zaken"):
        _open_zaken(browser)
    if wants(visit, "gegevens"):
        visit.think()
        browser.open("/persoonlijke-gegevens", "GET /persoonlijke-gegevens", _check_page)
        visit.think()
        browser.open(f"/persoonlijke-gegevens/{_CATEGORIE}", "GET /persoonlijke-gegevens/…", _check_page)
    if wants(visit, "verwerkingen"):
        visit.think()
        path = "/persoonlijke-gegevens/wie-zag-mijn-gegevens"
        browser.open(path, f"GET {path}", _check_page)
    browser.send("/digid/uitloggen", "POST uitloggen", {})


def _log_in(browser: Browser) -> bool:
    """With a password and the code from the SMS; answers whether that was allowed."""
    visit = browser.visit
    name = _find_name(visit)
    browser.open("/digid/inloggen?naar=/", "GET inloggen", None if name else _check_personas)
    visit.think()
    if name:
        who = {"gebruikersnaam": name, "wachtwoord": WACHTWOORD}
    else:
        personas = _PERSONA.findall(browser.page)
        name = unescape(personas[visit.number % len(personas)])
        who = {"persona": name}
    # Who has two codes on the phone does not know which is for this browser.
    with visit.after_others(visit.service.phones[name]):
        status = browser.send("/digid/inloggen", "POST inloggen", _MIDDEN | who, expected=_LOGIN)
        if not visit.pass_door("DigiD refused the login" if status == _REFUSED else ""):
            return False
        phone = visit.ask("GET", "/digid/telefoon", name="GET telefoon", expected=OK, check=_check_phone)
        visit.think()
        code = _CODE.findall(phone.text)[0]
        browser.send("/digid/sms", "POST sms, GET home", {"code": code}, check=_check_page)
    return True


def _find_name(visit: Visit) -> str:
    """The user name, which the citizen knows by heart; without a token there are only the personas."""
    if not visit.service.plan.token:
        return ""
    answer = visit.ask(
        "POST", "/__admin/v1/gebruikers/_tonen", name="user name", expected=OK, headers=as_beheerder(visit),
        json={"bsn": pick_burger(visit)},
    )  # fmt: skip
    return str(answer.json()["gebruikersnaam"])


def _read_berichten(browser: Browser) -> None:
    browser.visit.think()
    browser.open("/berichtenbox", "GET /berichtenbox", _check_page)
    for uri in browser.find(_UNREAD)[:NEW]:
        browser.visit.think()
        browser.open(uri, "GET /berichtenbox/berichten/…", _check_page)


def _open_zaken(browser: Browser) -> None:
    browser.visit.think()
    browser.open("/lopende-zaken", "GET /lopende-zaken", _check_page)
    if not browser.find(_ZAAK):
        browser.open("/lopende-zaken/afgehandeld", "GET /lopende-zaken/afgehandeld", _check_page)
    for uri in browser.find(_ZAAK)[:1]:
        browser.visit.think()
        browser.open(uri, "GET /lopende-zaken/…", _check_page)


def _check_page(response: Any) -> str:
    """Who is logged in can log out; a page without that is the one to log in with."""
    return "" if "/digid/uitloggen" in response.text else "not logged in"


def _check_phone(response: Any) -> str:
    return "" if _CODE.search(response.text) else "no SMS code"


def _check_personas(response: Any) -> str:
    return "" if _PERSONA.search(response.text) else "no personas to log in as: give --token"

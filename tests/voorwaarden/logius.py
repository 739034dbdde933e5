"""Logius, the Minister and the Afnemersoverleg, steered over the control API."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests

from tests.journeys.actors import STAD, hold_clock
from tests.running import Wereld

NEDERLAND = ZoneInfo("Europe/Amsterdam")
SECOND = timedelta(seconds=1)


def dutch(dag: str, uur: str = "00:00") -> datetime:
    """A moment on the clocks of the Netherlands."""
    return datetime.combine(date.fromisoformat(dag), time.fromisoformat(uur), NEDERLAND).astimezone(UTC)


@dataclass(frozen=True)
class Logius:
    """Who announces, decides, and moves the clock of one omgeving."""

    wereld: Wereld

    def ask(self, method: str, path: str, body: Any = None) -> requests.Response:
        return self.wereld.control(method, path, json=body)

    def stand_still(self, moment: datetime) -> None:
        hold_clock(self.wereld, moment.isoformat())

    def move_to(self, moment: datetime) -> None:
        """Forward, with all that is due on the way."""
        answer = self.ask("POST", "/klok/_vooruit", {"tot": moment.isoformat()})
        assert (answer.status_code, answer.json()["wachtend"]) == (200, 0), answer.text

    def meet(self, datum: str, onderwerp: str = "Kwartaaloverleg") -> str:
        answer = self.ask("POST", "/afnemersoverleggen", {"datum": datum, "onderwerp": onderwerp})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def decide(self, overleg: str, inhoud: dict[str, Any], **more: Any) -> requests.Response:
        return self.ask("POST", "/besluiten", {"overleg": overleg, "inhoud": inhoud, **more})

    def decide_on_versie(self, versie: str, datum: str) -> None:
        answer = self.decide(self.meet(datum), {"soort": "voorwaarden", "versie": versie})
        assert answer.status_code == 201, answer.text

    def announce(self, versie: str, ingangsdatum: str) -> requests.Response:
        return self.ask(
            "POST",
            "/voorwaarden",
            {"versie": versie, "ingangsdatum": ingangsdatum, "samenvatting": "Nieuwe termijnen."},
        )

    def answer(self, wijziging: str, antwoord: str, oin: str = STAD) -> requests.Response:
        return self.ask("POST", f"/voorwaarden/{wijziging}/antwoorden", {"oin": oin, "antwoord": antwoord})

    def standen(self) -> dict[str, str]:
        """Where each Afnemer is with the newest change, by name."""
        wijziging = self.ask("GET", "/voorwaarden").json()["wijzigingen"][-1]
        return {each["naam"]: each["stand"] for each in wijziging["kennisgevingen"]}

    def versie(self) -> str:
        return str(self.ask("GET", "/voorwaarden").json()["versie"])


def regel_of(answer: requests.Response) -> tuple[int, str]:
    """The status of a refusal and the rule it cites."""
    return answer.status_code, answer.json()["regel"]["id"]

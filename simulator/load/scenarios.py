"""Who comes: the scenarios, what each brings, and how often it comes in a realistic mix."""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ABONNEMENTEN = 250


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of user; ``delivers`` says whether it brings messages, ``takes_token`` that it needs the control API."""

    what: str
    delivers: bool = True
    takes_token: bool = False


SCENARIOS = {
    "aanlevering": Scenario("delivers one message in JSON; one in a hundred is followed to its REPORT"),
    "status": Scenario("delivers one message in JSON, and asks for its status until the REPORT is there"),
    "batch": Scenario("delivers a batch in XML, and asks for its result until that is there"),
    "abonnementen": Scenario(f"checks the subscriptions of {MAX_ABONNEMENTEN} people", delivers=False),
    "zaak": Scenario("delivers a zaak, and its next statuses one by one", delivers=False),
    "gegevens": Scenario("delivers data about one person", delivers=False),
    "brp": Scenario("asks the BRP for one person", delivers=False),
    "burger": Scenario(
        "logs in, looks at the inbox, and reads what is new; only against this simulator, with its token",
        delivers=False,
        takes_token=True,
    ),
    "browser": Scenario(
        "a citizen with a browser: DigiD, home, Berichtenbox, zaken, gegevens; only against this simulator",
        delivers=False,
    ),
    "programma": Scenario(
        "the same by the API of the portaal, as an app does; only against this simulator, with its token",
        delivers=False,
        takes_token=True,
    ),
}

# What happens around 10,000 messages. In 2017 four organisations sent 94 in 100 of them (Belastingdienst 73, UWV 16,
# RDW 3, SVB 2), and such senders send batches. ASSUMPTION: of the small senders one in three looks what became of it;
# everybody is checked before, 250 at a time; 58 in 100 messages are read, three a visit (42 were not read after three
# weeks, in 2020).
_MESSAGES = {"aanlevering": 400, "status": 200, "batch": 9_400}
_VISITS = {"abonnementen": 40}
_READERS = 1_933
# ASSUMPTION: nothing is published on how many zaken and data are delivered, nor on how often the BRP is asked; large
# senders send no zaken, and a municipality that decides something asks the BRP more than once.
_OCHTEND = {"zaak": 200, "gegevens": 100, "brp": 500}
# Of ten million accounts four million have the app, in 2023; what it asks goes by the API.
_APPS = 0.4

MIXES = {
    "afnemers": "aanlevering, status, batch and abonnementen, in the proportions of the real thing",
    "mixed": "the same, and the burgers that read; only against this simulator, with its token",
    "ochtend": "a morning: afnemers, who also deliver zaken and gegevens and ask the BRP, and citizens with browsers "
    "and apps; only against this simulator, without its token all citizens are personas with a browser",
}
CHOICES = (*SCENARIOS, *MIXES)


@dataclass(frozen=True, slots=True)
class Mix:
    """The weight of each scenario, and how many messages an arrival brings on average (1 if none brings any)."""

    weights: Mapping[str, float]
    messages: float


def choose_mix(choice: str, batch: int, *, has_token: bool = True) -> Mix:
    """The mix of a choice of the user, a mix or one scenario, with batches of this size."""
    if choice in SCENARIOS:
        return Mix({choice: 1.0}, float(size_of(choice, batch) or 1))
    weights = {name: number / size_of(name, batch) for name, number in _MESSAGES.items()}
    weights |= {name: float(number) for name, number in _VISITS.items()}
    if choice == "mixed":
        weights["burger"] = float(_READERS)
    if choice == "ochtend":
        apps = _APPS * _READERS if has_token else 0.0
        weights |= {name: float(number) for name, number in _OCHTEND.items()}
        weights |= {"browser": _READERS - apps} | ({"programma": apps} if apps else {})
    return Mix(weights, sum(_MESSAGES.values()) / sum(weights.values()))


def takes_token(choice: str) -> bool:
    """Whether it cannot do without the control API of this simulator."""
    return any(SCENARIOS[name].takes_token for name in choose_mix(choice, 1, has_token=False).weights)


def size_of(scenario: str, batch: int) -> int:
    """How many messages one arrival brings, with batches of this size."""
    if scenario == "batch":
        return batch
    return int(SCENARIOS[scenario].delivers)

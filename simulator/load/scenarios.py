"""Who comes: the scenarios, what each brings, and how often it comes in a realistic mix."""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ABONNEMENTEN = 250


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of user; ``delivers`` says whether it brings messages, ``simulator_only`` that no other service has it."""

    what: str
    delivers: bool = True
    simulator_only: bool = False


SCENARIOS = {
    "aanlevering": Scenario("delivers one message in JSON, and goes"),
    "status": Scenario("delivers one message in JSON, and asks for its status until the REPORT is there"),
    "batch": Scenario("delivers a batch in XML, and asks for its result until that is there"),
    "abonnementen": Scenario(f"checks the subscriptions of {MAX_ABONNEMENTEN} people", delivers=False),
    "burger": Scenario(
        "logs in, looks at the inbox, and reads what is new; only against this simulator, with its token",
        delivers=False,
        simulator_only=True,
    ),
}

# What happens around 10,000 messages. In 2017 four organisations sent 94 in 100 of them (Belastingdienst 73, UWV 16,
# RDW 3, SVB 2), and such senders send batches. ASSUMPTION: of the small senders one in three looks what became of it;
# everybody is checked before, 250 at a time; 58 in 100 messages are read, three a visit (42 were not read after three
# weeks, in 2020).
_MESSAGES = {"aanlevering": 400, "status": 200, "batch": 9_400}
_VISITS = {"abonnementen": 40, "burger": 1_933}

MIXES = {
    "afnemers": "aanlevering, status, batch and abonnementen, in the proportions of the real thing",
    "mixed": "the same, and the burgers that read; only against this simulator, with its token",
}
CHOICES = (*SCENARIOS, *MIXES)


@dataclass(frozen=True, slots=True)
class Mix:
    """The weight of each scenario, and how many messages an arrival brings on average (1 if none brings any)."""

    weights: Mapping[str, float]
    messages: float


def choose_mix(choice: str, batch: int) -> Mix:
    """The mix of a choice of the user, a mix or one scenario, with batches of this size."""
    if choice in SCENARIOS:
        return Mix({choice: 1.0}, float(_size(choice, batch) or 1))
    weights = {name: number / _size(name, batch) for name, number in _MESSAGES.items()}
    weights |= {name: float(number) for name, number in _VISITS.items() if choice == "mixed" or name != "burger"}
    return Mix(weights, sum(_MESSAGES.values()) / sum(weights.values()))


def is_simulator_only(choice: str) -> bool:
    """Whether it takes the control API of this simulator."""
    return any(SCENARIOS[name].simulator_only for name in choose_mix(choice, 1).weights)


def _size(scenario: str, batch: int) -> int:
    if scenario == "batch":
        return batch
    return int(SCENARIOS[scenario].delivers)

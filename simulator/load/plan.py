"""What to send, where and how fast: every choice of a run, as a flag, a variable and a field of Locust's page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from simulator.load.budgets import read_budgets
from simulator.load.errors import Unusable
from simulator.load.scenarios import CHOICES, MIXES, SCENARIOS, Mix, choose_mix, takes_token
from simulator.load.shapes import SHAPES, Phase, plan_phases

PREFIX = "SIMULATOR_LOAD_"
MAX_BATCH = 1000
MAX_RATE = 100_000
_UNITS = {"s": 1, "m": 60, "h": 3600}


def _choice(default: Any, text: str, variable: str = "", choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"help": text, "variable": variable, "choices": choices})


@dataclass(frozen=True, slots=True)
class Plan:
    """All choices: field ``x_y`` is flag ``--x-y`` and variable ``SIMULATOR_LOAD_X_Y``, unless it has a shared one."""

    scenario: str = _choice("afnemers", "Who comes: one scenario, or a mix.", choices=CHOICES)
    shape: str = _choice("constant", "How the rate goes over time.", choices=tuple(SHAPES))
    rate: float = _choice(0.0, "Messages per second; 0 is what the shape itself takes.")
    duration: str = _choice("", "Such as 90s, 10m or 1h; empty is what the shape itself takes.")
    batch: int = _choice(100, "Messages in a batch, 1 to 1000.")
    key: str = _choice("demo-voorbeeldstad", "API key to deliver with.", "SIMULATOR_API_KEY")
    key_header: str = _choice("X-API-Key", "Header that carries the key.")
    oin: str = _choice("00000099000000001000", "BerichtLeverancierID: in whose name.")
    berichttype: str = _choice("ALGEMEEN", "BerichtType of the messages.")
    bsns: str = _choice("", "File with a BSN on each line; without it, the test numbers of the simulator.")
    budget: str = _choice("", "Budgets, such as 'p95=300 batch.errors=1% codes=Verwerkt'.")
    think: float = _choice(1.0, "Seconds that a citizen takes between two steps.")
    timeout: float = _choice(30.0, "Seconds to wait for an answer, and for a result.")
    connections: int = _choice(256, "Most connections at once, in each process.")
    insecure: bool = _choice(default=False, text="Accept any TLS certificate.")
    token: str = _choice("", "Token of the simulator's control API, for whoever logs in.", "SIMULATOR_ADMIN_TOKEN")
    output: str = _choice("", "Folder for run.json, the HTML report and the CSV files.")

    @property
    def mix(self) -> Mix:
        """Who comes, and how often."""
        return choose_mix(self.scenario, self.batch, has_token=bool(self.token))

    @property
    def phases(self) -> tuple[Phase, ...]:
        """How the rate goes."""
        return plan_phases(self.shape, self.rate, read_duration(self.duration))

    @property
    def seconds(self) -> float:
        """How long arrivals go on."""
        return sum(each.seconds for each in self.phases)

    def public(self) -> dict[str, Any]:
        """Every choice but the secrets, to write down."""
        hidden = {"key", "token", "output"}
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name not in hidden}

    @classmethod
    def variable_of(cls, name: str) -> str:
        """The environment variable of a choice."""
        (found,) = (each for each in fields(cls) if each.name == name)
        return str(found.metadata["variable"]) or PREFIX + name.upper()

    def as_variables(self) -> dict[str, str]:
        """The same as variables, so that no secret shows in a list of processes."""
        return {self.variable_of(each.name): str(getattr(self, each.name)) for each in fields(self)}


def make_plan(values: Mapping[str, Any]) -> Plan:
    """The plan of these values, others ignored; raises ``Unusable``."""
    plan = Plan(**{each.name: values[each.name] for each in fields(Plan) if each.name in values})
    limits = {
        "rate": (0, MAX_RATE),
        "batch": (1, MAX_BATCH),
        "think": (0, 3_600),
        "timeout": (0.1, 3_600),
        "connections": (1, 10_000),
    }
    for name, (low, high) in limits.items():
        if not low <= getattr(plan, name) <= high:
            raise Unusable(f"{name}: {getattr(plan, name)} is not between {low} and {high}")
    if takes_token(plan.scenario) and not plan.token:
        others = [name for name in (*SCENARIOS, *MIXES) if not takes_token(name)]
        raise Unusable(
            f"{plan.scenario} logs in through the control API of this simulator: give --token, or its --data folder; "
            f"against a service of your own choose {', '.join(others)}"
        )
    read_budgets(plan.budget)
    read_duration(plan.duration)
    read_people(plan.bsns)
    return plan


def read_duration(text: str) -> float:
    """Seconds of ``90s``, ``10m``, ``1h`` or a bare number; 0 for nothing; raises ``Unusable``."""
    number, unit = (text[:-1], _UNITS[text[-1]]) if text[-1:] in _UNITS else (text, 1)
    try:
        seconds = float(number or 0) * unit
    except ValueError:
        seconds = -1
    if not 0 <= seconds < float("inf"):
        raise Unusable(f"duration {text!r}: write it like 90s, 10m or 1h")
    return seconds


def read_people(file: str) -> tuple[str, ...]:
    """The BSNs in a file, one on a line; none when no file is named. Raises ``Unusable``."""
    if not file:
        return ()
    try:
        found = tuple(line.strip() for line in Path(file).read_text("utf-8").splitlines() if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"bsns: cannot read {file}: {error}") from error
    if not found or not all(len(each) == len("999990019") and each.isdigit() for each in found):
        raise Unusable(f"bsns: {file} needs a BSN of nine digits on each line")
    return found


def list_choices() -> list[tuple[str, str, str]]:
    """Kind, name and meaning of all that can be chosen by name, with the budget of each scenario."""
    budgets = read_budgets("")
    found = [
        ("scenario", name, f"{each.what} (p95 within {budgets[name].p95:,.0f} ms)") for name, each in SCENARIOS.items()
    ]
    found += [("mix", name, what) for name, what in MIXES.items()]
    return found + [
        ("shape", name, f"{each.what} ({each.rate:g}/s, {each.seconds} s)") for name, each in SHAPES.items()
    ]

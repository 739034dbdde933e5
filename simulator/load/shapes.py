"""How load arrives over time: pure functions from a shape to the moments at which somebody comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, islice

# ASSUMPTION: no day profile is published. Large senders release their batches in the early morning, citizens and small
# senders follow office hours. Weights per hour; the mean over the day is 1.
_DAY = (
    (0.2,) * 6 + (1.5, 2.5, 2.0, 2.0, 1.8, 1.6, 1.4, 1.4, 1.4, 1.2, 1.1, 1.0, 0.9, 0.9, 0.8, 0.6, 0.4, 0.3)
)  # fmt: skip
_PARTS = ("night",) * 6 + ("morning",) * 6 + ("afternoon",) * 6 + ("evening",) * 6
_STEPS = (0.01, 0.2, 1.0)
_SPIKE = 10.0


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time with one rate, in messages per second; results are counted per ``label``."""

    label: str
    seconds: float
    rate: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A named course of the rate; ``rate`` and ``seconds`` are what it takes when nobody says otherwise."""

    what: str
    rate: float
    seconds: float


SHAPES = {
    "constant": Shape("the same rate all the time", 10, 60),
    "steps": Shape("a hundredth, a fifth and all of the rate: 3, 60 and 300 messages/s", 300, 180),
    "february": Shape("a day of a million messages (12/s on average) in the peak month, played faster", 12, 600),
    "spike": Shape("the rate, then ten times as much for a fifth of the time, then the rate again", 10, 180),
    "soak": Shape("the same rate for long, counted per quarter, so that a slow decline shows", 60, 3600),
}


def plan_phases(name: str, rate: float = 0, seconds: float = 0) -> tuple[Phase, ...]:
    """The phases of a shape; 0 is what the shape itself takes."""
    shape = SHAPES[name]
    rate, seconds = rate or shape.rate, seconds or shape.seconds
    match name:
        case "steps":
            return tuple(Phase(f"{rate * each:g}/s", seconds / len(_STEPS), rate * each) for each in _STEPS)
        case "february":
            mean = sum(_DAY) / len(_DAY)
            hours = zip(_PARTS, _DAY, strict=True)
            return tuple(Phase(part, seconds / len(_DAY), rate * weight / mean) for part, weight in hours)
        case "spike":
            course = (("before", 0.4, 1), ("spike", 0.2, _SPIKE), ("after", 0.4, 1))
            return tuple(Phase(label, seconds * part, rate * factor) for label, part, factor in course)
        case "soak":
            return tuple(Phase(f"quarter {each}", seconds / 4, rate) for each in (1, 2, 3, 4))
        case _:
            return (Phase("all", seconds, rate),)


def sum_phases(phases: Sequence[Phase]) -> dict[str, float]:
    """The seconds of each label, in order."""
    return {
        label: sum(each.seconds for each in group) for label, group in groupby(phases, key=lambda phase: phase.label)
    }


def list_ends(phases: Sequence[Phase]) -> dict[str, float]:
    """When each label is over, in seconds from the start."""
    summed = sum_phases(phases)
    return dict(zip(summed, accumulate(summed.values()), strict=True))


def cut_phases(phases: Sequence[Phase], seconds: float) -> Iterator[Phase]:
    """What there was of them when it ended after so many seconds."""
    for phase in phases:
        if seconds > 0:
            yield replace(phase, seconds=min(phase.seconds, seconds))
        seconds -= phase.seconds


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes: ``moment`` is in seconds from the start, whatever the service makes of those before."""

    number: int
    moment: float
    phase: str
    scenario: str


def schedule(
    phases: Sequence[Phase], weights: Mapping[str, float], messages: float, *, share: tuple[int, int] = (0, 1)
) -> Iterator[Arrival]:
    """Every arrival in order of time; one brings ``messages`` on average. Share (2, 4): every fourth from 2."""
    pairs = zip(_moments(phases, messages), interleave(weights), strict=False)  # the second never ends
    numbered = (Arrival(number, *when, scenario) for number, (when, scenario) in enumerate(pairs))
    return islice(numbered, share[0], None, share[1])


def _moments(phases: Sequence[Phase], messages: float) -> Iterator[tuple[float, str]]:
    """Evenly spaced within a phase; what is due in part at the end of a phase carries over to the next."""
    begin, due = 0.0, 0.5  # the first comes in the middle of its interval, so that a run has no burst at its start
    for phase in phases:
        rate = phase.rate / messages
        expected, count = rate * phase.seconds, 0
        while rate and due + count < expected:
            yield begin + (due + count) / rate, phase.label
            count += 1
        due += count - expected
        begin += phase.seconds


def interleave(weights: Mapping[str, float]) -> Iterator[str]:
    """Names without end, each in its share and spread as evenly as can be: a short run has the right mix as well."""
    total = sum(weights.values())
    credit = dict.fromkeys(weights, 0.0)
    while True:
        for name, weight in weights.items():
            credit[name] += weight
        chosen = max(credit, key=credit.__getitem__)
        credit[chosen] -= total
        yield chosen

"""What may be asked of a service, per scenario; what a run did not keep becomes a sentence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulator.load.errors import Unusable
from simulator.load.scenarios import SCENARIOS
from simulator.load.tally import Entry, Tally

_ENOUGH = 10
"""So many visits are not turned away by chance, though some people cannot log in and others have no box."""
_KEYS = ("p95", "errors", "codes", "result")
Place = tuple[str, str, str]
"""Where something was not kept: scenario, phase and what of it, the same in another run."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one scenario may do.

    ``p95`` in milliseconds, ``errors`` as a part of all requests, ``codes`` the VerwerkingsCodes that may occur, and
    ``result`` the p95 of the time from delivery to result, in milliseconds.
    """

    p95: float = 500.0
    errors: float = 0.0
    codes: frozenset[str] = frozenset({"Verwerkt", "NietActiefOfGeabonneerd"})
    result: float = float("inf")


# ASSUMPTION: no figures for speed are published (those of the SNO are not); these are ours, with room for a laptop.
BUDGETS = (
    {name: Budget() for name in SCENARIOS}
    | {"batch": Budget(p95=5_000.0)}
    | dict.fromkeys(("burger", "browser", "programma"), Budget(p95=1_000.0))
)


def read_budgets(text: str) -> dict[str, Budget]:
    """The budgets of the house, changed by words such as ``p95=300`` or ``batch.errors=1%``; raises ``Unusable``."""
    budgets = dict(BUDGETS)
    for word in text.split():
        name, equals, value = word.partition("=")
        scenario, _, key = name.rpartition(".")
        if not equals or key not in _KEYS or scenario not in {"", *SCENARIOS}:
            raise Unusable(
                f"budget {word!r}: write [SCENARIO.]KEY=VALUE, with key {', '.join(_KEYS)} "
                f"and scenario {', '.join(SCENARIOS)}; for example p95=300, batch.errors=1% or status.codes=Verwerkt"
            )
        for each in [scenario] if scenario else SCENARIOS:
            budgets[each] = _changed(budgets[each], key, value)
    return budgets


def judge(tally: Tally, budgets: dict[str, Budget]) -> list[str]:
    """A sentence for everything that was not kept, per scenario and phase; empty when all was."""
    return list(find_breaches(tally, budgets).values())


def find_breaches(tally: Tally, budgets: dict[str, Budget]) -> dict[Place, str]:
    """The same sentences, by what of which scenario and phase they are about."""
    if not any(entry.times.count for entry in tally.entries):
        return {("", "", "sent"): "Nothing was sent, so nothing was measured."}
    found = {
        (entry.scenario, entry.phase, what): f"{entry.scenario} ({entry.phase}): {line}"
        for entry in tally.entries
        for what, line in _judge(entry, budgets[entry.scenario])
    }
    doors = {(scenario, "", "door"): line for scenario in SCENARIOS for line in _judge_door(tally, scenario)}
    return found | doors


def _judge(entry: Entry, budget: Budget) -> Iterator[tuple[str, str]]:
    p95 = entry.times.percentile(0.95)
    if p95 > budget.p95:
        yield "p95", f"p95 was {p95:,.0f} ms, the budget is {budget.p95:,.0f} ms."
    result = entry.results.percentile(0.95)
    if result > budget.result:
        line = f"p95 of the time to the result was {result:,.0f} ms, the budget is {budget.result:,.0f} ms."
        yield "result", line
    if entry.failed > budget.errors * entry.times.count:
        most = max(entry.failures, key=entry.failures.__getitem__)
        part = f"{entry.failed:,} of {entry.times.count:,} requests failed ({entry.failed / entry.times.count:.2%})"
        yield "errors", f"{part}, the budget is {budget.errors:.2%}; most often: {most}."
    for code in sorted(entry.codes.keys() - budget.codes):
        number = f"{entry.codes[code]:,} {'message' if entry.codes[code] == 1 else 'messages'}"
        yield code, f"{number} ended in {code}, the budget allows only {', '.join(sorted(budget.codes))}."


def _judge_door(tally: Tally, scenario: str) -> Iterator[str]:
    """That nobody came in, in the whole run: then there was no load on what is behind the door."""
    entries = [entry for entry in tally.entries if entry.scenario == scenario]
    refusals: Counter[str] = Counter()
    for entry in entries:
        refusals.update(entry.turned_away)
    if refusals.total() >= _ENOUGH and not any(entry.let_in for entry in entries):
        yield (
            f"{scenario}: all {refusals.total():,} visits ended at once, most often because "
            f"{refusals.most_common(1)[0][0]}: what comes after that was not measured."
        )


def _changed(budget: Budget, key: str, value: str) -> Budget:
    try:
        if key == "codes":
            return replace(budget, codes=frozenset(value.split(",")))
        number = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError as error:
        raise Unusable(f"budget {key}={value!r} is not a number") from error
    if not number >= 0:  # nor is nan, which nothing would ever exceed
        raise Unusable(f"budget {key}={value!r} is not a number from 0 on")
    if key == "errors" and (number > 1 or value == "1"):  # who writes 1 means one of a hundred
        raise Unusable(f"budget errors={value!r} is more than all of them: write errors=1%, or a part such as 0.01")
    if key != "errors" and value.endswith("%"):
        raise Unusable(f"budget {key}={value!r} is in milliseconds, not a part")
    return replace(budget, **{key: number})  # type: ignore[arg-type] # one of _KEYS

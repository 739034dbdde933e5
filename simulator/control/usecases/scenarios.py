"""Stories for trainers: which there are, how far each is played in this omgeving, and playing the next step."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from simulator.control.errors import (
    ScenarioBezig,
    ScenarioKlaar,
    ScenarioNietGestart,
    ScenarioOnbekend,
    ScenarioOngeldig,
)
from simulator.control.usecases.klok import advance_klok, parse_duur
from simulator.control.usecases.stappen import Call, Speler, read_sleutels
from simulator.control.values import Scenario, Stand
from simulator.infra.agenda import Handlers
from simulator.infra.clock import real_micros
from simulator.infra.decoding import json_decoder
from simulator.infra.errors import FieldError
from simulator.infra.ids import new_guid
from simulator.infra.omgeving import Omgeving

_SETTING = "scenario_"
_LANGST = 600_000_000
"""Real microseconds that a step is somebody's: who was stopped in the middle of it leaves it to be played again."""


@dataclass(frozen=True, slots=True)
class Verhaal:
    """A story and how far it is."""

    naam: str
    scenario: Scenario
    stand: Stand

    @property
    def is_klaar(self) -> bool:
        """Whether every step was played."""
        return self.stand.gespeeld >= len(self.scenario.stappen)


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What playing one step did; ``nummer`` counts from 1."""

    nummer: int
    wat: str
    overgeslagen: bool
    verhaal: Verhaal


@dataclass(frozen=True, slots=True)
class Toneel:
    """What playing needs from the house: where the fixtures are, what is on the agenda, and a way to call the APIs."""

    fixtures: Path
    handlers: Handlers
    call: Call


def list_verhalen(omgeving: Omgeving, fixtures: Path) -> list[Verhaal]:
    """Every story by name; raises ``ScenarioOngeldig`` when a file is wrong."""
    files = sorted((fixtures / "scenarios").glob("*.toml"))
    return [_tell(omgeving, file.stem, read_scenario(file)) for file in files]


def get_verhaal(omgeving: Omgeving, fixtures: Path, naam: str) -> Verhaal:
    """One story; raises ``ScenarioOnbekend``, with the names that there are."""
    known = {file.stem: file for file in (fixtures / "scenarios").glob("*.toml")}
    if naam not in known:
        raise ScenarioOnbekend("Zo heet geen scenario.", ontvangen=naam[:60], verwacht=", ".join(sorted(known)))
    return _tell(omgeving, naam, read_scenario(known[naam]))


def start_verhaal(omgeving: Omgeving, fixtures: Path, naam: str) -> Verhaal:
    """Begin at the first step, also when it was played before: then everything happens once more."""
    scenario = get_verhaal(omgeving, fixtures, naam).scenario
    return Verhaal(naam, scenario, _change(omgeving, naam, lambda _: Stand(str(new_guid()))))


def play_stap(omgeving: Omgeving, toneel: Toneel, naam: str) -> Uitkomst:
    """Let time pass, then do what the step says through the APIs of the house.

    A step that fails raises ``StapMislukt`` and can be played again: time passes once, and a bericht keeps its id.
    Raises ``ScenarioNietGestart``, ``ScenarioKlaar``, and ``ScenarioBezig`` while somebody else plays the step.
    """
    scenario = get_verhaal(omgeving, toneel.fixtures, naam).scenario
    verhaal = Verhaal(naam, scenario, _change(omgeving, naam, lambda stand: _claim(Verhaal(naam, scenario, stand))))
    try:
        return _play(omgeving, toneel, verhaal)
    except Exception:
        _change(omgeving, naam, lambda stand: _go_on(verhaal, stand, replace(stand, bezig_tot=0)))
        raise


def _claim(verhaal: Verhaal) -> Stand:
    """Take the step in hand, so that its time passes once and nobody plays it before that."""
    if not verhaal.stand.is_gestart:
        raise ScenarioNietGestart("Begin het verhaal eerst met _starten.", ontvangen=verhaal.naam)
    if verhaal.is_klaar:
        raise ScenarioKlaar("Alle stappen zijn gespeeld; met _starten begint het opnieuw.", ontvangen=verhaal.naam)
    now = real_micros()
    if verhaal.stand.bezig_tot > now:
        raise ScenarioBezig("Deze stap wordt al gespeeld; wacht tot dat klaar is.", ontvangen=verhaal.naam)
    return replace(verhaal.stand, bezig_tot=now + _LANGST)


def _go_on(verhaal: Verhaal, stand: Stand, after: Stand) -> Stand:
    """``after`` follows on the ``stand``, unless the story was started anew meanwhile."""
    return after if stand.id == verhaal.stand.id else stand


def _play(omgeving: Omgeving, toneel: Toneel, verhaal: Verhaal) -> Uitkomst:
    index = verhaal.stand.gespeeld
    stap = verhaal.scenario.stappen[index]
    if stap.na and verhaal.stand.verzet <= index:
        advance_klok(omgeving, toneel.handlers, omgeving.now() + parse_duur(stap.na))
        _change(omgeving, verhaal.naam, lambda stand: _go_on(verhaal, stand, replace(stand, verzet=index + 1)))
    speler = Speler(
        omgeving, verhaal.scenario, f"{verhaal.stand.id}/{index}", toneel.call, read_sleutels(toneel.fixtures)
    )
    gedaan = speler.play(stap, toneel.fixtures)
    klaar = Stand(verhaal.stand.id, index + 1, index + 1)
    gespeeld = _change(omgeving, verhaal.naam, lambda stand: _go_on(verhaal, stand, klaar))
    return Uitkomst(index + 1, gedaan.wat, gedaan.overgeslagen, replace(verhaal, stand=gespeeld))


def read_scenario(file: Path) -> Scenario:
    """The story in a file, read anew when it changed; raises ``ScenarioOngeldig`` and says what is wrong and where."""
    return _read(file, file.stat().st_mtime_ns)


@cache
def _read(file: Path, _changed: int) -> Scenario:
    try:
        json_decoder(Scenario)  # so that one thread finds out what it is made of
        return msgspec.toml.decode(file.read_bytes(), type=Scenario)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        pointer = path.rstrip("`").replace("[", "/").replace("]", "").replace(".", "/")
        raise ScenarioOngeldig(f"{file.name}: {said}", errors=[FieldError(pointer, said)]) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ScenarioOngeldig(f"{file.name} is geen leesbare TOML: {error}") from error


def _tell(omgeving: Omgeving, naam: str, scenario: Scenario) -> Verhaal:
    kept: Mapping[str, Any] = omgeving.instelling(_SETTING + naam, {})
    return Verhaal(naam, scenario, Stand(**kept))


def _change(omgeving: Omgeving, naam: str, change: Callable[[Stand], Stand]) -> Stand:
    """How far a story is after this change of how far it really is, whoever else plays it."""
    with omgeving.unit_of_work() as uow:
        kept: Mapping[str, Any] = uow.hold_state().instellingen.get(_SETTING + naam, {})
        stand = change(Stand(**kept))
        uow.change_state(None, None, **{_SETTING + naam: asdict(stand)})
    return stand

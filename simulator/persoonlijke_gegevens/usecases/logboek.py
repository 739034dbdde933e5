"""Who saw the data of a citizen, in lines or, for people, with what they looked at themselves taken together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from simulator.afnemers import afnemer_index
from simulator.gebruikers import Bsn
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.verwerkingen import (
    LOGIUS,
    Activiteit,
    Logkeuze,
    Verwerking,
    Verwerkingsregel,
    log_verwerkingen,
)

__all__ = ["Logkeuze", "Logregel", "list_logregels", "show_logboek"]

LOGIUS_NAAM = "MijnOverheid (Logius)"
PAGINA = 25
_SAMEN = 200
"""Lines that one page for people is made of, at most."""


@dataclass(frozen=True, slots=True)
class Logregel:
    """A line of the log with the name of who is responsible; for people it may be of so many times on one day."""

    regel: Verwerkingsregel
    naam: str
    omschrijving: str
    keer: int = 1


@dataclass(frozen=True, slots=True)
class Logboek:
    """A page for people; ``volgende`` is the place where the next begins."""

    regels: tuple[Logregel, ...]
    volgende: tuple[int, int] | None


def list_logregels(omgeving: Omgeving, bsn: Bsn, trace: Trace, keuze: Logkeuze) -> tuple[Logregel, ...]:
    """Each line, newest first; looking at this list is in it the next time."""
    regels = _read(omgeving, bsn, keuze, PAGINA)
    _log(omgeving, bsn, trace)
    return regels


def show_logboek(omgeving: Omgeving, bsn: Bsn, trace: Trace, keuze: Logkeuze) -> Logboek:
    """The same for people: what MijnOverheid did on one day for one purpose is one line that says how often."""
    aantal = _SAMEN if keuze.eigen else PAGINA
    regels = _read(omgeving, bsn, keuze, aantal)
    _log(omgeving, bsn, trace)
    shown, used = _take_together(regels)
    more = used < len(regels) or len(regels) == aantal
    return Logboek(shown, regels[used - 1].regel.plaats if more else None)


def _take_together(regels: Iterable[Logregel]) -> tuple[tuple[Logregel, ...], int]:
    """A page of lines, and how many they were before."""
    shown: dict[object, Logregel] = {}
    used = 0
    for each in regels:
        key = _same(each)
        if key not in shown and len(shown) == PAGINA:
            break
        shown[key] = _add(shown[key], each.omschrijving) if key in shown else each
        used += 1
    return tuple(shown.values()), used


def _same(each: Logregel) -> object:
    regel = each.regel
    return (dutch_day(regel.moment), regel.activiteit, regel.gelukt) if regel.eigen else regel.id


def _add(regel: Logregel, omschrijving: str) -> Logregel:
    parts = dict.fromkeys(filter(None, [*regel.omschrijving.split(", "), *omschrijving.split(", ")]))
    return replace(regel, omschrijving=", ".join(parts), keer=regel.keer + 1)


def _read(omgeving: Omgeving, bsn: Bsn, keuze: Logkeuze, aantal: int) -> tuple[Logregel, ...]:
    names = {oin: afnemer.naam for oin, afnemer in afnemer_index(omgeving).by_oin.items()} | {LOGIUS: LOGIUS_NAAM}
    return tuple(
        Logregel(each, names.get(each.verantwoordelijke, each.verantwoordelijke), each.omschrijving)
        for each in keuze.read(omgeving, bsn, aantal)
    )


def _log(omgeving: Omgeving, bsn: Bsn, trace: Trace) -> None:
    log_verwerkingen(omgeving, [Verwerking(bsn, Activiteit.VERWERKINGEN_TONEN, LOGIUS, trace, "wie zag mijn gegevens")])

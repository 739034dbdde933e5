"""The services of MijnOverheid as the shell shows them: a count in the menu, their state on the start page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from simulator import berichtenbox, lopende_zaken, persoonlijke_gegevens
from simulator.gebruikers import Bsn
from simulator.infra.errors import Refusal
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.verwerkingen import LOGIUS, Activiteit, Verwerking, log_verwerkingen

Regel = tuple[str, str, str, datetime]
"""Title, explanation, path of the page, moment."""


class Samenvatting(Protocol):
    """What each service tells about itself; every room has a type of its own with these names."""

    @property
    def aantal(self) -> int:
        """What asks for attention, for the menu."""

    @property
    def zin(self) -> str:
        """One Dutch sentence for the start page."""

    @property
    def laatste(self) -> Sequence[Regel]:
        """The newest, at most a handful."""


@dataclass(frozen=True, slots=True)
class Dienst:
    """One service: its name and page, its icon, what its count counts, and who tells about it."""

    naam: str
    pad: str
    plaatje: str
    telt: str
    summarize: Callable[[Omgeving, Bsn], Samenvatting]
    has_own_titles: bool = False
    """Whether the titles of its newest are words of ours, which have their English; else they are of an Afnemer."""


@dataclass(frozen=True, slots=True)
class Dienststand:
    """A service and its state for one person; ``None`` when it could not tell."""

    dienst: Dienst
    samenvatting: Samenvatting | None

    @property
    def aantal(self) -> int:
        """For the menu; nothing when the service could not tell."""
        return self.samenvatting.aantal if self.samenvatting else 0


DIENSTEN: tuple[Dienst, ...] = (
    Dienst("Berichtenbox", "/berichtenbox", "envelop", "ongelezen", berichtenbox.summarize_dienst),
    Dienst("Lopende zaken", "/lopende-zaken", "dossier", "gewijzigd", lopende_zaken.summarize_dienst),
    Dienst(
        "Persoonlijke gegevens",
        "/persoonlijke-gegevens",
        "persoon",
        "blokken",
        persoonlijke_gegevens.summarize_dienst,
        has_own_titles=True,
    ),
)


def log_startpagina(omgeving: Omgeving, bsn: Bsn, trace: Trace) -> None:
    """Write in the processing log that the newest of each service are shown."""
    activiteiten = (Activiteit.BERICHT_TONEN, Activiteit.ZAAK_TONEN, Activiteit.GEGEVENS_TONEN)
    log_verwerkingen(omgeving, [Verwerking(bsn, each, LOGIUS, trace, "startpagina") for each in activiteiten])


def list_standen(omgeving: Omgeving, bsn: Bsn, diensten: Iterable[Dienst] = DIENSTEN) -> tuple[Dienststand, ...]:
    """The state of each service for this person; one that refuses costs only its own place."""
    return tuple(Dienststand(dienst, _ask(dienst, omgeving, bsn)) for dienst in diensten)


def _ask(dienst: Dienst, omgeving: Omgeving, bsn: Bsn) -> Samenvatting | None:
    try:
        return dienst.summarize(omgeving, bsn)
    except Refusal:
        return None

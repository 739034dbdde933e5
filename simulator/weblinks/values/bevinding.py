"""What one check of a weblink found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from simulator.weblinks.values.stand import Stand


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What was found on the way; ``reden`` is a Dutch sentence for people."""

    stand: Stand
    reden: str
    http_status: int | None = None
    duur_ms: int | None = None
    omleidingen: int = 0
    eind_url: str | None = None
    """Where it ended, if that is elsewhere."""
    certificaat_tot: datetime | None = None
    """The first certificate on the way to expire."""


class Meldingsoort(StrEnum):
    """What an alert tells the Afnemer."""

    SLECHT = "slecht"
    """The weblink does not work any more, and is not shown to the citizen."""
    WAARSCHUWING = "waarschuwing"
    """It will stop to work if nobody does anything."""
    HERSTELD = "hersteld"
    """It works again."""


@dataclass(frozen=True, slots=True)
class Melding:
    """An alert about one weblink."""

    id: int
    weblink_id: int
    url: str
    soort: Meldingsoort
    stand: Stand
    vorige_stand: Stand
    reden: str
    moment: datetime
    gemaild_op: datetime | None


@dataclass(frozen=True, slots=True)
class Periode:
    """A stretch of checks that all found the same."""

    stand: Stand
    reden: str
    http_status: int | None
    van: datetime
    laatst: datetime
    tot: datetime | None
    controles: int


@dataclass(frozen=True, slots=True)
class Controle:
    """A weblink with what the last check found."""

    id: int
    url: str
    host: str
    stand: Stand
    sinds: datetime
    reden: str
    bezwaren: tuple[str, ...]
    """Ids of the rules that it breaks by itself."""
    aangemaakt_op: datetime
    gecontroleerd_op: datetime | None
    volgende_controle: datetime | None
    http_status: int | None
    duur_ms: int | None
    omleidingen: int
    eind_url: str | None
    certificaat_tot: datetime | None

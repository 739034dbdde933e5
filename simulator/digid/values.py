"""The words of DigiD as values: levels, states of a login attempt, the time that each thing lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Self

WACHTWOORD = "Simulator-1!"
"""Password of everyone who lives here; a contract of the simulator, shown on the login page."""

AANTAL_CODES = 1_000_000


class Niveau(IntEnum):
    """Zekerheidsniveau of DigiD, with the numbers that DigiD gives them; a higher one includes the lower."""

    BASIS = 10
    MIDDEN = 20

    @property
    def naam(self) -> str:
        """The level as people know it: ``Basis``, ``Midden``."""
        return self.name.capitalize()

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Read a name in any case, or a number; None when there is no such level."""
        gezocht = text.strip().casefold()
        return next((niveau for niveau in cls if gezocht in {niveau.naam.casefold(), str(niveau.value)}), None)


class Pogingstatus(StrEnum):
    """Where one login attempt stands."""

    BEGONNEN = "begonnen"
    SMS_VERZONDEN = "sms_verzonden"
    GELUKT = "gelukt"
    GEANNULEERD = "geannuleerd"
    MISLUKT = "mislukt"


class Reden(StrEnum):
    """Why somebody is sent to the login page."""

    NIVEAU = "niveau"
    STIL = "stil"
    DUUR = "duur"


VERVOLG: Mapping[Pogingstatus, frozenset[Pogingstatus]] = MappingProxyType(
    {
        Pogingstatus.BEGONNEN: frozenset(
            {Pogingstatus.SMS_VERZONDEN, Pogingstatus.GELUKT, Pogingstatus.MISLUKT, Pogingstatus.GEANNULEERD},
        ),
        Pogingstatus.SMS_VERZONDEN: frozenset({Pogingstatus.GELUKT, Pogingstatus.MISLUKT, Pogingstatus.GEANNULEERD}),
        Pogingstatus.GELUKT: frozenset(),
        Pogingstatus.GEANNULEERD: frozenset(),
        Pogingstatus.MISLUKT: frozenset(),
    },
)
"""Which state may follow which; the last three are final."""


class Factor(StrEnum):
    """What was proven, or not, in a step of logging in."""

    WACHTWOORD = "wachtwoord"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Mislukking:
    """One failed step: it counts towards the blockade, whichever factor it was."""

    factor: Factor
    moment: datetime


@dataclass(frozen=True, slots=True)
class Blokkadestand:
    """What is remembered about the failures of one account."""

    mislukkingen: tuple[Mislukking, ...] = ()
    geblokkeerd_tot: datetime | None = None


@dataclass(frozen=True, slots=True)
class Termijnen:
    """How long things last and how often one may try."""

    sms_geldig: timedelta = timedelta(minutes=5)
    """ASSUMPTION: DigiD's own figure is configuration that was never published."""
    sms_pogingen: int = 3
    blokkade_na: int = 3
    blokkade_venster: timedelta = timedelta(hours=24)
    blokkade_duur: timedelta = timedelta(minutes=15)
    sessie_stil: timedelta = timedelta(minutes=15)
    sessie_totaal: timedelta = timedelta(hours=2)
    sessie_bijwerken: timedelta = timedelta(seconds=1)
    """Last use is written at most this often, and a session ends at most this much too early; more often where sessions
    end after less than ten times this."""


@dataclass(frozen=True, slots=True)
class Inlogger:
    """What DigiD must know about a person to let them in."""

    niveau: Niveau
    """The highest level this person's DigiD reaches."""
    leeftijd: int
    overleden: bool


@dataclass(frozen=True, slots=True)
class Sessiestand:
    """The times of one session."""

    aangemaakt_op: datetime
    laatst_gebruikt_op: datetime
    beeindigd_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Niveaubesluit:
    """From ``vanaf`` on MijnOverheid asks at least ``niveau``."""

    vanaf: datetime
    niveau: Niveau


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message on the simulated phone."""

    moment: datetime
    code: str
    tekst: str
    telefoon: str


def cookie_of_sessie(omgeving: str) -> str:
    """Name of the cookie with the session; per omgeving, so that two of them in one browser never clash."""
    return f"sessie-{omgeving}"


def cookie_of_poging(omgeving: str) -> str:
    """Name of the cookie with the login attempt that this browser is in."""
    return f"digid-poging-{omgeving}"


def format_duur(duur: timedelta) -> str:
    """Write a duration as people say it: ``15 minuten``, ``2 uur``, ``45 seconden``."""
    seconden = int(duur.total_seconds())
    if seconden and seconden % 3600 == 0:
        return f"{seconden // 3600} uur"
    if seconden and seconden % 60 == 0:
        return "1 minuut" if seconden == 60 else f"{seconden // 60} minuten"  # noqa: PLR2004 - a minute
    return "1 seconde" if seconden == 1 else f"{seconden} seconden"


def format_code(nummer: int) -> str:
    """Write a code as it stands in the SMS: ``123-456``."""
    cijfers = f"{nummer % AANTAL_CODES:06d}"
    return f"{cijfers[:3]}-{cijfers[3:]}"


def parse_code(text: str) -> int | None:
    """Read a code as people type it (``123456``, ``123-456``, ``123 456``); None when it is not six digits."""
    cijfers = text.replace("-", "").replace(" ", "")
    if len(cijfers) != 6 or not (cijfers.isascii() and cijfers.isdigit()):  # noqa: PLR2004 - six digits, says DigiD
        return None
    return int(cijfers)

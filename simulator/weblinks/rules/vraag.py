"""What may be asked about weblinks."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.infra.errors import FieldError
from simulator.infra.ids import from_public_id
from simulator.weblinks.errors import WeblinkVraagOngeldig
from simulator.weblinks.values.stand import Stand

PER_BLADZIJDE = 100
MAX_PER_BLADZIJDE = 1_000
MAX_DAGEN = 366


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """Parameters as they were given; ``None`` is what was left out."""

    standen: Sequence[str] = ()
    host: str | None = None
    na: str | None = None
    aantal: str | None = None


@dataclass(frozen=True, slots=True)
class Vraag:
    """The same, read."""

    standen: frozenset[Stand]
    host: str | None
    na: int | None
    aantal: int | None


def read_vraag(gevraagd: Gevraagd) -> Vraag:
    """The question that was asked; raises ``WeblinkVraagOngeldig`` with everything that is wrong with it."""
    errors: list[FieldError] = []
    known = {stand.value for stand in Stand}
    if wrong := [each for each in gevraagd.standen if each not in known]:
        errors.append(FieldError("/stand", f"{wrong[0][:40]!r} is geen stand; kies uit {', '.join(sorted(known))}."))
    host = gevraagd.host
    if host is not None and not host.isprintable():
        errors.append(FieldError("/host", "Een host bestaat uit leesbare tekens."))
    na = None if gevraagd.na is None else from_public_id(gevraagd.na)
    if gevraagd.na is not None and na is None:
        errors.append(FieldError("/na", "Neem hiervoor de waarde van `volgende` uit het vorige antwoord."))
    aantal = read_number("aantal", gevraagd.aantal, MAX_PER_BLADZIJDE, errors)
    if errors:
        raise WeblinkVraagOngeldig(" ".join(each.detail for each in errors), errors=errors)
    standen = frozenset(Stand(each) for each in gevraagd.standen)
    return Vraag(standen, host.lower() if host else None, na, aantal)


def read_dagen(text: str | None) -> int | None:
    """Of how many days the trend is asked for; raises ``WeblinkVraagOngeldig``."""
    errors: list[FieldError] = []
    dagen = read_number("dagen", text, MAX_DAGEN, errors)
    if errors:
        raise WeblinkVraagOngeldig(errors[0].detail, errors=errors)
    return dagen


def read_number(naam: str, text: str | None, most: int, errors: list[FieldError]) -> int | None:
    """A whole number from 1; what is wrong with it goes to ``errors``."""
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(most)) + 1 else 0
    if not 1 <= number <= most:
        errors.append(FieldError(f"/{naam}", f"{naam} is een geheel getal van 1 tot en met {most}."))
    return number

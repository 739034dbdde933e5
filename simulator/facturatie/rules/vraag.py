"""What may be asked about invoices."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from simulator.facturatie.errors import FactuurvraagOngeldig
from simulator.facturatie.values import PRIJS_PER_EURO, Factuursoort
from simulator.infra.errors import FieldError
from simulator.infra.ids import from_public_id

PER_BLADZIJDE = 100
MAX_PER_BLADZIJDE = 1_000
MAX_JAAR = 2100
MIN_JAAR = 2000
_MAX_NUMMER = 20


@dataclass(frozen=True, slots=True)
class Factuurvraag:
    """Parameters of a list of invoices, or of what is behind a line of one."""

    jaar: int | None
    soort: Factuursoort | None
    na: str
    aantal: int


def read_vraag(gevraagd: Mapping[str, str]) -> Factuurvraag:
    """The list that was asked for; raises ``FactuurvraagOngeldig`` with everything that is wrong with it."""
    errors: list[FieldError] = []
    jaar = _read_number("jaar", gevraagd.get("jaar"), (MIN_JAAR, MAX_JAAR), errors)
    aantal = _read_number("aantal", gevraagd.get("aantal"), (1, MAX_PER_BLADZIJDE), errors)
    soort, na = gevraagd.get("soort"), gevraagd.get("na", "")
    if soort is not None and soort not in set(Factuursoort):
        errors.append(FieldError("/soort", f"Kies uit {', '.join(Factuursoort)}."))
    if len(na) > _MAX_NUMMER or not na.isprintable():
        errors.append(FieldError("/na", "Neem hiervoor de waarde van `volgende` uit het vorige antwoord."))
    _refuse(errors)
    return Factuurvraag(jaar, Factuursoort(soort) if soort else None, na, aantal or PER_BLADZIJDE)


def read_bladzijde(gevraagd: Mapping[str, str]) -> tuple[int, int]:
    """After which delivery, and how many, was asked for; raises ``FactuurvraagOngeldig``."""
    errors: list[FieldError] = []
    aantal = _read_number("aantal", gevraagd.get("aantal"), (1, MAX_PER_BLADZIJDE), errors)
    na = from_public_id(gevraagd["na"]) if "na" in gevraagd else 0
    if na is None:
        errors.append(FieldError("/na", "Neem hiervoor de waarde van `volgende` uit het vorige antwoord."))
    _refuse(errors)
    return na or 0, aantal or PER_BLADZIJDE


def read_voorbeeld(gevraagd: Mapping[str, str], nu: int) -> tuple[int, int]:
    """The year of use (by default this one), and the year of the tariff (by default the same)."""
    errors: list[FieldError] = []
    jaar = _read_number("jaar", gevraagd.get("jaar"), (MIN_JAAR, MAX_JAAR), errors) or nu
    tarief = _read_number("tarief", gevraagd.get("tarief"), (MIN_JAAR, MAX_JAAR), errors)
    _refuse(errors)
    return jaar, tarief or jaar


def read_prijs(text: str) -> int:
    """A price in euro, as the schema lets it through, in units of EUR 0.0001."""
    return int(Fraction(text) * PRIJS_PER_EURO)


def _read_number(naam: str, text: str | None, grenzen: tuple[int, int], errors: list[FieldError]) -> int | None:
    if text is None:
        return None
    least, most = grenzen
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else -1
    if not least <= number <= most:
        errors.append(FieldError(f"/{naam}", f"{naam} is een geheel getal van {least} tot en met {most}."))
        return None
    return number


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise FactuurvraagOngeldig(" ".join(each.detail for each in errors), errors=errors)

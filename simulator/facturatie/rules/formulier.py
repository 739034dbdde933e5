"""The form of a prognosis as people fill it in: their words for numbers, all that is wrong with it at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

from simulator.facturatie.errors import PrognoseOngeldig
from simulator.facturatie.rules.prognose import Prognosevraag
from simulator.facturatie.rules.vraag import MAX_JAAR
from simulator.facturatie.values import PRIJS_PER_EURO
from simulator.infra.charts import group_digits
from simulator.infra.errors import FieldError

EIGEN = "eigen"
"""The choice of tariff that is a price of one's own."""
_MOST = 10**10
_TEXT = 30
_WHOLE = re.compile(r"\d{1,3}(\.\d{3})+|\d+", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,9}([,.]\d{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Formulier:
    """What was filled in, as text: shown again as it was."""

    jaar: str
    aantal: str = ""
    per: str = "maand"
    groei: str = ""
    piekmaand: str = ""
    piek: str = ""
    tarief: str = ""
    prijs: str = ""
    nieuw: str = ""

    @classmethod
    def of(cls, ingevuld: Mapping[str, str], dit_jaar: int) -> "Formulier":
        """What came in the address; the year is that of the clock when none is said."""
        known = {each.name: ingevuld.get(each.name, "").strip()[:_TEXT] for each in fields(cls)}
        return cls(**(known | {"jaar": known["jaar"] or str(dit_jaar), "per": known["per"] or "maand"}))


def read_formulier(formulier: Formulier) -> Prognosevraag:
    """The question; raises ``PrognoseOngeldig``, whose errors point at the fields of the form."""
    lezer = _Lezer()
    jaar = lezer.read_whole("jaar", formulier.jaar, (1, MAX_JAAR))
    aantal = lezer.read_whole("aantal", formulier.aantal, (0, _MOST))
    groei = lezer.read_decimal("groei", formulier.groei or "0", (-100, 100))
    piekmaand = lezer.read_whole("piekmaand", formulier.piekmaand or "0", (0, 12))
    piek = lezer.read_whole("piek", formulier.piek or "0", (0, _MOST))
    if piek and not piekmaand:
        lezer.fail("piekmaand", "Kies de maand van de piek.")
    prijs = lezer.read_prijs("prijs", formulier.prijs) if formulier.tarief == EIGEN else None
    tarief = None
    if formulier.tarief not in {"", EIGEN}:
        tarief = lezer.read_whole("tarief", formulier.tarief, (1, MAX_JAAR))
    lezer.refuse()
    return Prognosevraag(
        jaar=jaar,
        per_maand=aantal if formulier.per == "maand" else None,
        per_jaar=aantal if formulier.per != "maand" else None,
        groei=groei / 100,
        pieken={piekmaand: piek} if piek else {},
        tarief=tarief,
        prijs=prijs,
        nieuw=bool(formulier.nieuw),
    )


class _Lezer:
    """Reads field after field, and keeps what was wrong."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def read_whole(self, veld: str, tekst: str, grenzen: tuple[int, int]) -> int:
        """``12.000`` and ``12000`` alike; 0 when it is wrong."""
        least, most = grenzen
        number = int(tekst.replace(".", "")) if _WHOLE.fullmatch(tekst) else None
        if number is None or not least <= number <= most:
            self.fail(veld, f"Vul een heel getal in van {group_digits(least)} tot en met {group_digits(most)}.")
            return 0
        return number

    def read_decimal(self, veld: str, tekst: str, grenzen: tuple[int, int]) -> Fraction:
        """``2,5`` and ``2.5`` alike; 0 when it is wrong."""
        least, most = grenzen
        number = Fraction(tekst.replace(",", ".")) if _DECIMAL.fullmatch(tekst) else None
        if number is None or not least <= number <= most:
            self.fail(veld, f"Vul een getal in van {group_digits(least)} tot en met {group_digits(most)}, zoals 2,5.")
            return Fraction(0)
        return number

    def read_prijs(self, veld: str, tekst: str) -> int:
        """A price in euro, in units of EUR 0.0001."""
        prijs = self.read_decimal(veld, tekst, (0, 1_000_000)) * PRIJS_PER_EURO
        if prijs.denominator != 1:
            self.fail(veld, "Een prijs heeft hoogstens vier cijfers achter de komma.")
        return int(prijs)

    def fail(self, veld: str, detail: str) -> None:
        self._errors.append(FieldError(f"/{veld}", detail))

    def refuse(self) -> None:
        """Raise when anything was wrong."""
        if self._errors:
            raise PrognoseOngeldig("Kijk na wat hieronder staat.", errors=self._errors)

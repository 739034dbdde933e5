"""Which periods may be asked for, and which diensten cost money."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from simulator.afnemers import Dienst
from simulator.infra.errors import FieldError
from simulator.infra.regels import Regel
from simulator.verbruik.errors import (
    BERICHT_TELT,
    FORMAAT_GELDIG,
    KOSTEN_BERICHTENBOX,
    KOSTEN_GEGEVENS,
    KOSTEN_ZAKEN,
    PERIODE_GELDIG,
    ZAAK_TELT,
    PeriodeOngeldig,
)
from simulator.verbruik.values import Kosten, Per, Periode, Verbruik

REGELS: tuple[Regel, ...] = (
    BERICHT_TELT,
    ZAAK_TELT,
    KOSTEN_BERICHTENBOX,
    KOSTEN_GEGEVENS,
    KOSTEN_ZAKEN,
    PERIODE_GELDIG,
    FORMAAT_GELDIG,
)

KOSTEN: Mapping[Dienst, tuple[Regel, frozenset[Kosten]]] = MappingProxyType(
    {
        Dienst.BERICHTENBOX: (KOSTEN_BERICHTENBOX, frozenset({Kosten.AANSLUITING, Kosten.GEBRUIK})),
        Dienst.PERSOONLIJKE_GEGEVENS: (KOSTEN_GEGEVENS, frozenset({Kosten.AANSLUITING})),
        Dienst.LOPENDE_ZAKEN: (KOSTEN_ZAKEN, frozenset()),
    }
)
"""What an Afnemer pays for each dienst, by the article that says so (5.2, 6.2, 7.2)."""

MAX_DAYS = {Per.DAG: 366, Per.MAAND: 3660}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class GevraagdePeriode:
    """A period as it was asked for; ``None`` is what was left out."""

    van: str | None = None
    tot: str | None = None
    per: str | None = None


def read_periode(gevraagd: GevraagdePeriode, today: date) -> Periode:
    """The period that was asked for, by default this month until today, per day; raises ``PeriodeOngeldig``."""
    errors: list[FieldError] = []
    tot = _read_date("tot", gevraagd.tot, today, errors)
    van = _read_date("van", gevraagd.van, min(tot, today).replace(day=1), errors)
    per = gevraagd.per if gevraagd.per is not None else Per.DAG.value
    if per not in set(Per):
        errors.append(FieldError("/per", "Kies dag of maand."))
    if not errors:
        errors += _check_length(van, tot, Per(per))
    if errors:
        raise PeriodeOngeldig(" ".join(each.detail for each in errors), errors=errors)
    return Periode(van, tot, Per(per))


def choose_in_rekening(verbruik: Iterable[Verbruik]) -> list[Verbruik]:
    """The verbruik that may be charged: that of a dienst with gebruikskosten. Raises ``ValueError`` for no dienst."""
    return [each for each in verbruik if Kosten.GEBRUIK in KOSTEN[Dienst(each.dienst)][1]]


def list_met_gebruikskosten() -> list[str]:
    """The diensten of which use may be charged."""
    return [dienst.value for dienst, (_, kosten) in KOSTEN.items() if Kosten.GEBRUIK in kosten]


def _read_date(naam: str, text: str | None, default: date, errors: list[FieldError]) -> date:
    if text is None:
        return default
    try:  # ``fromisoformat`` alone would also read week dates and dates without hyphens
        return date.fromisoformat(text if _DATE.match(text) else "")
    except ValueError:
        errors.append(FieldError(f"/{naam}", f"{naam} is geen bestaande datum als 2026-11-23."))
        return default


def _check_length(van: date, tot: date, per: Per) -> list[FieldError]:
    if tot < van:
        return [FieldError("/tot", "tot ligt voor van.")]
    days = (tot - van).days + 1
    if days > MAX_DAYS[per]:
        return [FieldError("/tot", f"De periode is {days} dagen; per {per} zijn het er hoogstens {MAX_DAYS[per]}.")]
    return []

"""How many berichten a year will have, and what they cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from simulator.facturatie.errors import PrognoseOngeldig
from simulator.facturatie.rules.kosten import Berekening, bereken_jaar, explain
from simulator.facturatie.values import Factuurregel, Post, Prijs, Prognose, Prognosemaand, Tarief
from simulator.infra.errors import FieldError

MAX_BERICHTEN = 10**11
_MAANDEN = 12


@dataclass(frozen=True, slots=True)
class Prognosevraag:
    """How many berichten are expected, in one of three ways, and by which tariff."""

    jaar: int
    per_maand: int | None = None
    """In January; the other months follow from ``groei``."""
    per_jaar: int | None = None
    """In all, divided over the months as ``groei`` says."""
    maanden: Sequence[int] | None = None
    """Twelve numbers."""
    groei: Fraction = Fraction(0)
    """Of each month to the next: 1/100 is one percent."""
    pieken: Mapping[int, int] = field(default_factory=dict)
    """So many more in that month (1 to 12)."""
    tarief: int | None = None
    """The year of whose tariff to take; without it that of ``jaar``."""
    prijs: int | None = None
    """A price of one's own instead, in units of EUR 0.0001."""
    sector: str | None = None
    """Another sector than one's own."""
    nieuw: bool = False
    """As if connected in January of that year."""


def spread(vraag: Prognosevraag) -> list[int]:
    """How many berichten each of the twelve months has; raises ``PrognoseOngeldig`` with all that is wrong."""
    errors = list(_check(vraag))
    if errors:
        raise PrognoseOngeldig(" ".join(each.detail for each in errors), errors=errors)
    if vraag.maanden is not None:
        aantallen = list(vraag.maanden)
    elif vraag.per_maand is not None:
        aantallen = [round(vraag.per_maand * (1 + vraag.groei) ** place) for place in range(_MAANDEN)]
    else:
        aantallen = _divide(vraag.per_jaar or 0, vraag.groei)
    for maand, meer in vraag.pieken.items():
        aantallen[maand - 1] += meer
    if sum(aantallen) > MAX_BERICHTEN:
        raise PrognoseOngeldig(f"Zoveel berichten kan niet: hoogstens {MAX_BERICHTEN} in een jaar.")
    return aantallen


def forecast(berekening: Berekening, aantallen: Sequence[int], naam: str) -> Prognose:
    """What so many berichten a month cost, by the same lines as an invoice."""
    regels = bereken_jaar(berekening, dict(enumerate(aantallen, start=1)))
    vrij = sum(regel.aantal for regel in regels if regel.post is Post.VRIJ)
    is_gratis = berekening.is_vrij_jaar or vrij < berekening.tarief.gratis_eenheden
    return Prognose(
        berekening.jaar,
        naam,
        berekening.bedrag,
        berekening.klant.sector,
        tuple(_sum_up(maand, regels) for maand in range(1, _MAANDEN + 1)),
        berekening.klant.btw_percentage,
        0 if is_gratis else berekening.bedrag,
        explain(berekening),
    )


def own_tarief(prijs: int) -> Tarief:
    """A tariff of just a price."""
    return Tarief(
        date(2018, 1, 1), None, "Eigen tarief", "uw eigen opgave", (Prijs("eigen/prijs", "Eigen tarief", prijs),)
    )


def _check(vraag: Prognosevraag) -> list[FieldError]:
    errors = []
    if sum(each is not None for each in (vraag.per_maand, vraag.per_jaar, vraag.maanden)) != 1:
        errors.append(FieldError("", "Geef precies één van perMaand, perJaar en maanden."))
    if vraag.maanden is not None and len(vraag.maanden) != _MAANDEN:
        errors.append(FieldError("/maanden", f"Geef twaalf aantallen, niet {len(vraag.maanden)}."))
    if vraag.maanden is not None and vraag.groei:
        errors.append(FieldError("/groei", "Met twaalf aantallen is er geen groei meer."))
    if vraag.tarief is not None and vraag.prijs is not None:
        errors.append(FieldError("/prijs", "Kies een tarief of een eigen prijs, niet allebei."))
    return errors


def _divide(totaal: int, groei: Fraction) -> list[int]:
    """The months in proportion, whole numbers that add up to ``totaal`` exactly."""
    gewichten = [(1 + groei) ** place for place in range(_MAANDEN)]
    som = sum(gewichten)
    tot_en_met = [round(totaal * sum(gewichten[: place + 1]) / som) for place in range(_MAANDEN)]
    return [deze - vorige for vorige, deze in zip([0, *tot_en_met], tot_en_met, strict=False)]


def _sum_up(maand: int, regels: Sequence[Factuurregel]) -> Prognosemaand:
    here = [regel for regel in regels if regel.periode.van.month == maand]
    berichten = [regel for regel in here if regel.heeft_berichten]
    return Prognosemaand(
        maand,
        sum(regel.aantal for regel in berichten),
        sum(regel.aantal for regel in berichten if regel.post is Post.VRIJ),
        sum(regel.bedrag_cent for regel in berichten),
        sum(regel.bedrag_cent for regel in here if not regel.heeft_berichten),
    )

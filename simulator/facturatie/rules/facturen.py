"""Which lines an invoice must have, given what should be on paper and what is on paper already."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from simulator.facturatie.rules.kosten import BOX, Berekening
from simulator.facturatie.values import (
    PRIJS_PER_CENT,
    Factuur,
    Factuurregel,
    Factuursoort,
    Post,
    Tijdvak,
    bedrag_van,
    split_btw,
)

_CORRECTIE = "Correctie"


@dataclass(frozen=True, slots=True)
class Sleutel:
    """What makes two lines of one series the same line."""

    post: Post
    omschrijving: str
    periode: Tijdvak
    prijs: int
    btw_percentage: int


def correct(gewenst: Sequence[Factuurregel], op_papier: Sequence[Factuurregel]) -> list[Factuurregel]:
    """The lines that are still to be invoiced, numbered: none when what is on paper is what should be.

    Of a line whose quantity changed, the old quantity is taken back and the new one charged, so that each line stays
    quantity times price, and both together are exactly the difference.
    """
    oud = _count(op_papier)
    wordt = _count(gewenst)
    is_eerste = not oud
    regels: list[Factuurregel] = []
    for sleutel, voorbeeld in _by_sleutel([*gewenst, *op_papier]).items():
        if oud[sleutel] == wordt[sleutel]:
            continue
        for aantal, waarom in ((-oud[sleutel], "eerder in rekening gebracht"), (wordt[sleutel], "wordt")):
            if aantal:
                toelichting = voorbeeld.toelichting if is_eerste else f"{_CORRECTIE}: {waarom}."
                regels.append(
                    replace(
                        voorbeeld, aantal=aantal, bedrag_cent=bedrag_van(aantal, voorbeeld.prijs),
                        toelichting=toelichting,
                    )
                )  # fmt: skip
    return number(regels)


def number(regels: Iterable[Factuurregel]) -> list[Factuurregel]:
    """The lines with their places, from 1."""
    return [replace(regel, volgnummer=place) for place, regel in enumerate(regels, start=1)]


def list_voorschot(berekening: Berekening, verwacht: int) -> list[Factuurregel]:
    """The lines of an advance on so many berichten in the year, with its fixed amount; not yet numbered."""
    tarief, jaar, btw = berekening.tarief, berekening.jaar, berekening.klant.btw_percentage
    tijdvak, vrij = Tijdvak.of_jaar(jaar), min(verwacht, tarief.gratis_eenheden)
    regels = []
    if verwacht > vrij:
        regels.append(
            Factuurregel(
                0, Post.VOORSCHOT, f"Verwachte berichten {jaar}", tijdvak, verwacht - vrij, "bericht",
                berekening.bedrag, bedrag_van(verwacht - vrij, berekening.bedrag), btw, BOX, berekening.prijs.id,
            )
        )  # fmt: skip
    if vrij:
        regels.append(
            Factuurregel(
                0, Post.VOORSCHOT, f"Verwachte berichten {jaar}, gratis", tijdvak, vrij, "bericht", 0, 0, btw, BOX,
                berekening.prijs.id, f"De eerste {tarief.gratis_eenheden} berichten van het jaar zijn gratis.",
            )
        )  # fmt: skip
    if tarief.vast_bedrag_cent:
        regels.append(
            Factuurregel(
                0, Post.VOORSCHOT, f"Vast bedrag {jaar}", tijdvak, 1, "jaar", tarief.vast_bedrag_cent * PRIJS_PER_CENT,
                tarief.vast_bedrag_cent, btw, BOX, f"{tarief.van.year}/vast",
            )
        )  # fmt: skip
    return regels


def set_off(regels: Sequence[Factuurregel], voorschot: Factuur) -> list[Factuurregel]:
    """The lines that take a month to nought, because its advance was invoiced."""
    totalen: Counter[int] = Counter()
    for regel in regels:
        totalen[regel.btw_percentage] += regel.bedrag_cent
    periode = regels[0].periode if regels else voorschot.periode
    return [
        _verrekening(f"Ten laste van voorschot {voorschot.nummer}", periode, cent, btw)
        for btw, cent in sorted(totalen.items())
        if cent
    ]


def deduct(facturen: Iterable[Factuur], jaar: int) -> Iterator[Factuurregel]:
    """The lines of a settlement that take off what was invoiced before, or give back what was credited."""
    for factuur in facturen:
        for btw in factuur.btw_regels:
            if btw.grondslag_cent:
                naam = f"{factuur.soort.value.capitalize()} {factuur.nummer} van {factuur.datum:%d-%m-%Y}"
                yield _verrekening(naam, Tijdvak.of_jaar(jaar), btw.grondslag_cent, btw.percentage)


def take_back(factuur: Factuur) -> list[Factuurregel]:
    """The lines of a credit note for a whole invoice."""
    return [
        replace(regel, aantal=-regel.aantal, bedrag_cent=-regel.bedrag_cent, toelichting="Gecrediteerd.")
        for regel in factuur.regels
    ]


def choose_soort(soort: Factuursoort, regels: Iterable[Factuurregel]) -> Factuursoort:
    """The kind that was meant, or a credit note when money comes back; also when that is nothing but BTW."""
    totaal = sum(btw.grondslag_cent + btw.bedrag_cent for btw in split_btw(regels))
    return Factuursoort.CREDIT if totaal < 0 else soort


def is_van_voorschot(factuur: Factuur) -> bool:
    """Whether it is an advance, or the correction or credit note of one."""
    return any(regel.post is Post.VOORSCHOT for regel in factuur.regels)


def find_voorschot(facturen: Iterable[Factuur], until: date) -> Factuur | None:
    """The advance that covers what was used up to this day; ``None`` if there is none, or it was credited before."""
    made = [factuur for factuur in facturen if factuur.datum <= until and is_van_voorschot(factuur)]
    return made[0] if sum(factuur.totaal_excl for factuur in made) else None


def _verrekening(naam: str, periode: Tijdvak, cent: int, btw: int) -> Factuurregel:
    aantal = -1 if cent > 0 else 1
    return Factuurregel(
        0, Post.VERREKENING, naam, periode, aantal, "factuur", abs(cent) * PRIJS_PER_CENT, -cent, btw
    )  # fmt: skip


def _sleutel(regel: Factuurregel) -> Sleutel:
    return Sleutel(regel.post, regel.omschrijving, regel.periode, regel.prijs, regel.btw_percentage)


def _by_sleutel(regels: Iterable[Factuurregel]) -> dict[Sleutel, Factuurregel]:
    found: dict[Sleutel, Factuurregel] = {}
    for regel in regels:
        found.setdefault(_sleutel(regel), regel)
    return found


def _count(regels: Iterable[Factuurregel]) -> Counter[Sleutel]:
    aantallen: Counter[Sleutel] = Counter()
    for regel in regels:
        aantallen[_sleutel(regel)] += regel.aantal
    return aantallen

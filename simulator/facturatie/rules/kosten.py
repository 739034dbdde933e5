"""What one Afnemer owes for a year: tariff times use per month, free units, fixed amounts, costs of connecting."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from simulator.afnemers import Dienst
from simulator.facturatie.errors import (
    AANSLUITKOSTEN_BERICHTENBOX,
    AANSLUITKOSTEN_GEGEVENS,
    AFRONDING,
    ANDERE_PRIJS,
    BTW,
    CENTRAAL,
    DEFINITIEF_TARIEF,
    EERSTE_JAAR,
    GRATIS_EENHEDEN,
    PER_BERICHT,
    VAST_BEDRAG,
)
from simulator.facturatie.values import PRIJS_PER_CENT, Factuurregel, Post, Prijs, Tarief, Tijdvak, bedrag_van
from simulator.infra.regels import Regel

BTW_PERCENTAGE = 21
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
BOX = Dienst.BERICHTENBOX.value
_AANSLUITREGELS: Mapping[str, Regel] = {
    BOX: AANSLUITKOSTEN_BERICHTENBOX,
    Dienst.PERSOONLIJKE_GEGEVENS.value: AANSLUITKOSTEN_GEGEVENS,
}


@dataclass(frozen=True, slots=True)
class Klant:
    """What the costs of an Afnemer depend on, beside what it used."""

    sector: str
    sinds: Mapping[str, date]
    """Each dienst that it was ever in production with, and since when."""

    @property
    def btw_percentage(self) -> int:
        """21 outside the Rijk."""
        return 0 if self.sector == "rijk" else BTW_PERCENTAGE

    def connects_in(self, dienst: str, jaar: int) -> bool:
        """Whether it was connected to the dienst in that year."""
        sinds = self.sinds.get(dienst)
        return sinds is not None and sinds.year == jaar


@dataclass(frozen=True, slots=True)
class Berekening:
    """How the lines of a year are made: by which tariff, for whom, and whether the year is being settled."""

    tarief: Tarief
    jaar: int
    klant: Klant
    is_definitief: bool = False

    @property
    def prijs(self) -> Prijs:
        """The price that this Afnemer pays: the first that is meant for it."""
        return choose_prijs(self.tarief, self.klant)

    @property
    def bedrag(self) -> int:
        """That price in units of EUR 0.0001; in a settlement what it turned out to be, where that is known."""
        definitief = self.prijs.definitief if self.is_definitief else None
        return self.prijs.bedrag if definitief is None else definitief

    @property
    def is_vrij_jaar(self) -> bool:
        """Whether the Afnemer is new, and pays nothing for use."""
        # ASSUMPTION: "the first year" is the calendar year of connecting, as tariffs and settlements go by the year;
        # how much use was too "substantial" to be free is not known, so none is.
        return self.tarief.eerste_jaar_gratis and self.klant.connects_in(BOX, self.jaar)

    def first_month(self, dienst: str) -> int | None:
        """The month of this year in which the dienst began to cost; ``None`` if it is not there in this year."""
        sinds = self.klant.sinds.get(dienst)
        if sinds is None or sinds.year > self.jaar:
            return None
        return sinds.month if sinds.year == self.jaar else 1


def choose_prijs(tarief: Tarief, klant: Klant) -> Prijs:
    """The price of a bericht for this Afnemer; the tariff must have one (``find_tarief``)."""
    # ASSUMPTION: "Berichtenbox only" is who was never connected to the other dienst that can cost money.
    diensten = set(klant.sinds) & set(_AANSLUITREGELS)
    return next(
        prijs
        for prijs in tarief.prijzen
        if (not prijs.sectoren or klant.sector in prijs.sectoren) and (not prijs.alleen or diensten <= prijs.alleen)
    )


def bereken_jaar(berekening: Berekening, verbruik: Mapping[int, int]) -> list[Factuurregel]:
    """The lines of a year in order of time, from how many berichten in which month (1 to 12); not yet numbered."""
    regels: list[Factuurregel] = []
    gratis = berekening.tarief.gratis_eenheden
    for maand in range(1, 13):
        aantal = verbruik.get(maand, 0)
        vrij = aantal if berekening.is_vrij_jaar else min(aantal, gratis)
        gratis -= 0 if berekening.is_vrij_jaar else vrij
        regels += [*_gebruik(berekening, maand, aantal - vrij, vrij), *_eenmalig(berekening, maand)]
    return regels


def list_followed(berekening: Berekening, regels: Sequence[Factuurregel]) -> Counter[Regel]:
    """Which rules made these lines, and how often."""
    followed = Counter({AFRONDING: len(regels), BTW: 1})
    for regel in regels:
        match regel.post:
            case Post.GEBRUIK:
                followed[PER_BERICHT] += 1
            case Post.VRIJ:
                followed[EERSTE_JAAR if berekening.is_vrij_jaar else GRATIS_EENHEDEN] += 1
            case Post.VAST:
                followed[VAST_BEDRAG] += 1
            case Post.AANSLUITING:
                followed[_AANSLUITREGELS[regel.dienst or BOX]] += 1
            case _:
                pass
    followed[CENTRAAL] += berekening.tarief.is_centraal
    followed[ANDERE_PRIJS] += bool(berekening.prijs.sectoren)
    followed[DEFINITIEF_TARIEF] += berekening.is_definitief and berekening.tarief.is_voorschot
    return +followed


def explain(berekening: Berekening) -> tuple[str, ...]:
    """Sentences for below an invoice: the tariff and its source, why nothing is to pay, why no BTW, assumptions."""
    tarief, prijs = berekening.tarief, berekening.prijs
    sentences = [f"Tarief: {prijs.omschrijving or tarief.omschrijving} (bron: {tarief.bron})."]
    if tarief.is_centraal:
        sentences.append("MijnOverheid wordt sinds 2023 betaald uit een centraal budget; u betaalt niets.")
    if berekening.is_vrij_jaar:
        sentences.append("Een nieuwe Afnemer betaalt in zijn eerste jaar niets voor gebruik.")
    if tarief.is_voorschot and berekening.is_definitief:
        sentences.append(
            "Afgerekend tegen het definitieve tarief."
            if prijs.definitief is not None
            else "Het definitieve tarief is niet bekend; afgerekend tegen het voorschottarief (aangenomen)."
        )
    elif tarief.is_voorschot:
        sentences.append("Dit is een voorschottarief: wat een bericht werkelijk kostte, wordt achteraf verrekend.")
    if not berekening.klant.btw_percentage:
        sentences.append("Binnen het Rijk wordt geen BTW berekend.")
    return tuple(sentences)


def _gebruik(berekening: Berekening, maand: int, betaald: int, vrij: int) -> Iterator[Factuurregel]:
    tijdvak, btw = Tijdvak.of_maand(berekening.jaar, maand), berekening.klant.btw_percentage
    wanneer = f"{MAANDEN[maand - 1]} {berekening.jaar}"
    if betaald:
        yield Factuurregel(
            0, Post.GEBRUIK, f"Verwerkte berichten {wanneer}", tijdvak, betaald, "bericht", berekening.bedrag,
            bedrag_van(betaald, berekening.bedrag), btw, BOX, berekening.prijs.id,
        )  # fmt: skip
    if vrij:
        waarom = (
            "Een nieuwe Afnemer betaalt in zijn eerste jaar niets."
            if berekening.is_vrij_jaar
            else f"De eerste {berekening.tarief.gratis_eenheden} berichten van het jaar zijn gratis."
        )
        yield Factuurregel(
            0, Post.VRIJ, f"Verwerkte berichten {wanneer}, gratis", tijdvak, vrij, "bericht", 0, 0, btw, BOX,
            berekening.prijs.id, waarom,
        )  # fmt: skip


def _eenmalig(berekening: Berekening, maand: int) -> Iterator[Factuurregel]:
    """What is charged once: the fixed amount of the year, and connecting."""
    # ASSUMPTION: the fixed amount counts in the first month of the year that the Berichtenbox is there; connecting in
    # the month that it happened, also in a first year that is free.
    tarief, jaar, klant = berekening.tarief, berekening.jaar, berekening.klant
    tijdvak, btw = Tijdvak.of_maand(jaar, maand), klant.btw_percentage
    if tarief.vast_bedrag_cent and berekening.first_month(BOX) == maand and not berekening.is_vrij_jaar:
        yield Factuurregel(
            0, Post.VAST, f"Vast bedrag {jaar}", tijdvak, 1, "jaar", tarief.vast_bedrag_cent * PRIJS_PER_CENT,
            tarief.vast_bedrag_cent, btw, BOX, f"{tarief.van.year}/vast",
        )  # fmt: skip
    for dienst, cent in tarief.aansluitkosten:
        if cent and klant.connects_in(dienst, jaar) and berekening.first_month(dienst) == maand:
            yield Factuurregel(
                0, Post.AANSLUITING, f"Aansluiten op {Dienst(dienst).naam}", tijdvak, 1, "aansluiting",
                cent * PRIJS_PER_CENT, cent, btw, dienst, f"{tarief.van.year}/aansluiting",
            )  # fmt: skip

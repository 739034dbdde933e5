"""What an Afnemer sees first: its diensten, what it used this month, its latest deliveries, what asks for attention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord, Dienst, beheer
from simulator.berichtenbox import berichttypes, rapportage
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving
from simulator.leveranciersportaal.usecases.voorwaarden import list_onbeantwoord
from simulator.leveranciersportaal.usecases.weblinks import count_weblinks
from simulator.verbruik import Periode, get_verbruik

_LAATSTE = 5


@dataclass(frozen=True, slots=True)
class Dienststand:
    """A dienst: in production since when, and why it is closed; empty when it is open."""

    dienst: Dienst
    sinds: date | None
    gesloten: str
    aangevraagd: bool
    """Whether there is a connection at all, however far on its way."""


class Maandregel(NamedTuple):
    """What was used of one berichttype in a month."""

    dienst: Dienst
    berichttype: str
    aantal: int


class Aandachtspunt(NamedTuple):
    """Something to do: a sentence, and the page of the portal (below its own path) where it can be done."""

    zin: str
    pad: str


@dataclass(frozen=True, slots=True)
class Overzicht:
    """The connection of one Afnemer at a moment."""

    moment: datetime
    maand: date
    diensten: tuple[Dienststand, ...]
    verbruik: tuple[Maandregel, ...]
    """Of this month so far."""
    laatste: Sequence[rapportage.Rapportregel]
    aandacht: tuple[Aandachtspunt, ...]


def get_overzicht(omgeving: Omgeving, afnemer: AfnemerRecord) -> Overzicht:
    """Everything on the first page, in a fixed number of questions to the database."""
    moment = omgeving.now()
    vandaag = dutch_day(moment)
    maand = vandaag.replace(day=1)
    with omgeving.reading() as session:
        verbruik = get_verbruik(session, afnemer.id, Periode.per_maand(maand, vandaag))
    diensten = tuple(_to_stand(afnemer, dienst) for dienst in Dienst)
    regels = tuple(Maandregel(Dienst(each.dienst), each.berichttype, each.aantal) for each in verbruik)
    vraag = rapportage.Rapportvraag(aantal=_LAATSTE, tellen=False)
    laatste = rapportage.list_rapport(omgeving, afnemer, vraag).regels
    aandacht = (*_list_gesloten(diensten), *_list_aandacht(omgeving, afnemer, laatste))
    return Overzicht(moment, maand, diensten, regels, laatste, aandacht)


def _to_stand(afnemer: AfnemerRecord, dienst: Dienst) -> Dienststand:
    sinds = afnemer.aansluitingen[dienst].sinds if dienst in afnemer.aansluitingen else None
    gesloten = "" if dienst in afnemer.diensten else beheer.explain_gesloten(afnemer, dienst).detail
    return Dienststand(dienst, sinds, gesloten, dienst in afnemer.aansluitingen)


def _list_gesloten(diensten: Sequence[Dienststand]) -> Iterator[Aandachtspunt]:
    """A dienst without any connection asks for nothing."""
    for stand in diensten:
        if stand.gesloten and stand.aangevraagd:
            yield Aandachtspunt(stand.gesloten, "/aansluiting")


def _list_aandacht(
    omgeving: Omgeving, afnemer: AfnemerRecord, laatste: Sequence[rapportage.Rapportregel]
) -> Iterator[Aandachtspunt]:
    if Dienst.BERICHTENBOX in afnemer.diensten and not any(
        each.actief for each in berichttypes.list_berichttypes(omgeving, afnemer)
    ):
        yield Aandachtspunt("U hebt geen berichttype dat aan staat; alleen namens een ander kunt u nu aanleveren.",
                            "/berichttypes")  # fmt: skip
    afgewezen = sum(each.uitkomst is rapportage.Uitkomst.AFGEWEZEN for each in laatste)
    if afgewezen:
        zin = f"Van {afgewezen} van uw laatste {len(laatste)} aanleveringen is niet alles verwerkt."
        if len(laatste) == 1:
            zin = "Van uw laatste aanlevering is niet alles verwerkt."
        yield Aandachtspunt(zin, "/rapportages?uitkomst=afgewezen")
    for each in list_onbeantwoord(omgeving, afnemer):
        zin = f"De Voorwaarden veranderen op {each.ingangsdatum:%d-%m-%Y}: versie {each.versie} wacht op uw antwoord."
        yield Aandachtspunt(zin, "/voorwaarden")
    slecht = count_weblinks(omgeving, afnemer).slecht
    if slecht:
        yield Aandachtspunt("1 weblink werkt niet." if slecht == 1 else f"{slecht} weblinks werken niet.", "/weblinks")

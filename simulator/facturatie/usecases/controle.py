"""Prove that an invoice is tariff times metered: its lines add up, and closing again would change nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord, beheer
from simulator.facturatie.errors import TariefOnbekend
from simulator.facturatie.queries.facturen import Factuurfilter, get_verbruik_per_maand, list_facturen, list_totalen
from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.facturen import correct, is_van_voorschot
from simulator.facturatie.rules.tarieven import find_tarief
from simulator.facturatie.usecases.sluiten import draft_jaar, draft_maand
from simulator.facturatie.usecases.uitreiken import Concept, open_dossier
from simulator.facturatie.values import Factuurregel, Tarief, Tijdvak, bedrag_van
from simulator.infra.omgeving import Omgeving


@dataclass(frozen=True, slots=True)
class Verschil:
    """Something on paper that is not what it should be."""

    waar: str
    verwacht: str
    gevonden: str


def check_facturen(omgeving: Omgeving) -> list[Verschil]:
    """What does not agree between invoices, tariffs and what was metered; none is what it should be."""
    tarieven = list_tarieven(omgeving)
    with omgeving.reading() as session:
        found = list(_check_sums(session))
        for afnemer in beheer.list_afnemers(session):
            facturen = list_facturen(session, Factuurfilter(afnemer.id))
            for jaar in sorted({factuur.periode.van.year for factuur in facturen}):
                found += _check_jaar(session, afnemer, tarieven, jaar)
    return found


def _check_sums(session: Session) -> Iterator[Verschil]:
    totalen = list_totalen(session)
    for factuur in list_facturen(session):
        op_papier, gevonden = (factuur.totaal_excl, factuur.totaal_btw), totalen[factuur.nummer]
        if op_papier != gevonden:
            yield Verschil(f"factuur {factuur.nummer}, totaal", _as_euro(*op_papier), _as_euro(*gevonden))
        for regel in factuur.regels:
            if (bedrag := bedrag_van(regel.aantal, regel.prijs)) != regel.bedrag_cent:
                waar = f"factuur {factuur.nummer}, regel {regel.volgnummer}"
                yield Verschil(waar, _as_euro(bedrag), _as_euro(regel.bedrag_cent))


def _check_jaar(session: Session, afnemer: AfnemerRecord, tarieven: Sequence[Tarief], jaar: int) -> Iterator[Verschil]:
    """Close in thought what was closed: the year, or while it is not settled its months."""
    try:
        tarief = find_tarief(tarieven, jaar)
    except TariefOnbekend as error:
        yield Verschil(f"facturen {jaar} van {afnemer.naam}", "een bekend tarief", error.detail)
        return
    dossier = open_dossier(session, afnemer, tarief, jaar)
    verbruik = get_verbruik_per_maand(session, afnemer.id, jaar)
    heel_jaar = Tijdvak.of_jaar(jaar)
    gesloten = {each.periode for each in dossier.facturen if not is_van_voorschot(each)}
    if heel_jaar in gesloten:
        yield from _compare(afnemer, draft_jaar(dossier, heel_jaar, verbruik))
        return
    for maand in sorted(gesloten):
        yield from _compare(afnemer, draft_maand(dossier, maand, verbruik))


def _compare(afnemer: AfnemerRecord, concept: Concept) -> Iterator[Verschil]:
    op_papier = [regel for factuur in concept.eerder for regel in factuur.regels]
    if correct(concept.regels, op_papier):
        waar = f"{concept.tijdvak.naam} van {afnemer.naam}"
        yield Verschil(waar, f"{_sum_up(concept.regels)} (sluit opnieuw)", _sum_up(op_papier))


def _sum_up(regels: Iterable[Factuurregel]) -> str:
    lines = list(regels)
    berichten = sum(regel.aantal for regel in lines if regel.heeft_berichten)
    return f"{berichten} berichten, {_as_euro(sum(regel.bedrag_cent for regel in lines))}"


def _as_euro(*cents: int) -> str:
    return " + ".join(f"EUR {cent / 100:.2f}" for cent in cents)

"""Invoice a year in advance, on a forecast or on what was used before; and credit what should not have been."""

from dataclasses import dataclass

from simulator.aansluiting import overzicht
from simulator.afnemers import AfnemerRecord, Dienst, Sluiting, beheer
from simulator.facturatie.errors import CreditOnmogelijk, VoorschotOnmogelijk
from simulator.facturatie.queries.facturen import (
    Factuurfilter,
    get_afnemer_id,
    get_factuur,
    get_verbruik_per_maand,
    list_facturen,
)
from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.facturen import is_van_voorschot, list_voorschot
from simulator.facturatie.rules.tarieven import find_tarief
from simulator.facturatie.usecases.uitreiken import Concept, Dossier, Uitreiking, open_dossier
from simulator.facturatie.values import Factuur, Factuursoort, Tijdvak
from simulator.infra.omgeving import Omgeving, UnitOfWork

_MAANDEN = 12
_EINDEN = (Sluiting.BEEINDIGD, Sluiting.VOORWAARDEN_NIET_AANVAARD)
_GEEINDIGD = "geëindigd; wat is gebruikt, wordt afgerekend"
_OPNIEUW = "opnieuw aangevraagd, en nog niet weer in productie"


@dataclass(frozen=True, slots=True)
class Voorschotvraag:
    """For which year an Afnemer pays in advance, and for how many berichten.

    Without a number: as many as the year before, or else what the Aanvraagformulier expects.
    """

    oin: str
    jaar: int
    verwacht: int | None = None


def make_voorschot(omgeving: Omgeving, vraag: Voorschotvraag) -> list[Factuur]:
    """Invoice a year in advance; answers what is on paper for it.

    With the same number again it answers the same, with another it issues the difference. Raises ``AfnemerNotFound``,
    ``TariefOnbekend``, or ``VoorschotOnmogelijk`` where there is nothing to pay in advance.
    """
    with omgeving.unit_of_work() as uow:
        uitreiking = Uitreiking.begin(omgeving, uow)  # before looking at what is on paper
        wanted = beheer.require_row(uow.session, vraag.oin).id
        afnemer = next(each for each in beheer.list_afnemers(uow.session) if each.id == wanted)
        dossier = open_dossier(uow.session, afnemer, find_tarief(list_tarieven(omgeving), vraag.jaar), vraag.jaar)
        verwacht = _expect(uow, afnemer, vraag.jaar) if vraag.verwacht is None else vraag.verwacht
        if waarom := _refuse(uitreiking, dossier, verwacht):
            raise VoorschotOnmogelijk(waarom, ontvangen=f"{verwacht} berichten in {vraag.jaar}")
        return uitreiking.issue(dossier, _draft(dossier, verwacht))


def make_voorschotten(omgeving: Omgeving, uow: UnitOfWork, jaar: int) -> list[Factuur]:
    """Invoice every Afnemer in advance for what it used the year before, where that costs anything.

    In the transaction of the caller; who has an advance for that year keeps it as it is.
    """
    tarief = find_tarief(list_tarieven(omgeving), jaar)
    uitreiking = Uitreiking.begin(omgeving, uow)
    found: list[Factuur] = []
    for afnemer in beheer.list_afnemers(uow.session):
        dossier = open_dossier(uow.session, afnemer, tarief, jaar)
        verwacht = _used_before(uow, afnemer, jaar)
        if not _refuse(uitreiking, dossier, verwacht) and not any(map(is_van_voorschot, dossier.facturen)):
            found += uitreiking.issue(dossier, _draft(dossier, verwacht))
    return found


def credit_factuur(omgeving: Omgeving, nummer: str, reden: str) -> Factuur:
    """Take back a whole invoice; once, and again it answers the same credit note.

    Closing the period again invoices anew what is still owed. Raises ``FactuurNotFound`` and ``CreditOnmogelijk``.
    """
    with omgeving.unit_of_work() as uow:
        uitreiking = Uitreiking.begin(omgeving, uow)
        factuur = get_factuur(uow.session, nummer)
        if factuur.soort is Factuursoort.CREDIT:
            raise CreditOnmogelijk("Dit is zelf een creditnota.", ontvangen=nummer)
        afnemer_id, jaar = get_afnemer_id(uow.session, nummer), factuur.periode.van.year
        for made in list_facturen(uow.session, Factuurfilter(afnemer_id, jaar, Factuursoort.CREDIT)):
            if made.verwijst_naar == nummer and made.totaal_excl == -factuur.totaal_excl:
                return made
        afnemer = next(each for each in beheer.list_afnemers(uow.session) if each.id == afnemer_id)
        dossier = open_dossier(uow.session, afnemer, find_tarief(list_tarieven(omgeving), jaar), jaar)
        return uitreiking.take_back(dossier, factuur, reden)


def _draft(dossier: Dossier, verwacht: int) -> Concept:
    tijdvak = Tijdvak.of_jaar(dossier.berekening.jaar)
    eerder = [factuur for factuur in dossier.facturen if is_van_voorschot(factuur)]
    regels = list_voorschot(dossier.berekening, verwacht)
    return Concept(Factuursoort.VOORSCHOT, tijdvak, dossier.berekening, regels, eerder)


def _refuse(uitreiking: Uitreiking, dossier: Dossier, verwacht: int) -> str:
    """Why there is nothing to pay in advance; empty when there is."""
    berekening = dossier.berekening
    if Tijdvak.of_jaar(berekening.jaar).tot < uitreiking.datum:
        return f"{berekening.jaar} is voorbij: sluit het jaar af, dan wordt afgerekend op werkelijk gebruik."
    stand = dossier.afnemer.aansluitingen.get(Dienst.BERICHTENBOX)
    if stand is None or stand.sinds is None:
        return f"{dossier.afnemer.naam} is niet in productie met de Berichtenbox; iets anders kost niets."
    if stand.sluiting is not None:
        waarom = _GEEINDIGD if stand.sluiting in _EINDEN else _OPNIEUW
        return f"De Berichtenbox van {dossier.afnemer.naam} is {waarom}."
    if berekening.is_vrij_jaar:
        return f"{dossier.afnemer.naam} is nieuw in {berekening.jaar}, en betaalt in het eerste jaar niets."
    if not sum(regel.bedrag_cent for regel in list_voorschot(berekening, verwacht)):
        return f"{verwacht} berichten kosten in {berekening.jaar} niets."
    return ""


def _expect(uow: UnitOfWork, afnemer: AfnemerRecord, jaar: int) -> int:
    """History says more than the form that was filled in before there was any."""
    used = _used_before(uow, afnemer, jaar)
    return used or _MAANDEN * overzicht.get_verwachting(uow.session, afnemer.id, Dienst.BERICHTENBOX)


def _used_before(uow: UnitOfWork, afnemer: AfnemerRecord, jaar: int) -> int:
    return sum(get_verbruik_per_maand(uow.session, afnemer.id, jaar - 1).values())

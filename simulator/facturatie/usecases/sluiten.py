"""Close a month or a year: what was used becomes invoices, once, however often and by however many it is asked."""

from collections.abc import Mapping
from dataclasses import replace

from simulator.afnemers import beheer
from simulator.facturatie.errors import (
    PERIODE_VOORBIJ,
    TARIEF_VASTGESTELD,
    VANAF_2018,
    PeriodeNietVoorbij,
)
from simulator.facturatie.queries.facturen import get_verbruik_per_maand
from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.facturen import deduct, find_voorschot, is_van_voorschot, set_off
from simulator.facturatie.rules.kosten import bereken_jaar
from simulator.facturatie.rules.tarieven import EERSTE_JAAR, find_tarief
from simulator.facturatie.usecases.uitreiken import Concept, Dossier, Uitreiking, open_dossier
from simulator.facturatie.values import Factuur, Factuursoort, Tijdvak
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst

Verbruik = Mapping[int, int]
"""How many berichten in which month, 1 to 12."""


def sluit_maand(omgeving: Omgeving, jaar: int, maand: int) -> list[Factuur]:
    """Invoice what every Afnemer used in a month that is over; answers what is on paper for it, by OIN.

    Again it answers the same, and issues a correction where facts or tariff changed since. Raises
    ``PeriodeNietVoorbij`` and ``TariefOnbekend``.
    """
    with omgeving.unit_of_work() as uow:
        return close_tijdvak(omgeving, uow, Tijdvak.of_maand(jaar, maand))


def sluit_jaar(omgeving: Omgeving, jaar: int) -> list[Factuur]:
    """Settle a year that is over on real use, minus all that was invoiced for it; answers as ``sluit_maand``."""
    with omgeving.unit_of_work() as uow:
        return close_tijdvak(omgeving, uow, Tijdvak.of_jaar(jaar))


def close_tijdvak(omgeving: Omgeving, uow: UnitOfWork, tijdvak: Tijdvak) -> list[Factuur]:
    """Close a month or year for every Afnemer, in the transaction of the caller: all of it or nothing."""
    uitreiking = Uitreiking.begin(omgeving, uow)
    if tijdvak.tot >= uitreiking.datum:
        raise PeriodeNietVoorbij(
            f"{tijdvak.naam} loopt tot en met {tijdvak.tot:%d-%m-%Y}; in deze omgeving is het "
            f"{uitreiking.datum:%d-%m-%Y}.",
            ontvangen=tijdvak.naam,
        )
    jaar = tijdvak.van.year
    if jaar < EERSTE_JAAR:
        uow.tel(VANAF_2018, Uitkomst.GESLAAGD)
        return []
    tarief = find_tarief(list_tarieven(omgeving), jaar)
    uitreiking.tel((PERIODE_VOORBIJ, TARIEF_VASTGESTELD))
    draft = draft_jaar if tijdvak == Tijdvak.of_jaar(jaar) else draft_maand
    found: list[Factuur] = []
    for afnemer in beheer.list_afnemers(uow.session):
        dossier = open_dossier(uow.session, afnemer, tarief, jaar)
        verbruik = get_verbruik_per_maand(uow.session, afnemer.id, jaar)
        found += uitreiking.issue(dossier, draft(dossier, tijdvak, verbruik))
    return found


def draft_maand(dossier: Dossier, tijdvak: Tijdvak, verbruik: Verbruik) -> Concept:
    """What should be on paper for a month; where there is an advance, set off against it."""
    kosten = [regel for regel in bereken_jaar(dossier.berekening, verbruik) if regel.periode == tijdvak]
    voorschot = find_voorschot(dossier.facturen, tijdvak.tot)
    regels = [*kosten, *(set_off(kosten, voorschot) if voorschot else ())]
    eerder = [factuur for factuur in dossier.facturen if factuur.periode == tijdvak]
    return Concept(Factuursoort.MAAND, tijdvak, dossier.berekening, regels, eerder)


def draft_jaar(dossier: Dossier, tijdvak: Tijdvak, verbruik: Verbruik) -> Concept:
    """What should be on paper for a year that is over: its real costs, minus all other invoices for it."""
    berekening = replace(dossier.berekening, is_definitief=True)
    eerder = [each for each in dossier.facturen if each.periode == tijdvak and not is_van_voorschot(each)]
    andere = [each for each in dossier.facturen if each not in eerder]
    regels = [*bereken_jaar(berekening, verbruik), *deduct(andere, tijdvak.van.year)]
    voorschot = next((each.nummer for each in andere if is_van_voorschot(each)), None)
    return Concept(Factuursoort.AFREKENING, tijdvak, berekening, regels, eerder, voorschot)

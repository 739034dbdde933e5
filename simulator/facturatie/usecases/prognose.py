"""What will it cost: a forecast, and what was metered here under the tariff of any year. Nothing is stored."""

from datetime import date

from simulator.afnemers import AfnemerRecord
from simulator.facturatie.errors import PROGNOSE, TARIEF_VASTGESTELD
from simulator.facturatie.queries.facturen import as_klant, get_verbruik_per_maand
from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.facturen import number
from simulator.facturatie.rules.kosten import BOX, Berekening, Klant, bereken_jaar, explain
from simulator.facturatie.rules.prognose import Prognosevraag, forecast, own_tarief, spread
from simulator.facturatie.rules.tarieven import find_tarief
from simulator.facturatie.values import (
    Factuur,
    Factuurafnemer,
    Factuurregel,
    Factuursoort,
    Post,
    Prognose,
    Tijdvak,
)
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Uitkomst

VOORBEELD = "VOORBEELD"
"""The number of an invoice that was never issued."""


def make_prognose(omgeving: Omgeving, afnemer: AfnemerRecord, vraag: Prognosevraag) -> Prognose:
    """What a year will cost this Afnemer; raises ``PrognoseOngeldig``, ``TariefOnbekend`` or ``PeriodeVoor2018``."""
    aantallen = spread(vraag)
    if vraag.prijs is not None:
        tarief = own_tarief(vraag.prijs)
    else:
        tarief = find_tarief(list_tarieven(omgeving), vraag.tarief if vraag.tarief is not None else vraag.jaar)
    klant = as_klant(afnemer)
    sinds = dict(klant.sinds) | ({BOX: date(vraag.jaar, 1, 1)} if vraag.nieuw else {})
    berekening = Berekening(tarief, vraag.jaar, Klant(vraag.sector or klant.sector, sinds))
    with omgeving.unit_of_work() as uow:
        uow.tel(PROGNOSE, Uitkomst.GESLAAGD)
        uow.tel(TARIEF_VASTGESTELD, Uitkomst.GESLAAGD)
    return forecast(berekening, aantallen, berekening.prijs.omschrijving or tarief.omschrijving)


def make_voorbeeld(omgeving: Omgeving, afnemer: AfnemerRecord, jaar: int, tariefjaar: int) -> Factuur:
    """What everything that was metered in a year would cost by the tariff of another; nothing is stored.

    Raises ``TariefOnbekend`` or ``PeriodeVoor2018``, about ``tariefjaar``.
    """
    tarief = find_tarief(list_tarieven(omgeving), tariefjaar)
    berekening = Berekening(tarief, jaar, as_klant(afnemer), is_definitief=True)
    with omgeving.reading() as session:
        regels = bereken_jaar(berekening, get_verbruik_per_maand(session, afnemer.id, jaar))
    return Factuur(
        VOORBEELD,
        Factuursoort.AFREKENING,
        Factuurafnemer(str(afnemer.oin), afnemer.naam, afnemer.sector.value),
        Tijdvak.of_jaar(jaar),
        dutch_day(omgeving.now()),
        tuple(number(regels or [_nothing(berekening)])),
        ("Dit is een voorbeeld: er is niets uitgereikt.", *explain(berekening)),
    )


def _nothing(berekening: Berekening) -> Factuurregel:
    """The line of who used nothing."""
    jaar, prijs = berekening.jaar, berekening.prijs
    return Factuurregel(
        0, Post.GEBRUIK, f"Verwerkte berichten {jaar}", Tijdvak.of_jaar(jaar), 0, "bericht", berekening.bedrag, 0,
        berekening.klant.btw_percentage, BOX, prijs.id,
    )  # fmt: skip

"""The agreements about money with one Afnemer, year by year: what the Dossier Financiële Afspraken holds."""

from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord
from simulator.facturatie.queries.facturen import as_klant
from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.kosten import Berekening
from simulator.facturatie.rules.tarieven import EERSTE_JAAR
from simulator.facturatie.values import Prijs, Tarief
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving

ZONDER_DFA = 2023
"""From this year on no DFA applies: SNO MijnOverheid 1.0 of July 2023, that holds from 1 January 2023."""


@dataclass(frozen=True, slots=True)
class Afspraak:
    """What holds in one year."""

    jaar: int
    tarief: Tarief
    prijs: Prijs | None
    """What this Afnemer pays; ``None`` where nobody knows."""
    is_vrij_jaar: bool
    """It is new in this year, and pays nothing for use."""

    @property
    def met_dfa(self) -> bool:
        """Whether a DFA applied in that year."""
        return self.jaar < ZONDER_DFA


def list_afspraken(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Afspraak]:
    """From 2018 up to the year on the clock, the newest first; 2018 at least."""
    klant, tarieven = as_klant(afnemer), list_tarieven(omgeving)
    found = []
    for jaar in _list_jaren(omgeving):
        for tarief in tarieven:
            if tarief.geldt_in(jaar):
                berekening = Berekening(tarief, jaar, klant)
                prijs = berekening.prijs if tarief.prijzen else None
                found.append(Afspraak(jaar, tarief, prijs, berekening.is_vrij_jaar))
    return found


def list_tariefjaren(omgeving: Omgeving) -> list[int]:
    """The years of which somebody knows the tariff, the newest first."""
    bekend = [tarief for tarief in list_tarieven(omgeving) if tarief.prijzen]
    return [jaar for jaar in _list_jaren(omgeving) if any(tarief.geldt_in(jaar) for tarief in bekend)]


def _list_jaren(omgeving: Omgeving) -> list[int]:
    return list(range(max(EERSTE_JAAR, dutch_day(omgeving.now()).year), EERSTE_JAAR - 1, -1))

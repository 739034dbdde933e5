"""A world where it is some day of some year, with Afnemers that used something."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from simulator.afnemers import Dienst, Sector, beheer
from simulator.facturatie.queries.facturen import Factuurfilter, list_facturen
from simulator.facturatie.values import Factuur
from simulator.infra.clock import Modus, start_klok
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving
from simulator.verbruik import Verbruiksregel
from tests.verbruik.deliveries import meter_all

STAD, BELASTINGEN, WEGVERKEER, MEER, VERZENDHUIS = 1, 2, 3, 4, 5
OIN_STAD = "00000099000000001000"
OIN_BELASTINGEN = "00000099000000002000"
OIN_MEER = "00000099000000004000"
OIN_VERZENDHUIS = "00000099000000009000"


def set_klok(omgeving: Omgeving, year: int, month: int, day: int, hour: int = 12) -> None:
    """Stop the clock at this moment, UTC."""
    with omgeving.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, datetime(year, month, day, hour, tzinfo=UTC)))


def use(
    omgeving: Omgeving, jaar: int, maand: int, aantal: int, afnemer_id: int = STAD, berichttype: str = "WOZ"
) -> None:
    """Meter so many berichten on the tenth of a month."""
    set_klok(omgeving, jaar, maand, 10)
    meter_all(omgeving, Verbruiksregel(new_id(), afnemer_id, berichttype, "berichtenbox", None, aantal))


def connect(omgeving: Omgeving, oin: str, sector: Sector, sinds: date, diensten: Iterable[Dienst]) -> int:
    """A new Afnemer, in production since that day."""
    invoer = beheer.AfnemerInvoer(oin, f"Afnemer {oin[-4:]}", frozenset(diensten), sector, sinds)
    return beheer.add_afnemer(omgeving, invoer).id


def all_facturen(omgeving: Omgeving, afnemer_id: int | None = None) -> list[Factuur]:
    """Everything on paper."""
    with omgeving.reading() as session:
        return list_facturen(session, Factuurfilter(afnemer_id))


def totalen(facturen: Iterable[Factuur]) -> list[tuple[str, str, str, int, int]]:
    """Each invoice in one line: whose, kind, period, and cents without and with BTW."""
    return [(each.afnemer.oin[-4:], each.soort.value, each.periode.naam, each.totaal_excl, each.totaal_incl)
            for each in facturen]  # fmt: skip

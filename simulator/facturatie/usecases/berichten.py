"""The berichten behind a line of an invoice: what was metered in its period, by delivery."""

from dataclasses import dataclass

from simulator.facturatie.errors import FactuurNotFound
from simulator.facturatie.queries.facturen import get_factuur
from simulator.infra.omgeving import Omgeving
from simulator.verbruik import Periode, list_feiten_of


@dataclass(frozen=True, slots=True)
class Regelvraag:
    """Which line of which invoice of an Afnemer, and which of its deliveries: ``aantal`` of those after ``na``."""

    afnemer_id: int
    nummer: str
    volgnummer: int
    na: int
    aantal: int


@dataclass(frozen=True, slots=True)
class Regelaanlevering:
    """A delivery, with how many berichten of each berichttype it had for this Afnemer."""

    aanlevering_id: int
    berichttypes: dict[str, int]


def list_regelaanleveringen(omgeving: Omgeving, vraag: Regelvraag) -> list[Regelaanlevering]:
    """The deliveries behind a line, the oldest first; none behind a line that is not about berichten.

    A line of free berichten and the one beside it, of those that were not, open the same: all of their month. Raises
    ``FactuurNotFound``, for a line that is not there too.
    """
    found: dict[int, dict[str, int]] = {}
    with omgeving.reading() as session:
        factuur = get_factuur(session, vraag.nummer, vraag.afnemer_id)
        regel = next((each for each in factuur.regels if each.volgnummer == vraag.volgnummer), None)
        if regel is None:
            raise FactuurNotFound(
                f"Factuur {vraag.nummer} heeft {len(factuur.regels)} regels.", ontvangen=str(vraag.volgnummer)
            )
        if regel.heeft_berichten:
            periode = Periode.per_maand(regel.periode.van, regel.periode.tot)
            for feit in list_feiten_of(session, vraag.afnemer_id, periode, vraag.na, vraag.aantal):
                found.setdefault(feit.aanlevering_id, {})[feit.berichttype] = feit.aantal
    return [Regelaanlevering(*each) for each in found.items()]

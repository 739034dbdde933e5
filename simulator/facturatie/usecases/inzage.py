"""Who looks at invoices: an Afnemer at its own, the beheerder of the simulator at all."""

from simulator.afnemers import AfnemerRecord
from simulator.facturatie.queries.facturen import Factuurfilter, get_factuur, list_facturen
from simulator.facturatie.rules.vraag import Factuurvraag
from simulator.facturatie.values import Factuur
from simulator.infra.omgeving import Omgeving


def list_eigen_facturen(omgeving: Omgeving, afnemer: AfnemerRecord, vraag: Factuurvraag) -> list[Factuur]:
    """A page of invoices, and the first of the next page if there is one."""
    gezocht = Factuurfilter(afnemer.id, vraag.jaar, vraag.soort, vraag.na, vraag.aantal + 1)
    with omgeving.reading() as session:
        return list_facturen(session, gezocht)


def list_alle_facturen(omgeving: Omgeving, vraag: Factuurvraag) -> list[Factuur]:
    """The same of all Afnemers."""
    with omgeving.reading() as session:
        return list_facturen(session, Factuurfilter(None, vraag.jaar, vraag.soort, vraag.na, vraag.aantal + 1))


def get_eigen_factuur(omgeving: Omgeving, afnemer: AfnemerRecord, nummer: str) -> Factuur:
    """One invoice; raises ``FactuurNotFound``, also for somebody else's."""
    with omgeving.reading() as session:
        return get_factuur(session, nummer, afnemer.id)

"""A new organisation comes to Logius: it gets an entry and its first key, and is connected to nothing yet."""

from simulator.afnemers import Sector, beheer
from simulator.infra.omgeving import Omgeving


def register_organisatie(omgeving: Omgeving, oin: str, naam: str, sector: Sector) -> str:
    """Enter an organisation; answers its first key. Raises ``OinOngeldig`` or ``AfnemerBestaatAl``.

    ASSUMPTION: Logius hands out the key with the account for its portal, before any form is signed; with the key alone
    the organisation can fill in the form and see why everything else is closed.
    """
    beheer.add_afnemer(omgeving, beheer.AfnemerInvoer(oin, naam, sector=sector))
    return beheer.issue_sleutel(omgeving, oin).sleutel

"""What an Afnemer may do in its portal: what it may do by its API."""

from simulator.afnemers import AfnemerRecord, Dienst, beheer


def check_toegang(afnemer: AfnemerRecord, dienst: Dienst | None = None) -> None:
    """Raise what the API would raise: ``AfnemerNietActief``, or for a dienst ``DienstNietAfgenomen``."""
    beheer.check_actief(afnemer)
    if dienst is not None:
        beheer.check_dienst(afnemer, dienst)

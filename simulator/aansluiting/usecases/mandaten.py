"""Who delivers in the name of the Afnemer, as it decides itself; in force for the next request, in all workers."""

from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord, afnemer_index, beheer
from simulator.infra.omgeving import Omgeving


@dataclass(frozen=True, slots=True)
class Mandaten:
    """To whom an Afnemer gave a mandate, and from whom it has one; by OIN."""

    verleend: tuple[AfnemerRecord, ...]
    gekregen: tuple[AfnemerRecord, ...]


def list_mandaten(omgeving: Omgeving, afnemer: AfnemerRecord) -> Mandaten:
    """The mandates that the Afnemer gave and has, as they are now."""
    index = afnemer_index(omgeving)
    afnemers = sorted(index.by_id.values(), key=lambda each: each.oin)
    mijn = index.by_id[afnemer.id].mandaten
    return Mandaten(
        verleend=tuple(each for each in afnemers if afnemer.id in each.mandaten),
        gekregen=tuple(each for each in afnemers if each.id in mijn),
    )


def grant_mandaat(omgeving: Omgeving, afnemer: AfnemerRecord, intermediair: str) -> None:
    """Let an intermediair deliver in the name of the Afnemer; raises ``AfnemerNotFound`` or ``MandaatOngeldig``."""
    beheer.add_mandaat(omgeving, intermediair, str(afnemer.oin))


def withdraw_mandaat(omgeving: Omgeving, afnemer: AfnemerRecord, intermediair: str) -> None:
    """Take the mandate back; without one this changes nothing. Raises ``AfnemerNotFound``."""
    beheer.remove_mandaat(omgeving, intermediair, str(afnemer.oin))

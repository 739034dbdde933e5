"""The Afnemers of an omgeving as the beheerder sees them: with their keys and in whose name they may deliver."""

from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord, beheer
from simulator.control.errors import SleutelHintDubbel, SleutelOnbekend
from simulator.infra.omgeving import Omgeving


@dataclass(frozen=True, slots=True)
class Aansluiting:
    """One Afnemer; ``namens`` are the OINs in whose name it may deliver."""

    afnemer: AfnemerRecord
    sleutels: tuple[beheer.SleutelRecord, ...]
    namens: tuple[str, ...]


def list_aansluitingen(omgeving: Omgeving) -> list[Aansluiting]:
    """All Afnemers by OIN, the inactive ones too."""
    with omgeving.reading() as session:
        afnemers = beheer.list_afnemers(session)
        oins = {afnemer.id: str(afnemer.oin) for afnemer in afnemers}
        return [
            Aansluiting(
                afnemer,
                tuple(beheer.list_sleutels(session, afnemer.id)),
                tuple(sorted(oins[each] for each in afnemer.mandaten)),
            )
            for afnemer in afnemers
        ]


def get_aansluiting(omgeving: Omgeving, oin: str) -> Aansluiting:
    """One Afnemer by OIN; raises ``AfnemerNotFound``."""
    with omgeving.reading() as session:
        afnemer_id = beheer.require_row(session, oin).id
    return next(each for each in list_aansluitingen(omgeving) if each.afnemer.id == afnemer_id)


def get_afnemer(omgeving: Omgeving, oin: str) -> AfnemerRecord:
    """The record of one Afnemer by OIN; raises ``AfnemerNotFound``."""
    return get_aansluiting(omgeving, oin).afnemer


def revoke_sleutel(omgeving: Omgeving, oin: str, which: str) -> None:
    """Revoke a key of this Afnemer, named by its id or by its hint (the last four characters).

    Raises ``AfnemerNotFound``, ``SleutelOnbekend``, or ``SleutelHintDubbel`` when two keys share the hint.
    """
    sleutels = get_aansluiting(omgeving, oin).sleutels
    by_id = [each for each in sleutels if str(each.id) == which]
    found = by_id or [each for each in sleutels if each.hint == which and each.ingetrokken_op is None]
    if not found:
        raise SleutelOnbekend("Deze Afnemer heeft geen geldige sleutel met deze id of hint.", ontvangen=which[:40])
    if len(found) > 1:
        raise SleutelHintDubbel("Noem de sleutel bij zijn id.", ontvangen=which)
    beheer.revoke_sleutel(omgeving, found[0].id)

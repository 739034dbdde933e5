"""The simulated phone: what a person would see there while logging in."""

from dataclasses import dataclass

from simulator.digid.queries import find_poging, read_sms, recent_smsen
from simulator.digid.values import Pogingstatus, Sms
from simulator.gebruikers import Bsn, get_gebruiker
from simulator.infra.omgevingen import Omgeving

ZICHTBARE_CIJFERS = 2


@dataclass(frozen=True, slots=True)
class Smsstand:
    """A login that waits for its code, or has ended; ``telefoon`` shows the last two digits only."""

    naar: str
    wacht_op_code: bool
    telefoon: str


def find_smsstand(omgeving: Omgeving, poging_token: str) -> Smsstand | None:
    """Find the login that this browser is in."""
    with omgeving.reading() as session:
        poging = find_poging(session, poging_token) if poging_token else None
        if poging is None or poging.bsn is None:
            return None
        gebruiker = get_gebruiker(omgeving, session, Bsn(poging.bsn))
        telefoon = gebruiker.telefoon if gebruiker else ""
        verborgen = "*" * max(0, len(telefoon) - ZICHTBARE_CIJFERS) + telefoon[-ZICHTBARE_CIJFERS:]
        return Smsstand(poging.naar, poging.status == Pogingstatus.SMS_VERZONDEN, verborgen)


def find_sms(omgeving: Omgeving, poging_token: str) -> Sms | None:
    """Find the message of the login that this browser is in; its code is no use in another, nor theirs here."""
    with omgeving.reading() as session:
        poging = find_poging(session, poging_token) if poging_token else None
        if poging is None or poging.bsn is None or poging.sms_nummer is None:
            return None
        gebruiker = get_gebruiker(omgeving, session, Bsn(poging.bsn))
        return read_sms(poging, gebruiker.telefoon) if gebruiker else None


def read_phone(omgeving: Omgeving, bsn: Bsn) -> tuple[Sms, ...]:
    """List what is on somebody's phone, newest first; for the control API."""
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, bsn)
        return recent_smsen(session, int(bsn), gebruiker.telefoon) if gebruiker else ()

"""Signing in with a key, staying signed in as long as that key holds, and signing out."""

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.infra.ids import hash_token, new_id, new_token
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Uitkomst
from simulator.leveranciersportaal.errors import (
    AANMELDEN,
    AanmeldingGeweigerd,
    AanmeldingOntbreekt,
    SleutelIngetrokken,
)
from simulator.leveranciersportaal.models import Leverancierssessie
from simulator.leveranciersportaal.queries import delete_sessie, delete_verlopen, find_sessie
from simulator.leveranciersportaal.rules import check_geldig
from simulator.leveranciersportaal.values import GELDIG


def start_sessie(omgeving: Omgeving, sleutel: str) -> str:
    """Sign in with an API key; answers the secret of the session, which opens nothing but the portal of this omgeving.

    An Afnemer whose connection is closed may sign in too: here it reads why. Raises ``AanmeldingGeweigerd``.
    """
    sleutel_hash = hash_token(sleutel)
    if sleutel_hash not in afnemer_index(omgeving).by_key_hash:
        raise AanmeldingGeweigerd("Deze sleutel is in deze omgeving niet uitgegeven, of is ingetrokken.")
    token = new_token()
    with omgeving.unit_of_work() as uow:
        delete_verlopen(uow.session, uow.moment - GELDIG)
        uow.session.add(
            Leverancierssessie(
                id=new_id(), token_hash=hash_token(token), sleutel_hash=sleutel_hash, aangemaakt_op=uow.moment
            )
        )
        uow.tel(AANMELDEN, Uitkomst.GESLAAGD)
    return token


def use_sessie(omgeving: Omgeving, token: str) -> AfnemerRecord:
    """The Afnemer who signed in; raises ``AanmeldingOntbreekt`` or one of its kinds when that no longer holds."""
    with omgeving.reading() as session:
        sessie = find_sessie(session, token) if token else None
    if sessie is None:
        raise AanmeldingOntbreekt
    check_geldig(sessie.aangemaakt_op, omgeving.now())
    afnemer = afnemer_index(omgeving).by_key_hash.get(sessie.sleutel_hash)
    if afnemer is None:
        raise SleutelIngetrokken
    return afnemer


def end_sessie(omgeving: Omgeving, token: str) -> None:
    """Sign out; a session that is not there any more is fine."""
    with omgeving.unit_of_work() as uow:
        delete_sessie(uow.session, token)

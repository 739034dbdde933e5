"""Read what DigiD remembers."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.digid.models import Blokkade, Inlogpoging, Sessie, Zekerheidsniveau
from simulator.digid.values import (
    Blokkadestand,
    Factor,
    Mislukking,
    Niveau,
    Niveaubesluit,
    Sms,
    format_code,
)
from simulator.infra.clock import from_micros, to_micros
from simulator.infra.ids import hash_token

RECENTE_SMSEN = 5


def find_sessie(session: Session, token: str) -> Sessie | None:
    """Find the session that belongs to a token."""
    return session.scalars(select(Sessie).where(Sessie.token_hash == hash_token(token))).one_or_none()


def find_poging(session: Session, token: str, *, lock: bool = False) -> Inlogpoging | None:
    """Find a login attempt by the token of its browser; with ``lock`` no other worker can move it on meanwhile."""
    vraag = select(Inlogpoging).where(Inlogpoging.token_hash == hash_token(token))
    return session.scalars(vraag.with_for_update() if lock else vraag).one_or_none()


def next_volgnummer(session: Session, bsn: int) -> int:
    """Give the number of the next login attempt of this person."""
    return (session.scalar(select(func.max(Inlogpoging.volgnummer)).where(Inlogpoging.bsn == bsn)) or 0) + 1


def read_blokkade(blokkade: Blokkade) -> Blokkadestand:
    """Read the failures of an account as a value."""
    mislukkingen = tuple(
        Mislukking(Factor(factor), from_micros(micros)) for factor, micros in json.loads(blokkade.mislukkingen)
    )
    return Blokkadestand(mislukkingen, blokkade.geblokkeerd_tot)


def write_blokkade(blokkade: Blokkade, stand: Blokkadestand) -> None:
    """Put the failures of an account back into its row."""
    blokkade.mislukkingen = json.dumps([[een.factor.value, to_micros(een.moment)] for een in stand.mislukkingen])
    blokkade.geblokkeerd_tot = stand.geblokkeerd_tot


def load_besluiten(session: Session) -> tuple[Niveaubesluit, ...]:
    """Read every decision about the level that MijnOverheid asks."""
    rijen = session.scalars(select(Zekerheidsniveau).order_by(Zekerheidsniveau.vanaf))
    return tuple(Niveaubesluit(rij.vanaf, Niveau(rij.niveau)) for rij in rijen)


def walk_logins(session: Session, vanaf: datetime, tot: datetime) -> Iterator[tuple[int, Niveau, datetime]]:
    """Give every login from ``vanaf`` until ``tot``: who, on which level, when; a few at a time, however many."""
    vraag = select(Sessie.bsn, Sessie.niveau, Sessie.aangemaakt_op).where(
        Sessie.aangemaakt_op >= vanaf, Sessie.aangemaakt_op < tot
    )
    for bsn, niveau, moment in session.execute(vraag.execution_options(yield_per=1_000)):
        yield bsn, Niveau(niveau), moment


def recent_smsen(session: Session, bsn: int, telefoon: str) -> tuple[Sms, ...]:
    """List the last messages on the phone of this person, newest first."""
    vraag = (
        select(Inlogpoging)
        .where(Inlogpoging.bsn == bsn, Inlogpoging.sms_nummer.is_not(None))
        .order_by(Inlogpoging.volgnummer.desc())
        .limit(RECENTE_SMSEN)
    )
    return tuple(read_sms(poging, telefoon) for poging in session.scalars(vraag))


def read_sms(poging: Inlogpoging, telefoon: str) -> Sms:
    """Read the message that a login attempt sent."""
    code = format_code(poging.sms_nummer or 0)
    tekst = f"Uw sms-code is {code}. Hiermee logt u in bij MijnOverheid. Geef deze code nooit aan iemand anders. DigiD"
    return Sms(poging.sms_verzonden_op or poging.begonnen_op, code, tekst, telefoon)

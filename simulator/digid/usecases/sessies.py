"""Sessions: starting, using and ending them. The token itself is never stored."""

from dataclasses import dataclass

from sqlalchemy import update

from simulator.digid.errors import SESSIE, InloggerOnbekend, SessieOntbreekt
from simulator.digid.models import Sessie
from simulator.digid.queries import find_sessie
from simulator.digid.rules import check_inlogger, check_niveau, check_sessie, is_bijwerken_nodig
from simulator.digid.usecases.niveau import current_niveau
from simulator.digid.usecases.termijnen import get_termijnen
from simulator.digid.values import Inlogger, Niveau, Sessiestand
from simulator.gebruikers import Bsn, Gebruiker, get_gebruiker
from simulator.infra.ids import hash_token, new_id, new_token
from simulator.infra.omgevingen import Omgeving, UnitOfWork
from simulator.infra.regels import Regel, Uitkomst
from simulator.infra.tracing import Trace, begin_trace
from simulator.verwerkingen import LOGIUS, Activiteit, Verwerking, record_verwerkingen


@dataclass(frozen=True, slots=True)
class Burger:
    """The citizen who is logged in."""

    bsn: Bsn
    niveau: Niveau
    sessie_id: int


def start_sessie(omgeving: Omgeving, bsn: Bsn, niveau: Niveau, trace: Trace | None = None) -> str:
    """Log somebody in without pages, for tests: gives the token of the session.

    The rules on persons hold as on the pages: raises ``InloggerOnbekend``, ``InloggerOverleden``, ``InloggerTeJong``
    or ``SmsControleOntbreekt``.
    """
    with omgeving.unit_of_work() as uow:
        gebruiker = get_gebruiker(omgeving, uow.session, bsn)
        if gebruiker is None:
            raise InloggerOnbekend("In deze omgeving woont niemand met dit BSN.")
        check_inlogger(inlogger_of(uow, gebruiker), niveau)
        return add_sessie(uow, bsn, niveau, trace or begin_trace())


def inlogger_of(uow: UnitOfWork, gebruiker: Gebruiker) -> Inlogger:
    """Give what DigiD must know about a person; above Midden this simulator knows no levels yet."""
    niveau = Niveau.MIDDEN if gebruiker.digid_niveau >= Niveau.MIDDEN else Niveau.BASIS
    return Inlogger(niveau, gebruiker.leeftijd(uow.moment.date()), gebruiker.overleden)


def add_sessie(uow: UnitOfWork, bsn: int, niveau: Niveau, trace: Trace) -> str:
    """Store a new session in this unit of work, and write in the log that somebody logged in; gives its token."""
    token = new_token()
    uow.tel(SESSIE, Uitkomst.GESLAAGD)
    uow.session.add(
        Sessie(
            id=new_id(),
            token_hash=hash_token(token),
            bsn=int(bsn),
            niveau=int(niveau),
            aangemaakt_op=uow.moment,
            laatst_gebruikt_op=uow.moment,
        ),
    )
    record_verwerkingen(uow, [Verwerking(bsn, Activiteit.INLOGGEN, LOGIUS, trace, f"niveau {niveau.naam}")])
    return token


def use_sessie(omgeving: Omgeving, token: str) -> Burger:
    """Give the citizen behind a token, and keep the session alive.

    Raises ``SessieOntbreekt`` (or one of its kinds) when there is no such session any more.
    """
    termijnen = get_termijnen(omgeving)
    moment = omgeving.now()
    with omgeving.reading() as session:
        sessie = find_sessie(session, token) if token else None
        if sessie is None:
            raise SessieOntbreekt("Log in met DigiD.")
        stand = Sessiestand(sessie.aangemaakt_op, sessie.laatst_gebruikt_op, sessie.beeindigd_op)
        burger = Burger(Bsn(sessie.bsn), Niveau(sessie.niveau), sessie.id)
    check_sessie(stand, moment, termijnen)
    if is_bijwerken_nodig(stand, moment, termijnen):
        _record_use(omgeving, burger.sessie_id, stand)
    return burger


def enter_mijnoverheid(omgeving: Omgeving, token: str) -> Burger:
    """Give the citizen behind a token, on the level that MijnOverheid asks now; raises ``NiveauTeLaag`` besides."""
    burger = use_sessie(omgeving, token)
    check_niveau(burger.niveau, current_niveau(omgeving))
    return burger


def count_weigering(omgeving: Omgeving, regel: Regel) -> None:
    """Count a refusal that was answered by sending somebody to the login page."""
    with omgeving.unit_of_work() as uow:
        uow.tel(regel, Uitkomst.GEWEIGERD)


def end_sessie(omgeving: Omgeving, token: str) -> None:
    """Log out; a session that is not there any more is fine."""
    with omgeving.unit_of_work() as uow:
        sessie = find_sessie(uow.session, token)
        if sessie is not None and sessie.beeindigd_op is None:
            sessie.beeindigd_op = uow.moment


def _record_use(omgeving: Omgeving, sessie_id: int, stand: Sessiestand) -> None:
    """Write that a session is used now; one that began later than now did so before the clock was set back."""
    with omgeving.unit_of_work() as uow:
        begonnen = min(stand.aangemaakt_op, uow.moment)
        uow.session.execute(
            update(Sessie).where(Sessie.id == sessie_id).values(aangemaakt_op=begonnen, laatst_gebruikt_op=uow.moment),
        )

"""Which level MijnOverheid asks, and from when."""

from datetime import datetime

from sqlalchemy.orm import Session

from simulator.digid.models import Zekerheidsniveau
from simulator.digid.queries import load_besluiten
from simulator.digid.rules import niveau_at
from simulator.digid.values import Niveau
from simulator.infra.omgevingen import Omgeving, UnitOfWork


def required_niveau(session: Session, moment: datetime) -> Niveau:
    """Give the level that MijnOverheid asks at ``moment``: Midden since 2023, unless decided otherwise."""
    return niveau_at(load_besluiten(session), moment)


def current_niveau(omgeving: Omgeving) -> Niveau:
    """Give the level that MijnOverheid asks now; from a cached record, since every page of a citizen asks it."""
    return niveau_at(omgeving.cached("digid.besluiten", load_besluiten), omgeving.now())


def decide_niveau(uow: UnitOfWork, niveau: Niveau, vanaf: datetime) -> None:
    """Lay down that MijnOverheid asks ``niveau`` from ``vanaf`` on; a later decision on the same moment replaces it."""
    uow.session.merge(Zekerheidsniveau(vanaf=vanaf, niveau=int(niveau)))
    uow.touch()

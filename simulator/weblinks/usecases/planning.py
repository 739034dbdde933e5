"""When weblinks are looked at: rows of the agenda that only say that something is due then."""

from collections.abc import Collection, Sequence
from datetime import datetime

from simulator.infra.clock import to_micros
from simulator.infra.omgeving import UnitOfWork
from simulator.weblinks.models import Weblink

INPLANNEN = "weblinks.inplannen"
"""On the agenda: something is due then; gather all that is into a batch for the network."""
HERZIEN = "weblinks.herzien"
"""On the agenda: judge the weblinks of an Afnemer anew, a part of them."""
PER_HERZIENING = 500


def plan_controle(uow: UnitOfWork, weblinks: Sequence[Weblink]) -> None:
    """Check these as soon as possible; what was planned for them before is overtaken."""
    if not weblinks:
        return
    moment = to_micros(uow.moment)
    for weblink in weblinks:
        weblink.volgende_controle, weblink.partij = moment, None
    plan_rondes(uow, {uow.moment})


def plan_rondes(uow: UnitOfWork, momenten: Collection[datetime]) -> None:
    """Something is due at each of these moments."""
    for moment in momenten:
        uow.plan(INPLANNEN, moment, {})


def plan_herziening(uow: UnitOfWork, afnemer_id: int, na: int = 0) -> None:
    """Judge the weblinks of this Afnemer anew, those after ``na``."""
    uow.plan(HERZIEN, uow.moment, {"afnemer": afnemer_id, "na": na, "aantal": PER_HERZIENING})

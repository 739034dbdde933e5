"""Judge a weblink when a zaak is delivered, and remember it, so that it is checked from then on."""

import hashlib
import json
from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord
from simulator.infra.clock import to_micros
from simulator.infra.database import insert_into
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.weblinks.errors import WEBLINK_REGELS
from simulator.weblinks.models import Weblink
from simulator.weblinks.queries.domeinen import get_kader
from simulator.weblinks.queries.links import find_weblink
from simulator.weblinks.rules.weblink import WeblinkBezwaar, conceal, judge, name_host, stand_of_bezwaren
from simulator.weblinks.usecases.planning import plan_controle, plan_rondes
from simulator.weblinks.usecases.uitkomst import record_oordeel
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.stand import Stand


def judge_weblink(
    omgeving: Omgeving,
    session: Session,  # noqa: ARG001 - what is judged may come to need the database; callers have one open
    afnemer: AfnemerRecord,
    url: str,
) -> tuple[WeblinkBezwaar, ...]:
    """Every rule that a weblink of this Afnemer breaks, the gravest first; asks no network (article 7.1)."""
    return judge(url, get_kader(omgeving, afnemer.id))


def register_weblink(uow: UnitOfWork, afnemer_id: int, url: str, bezwaren: Sequence[WeblinkBezwaar]) -> int:
    """Remember a weblink, the same one once, and plan its first check; answers its id.

    With ``bezwaren`` (under the policy to accept and mark) it is kept from the citizen and the network is not asked.
    """
    count_oordeel(uow, bezwaren)
    url_hash = hashlib.sha256(url.encode(errors="surrogatepass")).digest()
    known = find_weblink(uow.session, afnemer_id, url_hash)
    if known is None:
        weblink_id = new_id()
        values = {"id": weblink_id, "afnemer_id": afnemer_id, "url_hash": url_hash, **_first_values(uow, url)}
        stored = uow.session.scalar(
            insert_into(uow.session, Weblink).values(**values).on_conflict_do_nothing().returning(Weblink.id)
        )
        if stored is not None and not bezwaren:
            plan_rondes(uow, {uow.moment})
            return weblink_id
        known = find_weblink(uow.session, afnemer_id, url_hash)
        if known is None:  # another transaction stored it, and is not seen here: only where the isolation forbids it
            raise RuntimeError("a weblink that was just stored is not there")
    if decode_regels(known.bezwaren) != {each.regel.id for each in bezwaren}:
        mark_bezwaren(uow, known, bezwaren)
    return known.id


def count_oordeel(uow: UnitOfWork, bezwaren: Sequence[WeblinkBezwaar]) -> None:
    """Count how each rule about weblinks ended for one of them."""
    broken = {each.regel.id for each in bezwaren}
    for regel in WEBLINK_REGELS:
        uow.tel(regel, Uitkomst.GEWEIGERD if regel.id in broken else Uitkomst.GESLAAGD)


def mark_bezwaren(uow: UnitOfWork, weblink: Weblink, bezwaren: Sequence[WeblinkBezwaar]) -> Collection[int]:
    """The weblink breaks these rules from now on, or none any more; answers the Afnemers for whom there is an alert."""
    weblink.bezwaren = encode_bezwaren(bezwaren)
    stand = stand_of_bezwaren(bezwaren) if bezwaren else Stand.NIET_GECONTROLEERD
    told = record_oordeel(uow, weblink, Bevinding(stand, _explain(bezwaren)))
    if not bezwaren:
        plan_controle(uow, [weblink])
    return told


def encode_bezwaren(bezwaren: Sequence[WeblinkBezwaar]) -> str:
    """Broken rules as they are stored."""
    return json.dumps([[each.regel.id, each.toelichting] for each in bezwaren], ensure_ascii=False)


def decode_regels(bezwaren: str) -> set[str]:
    """The ids of the rules that a stored weblink breaks."""
    return {regel for regel, _ in json.loads(bezwaren)}


def _first_values(uow: UnitOfWork, url: str) -> dict[str, object]:
    return {
        "url": conceal(url),
        "host": name_host(url),
        "bezwaren": "[]",
        "stand": Stand.NIET_GECONTROLEERD.value,
        "sinds": uow.moment,
        "reden": _explain(()),
        "aangemaakt_op": uow.moment,
        "volgende_controle": to_micros(uow.moment),
        "mislukt": 0,
        "omleidingen": 0,
    }


def _explain(bezwaren: Sequence[WeblinkBezwaar]) -> str:
    return " ".join(each.toelichting for each in bezwaren) or "Deze weblink is nog niet gecontroleerd."

"""Write down what checks found: the stand of each weblink, its history, the alerts, and when to look again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.ids import new_id
from simulator.infra.omgeving import UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.weblinks.errors import WEBLINK_WERKT
from simulator.weblinks.models import Weblink, Weblinkmelding, Weblinkperiode
from simulator.weblinks.queries.links import list_in_batch, list_lopende_perioden
from simulator.weblinks.rules.uitslag import kies_melding, plan_volgende
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.stand import Stand


class Opgeslagen(NamedTuple):
    """What was written down leads to."""

    afnemers: Collection[int]
    """For whom there is an alert."""
    momenten: Collection[datetime]
    """When something is due again."""


def store_bevindingen(uow: UnitOfWork, partij: int, bevindingen: Mapping[int, Bevinding]) -> Opgeslagen:
    """Write down what a batch found, by id of weblink.

    What was written already by another who did the same batch, or was planned anew meanwhile, is left as it is.
    """
    weblinks = list_in_batch(uow.session, partij, bevindingen)
    lopend = list_lopende_perioden(uow.session, [each.id for each in weblinks])
    meldingen: list[Weblinkmelding] = []
    for weblink in weblinks:
        bevinding = bevindingen[weblink.id]
        meldingen += _alert(uow, weblink, bevinding)
        _record_periode(uow, weblink, bevinding, lopend.get(weblink.id))
        _record_stand(uow, weblink, bevinding)
        uow.tel(WEBLINK_WERKT, Uitkomst.GESLAAGD if bevinding.stand.bruikbaar else Uitkomst.GEWEIGERD)
    uow.session.add_all(meldingen)
    momenten = {from_micros(each.volgende_controle) for each in weblinks if each.volgende_controle is not None}
    return Opgeslagen({each.afnemer_id for each in meldingen}, momenten)


def record_oordeel(uow: UnitOfWork, weblink: Weblink, oordeel: Bevinding) -> Collection[int]:
    """Write down what the rules say of a weblink that was not visited; answers the Afnemers for whom there is an alert.

    One that breaks a rule is not visited at all; one that breaks none any more has to be.
    """
    lopend = list_lopende_perioden(uow.session, [weblink.id]).get(weblink.id)
    meldingen = [] if oordeel.stand is Stand.NIET_GECONTROLEERD else _alert(uow, weblink, oordeel)
    uow.session.add_all(meldingen)
    if lopend is not None or not oordeel.stand.bruikbaar:
        _record_periode(uow, weblink, oordeel, lopend)
    if weblink.stand != oordeel.stand.value:
        weblink.sinds = uow.moment
    weblink.stand, weblink.reden = oordeel.stand.value, oordeel.reden
    weblink.volgende_controle = weblink.partij = None
    return {each.afnemer_id for each in meldingen}


def _alert(uow: UnitOfWork, weblink: Weblink, bevinding: Bevinding) -> Sequence[Weblinkmelding]:
    soort = kies_melding(Stand(weblink.stand), bevinding.stand)
    if soort is None:
        return ()
    return (
        Weblinkmelding(
            id=new_id(),
            afnemer_id=weblink.afnemer_id,
            weblink_id=weblink.id,
            soort=soort.value,
            stand=bevinding.stand.value,
            vorige_stand=weblink.stand,
            reden=bevinding.reden,
            moment=uow.moment,
        ),
    )


def _record_periode(uow: UnitOfWork, weblink: Weblink, bevinding: Bevinding, lopend: Weblinkperiode | None) -> None:
    found = (bevinding.stand.value, bevinding.reden, bevinding.http_status)
    if lopend is not None and (lopend.stand, lopend.reden, lopend.http_status) == found:
        lopend.laatst = uow.moment
        lopend.controles += 1
        return
    if lopend is not None:
        lopend.tot = uow.moment
    uow.session.add(
        Weblinkperiode(
            id=new_id(),
            weblink_id=weblink.id,
            afnemer_id=weblink.afnemer_id,
            stand=bevinding.stand.value,
            reden=bevinding.reden,
            http_status=bevinding.http_status,
            van=uow.moment,
            laatst=uow.moment,
            controles=1,
        )
    )


def _record_stand(uow: UnitOfWork, weblink: Weblink, bevinding: Bevinding) -> None:
    if weblink.stand != bevinding.stand.value:
        weblink.sinds = uow.moment
    weblink.stand = bevinding.stand.value
    weblink.reden = bevinding.reden
    weblink.gecontroleerd_op = uow.moment
    weblink.mislukt = 0 if bevinding.stand.bruikbaar else weblink.mislukt + 1
    weblink.http_status = bevinding.http_status
    weblink.duur_ms = bevinding.duur_ms
    weblink.omleidingen = bevinding.omleidingen
    weblink.eind_url = bevinding.eind_url
    weblink.certificaat_tot = bevinding.certificaat_tot
    weblink.partij = None
    weblink.volgende_controle = to_micros(plan_volgende(bevinding.stand, weblink.mislukt, uow.moment))

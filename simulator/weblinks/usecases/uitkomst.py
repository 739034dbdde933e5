"""Write down what checks found: the stand of each weblink, its history, the alerts, and when to look again."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.ids import new_id
from simulator.infra.omgeving import UnitOfWork
from simulator.infra.regels import Uitkomst as Regeluitkomst
from simulator.weblinks.errors import WEBLINK_WERKT
from simulator.weblinks.models import Weblink, Weblinkmelding, Weblinkperiode
from simulator.weblinks.queries.links import list_due, list_lopende_perioden
from simulator.weblinks.rules.uitslag import kies_melding, plan_volgende
from simulator.weblinks.usecases.registratie import INPLANNEN
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.stand import Stand


class Uitkomst(NamedTuple):
    """What was found for a check that was planned at ``gepland`` (microseconds)."""

    gepland: int
    bevinding: Bevinding


def store_uitkomsten(uow: UnitOfWork, uitkomsten: Mapping[int, Uitkomst]) -> Collection[int]:
    """Write down outcomes by id of weblink; answers the Afnemers for whom there is an alert.

    What was written already by another who did the same batch, or was planned anew meanwhile, is left as it is.
    """
    weblinks = [
        each for each in list_due(uow.session, uitkomsten) if each.volgende_controle == uitkomsten[each.id].gepland
    ]
    lopend = list_lopende_perioden(uow.session, [each.id for each in weblinks])
    meldingen: list[Weblinkmelding] = []
    volgende: defaultdict[int, list[int]] = defaultdict(list)
    for weblink in weblinks:
        bevinding = uitkomsten[weblink.id].bevinding
        meldingen += _alert(uow, weblink, bevinding)
        _record_periode(uow, weblink, bevinding, lopend.get(weblink.id))
        _record_stand(uow, weblink, bevinding)
        volgende[weblink.volgende_controle or 0].append(weblink.id)
        uow.tel(WEBLINK_WERKT, Regeluitkomst.GESLAAGD if bevinding.stand.bruikbaar else Regeluitkomst.GEWEIGERD)
    uow.session.add_all(meldingen)
    _plan_next(uow, volgende)
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
    weblink.volgende_controle = to_micros(plan_volgende(bevinding.stand, weblink.mislukt, uow.moment))


def _plan_next(uow: UnitOfWork, volgende: Mapping[int, Sequence[int]]) -> None:
    for moment, ids in volgende.items():
        uow.plan(INPLANNEN, from_micros(moment), {"weblinks": ids, "moment": moment, "aantal": len(ids)})

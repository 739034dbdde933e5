"""Gather what the traffic of an Afnemer has shown, and judge it: the living checklist and the conformity report."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from simulator import __version__, berichtenbox, lopende_zaken, persoonlijke_gegevens, weblinks
from simulator.afnemers import AfnemerRecord, Dienst
from simulator.conformiteit.queries import list_uitwisselingen
from simulator.conformiteit.rules.bereik import list_bereikbaar
from simulator.conformiteit.rules.checklist import judge_diensten
from simulator.conformiteit.values import (
    OMGEVING,
    Dienstbevinding,
    Omstandigheden,
    Punt,
    Rapport,
    Regelbevinding,
    Uitwisseling,
)
from simulator.infra import regels
from simulator.infra.omgeving import Omgeving, count_regels
from simulator.infra.regels import Regel
from simulator.infra.sporen import Spoor, Sporen

_GEWEIGERD = "geweigerd."
_GELEZEN = "gelezen."
_ROOMS = {
    Dienst.BERICHTENBOX: (berichtenbox.list_sporen,),
    Dienst.LOPENDE_ZAKEN: (lopende_zaken.list_sporen, weblinks.list_sporen),
    Dienst.PERSOONLIJKE_GEGEVENS: (persoonlijke_gegevens.list_sporen,),
}
Tellingen = dict[str, dict[str, int]]


def judge_checklist(omgeving: Omgeving, afnemer: AfnemerRecord) -> tuple[Dienstbevinding, ...]:
    """The checklist of every dienst of the Afnemer."""
    with omgeving.reading() as session:
        return judge_diensten(_gather(session, afnemer.id, afnemer.diensten), afnemer.diensten)


def list_ontbrekend(session: Session, afnemer_id: int, dienst: Dienst) -> tuple[Punt, ...]:
    """The points of one dienst that the Afnemer has to show and has not; none means that the checklist is passed."""
    (bevinding,) = judge_diensten(_gather(session, afnemer_id, {dienst}), {dienst})
    return bevinding.ontbrekend


def build_rapport(omgeving: Omgeving, afnemer: AfnemerRecord, catalogus: Iterable[Regel]) -> Rapport:
    """All facts of the report, as of one moment of the database."""
    state = omgeving.state
    omstandigheden = Omstandigheden(__version__, omgeving.naam, state.seed, state.klok.modus, omgeving.now())
    with omgeving.reading() as session:
        sporen = _gather(session, afnemer.id, afnemer.diensten)
        tellingen, uitwisselingen = count_regels(session), list_uitwisselingen(session, afnemer.id)
    diensten = judge_diensten(sporen, afnemer.diensten)
    bereikbaar = list_bereikbaar(catalogus, afnemer.diensten)
    bevindingen = tuple(_judge_regel(regel, tellingen, sporen, (diensten, uitwisselingen)) for regel in bereikbaar)
    return Rapport(omstandigheden, afnemer, diensten, bevindingen, tuple(uitwisselingen))


def _gather(session: Session, afnemer_id: int, diensten: Iterable[Dienst]) -> Sporen:
    """What the rooms, the samples of exchanges and the counts of the omgeving tell; the Afnemer's own goes first."""
    sporen: dict[str, Spoor] = {}
    for naam, counts in count_regels(session).items():
        for uitkomst, aantal in counts.items():
            sporen[f"{OMGEVING}{naam}.{uitkomst}"] = Spoor(None, {"telling": "omgeving", "regel": naam}, aantal)
    for uitwisseling in reversed(list_uitwisselingen(session, afnemer_id)):  # so that the oldest of each stays
        sporen |= dict.fromkeys(_list_sleutels(uitwisseling), _as_spoor(uitwisseling))
    for dienst in sorted(diensten):
        for list_sporen in _ROOMS[dienst]:
            sporen |= list_sporen(session, afnemer_id)
    return sporen


def _list_sleutels(uitwisseling: Uitwisseling) -> list[str]:
    operatie, status, *rest = uitwisseling.sleutel.split(" ")
    if uitwisseling.regel is not None:
        return [f"{_GEWEIGERD}{uitwisseling.regel}"]
    return [f"api.{operatie}.{status}", *(_GELEZEN + each for each in rest)]


def _as_spoor(uitwisseling: Uitwisseling) -> Spoor:
    return Spoor(uitwisseling.moment, {"verzoek": f"{uitwisseling.methode} {uitwisseling.pad}",
                                       "antwoord": str(uitwisseling.status)})  # fmt: skip


def _judge_regel(
    regel: Regel,
    tellingen: Tellingen,
    sporen: Sporen,
    bewijs: tuple[Sequence[Dienstbevinding], Sequence[Uitwisseling]],
) -> Regelbevinding:
    diensten, uitwisselingen = bewijs
    counts = tellingen.get(regel.id, {})
    punten = [
        each.punt.id
        for dienst in diensten
        for each in dienst.punten
        if counts and each.spoor is not None and regel.id in each.punt.regels
    ]
    return Regelbevinding(
        regel,
        counts.get(regels.Uitkomst.GESLAAGD, 0),
        counts.get(regels.Uitkomst.GEWEIGERD, 0),
        sporen.get(f"{_GEWEIGERD}{regel.id}"),
        tuple(place for place, each in enumerate(uitwisselingen) if each.regel == regel.id),
        tuple(punten),
    )

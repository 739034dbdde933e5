"""The wire form of the checklist and the conformity report, and the digest over its facts."""

import hashlib
from datetime import datetime

import msgspec

from simulator.conformiteit.rules.dekking import Groepdekking, list_dekking, percentage
from simulator.conformiteit.values import (
    Bericht,
    Bevinding,
    Dienstbevinding,
    Rapport,
    Regelbevinding,
    Uitwisseling,
)
from simulator.infra.sporen import Spoor

TOELICHTING = (
    "Dit rapport is van een simulatie, en geen verklaring van Logius.",
    "Een punt is getoond door het eigen verkeer van de Afnemer; met perOmgeving door dat van de hele omgeving.",
    "De tellingen per regel zijn van de hele omgeving: geef elke Afnemer die wordt getoetst een eigen omgeving.",
    "Van elke soort uitwisseling zijn de eerste twee bewaard, ingekort, zonder sleutel en zonder BSN.",
    "Van een geslaagde aanlevering van berichten is het bewijs wat ervan is opgeslagen: kenmerk, status en hash.",
    "Per proces van de simulator zijn de laatste 20.000 aanleveringen en berichten bekeken, van grote de laatste 20.",
    "digest is sha256 over feiten als JSON met gesorteerde sleutels en zonder spaties.",
)


class _Uit(msgspec.Struct, frozen=True, rename="camel"):
    pass


class BewijsUit(_Uit, frozen=True):
    """When something was first shown, and where the proof of it is."""

    moment: datetime | None
    aantal: int
    bewijs: dict[str, str]


class PuntUit(_Uit, frozen=True):
    """A point of the checklist."""

    id: str
    titel: str
    verplicht: bool
    getoond: bool
    per_omgeving: bool
    hoe: str
    bron: str
    herkomst: str
    regels: list[str]
    bewijs: BewijsUit | None


class DienstUit(_Uit, frozen=True):
    """The checklist of one dienst; ``geslaagd`` when all that is verplicht was shown."""

    dienst: str
    naam: str
    geslaagd: bool
    getoond: int
    totaal: int
    ontbrekend: list[str]
    punten: list[PuntUit]


class AfnemerUit(_Uit, frozen=True):
    """Whose report it is."""

    oin: str
    naam: str


class ChecklistUit(_Uit, frozen=True):
    """The checklist of every dienst of the caller."""

    afnemer: AfnemerUit
    geslaagd: bool
    diensten: list[DienstUit]


class SimulatorUit(_Uit, frozen=True):
    """What reproduces the run."""

    versie: str
    omgeving: str
    seed: int
    modus: str
    klok: datetime


class GroepdekkingUit(_Uit, frozen=True):
    """Coverage of one group of rules."""

    groep: str
    naam: str
    bereikbaar: int
    geraakt: int


class DekkingUit(_Uit, frozen=True):
    """How many of the rules that this Afnemer can touch were touched."""

    bereikbaar: int
    geraakt: int
    procent: int
    groepen: list[GroepdekkingUit]


class RegelUit(_Uit, frozen=True):
    """A rule that this Afnemer can touch, and how it was exercised."""

    id: str
    titel: str
    bron: str
    herkomst: str
    uitkomst: str
    geslaagd: int
    geweigerd: int
    punten: list[str]
    uitwisselingen: list[int]
    bewijs: BewijsUit | None


class BerichtUit(_Uit, frozen=True):
    """Half of an exchange."""

    headers: dict[str, str]
    inhoud: str
    ingekort: bool


class UitwisselingUit(_Uit, frozen=True):
    """A request of the Afnemer and its answer, as a sample."""

    nummer: int
    soort: str
    moment: datetime
    methode: str
    pad: str
    status: int
    regel: str | None
    verzoek: BerichtUit
    antwoord: BerichtUit


class FeitenUit(_Uit, frozen=True):
    """All that the digest is over: the same facts at the same clock have the same digest."""

    simulator: SimulatorUit
    afnemer: AfnemerUit
    geslaagd: bool
    diensten: list[DienstUit]
    dekking: DekkingUit
    regels: list[RegelUit]
    uitwisselingen: list[UitwisselingUit]
    toelichting: list[str]


class RapportUit(_Uit, frozen=True):
    """The conformity report; ``gemaaktOp`` is on the real clock, and no part of the facts."""

    digest: str
    gemaakt_op: datetime
    feiten: FeitenUit


def as_checklist(rapport_afnemer: AfnemerUit, diensten: tuple[Dienstbevinding, ...]) -> ChecklistUit:
    """The checklist as it travels."""
    return ChecklistUit(rapport_afnemer, _is_geslaagd(diensten), [_as_dienst(each) for each in diensten])


def as_rapport(rapport: Rapport, gemaakt_op: datetime) -> RapportUit:
    """The report as it travels, with the digest over its facts."""
    omstandigheden = rapport.omstandigheden
    feiten = FeitenUit(
        simulator=SimulatorUit(
            omstandigheden.versie, omstandigheden.omgeving, omstandigheden.seed, omstandigheden.modus.value,
            omstandigheden.klok,
        ),
        afnemer=AfnemerUit(str(rapport.afnemer.oin), rapport.afnemer.naam),
        geslaagd=_is_geslaagd(rapport.diensten),
        diensten=[_as_dienst(each) for each in rapport.diensten],
        dekking=_as_dekking(rapport.regels),
        regels=[_as_regel(each) for each in rapport.regels],
        uitwisselingen=[_as_uitwisseling(place, each) for place, each in enumerate(rapport.uitwisselingen)],
        toelichting=list(TOELICHTING),
    )  # fmt: skip
    return RapportUit(digest_of(feiten), gemaakt_op, feiten)


def digest_of(feiten: FeitenUit) -> str:
    """SHA-256 over the facts as JSON with sorted keys and no spaces, as anybody can make it again."""
    return hashlib.sha256(msgspec.json.encode(feiten, order="sorted")).hexdigest()


def _is_geslaagd(diensten: tuple[Dienstbevinding, ...]) -> bool:
    return bool(diensten) and not any(each.ontbrekend for each in diensten)


def _as_dienst(bevinding: Dienstbevinding) -> DienstUit:
    ontbrekend = [punt.id for punt in bevinding.ontbrekend]
    getoond = sum(each.spoor is not None for each in bevinding.punten)
    punten = [_as_punt(each) for each in bevinding.punten]
    dienst = bevinding.dienst
    return DienstUit(dienst.value, dienst.naam, not ontbrekend, getoond, len(punten), ontbrekend, punten)


def _as_punt(bevinding: Bevinding) -> PuntUit:
    punt = bevinding.punt
    return PuntUit(
        id=punt.id, titel=punt.titel, verplicht=punt.verplicht, getoond=bevinding.spoor is not None,
        per_omgeving=bevinding.per_omgeving, hoe=punt.hoe, bron=punt.bron, herkomst=punt.herkomst.value,
        regels=list(punt.regels), bewijs=_as_bewijs(bevinding.spoor),
    )  # fmt: skip


def _as_bewijs(spoor: Spoor | None) -> BewijsUit | None:
    return None if spoor is None else BewijsUit(spoor.moment, spoor.aantal, dict(spoor.bewijs))


def _as_dekking(regels: tuple[Regelbevinding, ...]) -> DekkingUit:
    groepen = list_dekking(regels)
    bereikbaar, geraakt = sum(each.bereikbaar for each in groepen), sum(each.geraakt for each in groepen)
    return DekkingUit(bereikbaar, geraakt, percentage(geraakt, bereikbaar), [_as_groep(each) for each in groepen])


def _as_groep(groep: Groepdekking) -> GroepdekkingUit:
    return GroepdekkingUit(groep.groep, groep.naam, groep.bereikbaar, groep.geraakt)


def _as_regel(bevinding: Regelbevinding) -> RegelUit:
    regel = bevinding.regel
    return RegelUit(
        id=regel.id, titel=regel.titel, bron=regel.bron, herkomst=regel.herkomst.value,
        uitkomst=bevinding.uitkomst.value, geslaagd=bevinding.geslaagd, geweigerd=bevinding.geweigerd,
        punten=list(bevinding.punten), uitwisselingen=[place + 1 for place in bevinding.uitwisselingen],
        bewijs=_as_bewijs(bevinding.spoor),
    )  # fmt: skip


def _as_uitwisseling(place: int, each: Uitwisseling) -> UitwisselingUit:
    return UitwisselingUit(
        place + 1, each.sleutel, each.moment, each.methode, each.pad, each.status, each.regel,
        _as_bericht(each.verzoek), _as_bericht(each.antwoord),
    )  # fmt: skip


def _as_bericht(bericht: Bericht) -> BerichtUit:
    return BerichtUit(dict(bericht.headers), bericht.inhoud, bericht.ingekort)

"""What is answered about the Voorwaarden."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from simulator.afnemers import AfnemerRecord
from simulator.control.schemas import Answer, Body, Moment, Niveaunaam, Oin
from simulator.control.usecases.artikelen import HoofdstukStand
from simulator.control.usecases.overleg import Koppelvlak
from simulator.control.usecases.voorwaarden import WijzigingBeeld
from simulator.digid import beheer
from simulator.infra.clock import check_near
from simulator.infra.ids import public_id
from simulator.infra.patterns import TEXT
from simulator.voorwaarden import VERSIE, overleg, wijzigingen

Versie = overleg.Versie
Besluitinhoud = overleg.Besluitinhoud


class ArtikelRegelAnswer(Answer, frozen=True):
    id: str
    titel: str
    geslaagd: int
    geweigerd: int


class ArtikelAnswer(Answer, frozen=True):
    nummer: str
    titel: str
    samenvatting: str
    bindt: list[str]
    uitwerking: str
    """How the simulator enforces or shows it, or why there is nothing to enforce."""
    regels: list[ArtikelRegelAnswer]
    paden: list[str]


class ArtikelenAnswer(Answer, frozen=True):
    versie: str
    artikelen: list[ArtikelAnswer]


def as_artikelen(standen: Sequence[HoofdstukStand]) -> ArtikelenAnswer:
    """Every article as JSON says it, with the counts of this omgeving."""
    artikelen = [
        ArtikelAnswer(
            nummer=stand.artikel.nummer,
            titel=stand.artikel.titel,
            samenvatting=stand.artikel.samenvatting,
            bindt=[partij.value for partij in stand.artikel.bindt],
            uitwerking=stand.artikel.uitwerking,
            regels=[
                ArtikelRegelAnswer(
                    id=each.regel.id, titel=each.regel.titel, geslaagd=each.geslaagd, geweigerd=each.geweigerd
                )
                for each in stand.regels
            ],
            paden=list(stand.artikel.paden),
        )
        for hoofdstuk in standen
        for stand in hoofdstuk.artikelen
    ]
    return ArtikelenAnswer(versie=VERSIE, artikelen=artikelen)


class KennisgevingWijzigingAnswer(Answer, frozen=True):
    """What one Afnemer was told about a change, and where it is with that."""

    oin: str
    naam: str
    verzonden_op: datetime
    stand: str
    beantwoord_op: datetime | None = None
    beeindigd_op: datetime | None = None


class WijzigingAnswer(Answer, frozen=True):
    """A change of the Voorwaarden; delivery to who refuses ends on ``einddatum``."""

    id: str
    versie: str
    ingangsdatum: date
    einddatum: date
    samenvatting: str
    aangekondigd_op: datetime
    kennisgevingen: list[KennisgevingWijzigingAnswer]


class VoorwaardenAnswer(Answer, frozen=True):
    """The version that holds now, and every change that was announced."""

    versie: str
    wijzigingen: list[WijzigingAnswer]


class AankondigingBody(Body, frozen=True):
    """A change to tell every Afnemer; ``ingangsdatum`` is at least a calendar month from today."""

    versie: Versie
    ingangsdatum: date
    samenvatting: Annotated[str, Meta(min_length=1, max_length=4_000, pattern=TEXT)]

    def __post_init__(self) -> None:
        check_near(ingangsdatum=self.ingangsdatum)


class AntwoordBody(Body, frozen=True):
    """What an Afnemer says of a change."""

    oin: Oin
    antwoord: wijzigingen.Antwoord


class OverlegBody(Body, frozen=True):
    """A meeting, held or planned."""

    datum: date
    onderwerp: Annotated[str, Meta(min_length=1, max_length=200, pattern=TEXT)]


class OverlegAnswer(Answer, frozen=True):
    id: str
    datum: date
    onderwerp: str


class OverleggenAnswer(Answer, frozen=True):
    overleggen: list[OverlegAnswer]


class BesluitBody(Body, frozen=True):
    """A decision; ``inhoud`` says which of the four kinds. Without ``genomenOp`` it is taken today."""

    overleg: str
    inhoud: Besluitinhoud
    genomen_op: date | None = None
    toelichting: Annotated[str, Meta(max_length=1_000, pattern=TEXT)] = ""


class OverlegbesluitAnswer(Answer, frozen=True):
    id: str
    overleg: OverlegAnswer
    genomen_op: date
    vastgelegd_op: datetime
    toelichting: str
    inhoud: Besluitinhoud


class BesluitenAnswer(Answer, frozen=True):
    besluiten: list[OverlegbesluitAnswer]


class KoppelvlakAnswer(Answer, frozen=True):
    """A version of an API, and from when its successor stands beside it and takes over."""

    api: str
    versie: str
    opvolger: str | None = None
    uitgefaseerd_op: date | None = None
    vervalt_op: date | None = None


class KoppelvlakkenAnswer(Answer, frozen=True):
    koppelvlakken: list[KoppelvlakAnswer]


class WatAlsBody(Body, frozen=True):
    """A period and a level; ``bsn`` names people by their BSN instead of a pseudonym."""

    niveau: Niveaunaam
    vanaf: Moment
    tot: Moment
    bsn: bool = False
    personen: Annotated[int, Meta(ge=0, le=10_000)] = 1_000


class WatAlsPersoonAnswer(Answer, frozen=True):
    """Somebody who would have been stopped; ``kanHoger``: whether their DigiD reaches the level."""

    wie: str
    aantal: int
    eerste: datetime
    laatste: datetime
    kan_hoger: bool


class WatAlsDagAnswer(Answer, frozen=True):
    dag: date
    logins: int
    tegengehouden: int


class WatAlsAnswer(Answer, frozen=True):
    """How many logins would have been stopped, of how many people, on which days."""

    niveau: Niveaunaam
    logins: int
    tegengehouden: int
    ook_toen_tegengehouden: int
    alsnog_toegelaten: int
    """Stopped at the time, and not on this level."""
    personen: int
    dagen: list[WatAlsDagAnswer]
    wie: list[WatAlsPersoonAnswer]
    """Who was stopped most often comes first."""


def as_kennisgeving(
    afnemer: AfnemerRecord, told: wijzigingen.Kennisgeving, moment: datetime
) -> KennisgevingWijzigingAnswer:
    """One notice as it stands at a moment."""
    return KennisgevingWijzigingAnswer(
        oin=str(afnemer.oin), naam=afnemer.naam, verzonden_op=told.verzonden_op, stand=told.stand_at(moment).value,
        beantwoord_op=told.beantwoord_op, beeindigd_op=told.beeindigd_op,
    )  # fmt: skip


def as_wijziging(beeld: WijzigingBeeld, moment: datetime) -> WijzigingAnswer:
    """One change with every notice."""
    each = beeld.wijziging
    return WijzigingAnswer(
        id=public_id(each.id), versie=each.versie, ingangsdatum=each.ingangsdatum, einddatum=each.einddatum,
        samenvatting=each.samenvatting, aangekondigd_op=each.aangekondigd_op,
        kennisgevingen=[as_kennisgeving(afnemer, told, moment) for afnemer, told in beeld.kennisgevingen],
    )  # fmt: skip


def as_overleg(held: overleg.Overleg) -> OverlegAnswer:
    """One meeting."""
    return OverlegAnswer(id=public_id(held.id), datum=held.datum, onderwerp=held.onderwerp)


def as_besluit(besluit: overleg.Besluit) -> OverlegbesluitAnswer:
    """One decision with its meeting."""
    return OverlegbesluitAnswer(
        id=public_id(besluit.id), overleg=as_overleg(besluit.overleg), genomen_op=besluit.genomen_op,
        vastgelegd_op=besluit.vastgelegd_op, toelichting=besluit.toelichting, inhoud=besluit.inhoud,
    )  # fmt: skip


def as_koppelvlak(koppelvlak: Koppelvlak) -> KoppelvlakAnswer:
    """One API with its versions side by side."""
    found = koppelvlak.uitfasering
    return KoppelvlakAnswer(
        api=koppelvlak.api, versie=koppelvlak.versie, opvolger=found.opvolger if found else None,
        uitgefaseerd_op=found.uitgefaseerd_op if found else None, vervalt_op=found.vervalt_op if found else None,
    )  # fmt: skip


def as_terugblik(niveau: Niveaunaam, blik: beheer.Terugblik, name: Callable[[int], str]) -> WatAlsAnswer:
    """What would have been, with people named by ``name``."""
    return WatAlsAnswer(
        niveau=niveau, logins=blik.logins, tegengehouden=blik.tegengehouden, ook_toen_tegengehouden=blik.ook_toen,
        alsnog_toegelaten=blik.alsnog_toegelaten, personen=blik.personen,
        dagen=[
            WatAlsDagAnswer(dag=dag, logins=logins, tegengehouden=gestopt)
            for dag, (logins, gestopt) in blik.per_dag.items()
        ],
        wie=[
            WatAlsPersoonAnswer(
                wie=name(each.bsn), aantal=each.aantal, eerste=each.eerste, laatste=each.laatste,
                kan_hoger=each.kan_hoger,
            )
            for each in blik.namen
        ],
    )  # fmt: skip

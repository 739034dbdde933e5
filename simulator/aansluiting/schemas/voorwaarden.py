"""The wire form of notices about the Voorwaarden."""

from datetime import date, datetime

from simulator.aansluiting.schemas.wire import Answer, Body
from simulator.aansluiting.usecases.voorwaarden import VoorwaardenBeeld
from simulator.infra.ids import public_id
from simulator.voorwaarden import wijzigingen


class AntwoordIn(Body, frozen=True):
    """What the Afnemer says of a change."""

    antwoord: wijzigingen.Antwoord


class KennisgevingUit(Answer, frozen=True):
    """A notice about a change; until ``einddatum`` the answer may be given, or changed."""

    id: str
    versie: str
    ingangsdatum: date
    einddatum: date
    verzonden_op: datetime
    onderwerp: str
    tekst: str
    stand: wijzigingen.Kennisgevingstand
    beantwoord_op: datetime | None = None
    beeindigd_op: datetime | None = None


class VoorwaardenUit(Answer, frozen=True):
    """The version that holds now, and every notice that the Afnemer got."""

    versie: str
    kennisgevingen: list[KennisgevingUit]


def as_voorwaarden(beeld: VoorwaardenBeeld, moment: datetime) -> VoorwaardenUit:
    """What holds and what was told, as it stands at a moment."""
    return VoorwaardenUit(
        versie=beeld.versie, kennisgevingen=[as_kennisgeving(each, moment) for each in beeld.kennisgevingen]
    )


def as_kennisgeving(told: wijzigingen.Kennisgeving, moment: datetime) -> KennisgevingUit:
    """One notice with its text."""
    wijziging = told.wijziging
    onderwerp, tekst = wijzigingen.write_kennisgeving(wijziging)
    return KennisgevingUit(
        id=public_id(wijziging.id), versie=wijziging.versie, ingangsdatum=wijziging.ingangsdatum,
        einddatum=wijziging.einddatum, verzonden_op=told.verzonden_op, onderwerp=onderwerp, tekst=tekst,
        stand=told.stand_at(moment), beantwoord_op=told.beantwoord_op, beeindigd_op=told.beeindigd_op,
    )  # fmt: skip

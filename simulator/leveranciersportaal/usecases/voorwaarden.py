"""The Voorwaarden as an Afnemer agreed to them: which version holds, what changes, and its answer to that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from simulator.afnemers import AfnemerRecord
from simulator.infra.ids import from_public_id, public_id
from simulator.infra.omgeving import Omgeving
from simulator.voorwaarden import wijzigingen


@dataclass(frozen=True, slots=True)
class Kennisgeving:
    """What an Afnemer was told about one change, and where that stands."""

    kenmerk: str
    versie: str
    samenvatting: str
    ingangsdatum: date
    einddatum: date
    """The first day without MijnOverheid for who does not accept."""
    verzonden_op: datetime
    stand: wijzigingen.Kennisgevingstand
    beantwoord_op: datetime | None
    open: bool
    """Whether an answer may be given, or changed."""


@dataclass(frozen=True, slots=True)
class Voorwaarden:
    """The version of this moment, and the notices to one Afnemer, the newest first."""

    versie: str
    kennisgevingen: Sequence[Kennisgeving]


def get_voorwaarden(omgeving: Omgeving, afnemer: AfnemerRecord) -> Voorwaarden:
    """What holds, and what this Afnemer was told."""
    moment = omgeving.now()
    with omgeving.reading() as session:
        found = wijzigingen.list_kennisgevingen(session, afnemer_id=afnemer.id)
        versie = wijzigingen.versie_at(session, moment)
    return Voorwaarden(versie, [_describe(each, moment) for each in reversed(found)])


def list_onbeantwoord(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Kennisgeving]:
    """The changes that wait for a word of this Afnemer."""
    open_ = wijzigingen.Kennisgevingstand.OPEN
    return [each for each in get_voorwaarden(omgeving, afnemer).kennisgevingen if each.stand is open_]


def answer_wijziging(
    omgeving: Omgeving, afnemer: AfnemerRecord, kenmerk: str, antwoord: wijzigingen.Antwoord
) -> Kennisgeving:
    """Accept a change or refuse it; raises ``WijzigingNotFound`` or ``AntwoordTeLaat``."""
    with omgeving.unit_of_work() as uow:
        told = wijzigingen.answer_wijziging(uow, afnemer.id, from_public_id(kenmerk) or 0, antwoord)
        return _describe(told, uow.moment)


def _describe(kennisgeving: wijzigingen.Kennisgeving, moment: datetime) -> Kennisgeving:
    wijziging = kennisgeving.wijziging
    return Kennisgeving(
        kenmerk=public_id(wijziging.id),
        versie=wijziging.versie,
        samenvatting=wijziging.samenvatting,
        ingangsdatum=wijziging.ingangsdatum,
        einddatum=wijziging.einddatum,
        verzonden_op=kennisgeving.verzonden_op,
        stand=kennisgeving.stand_at(moment),
        beantwoord_op=kennisgeving.beantwoord_op,
        open=kennisgeving.beeindigd_op is None and moment < wijziging.einde,
    )

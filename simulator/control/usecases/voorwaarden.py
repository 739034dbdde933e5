"""Changes of the Voorwaarden as Logius steers them, with the name of each Afnemer that was told."""

from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord, beheer
from simulator.infra.ids import from_public_id
from simulator.infra.omgeving import Omgeving
from simulator.voorwaarden import wijzigingen


@dataclass(frozen=True, slots=True)
class WijzigingBeeld:
    """A change, and what became of the notice to each Afnemer."""

    wijziging: wijzigingen.Wijziging
    kennisgevingen: tuple[tuple[AfnemerRecord, wijzigingen.Kennisgeving], ...]


@dataclass(frozen=True, slots=True)
class VoorwaardenBeeld:
    """The version that holds now, and every change that was announced."""

    versie: str
    wijzigingen: tuple[WijzigingBeeld, ...]


def show_voorwaarden(omgeving: Omgeving) -> VoorwaardenBeeld:
    """What holds, and what was announced, by date."""
    with omgeving.reading() as session:
        afnemers = {afnemer.id: afnemer for afnemer in beheer.list_afnemers(session)}
        beelden = tuple(
            WijzigingBeeld(
                each,
                tuple(
                    (afnemers[told.afnemer_id], told)
                    for told in wijzigingen.list_kennisgevingen(session, wijziging_id=each.id)
                ),
            )
            for each in wijzigingen.list_wijzigingen(session)
        )
        return VoorwaardenBeeld(wijzigingen.versie_at(session, omgeving.now()), beelden)


def announce_wijziging(omgeving: Omgeving, aankondiging: wijzigingen.Aankondiging) -> WijzigingBeeld:
    """Tell every Afnemer that the Voorwaarden change; raises what ``wijzigingen.announce_wijziging`` raises."""
    with omgeving.unit_of_work() as uow:
        made = wijzigingen.announce_wijziging(uow, aankondiging)
    return next(each for each in show_voorwaarden(omgeving).wijzigingen if each.wijziging.id == made.id)


def answer_wijziging(
    omgeving: Omgeving, oin: str, kenmerk: str, antwoord: wijzigingen.Antwoord
) -> tuple[AfnemerRecord, wijzigingen.Kennisgeving]:
    """Let an Afnemer answer; raises ``AfnemerNotFound``, ``WijzigingNotFound`` or ``AntwoordTeLaat``."""
    with omgeving.unit_of_work() as uow:
        afnemer_id = beheer.require_row(uow.session, oin).id
        told = wijzigingen.answer_wijziging(uow, afnemer_id, from_public_id(kenmerk) or 0, antwoord)
        afnemer = next(each for each in beheer.list_afnemers(uow.session) if each.id == afnemer_id)
    return afnemer, told

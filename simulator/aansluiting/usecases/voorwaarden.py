"""The Voorwaarden as one Afnemer sees them: what holds, what it was told, and its answer."""

from dataclasses import dataclass

from simulator.afnemers import AfnemerRecord
from simulator.infra.ids import from_public_id
from simulator.infra.omgeving import Omgeving
from simulator.voorwaarden import wijzigingen


@dataclass(frozen=True, slots=True)
class VoorwaardenBeeld:
    """The version that holds now, and every notice that the Afnemer got, by date of the change."""

    versie: str
    kennisgevingen: tuple[wijzigingen.Kennisgeving, ...]


def show_voorwaarden(omgeving: Omgeving, afnemer: AfnemerRecord) -> VoorwaardenBeeld:
    """What holds for this Afnemer, and what it was told."""
    with omgeving.reading() as session:
        return VoorwaardenBeeld(
            wijzigingen.versie_at(session, omgeving.now()),
            tuple(wijzigingen.list_kennisgevingen(session, afnemer_id=afnemer.id)),
        )


def answer_wijziging(
    omgeving: Omgeving, afnemer: AfnemerRecord, kenmerk: str, antwoord: wijzigingen.Antwoord
) -> wijzigingen.Kennisgeving:
    """Accept or refuse a change (article 8.2); raises ``WijzigingNotFound`` or ``AntwoordTeLaat``."""
    with omgeving.unit_of_work() as uow:
        return wijzigingen.answer_wijziging(uow, afnemer.id, from_public_id(kenmerk) or 0, antwoord)

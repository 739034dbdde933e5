"""Change the Voorwaarden: announce it, let every Afnemer answer, and end delivery to who does not accept."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from simulator.afnemers import Sluiting, beheer
from simulator.infra.agenda import Extern, Handlers
from simulator.infra.clock import dutch_day
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.infra.smtp import TIMEOUT, Mailserver
from simulator.voorwaarden.errors import (
    ANTWOORD,
    TERMIJN,
    VERSIE_NIEUW,
    WIJZIGINGSBESLUIT,
    VersieBestaatAl,
    WijzigingNotFound,
    WijzigingZonderBesluit,
)
from simulator.voorwaarden.models import Voorwaardenkennisgeving, Voorwaardenwijziging
from simulator.voorwaarden.queries import (
    as_kennisgeving,
    as_wijziging,
    has_voorwaardenbesluit,
    list_kennisgevingen,
    list_wijzigingen,
    lock_kennisgevingen,
)
from simulator.voorwaarden.rules import check_antwoord, check_termijn, write_kennisgeving
from simulator.voorwaarden.usecases.melden import MELDEN, Adressen, Melder, nowhere
from simulator.voorwaarden.values.artikel import VERSIE
from simulator.voorwaarden.values.wijziging import Aankondiging, Antwoord, Kennisgeving, Kennisgevingstand, Wijziging

__all__ = [
    "Aankondiging",
    "Antwoord",
    "Kennisgeving",
    "Kennisgevingstand",
    "Wijziging",
    "announce_wijziging",
    "answer_wijziging",
    "list_kennisgevingen",
    "list_wijzigingen",
    "versie_at",
    "write_kennisgeving",
]

BEEINDIGEN = "voorwaarden.beeindigen"
_ANSWERS = 100
"""Of the mail server: more than one e-mail takes."""


def announce_wijziging(uow: UnitOfWork, aankondiging: Aankondiging) -> Wijziging:
    """Tell every active Afnemer that the Voorwaarden change (article 8.1).

    Raises ``WijzigingZonderBesluit`` when the Afnemersoverleg was not heard about this version, ``AankondigingTeLaat``
    at less than a calendar month, and ``VersieBestaatAl``.
    """
    _check_aankondiging(uow, aankondiging)
    row = Voorwaardenwijziging(
        id=new_id(),
        versie=aankondiging.versie,
        ingangsdatum=aankondiging.ingangsdatum,
        samenvatting=aankondiging.samenvatting,
        aangekondigd_op=uow.moment,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.session.add_all(
        Voorwaardenkennisgeving(wijziging_id=row.id, afnemer_id=afnemer.id, verzonden_op=uow.moment)
        for afnemer in beheer.list_afnemers(uow.session)
        if afnemer.actief
    )
    uow.session.flush()
    uow.plan(MELDEN, uow.moment, {"wijziging": row.id})
    return as_wijziging(row)


def answer_wijziging(uow: UnitOfWork, afnemer_id: int, wijziging_id: int, antwoord: Antwoord) -> Kennisgeving:
    """Accept a change, or refuse it: then delivery ends two months after the date of the change (article 8.2).

    Raises ``WijzigingNotFound`` when this Afnemer was not told, ``AntwoordTeLaat`` when it is over.
    """
    found = lock_kennisgevingen(uow.session, wijziging_id, [afnemer_id])
    if not found:
        raise WijzigingNotFound
    row, wijziging = found[0][0], as_wijziging(found[0][1])
    check_antwoord(wijziging, uow.moment)
    uow.tel(ANTWOORD, Uitkomst.GESLAAGD)
    if antwoord is Antwoord.GEWEIGERD and row.antwoord != Antwoord.GEWEIGERD:
        uow.plan(BEEINDIGEN, wijziging.einde, {"wijziging": wijziging_id, "afnemer": afnemer_id})
    row.antwoord, row.beantwoord_op = antwoord.value, uow.moment
    uow.session.flush()
    return as_kennisgeving(row, wijziging)


def versie_at(session: Session, moment: datetime) -> str:
    """The version of the Voorwaarden that holds at a moment."""
    begun = [each.versie for each in list_wijzigingen(session) if each.ingang <= moment]
    return begun[-1] if begun else VERSIE


def build_agenda(smtp_url: str = "", adressen: Adressen = nowhere) -> Handlers:
    """What is done later about the Voorwaarden; ``adressen`` tells where an Afnemer wants e-mail.

    Raises ``SmtpUrlInvalid``.
    """
    melder = Melder(Mailserver(smtp_url) if smtp_url else None, adressen)
    return {BEEINDIGEN: _end_levering, MELDEN: Extern(melder.send, lease=timedelta(seconds=_ANSWERS * TIMEOUT))}


def _check_aankondiging(uow: UnitOfWork, aankondiging: Aankondiging) -> None:
    known = {VERSIE, *(each.versie for each in list_wijzigingen(uow.session))}
    if aankondiging.versie in known:
        raise VersieBestaatAl(ontvangen=aankondiging.versie)
    if not has_voorwaardenbesluit(uow.session, aankondiging.versie):
        raise WijzigingZonderBesluit(
            f"Leg eerst een besluit van de soort voorwaarden vast over versie {aankondiging.versie}.",
            ontvangen=aankondiging.versie,
        )
    check_termijn(aankondiging.ingangsdatum, dutch_day(uow.moment))
    for regel in (VERSIE_NIEUW, WIJZIGINGSBESLUIT, TERMIJN):
        uow.tel(regel, Uitkomst.GESLAAGD)


def _end_levering(omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """End delivery to these Afnemers, but for who changed its mind meanwhile; once more changes nothing."""
    del omgeving
    for planned in rows:
        for row, _ in lock_kennisgevingen(uow.session, planned["wijziging"], [planned["afnemer"]]):
            if row.antwoord != Antwoord.GEWEIGERD or row.beeindigd_op is not None:
                continue
            row.beeindigd_op = uow.moment
            afnemer = next(each for each in beheer.list_afnemers(uow.session) if each.id == row.afnemer_id)
            for dienst, stand in sorted(afnemer.aansluitingen.items()):  # also what would open later
                if stand.sluiting is not Sluiting.BEEINDIGD:
                    beheer.sluit_dienst(uow, afnemer.id, dienst, Sluiting.VOORWAARDEN_NIET_AANVAARD)

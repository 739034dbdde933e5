"""The Aanvraagformulier: fill it in, sign it, and name the contacts."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete

from simulator.aansluiting import errors
from simulator.aansluiting.errors import StapNietMogelijk
from simulator.aansluiting.models import Aansluitcontact, Aansluiting
from simulator.aansluiting.rules import check_formulier
from simulator.aansluiting.usecases.planning import settle_on
from simulator.aansluiting.usecases.stappen import Wie, insert_aansluiting, record_stap, require_aansluiting
from simulator.aansluiting.values import Aanvraagformulier, Contact, Fase, Ondertekening, Termijn
from simulator.afnemers import AfnemerRecord, Dienst, Sluiting, beheer
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst


def submit_formulier(
    omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, formulier: Aanvraagformulier, wie: Wie
) -> None:
    """Ask for a connection, or change the question while Logius has not begun; then it must be signed anew.

    Raises ``AanvraagOngeldig`` with everything that is wrong, and ``StapNietMogelijk`` when the connection is past it.
    """
    with omgeving.unit_of_work() as uow:
        vandaag = dutch_day(uow.moment)
        check_formulier(formulier, str(afnemer.oin), vandaag)
        uow.tel(errors.FORMULIER, Uitkomst.GESLAAGD)
        row, van = _begin(uow, afnemer, dienst)
        row.fase, row.formulier = Fase.AANVRAAG.value, msgspec.json.encode(formulier).decode()
        row.ondertekend_op = row.ondertekend_door = row.testrapport_op = row.testrapport_door = None
        row.startdatum = row.einddatum = None
        if van is not Fase.AANVRAAG:
            record_stap(uow, row, (van, Fase.AANVRAAG), wie, vandaag)
        beheer.sluit_dienst(uow, afnemer.id, dienst, Sluiting.NIET_ONDERTEKEND)


def sign_formulier(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, ondertekening: Ondertekening) -> None:
    """Sign the form: from that day the Voorwaarden hold (article 2.2). Later on the road: ``StapNietMogelijk``."""
    with omgeving.unit_of_work() as uow:
        row = require_aansluiting(uow, afnemer, dienst)
        if row.fase != Fase.AANVRAAG:
            raise StapNietMogelijk("Het Aanvraagformulier is al in behandeling.", ontvangen=row.fase)
        row.ondertekend_op, row.ondertekend_door = ondertekening.op, ondertekening.door
        uow.tel(errors.ONDERTEKEND, Uitkomst.GESLAAGD)
        settle_on(uow, afnemer, row, ondertekening.op)


def set_contacten(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, contacten: Sequence[Contact]) -> None:
    """Replace the contacts for a dienst; of each role the last one stays."""
    with omgeving.unit_of_work() as uow:
        require_aansluiting(uow, afnemer, dienst)
        put_contacten(uow, afnemer.id, dienst, contacten)


def put_contacten(uow: UnitOfWork, afnemer_id: int, dienst: Dienst, contacten: Sequence[Contact]) -> None:
    """The same inside a transaction."""
    uow.session.execute(
        delete(Aansluitcontact).where(Aansluitcontact.afnemer_id == afnemer_id, Aansluitcontact.dienst == dienst.value)
    )
    uow.session.add_all(
        Aansluitcontact(
            afnemer_id=afnemer_id, dienst=dienst.value, rol=each.rol.value, naam=each.naam, email=each.email,
            telefoon=each.telefoon,
        )
        for each in {each.rol: each for each in contacten}.values()
    )  # fmt: skip
    uow.session.flush()


def _begin(uow: UnitOfWork, afnemer: AfnemerRecord, dienst: Dienst) -> tuple[Aansluiting, Fase | None]:
    """The row that a form may be put on, and its phase: a new one, one that nobody began with, or one that ended.

    The beheerder may have taken the connection away at once, and left its papers.
    """
    if dienst not in afnemer.diensten:
        insert_aansluiting(uow, afnemer, dienst, Termijn(Fase.AANVRAAG))
    row = require_aansluiting(uow, afnemer, dienst)
    stand = afnemer.aansluitingen.get(dienst)
    ended = stand is None or stand.sluiting in {Sluiting.BEEINDIGD, Sluiting.VOORWAARDEN_NIET_AANVAARD}
    if row.fase != Fase.AANVRAAG and not ended:
        raise StapNietMogelijk(f"De aansluiting op {dienst.naam} is al in de fase {row.fase}.", ontvangen=Fase.AANVRAAG)
    return row, None if row.formulier is None and row.fase == Fase.AANVRAAG else Fase(row.fase)

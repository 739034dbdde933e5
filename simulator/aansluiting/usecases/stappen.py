"""Take a connection from phase to phase, and end it; each step is kept with who took it and when."""

from dataclasses import dataclass, replace
from datetime import date

from simulator.aansluiting import errors
from simulator.aansluiting.errors import AansluitingNotFound, StapNietMogelijk
from simulator.aansluiting.models import Aansluiting, Aansluitstap
from simulator.aansluiting.queries import as_termijn, count_stappen, find_aansluiting
from simulator.aansluiting.rules import check_andere_startdatum, check_einddatum, check_stap, find_volgende
from simulator.aansluiting.usecases.overzicht import Checklist, find_testen_open, load_dossier
from simulator.aansluiting.usecases.planning import settle_on
from simulator.aansluiting.values import Fase, Partij, Termijn
from simulator.afnemers import AfnemerRecord, Dienst
from simulator.infra.clock import dutch_day
from simulator.infra.database import insert_into
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst

__all__ = [
    "Fase",
    "Partij",
    "Stapopdracht",
    "Wie",
    "approve_testrapport",
    "beeindig",
    "insert_aansluiting",
    "record_stap",
    "require_aansluiting",
    "take_stap",
]


@dataclass(frozen=True, slots=True)
class Wie:
    """Who takes a step, and what was said with it."""

    partij: Partij
    door: str
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Stapopdracht:
    """A step to take, the next one without ``naar``; ``startdatum`` moves the one on the form, for production."""

    dienst: Dienst
    naar: Fase | None
    wie: Wie
    startdatum: date | None = None


def take_stap(omgeving: Omgeving, afnemer: AfnemerRecord, opdracht: Stapopdracht, checklist: Checklist) -> None:
    """Take the next step; raises ``StapNietMogelijk``, ``StapVanLogius``, or ``StapOnvolledig`` with all it misses.

    Raises ``AanvraagOngeldig`` for a ``startdatum`` in production that would not do on the form either.
    """
    testen_open = find_testen_open(omgeving, afnemer, opdracht.dienst, checklist)
    with omgeving.unit_of_work() as uow:
        row = require_aansluiting(uow, afnemer, opdracht.dienst)
        van, vandaag = Fase(row.fase), dutch_day(uow.moment)
        naar = opdracht.naar or find_volgende(van)
        dossier = replace(load_dossier(uow.session, row, uow.moment, testen_open), startdatum=opdracht.startdatum)
        for regel in (errors.VOLGORDE, errors.EISEN, *check_stap((van, naar), dossier, opdracht.wie.partij)):
            uow.tel(regel, Uitkomst.GESLAAGD)
        row.fase, ingang = naar.value, vandaag
        if naar is Fase.PRODUCTIE:
            if opdracht.startdatum is not None:
                check_andere_startdatum(opdracht.startdatum, vandaag)
            row.startdatum = ingang = dossier.ingang
        record_stap(uow, row, (van, naar), opdracht.wie, ingang)
        settle_on(uow, afnemer, row, ingang)


def beeindig(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, wie: Wie, einddatum: date | None) -> None:
    """End a connection, today or on a later day until which it stays as it is; raises ``EinddatumOngeldig``."""
    with omgeving.unit_of_work() as uow:
        row, vandaag = require_aansluiting(uow, afnemer, dienst), dutch_day(uow.moment)
        dag = einddatum or vandaag
        check_einddatum(dag, as_termijn(row), vandaag)
        uow.tel(errors.EINDDATUM, Uitkomst.GESLAAGD)
        row.einddatum = dag
        record_stap(uow, row, (Fase(row.fase), Fase.BEEINDIGD), wie, dag)
        settle_on(uow, afnemer, row, dag)


def approve_testrapport(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, door: str) -> None:
    """Logius approves the test report, whatever the checklist shows; raises ``StapNietMogelijk`` unless it tests."""
    with omgeving.unit_of_work() as uow:
        row = require_aansluiting(uow, afnemer, dienst)
        if row.fase != Fase.TESTEN:
            raise StapNietMogelijk(
                "Een testrapport hoort bij de fase testen.", ontvangen=row.fase, verwacht=Fase.TESTEN
            )
        row.testrapport_op, row.testrapport_door = dutch_day(uow.moment), door


def require_aansluiting(uow: UnitOfWork, afnemer: AfnemerRecord, dienst: Dienst) -> Aansluiting:
    """The row of the connection; one that the beheerder made gets its row now. Raises ``AansluitingNotFound``."""
    if dienst in afnemer.diensten:
        sinds = afnemer.aansluitingen[dienst].sinds
        insert_aansluiting(uow, afnemer, dienst, Termijn(Fase.PRODUCTIE, sinds, sinds))
    row = find_aansluiting(uow.session, afnemer.id, dienst)
    if row is None:
        raise AansluitingNotFound(
            f"{afnemer.naam} heeft voor {dienst.naam} geen Aanvraagformulier ingediend.", ontvangen=dienst.value
        )
    return row


def insert_aansluiting(uow: UnitOfWork, afnemer: AfnemerRecord, dienst: Dienst, termijn: Termijn) -> None:
    """Give a connection its row; one that has it already, or gets it at this very moment, keeps it."""
    uow.session.execute(
        insert_into(uow.session, Aansluiting)
        .values(
            afnemer_id=afnemer.id, dienst=dienst.value, fase=termijn.fase.value, startdatum=termijn.startdatum,
            ondertekend_op=termijn.ondertekend_op,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip


def record_stap(uow: UnitOfWork, row: Aansluiting, overgang: tuple[Fase | None, Fase], wie: Wie, ingang: date) -> None:
    """Keep a step, from one phase to another, in the history of the connection."""
    van, naar = overgang
    nummer = count_stappen(uow.session, row.afnemer_id, Dienst(row.dienst))
    uow.session.add(
        Aansluitstap(
            afnemer_id=row.afnemer_id, dienst=row.dienst, nummer=nummer + 1, op=uow.moment, partij=wie.partij.value,
            door=wie.door, van=None if van is None else van.value, naar=naar.value, ingang=ingang,
            toelichting=wie.toelichting,
        )
    )  # fmt: skip

"""How each connection of an Afnemer stands, and what the next step still needs."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from simulator.aansluiting import queries
from simulator.aansluiting.errors import AansluitingNotFound
from simulator.aansluiting.models import Aansluiting
from simulator.aansluiting.rules import find_vervolg
from simulator.aansluiting.values import Aansluitoverzicht, Dossier, Fase, Termijn
from simulator.afnemers import AfnemerRecord, Dienst, Sluiting
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving

Checklist = Callable[[Omgeving, AfnemerRecord, Dienst], Sequence[str]]
"""Answers what the tests of an Afnemer have not shown yet, in a Dutch sentence for each thing."""


def zonder_checklist(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> Sequence[str]:  # noqa: ARG001 - a ``Checklist``
    """The checklist of a simulator that does not watch the tests: Logius must approve the report by hand."""
    return ("Logius heeft het testrapport nog niet goedgekeurd.",)


def list_adressen(session: Session, afnemer_id: int) -> frozenset[str]:
    """Where Logius writes to an Afnemer: the e-mail addresses of its contacts for any dienst."""
    found = queries.list_contacten(session, afnemer_id).values()
    return frozenset(contact.email for contacten in found for contact in contacten)


def get_verwachting(session: Session, afnemer_id: int, dienst: Dienst) -> int:
    """How many berichten a month the Aanvraagformulier expects; 0 without a form."""
    row = queries.list_aansluitingen(session, afnemer_id).get(dienst)
    formulier = None if row is None else queries.as_formulier(row)
    return 0 if formulier is None else formulier.berichten_per_maand


def list_overzichten(omgeving: Omgeving, afnemer: AfnemerRecord, checklist: Checklist) -> list[Aansluitoverzicht]:
    """The connections of an Afnemer by dienst: those that came by the form, and those that the beheerder made."""
    testen = {
        dienst: find_testen_open(omgeving, afnemer, dienst, checklist) for dienst in sorted(afnemer.aansluitingen)
    }
    moment = omgeving.now()
    with omgeving.reading() as session:
        rows = queries.list_aansluitingen(session, afnemer.id)
        return [
            _describe(session, afnemer, rows[dienst], load_dossier(session, rows[dienst], moment, testen_open))
            if dienst in rows
            else _without_form(afnemer, dienst)
            for dienst, testen_open in testen.items()
        ]


def get_overzicht(
    omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, checklist: Checklist
) -> Aansluitoverzicht:
    """The connection to one dienst; raises ``AansluitingNotFound``."""
    for each in list_overzichten(omgeving, afnemer, checklist):
        if each.dienst is dienst:
            return each
    raise AansluitingNotFound(
        f"{afnemer.naam} heeft voor {dienst.naam} geen Aanvraagformulier ingediend.", ontvangen=dienst.value
    )


def find_testen_open(
    omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, checklist: Checklist
) -> tuple[str, ...]:
    """What the checklist still misses while the Afnemer tests; nothing once Logius approved the test report."""
    with omgeving.reading() as session:
        row = queries.list_aansluitingen(session, afnemer.id).get(dienst)
        if row is None or row.fase != Fase.TESTEN or row.testrapport_op is not None:
            return ()
    return tuple(checklist(omgeving, afnemer, dienst))


def load_dossier(session: Session, row: Aansluiting, moment: datetime, testen_open: tuple[str, ...]) -> Dossier:
    """Everything that the next step of this connection may need, as it is at this moment."""
    contacten = queries.list_contacten(session, row.afnemer_id).get(Dienst(row.dienst), ())
    certificaten = queries.list_certificaten(session, row.afnemer_id)
    return Dossier(
        vandaag=dutch_day(moment),
        formulier=queries.as_formulier(row),
        ondertekend_op=row.ondertekend_op,
        contacten=frozenset(each.rol for each in contacten),
        documenten=frozenset(each.soort for each in queries.list_documenten(session, row.afnemer_id)),
        heeft_certificaat=any(each.is_geldig(moment) for each in certificaten),
        testen_open=testen_open,
    )


def _describe(session: Session, afnemer: AfnemerRecord, row: Aansluiting, dossier: Dossier) -> Aansluitoverzicht:
    dienst, termijn = Dienst(row.dienst), queries.as_termijn(row)
    stand = afnemer.aansluitingen[dienst]
    return Aansluitoverzicht(
        dienst=dienst,
        fase=termijn.fase,
        termijn=termijn,
        sinds=stand.sinds,
        sluiting=stand.sluiting,
        formulier=dossier.formulier,
        ondertekening=queries.as_ondertekening(row),
        testrapport=queries.as_testrapport(row),
        contacten=queries.list_contacten(session, afnemer.id).get(dienst, ()),
        stappen=queries.list_stappen(session, afnemer.id).get(dienst, ()),
        volgende=find_vervolg(termijn.fase, dossier),
    )


def _without_form(afnemer: AfnemerRecord, dienst: Dienst) -> Aansluitoverzicht:
    """A connection that the beheerder made at once, through the control API."""
    stand = afnemer.aansluitingen[dienst]
    fase = Fase.BEEINDIGD if stand.sluiting is Sluiting.BEEINDIGD else Fase.PRODUCTIE
    termijn = Termijn(fase, stand.sinds, stand.sinds)
    return Aansluitoverzicht(dienst, termijn.fase, termijn, stand.sinds, stand.sluiting)

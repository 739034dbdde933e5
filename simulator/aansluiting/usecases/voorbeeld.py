"""Invented papers: for the Afnemers of the fixtures, and for who wants to see the road without the paperwork."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Protocol

import msgspec

from simulator.aansluiting import errors
from simulator.aansluiting.models import Aansluiting
from simulator.aansluiting.rules import VERPLICHTE_ROLLEN
from simulator.aansluiting.usecases.aanvraag import put_contacten, set_contacten, sign_formulier, submit_formulier
from simulator.aansluiting.usecases.certificaten import make_certificaat
from simulator.aansluiting.usecases.documenten import add_certificaat, put_document, record_document
from simulator.aansluiting.usecases.overzicht import Checklist, get_overzicht
from simulator.aansluiting.usecases.stappen import Wie, approve_testrapport, record_stap
from simulator.aansluiting.values import (
    Aanvraagformulier,
    Contact,
    Document,
    Documentsoort,
    Fase,
    Netwerk,
    Omgevingsadressen,
    Ondertekening,
    Ontbrekend,
    Partij,
    Rol,
)
from simulator.afnemers import AfnemerRecord, Dienst, Sluiting
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving, UnitOfWork

_DOOR = "A. Voorbeeld"
_VOORAF = timedelta(days=90)
"""How long before production the Afnemers of the fixtures signed."""


class MetDiensten(Protocol):
    """What the fixture of an Afnemer says about its diensten."""

    @property
    def oin(self) -> str:
        """Who it is."""
        ...

    @property
    def diensten(self) -> Collection[Dienst]:
        """What it is connected to."""
        ...

    def get_sinds(self, dienst: Dienst) -> date:
        """Since when that is in production."""
        ...


def seed_aansluitingen(uow: UnitOfWork, fixtures: Mapping[int, MetDiensten]) -> None:
    """Give new Afnemers, by their id, the papers of a connection that is long in production."""
    for afnemer_id, fixture in fixtures.items():
        for dienst in fixture.diensten:
            _seed_aansluiting(uow, afnemer_id, dienst, imagine_formulier(fixture.oin, fixture.get_sinds(dienst)))
        getekend = max((fixture.get_sinds(each) for each in fixture.diensten), default=dutch_day(uow.moment)) - _VOORAF
        for soort in Documentsoort:
            put_document(uow, afnemer_id, imagine_document(soort, getekend))


def complete_dossier(
    omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst, checklist: Checklist
) -> tuple[Ontbrekend, ...]:
    """Supply what is missing for the next step with invented papers; answers what that was.

    Who has no connection yet, or one that has ended, gets a form; it is not signed yet.
    """
    stand = afnemer.aansluitingen.get(dienst)
    if stand is None or stand.sluiting in {Sluiting.BEEINDIGD, Sluiting.VOORWAARDEN_NIET_AANVAARD}:
        _formulier(omgeving, afnemer, dienst)
        return (Ontbrekend(errors.FORMULIER.id, "Het Aanvraagformulier is niet ingevuld."),)
    volgende = get_overzicht(omgeving, afnemer, dienst, checklist).volgende
    if volgende is None:
        return ()
    for eis in dict.fromkeys(each.eis for each in volgende.ontbreekt):
        _AANVULLINGEN[eis](omgeving, afnemer, dienst)
    return volgende.ontbreekt


def imagine_formulier(oin: str, startdatum: date) -> Aanvraagformulier:
    """A form with addresses that are meant for documentation (RFC 5737)."""
    return Aanvraagformulier(
        oin=oin,
        publieke_taak="Uitvoering van een wettelijke taak, met recht op gebruik van het BSN (voorbeeld)",
        netwerk=Netwerk.INTERNET,
        preproductie=Omgevingsadressen(("192.0.2.10",), ("192.0.2.20",)),
        productie=Omgevingsadressen(("198.51.100.10",), ("198.51.100.20",)),
        berichten_per_maand=10_000,
        startdatum=startdatum,
    )


def imagine_document(soort: Documentsoort, datum: date) -> Document:
    """A document that somebody invented signed that day."""
    return Document(soort, "1.0", datum, _DOOR)


def _seed_aansluiting(uow: UnitOfWork, afnemer_id: int, dienst: Dienst, formulier: Aanvraagformulier) -> None:
    getekend = formulier.startdatum - _VOORAF
    row = Aansluiting(
        afnemer_id=afnemer_id, dienst=dienst.value, fase=Fase.PRODUCTIE.value, ondertekend_op=getekend,
        ondertekend_door=_DOOR, testrapport_op=formulier.startdatum, testrapport_door="Logius",
        startdatum=formulier.startdatum, formulier=msgspec.json.encode(formulier).decode(),
    )  # fmt: skip
    uow.session.add(row)
    uow.session.flush()
    wie = Wie(Partij.LOGIUS, "fixtures", "Bij het begin van de omgeving")
    record_stap(uow, row, (None, Fase.PRODUCTIE), wie, formulier.startdatum)
    put_contacten(uow, afnemer_id, dienst, _imagine_contacten((*VERPLICHTE_ROLLEN, Rol.FINANCIEEL)))


def _imagine_contacten(rollen: Collection[Rol]) -> list[Contact]:
    return [Contact(rol, f"{rol.title()} contact", f"{rol}@voorbeeld.example", "+31 70 0000000") for rol in rollen]


def _formulier(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> None:
    formulier = imagine_formulier(str(afnemer.oin), dutch_day(omgeving.now()))
    submit_formulier(omgeving, afnemer, dienst, formulier, Wie(Partij.AFNEMER, _DOOR))


def _onderteken(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> None:
    sign_formulier(omgeving, afnemer, dienst, Ondertekening(dutch_day(omgeving.now()), _DOOR))


def _contacten(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> None:
    set_contacten(omgeving, afnemer, dienst, _imagine_contacten(VERPLICHTE_ROLLEN))


def _certificaat(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> None:  # noqa: ARG001 - one for all diensten
    add_certificaat(omgeving, afnemer, make_certificaat(str(afnemer.oin), afnemer.naam, omgeving.now()))


def _testrapport(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> None:
    approve_testrapport(omgeving, afnemer, dienst, "Logius (voorbeeld)")


def _document(soort: Documentsoort) -> "_Aanvulling":
    def record(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> None:  # noqa: ARG001 - one for all diensten
        record_document(omgeving, afnemer, imagine_document(soort, dutch_day(omgeving.now())))

    return record


_Aanvulling = Callable[[Omgeving, AfnemerRecord, Dienst], None]
_AANVULLINGEN: Mapping[str, _Aanvulling] = {
    errors.FORMULIER.id: _formulier,
    errors.ONDERTEKEND.id: _onderteken,
    errors.CONTACTEN.id: _contacten,
    errors.CERTIFICAAT.id: _certificaat,
    errors.CHECKLIST.id: _testrapport,
    errors.VERWERKERSOVEREENKOMST.id: _document(Documentsoort.VERWERKERSOVEREENKOMST),
    errors.DAP.id: _document(Documentsoort.DAP),
    errors.SNO.id: _document(Documentsoort.SNO),
    errors.DFA.id: _document(Documentsoort.DFA),
}

"""The people of an omgeving as a tester sees and changes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.afnemers import afnemer_index
from simulator.control.errors import GebruikerOnbekend, OrganisatieOnbekend, PersonaOnbekend
from simulator.gebruikers import Bsn, Gebruiker, get_gebruiker, instellingen, list_personas
from simulator.infra.errors import FieldError
from simulator.infra.omgeving import Omgeving


@dataclass(frozen=True, slots=True)
class GebruikerBeeld:
    """Somebody, and from which Afnemers (by OIN) their post is welcome."""

    gebruiker: Gebruiker
    voorkeuren: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class GebruikerWijziging:
    """What changes about somebody; ``None`` leaves it, an empty ``email`` takes the address away."""

    bsn: Bsn
    box_actief: bool | None = None
    email: str | None = None
    kennisgeving: bool | None = None
    herhaling: bool | None = None
    voorkeuren: Mapping[str, bool] | None = None
    """By OIN."""


def show_gebruiker(omgeving: Omgeving, bsn: Bsn) -> GebruikerBeeld:
    """Somebody as they are now; raises ``GebruikerOnbekend``."""
    oins = {afnemer.id: str(afnemer.oin) for afnemer in afnemer_index(omgeving).by_id.values()}
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, bsn)
        if gebruiker is None:
            raise GebruikerOnbekend("In deze omgeving woont niemand met dit BSN.")
        voorkeuren = instellingen.list_voorkeuren(omgeving, session, bsn, oins)
    return GebruikerBeeld(gebruiker, {oins[each]: aan for each, aan in voorkeuren.items()})


def change_gebruiker(omgeving: Omgeving, wijziging: GebruikerWijziging) -> GebruikerBeeld:
    """Change somebody, as one change: all of it or nothing; raises ``OrganisatieOnbekend`` for an unknown OIN."""
    instellingen.change_gebruiker(
        omgeving,
        instellingen.GebruikerInvoer(
            bsn=wijziging.bsn,
            box_actief=wijziging.box_actief,
            email=wijziging.email,
            kennisgeving=wijziging.kennisgeving,
            herhaling=wijziging.herhaling,
            voorkeuren=_by_id(omgeving, wijziging.voorkeuren or {}),
        ),
    )
    return show_gebruiker(omgeving, wijziging.bsn)


def find_bsn(omgeving: Omgeving, bsn: str | None, persona: str | None) -> Bsn:
    """The BSN itself, or that of a persona; raises ``BsnOngeldig`` or ``PersonaOnbekend``."""
    if bsn is not None:
        return Bsn.parse(bsn)
    known = {each.naam: each.nummer for each in list_personas(omgeving)}
    if persona not in known:
        raise PersonaOnbekend("Zo heet geen persona.", ontvangen=(persona or "")[:60], verwacht=", ".join(known))
    return known[persona]


def _by_id(omgeving: Omgeving, voorkeuren: Mapping[str, bool]) -> dict[int, bool]:
    by_oin = afnemer_index(omgeving).by_oin
    unknown = [oin for oin in voorkeuren if oin not in by_oin]
    if unknown:
        errors = [FieldError(f"/voorkeuren/{oin[:40]}", "dit OIN is hier niet bekend") for oin in unknown]
        raise OrganisatieOnbekend("Een voorkeur noemt een Afnemer die er niet is.", errors=errors)
    return {by_oin[oin].id: aan for oin, aan in voorkeuren.items()}

"""Personas: people with a property that a test needs, read from ``fixtures/personas``."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import msgspec

from simulator.gebruikers.values.bsn import Bsn, is_bsn
from simulator.gebruikers.values.gebruiker import Adres, BoxStand, DigidNiveau
from simulator.infra.decoding import json_decoder


class PersonaOnbruikbaar(ValueError):  # noqa: N818 - tells the person who edits the fixtures what to mend
    """A file in ``fixtures/personas`` cannot be used; the message names the file and what is wrong."""


class Standaardvoorkeur(StrEnum):
    """From which Afnemers a persona takes post, as long as nothing was changed."""

    ALLE = "alle"
    GEEN = "geen"


class Uitkomst(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How every delivery to this persona ends, in the words of the koppelvlak."""

    verwerkingscode: str
    stadium: str


class PersonaVerwant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parent: another persona by BSN, or somebody of whom only the papers tell."""

    bsn: str | None = None
    voornamen: str = ""
    voorvoegsel: str = ""
    achternaam: str = ""
    geslacht: str = "M"
    geboortedatum: str = "0"
    """As much as is known: ``1979``, ``1979-05`` or ``1979-05-31``."""


class PersonaPartner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The partner, who is a persona too; stands with one of the two."""

    bsn: str
    sinds: date
    soort: str = "H"


class Persona(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of ``fixtures/personas``; its ``naam`` is also the DigiD user name."""

    bsn: str
    naam: str
    omschrijving: str
    voornamen: str
    achternaam: str
    geslacht: str
    adres: Adres
    telefoon: str
    box: BoxStand
    voorvoegsel: str = ""
    geboortedatum: date | None = None
    leeftijd: int | None = None
    """Instead of ``geboortedatum``: stays this age, whatever the clock of the omgeving says."""
    voorkeuren: Standaardvoorkeur = Standaardvoorkeur.ALLE
    email: str | None = None
    email_stuitert: bool = False
    kennisgeving: bool = True
    herhaling: bool = True
    digid_niveau: str = "midden"
    geheim: bool = False
    overleden_op: date | None = None
    uitkomst: Uitkomst | None = None
    ouders: tuple[PersonaVerwant, ...] = ()
    """Without any, they are made up from the seed."""
    partner: PersonaPartner | None = None

    @property
    def nummer(self) -> Bsn:
        """The BSN as a value."""
        return Bsn(self.bsn)

    @property
    def niveau(self) -> DigidNiveau:
        """The highest DigiD level that this persona reaches."""
        return DigidNiveau[self.digid_niveau.upper()]

    def born(self, op: date) -> date:
        """The date of birth, as seen on a day."""
        return self.geboortedatum or date(op.year - (self.leeftijd or 0), 1, 1)


Personas = Mapping[int, Persona]
"""The personas by BSN."""


def load_personas(folder: Path) -> Personas:
    """Read every ``*.json`` in the folder; raises ``PersonaOnbruikbaar`` naming the file and the fault."""
    personas: dict[int, Persona] = {}
    names: set[str] = set()
    for file in sorted(folder.glob("*.json")):
        persona = _read(file)
        if persona.nummer in personas or persona.naam in names:
            msg = f"{file}: this BSN or naam is already that of another persona"
            raise PersonaOnbruikbaar(msg)
        personas[int(persona.nummer)] = persona
        names.add(persona.naam)
    _check_relatives(folder, personas)
    return MappingProxyType(personas)


def _check_relatives(folder: Path, personas: Personas) -> None:
    known = {each.bsn for each in personas.values()}
    for persona in personas.values():
        partner = {persona.partner.bsn} if persona.partner else set()
        named = {each.bsn for each in persona.ouders if each.bsn is not None} | partner
        if named - known:
            msg = f"{folder}: {persona.naam} is related to {', '.join(sorted(named - known))}, who is no persona"
            raise PersonaOnbruikbaar(msg)


def _read(file: Path) -> Persona:
    try:
        persona = json_decoder(Persona).decode(file.read_bytes())
    except msgspec.MsgspecError as error:
        msg = f"{file}: {error}"
        raise PersonaOnbruikbaar(msg) from error
    for wrong in _faults(persona):
        msg = f"{file}: {wrong}"
        raise PersonaOnbruikbaar(msg)
    return persona


def _faults(persona: Persona) -> list[str]:
    checks = {
        "bsn is not nine digits that pass the elfproef": is_bsn(persona.bsn),
        "naam is empty or not in lower case": persona.naam == persona.naam.lower().strip() != "",
        "give either geboortedatum or leeftijd": (persona.geboortedatum is None) != (persona.leeftijd is None),
        "digid_niveau is not basis, midden, substantieel or hoog": persona.digid_niveau.upper()
        in DigidNiveau.__members__,
        "a bouncing e-mail address needs an e-mail address": persona.email is not None or not persona.email_stuitert,
    }
    return [fault for fault, holds in checks.items() if not holds]

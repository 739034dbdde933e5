"""Afnemers as written down in ``fixtures/afnemers``, with the berichttypes that the Berichtenbox stores."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from simulator.afnemers.values.afnemer import Dienst, Sector
from simulator.afnemers.values.oin import explain_oin
from simulator.infra.decoding import json_decoder

MAX_CODE = 8
SINDS = date(2016, 1, 1)
"""ASSUMPTION: before any tariff, so that no demo Afnemer is in its first year."""


class AfnemerOnbruikbaar(ValueError):  # noqa: N818 - tells the person who edits the fixtures what to mend
    """A file in ``fixtures/afnemers`` cannot be used; the message names the file and what is wrong."""


class BerichttypeFixture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A berichttype that the Afnemer has from the start."""

    code: str
    omschrijving: str
    actief: bool = True


class StatustypeFixture(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A status of a zaaktype, in its place in the order."""

    omschrijving: str
    statustekst: str = ""
    informeren: bool = True
    is_eindstatus: bool = False
    actie_vereist: bool = False


class ZaaktypeFixture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A zaaktype that the Afnemer has from the start."""

    identificatie: str
    omschrijving: str
    actief: bool = True
    statustypen: tuple[StatustypeFixture, ...] = ()


class AfnemerFixture(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of ``fixtures/afnemers``."""

    oin: str
    naam: str
    diensten: tuple[Dienst, ...]
    sleutel: str
    """The API key, for the demo only: real keys are made, shown once and stored as a hash."""
    sector: Sector
    sinds: date | Mapping[Dienst, date] = SINDS
    """In production since: one day for all diensten, or a day for each."""
    namens: tuple[str, ...] = ()
    """OINs of the Afnemers in whose name this one may deliver."""
    berichttypes: tuple[BerichttypeFixture, ...] = ()
    zaaktypen: tuple[ZaaktypeFixture, ...] = ()
    domeinen: tuple[str, ...] = ()
    """Where its weblinks to dossiers lead."""
    weblinkcontact: str = ""
    """Where it wants e-mail about those weblinks."""

    def get_sinds(self, dienst: Dienst) -> date:
        """The day on which this dienst went into production."""
        return self.sinds if isinstance(self.sinds, date) else self.sinds.get(dienst, SINDS)


def load_afnemers(folder: Path) -> tuple[AfnemerFixture, ...]:
    """Read every ``*.json`` in the folder, by OIN; raises ``AfnemerOnbruikbaar`` naming the file and the fault."""
    found = {file: _read(file) for file in sorted(folder.glob("*.json"))}
    oins = [each.oin for each in found.values()]
    for file, afnemer in found.items():
        if oins.count(afnemer.oin) > 1 or [each.sleutel for each in found.values()].count(afnemer.sleutel) > 1:
            raise AfnemerOnbruikbaar(f"{file}: another Afnemer has the same OIN or key")
        if unknown := sorted(set(afnemer.namens) - set(oins)):
            raise AfnemerOnbruikbaar(f"{file}: namens names Afnemers that are not here: {', '.join(unknown)}")
    return tuple(sorted(found.values(), key=lambda afnemer: afnemer.oin))


def _read(file: Path) -> AfnemerFixture:
    try:
        afnemer = json_decoder(AfnemerFixture).decode(file.read_bytes())
    except msgspec.MsgspecError as error:
        raise AfnemerOnbruikbaar(f"{file}: {error}") from error
    if fault := explain_oin(afnemer.oin):
        raise AfnemerOnbruikbaar(f"{file}: {fault}")
    codes = [each.code for each in afnemer.berichttypes]
    if len(set(codes)) < len(codes) or any(not 1 <= len(code) <= MAX_CODE for code in codes):
        raise AfnemerOnbruikbaar(f"{file}: each berichttype needs its own code of 1 to {MAX_CODE} characters")
    return afnemer

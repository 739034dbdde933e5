"""What a question to the BRP is, and what the register says beyond what the population knows."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from simulator.gebruikers import Bsn, Gebruiker, bevolking
from simulator.infra.ids import stable_hash

_HUISNUMMER = re.compile(r"(\d+)(?:([A-Za-z])\b)?[ -]*(.*)")
_GBA = date(1994, 10, 1)
"""Since then people are registered by computer (Wet GBA)."""
_MEERDERJARIG = 18


class Soort(StrEnum):
    """The kinds of question."""

    BURGERSERVICENUMMER = "RaadpleegMetBurgerservicenummer"
    NAAM_GEBOORTEDATUM = "ZoekMetGeslachtsnaamEnGeboortedatum"
    NAAM_GEMEENTE = "ZoekMetNaamEnGemeenteVanInschrijving"
    POSTCODE = "ZoekMetPostcodeEnHuisnummer"
    STRAAT = "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving"
    NUMMERAANDUIDING = "ZoekMetNummeraanduidingIdentificatie"
    ADRESSEERBAAR_OBJECT = "ZoekMetAdresseerbaarObjectIdentificatie"


@dataclass(frozen=True, slots=True)
class Vraag:
    """A question; what was not asked is ``None``."""

    soort: Soort
    fields: tuple[str, ...]
    burgerservicenummer: tuple[str, ...] = ()
    geslachtsnaam: str | None = None
    voorvoegsel: str | None = None
    voornamen: str | None = None
    geslacht: str | None = None
    geboortedatum: date | None = None
    gemeente_van_inschrijving: str | None = None
    straat: str | None = None
    postcode: str | None = None
    huisnummer: int | None = None
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    nummeraanduiding_identificatie: str | None = None
    adresseerbaar_object_identificatie: str | None = None
    inclusief_overleden_personen: bool = False


@dataclass(frozen=True, slots=True)
class Ingeschrevene:
    """Somebody in the register, as on a day."""

    gebruiker: Gebruiker
    gezin: bevolking.Gezin
    op: date


class Huisnummer(NamedTuple):
    """``10-bis`` in its parts."""

    nummer: int
    letter: str
    toevoeging: str


def split_huisnummer(text: str) -> Huisnummer:
    """The parts of a house number as people write it."""
    found = _HUISNUMMER.match(text)
    return Huisnummer(int(found[1]), found[2] or "", found[3]) if found else Huisnummer(1, "", "")


def nummeraanduiding_of(gebruiker: Gebruiker) -> str:
    """The BAG id of the address."""
    return _bag_id(gebruiker, "20")


def adresseerbaar_object_of(gebruiker: Gebruiker) -> str:
    """The BAG id of the house."""
    return _bag_id(gebruiker, "01")


def _bag_id(gebruiker: Gebruiker, objecttype: str) -> str:
    adres = gebruiker.adres
    number = stable_hash(objecttype.encode(), adres.postcode.encode(), adres.huisnummer.encode()) % 10**10
    return f"{bevolking.gemeentecode_of(adres.gemeente)}{objecttype}{number:010d}"


def a_nummer_of(bsn: Bsn) -> str:
    """The A-nummer: ten digits, not beginning with zero."""
    return str(10**9 + stable_hash(b"a-nummer", str(bsn).encode()) % (9 * 10**9))


def geboorteplaats_of(bsn: Bsn) -> str:
    """The gemeente of birth."""
    plaatsen = bevolking.list_plaatsen()
    return plaatsen[stable_hash(b"geboorteplaats", str(bsn).encode()) % len(plaatsen)]


def ingeschreven_sinds(gebruiker: Gebruiker) -> date:
    """Since when the register knows this person."""
    return max(_GBA, gebruiker.geboortedatum)


def woont_sinds(gebruiker: Gebruiker, op: date) -> date:
    """Since when this person lives at the address: some day of adult life, or birth for who is young."""
    begin = gebruiker.geboortedatum + timedelta(days=_MEERDERJARIG * 366)
    days = (op - timedelta(days=90) - begin).days
    if days <= 0:
        return gebruiker.geboortedatum
    return begin + timedelta(days=stable_hash(b"woont sinds", str(gebruiker.bsn).encode()) % days)

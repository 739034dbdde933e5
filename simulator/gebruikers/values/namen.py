"""The Dutch names and places that the population is made of: Faker's word lists, never Faker itself."""

import importlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_VOORVOEGSELS = "van de|van den|van der|van het|van 't|van|de la|de|den|der|die|le|ter|d'"  # the longest form first
_ACHTERNAAM = re.compile(rf"(?:({_VOORVOEGSELS}) )?([A-Z][\w-]+)\Z")
_ACHTERNAAM_REVERSED = re.compile(rf"([A-Z][\w-]+), ({_VOORVOEGSELS})\Z")
_PLAATS = re.compile(r"['A-Z][\w' -]*[a-zëéúâû]\Z")
_PLAATS_WITH_GEMEENTE = " gem "


@dataclass(frozen=True, slots=True)
class Woordenlijsten:
    """Lists to pick from by number; every list is non-empty and has no doubles."""

    vrouwennamen: tuple[str, ...]
    mannennamen: tuple[str, ...]
    achternamen: tuple[tuple[str, str], ...]
    """Voorvoegsel (may be empty) and achternaam."""
    straten: tuple[str, ...]
    plaatsen: tuple[str, ...]
    email_vrouwen: tuple[str, ...]
    """The vrouwennamen as in an e-mail address; the next two likewise, each with its list in the same order."""
    email_mannen: tuple[str, ...]
    email_achternamen: tuple[str, ...]


@lru_cache(maxsize=1)
def load_woordenlijsten() -> Woordenlijsten:
    """Read the lists at their first use: importing Faker costs 0.15 s, which a start-up need not pay."""
    person: Any = importlib.import_module("faker.providers.person.nl_NL").Provider
    address: Any = importlib.import_module("faker.providers.address.nl_NL").Provider
    vrouwen, mannen = _unique(person.first_names_female), _unique(person.first_names_male)
    straten = [f"{naam}{soort}" for naam in vrouwen + mannen for soort in address.street_suffixes]
    plaatsen = [each for each in address.cities if _PLAATS.match(each) and _PLAATS_WITH_GEMEENTE not in each]
    achternamen = _unique(split for each in _unique(person.last_names) if (split := split_achternaam(each)))
    return Woordenlijsten(
        vrouwen, mannen, achternamen, tuple(straten), _unique(plaatsen),
        *(tuple(map(_plain, each)) for each in (vrouwen, mannen, map("".join, achternamen))),
    )  # fmt: skip


def split_achternaam(naam: str) -> tuple[str, str] | None:
    """Voorvoegsel and achternaam; ``None`` for names of medieval nobles and other forms that no register holds."""
    if match := _ACHTERNAAM.match(naam):
        return match[1] or "", match[2]
    if match := _ACHTERNAAM_REVERSED.match(naam):
        return match[2], match[1]
    return None


def _unique(words: Any) -> Any:
    return tuple(dict.fromkeys(words))


def _plain(naam: str) -> str:
    decomposed = unicodedata.normalize("NFKD", naam).lower()
    return "".join(character for character in decomposed if character.isascii() and character.isalnum())

"""The Gebruiker as a frozen record, and what can be stored about one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

from simulator.gebruikers.values.bsn import Bsn

BOX_LEEFTIJD = 14
"""From this age there is a box (Wet EBV, 1 November 2015)."""


class DigidNiveau(IntEnum):
    """The betrouwbaarheidsniveaus of DigiD, by the numbers that its interfaces use."""

    BASIS = 10
    MIDDEN = 20
    SUBSTANTIEEL = 25
    HOOG = 30

    @property
    def naam(self) -> str:
        """The name that people see: Basis, Midden, Substantieel, Hoog."""
        return self.name.capitalize()


class BoxStand(StrEnum):
    """Whether a Gebruiker can receive post."""

    ACTIEF = "actief"
    NIET_ACTIEF = "niet-actief"
    GEEN = "geen"
    """There is no box and there cannot be one: too young, or deceased."""


@dataclass(frozen=True, slots=True)
class Adres:
    """Where somebody lives."""

    straat: str
    huisnummer: str
    postcode: str
    woonplaats: str
    gemeente: str


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What a Gebruiker changed; ``None`` means: as computed."""

    box_actief: bool | None = None
    email: str | None = None
    email_uit: bool = False
    kennisgeving: bool | None = None
    herhaling: bool | None = None
    contact_verloren: bool = False
    voorkeuren: Mapping[int, bool] = field(default_factory=dict)
    """By id of the Afnemer."""


ONGEWIJZIGD = Wijziging()


class Contact(NamedTuple):
    """Somebody who wants kennisgevingen and can be reached: of the whole Gebruiker only what sending one asks for."""

    bsn: int
    adres: str
    herhaling_aan: bool
    stuitert: bool


class Ontvangerstelling(NamedTuple):
    """How many people live here, how many have an active box, and how many of those take post from an Afnemer."""

    inwoners: int
    boxen: int
    geabonneerd: int


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """Somebody who lives here: as computed or as a persona, with what was changed since."""

    bsn: Bsn
    gebruikersnaam: str
    voornamen: str
    voorvoegsel: str
    achternaam: str
    geslacht: str
    geboortedatum: date
    adres: Adres
    telefoon: str
    digid_niveau: DigidNiveau
    box: BoxStand
    email: str | None
    kennisgeving_aan: bool
    """Wants an e-mail for each new Bericht."""
    herhaling_aan: bool
    """Wants a second e-mail when a Bericht stays unread for three weeks."""
    contact_verloren: bool = False
    """The e-mail address bounced until we gave up; until another address is given nothing is sent."""
    email_stuitert: bool = False
    geheim: bool = False
    """Geheimhouding: personal data may not be passed on."""
    overleden_op: date | None = None
    persona: str | None = None

    @property
    def box_actief(self) -> bool:
        """Whether the box takes post."""
        return self.box is BoxStand.ACTIEF

    @property
    def gemeente(self) -> str:
        """The gemeente of residence."""
        return self.adres.gemeente

    @property
    def overleden(self) -> bool:
        """Whether this person has died."""
        return self.overleden_op is not None

    @property
    def naam(self) -> str:
        """The name in full, as on the front of a letter."""
        return " ".join(part for part in (self.voornamen, self.voorvoegsel, self.achternaam) if part)

    @property
    def kennisgeving_adres(self) -> str | None:
        """The address for kennisgevingen, or ``None`` when none may be sent."""
        wanted = self.kennisgeving_aan and self.box_actief and not self.contact_verloren
        return self.email if wanted else None

    @property
    def contact(self) -> Contact | None:
        """How to reach this person with kennisgevingen, or ``None`` when none may be sent."""
        adres = self.kennisgeving_adres
        return None if adres is None else Contact(self.bsn, adres, self.herhaling_aan, self.email_stuitert)

    def leeftijd(self, op: date) -> int:
        """Age in whole years on a day."""
        before_birthday = (op.month, op.day) < (self.geboortedatum.month, self.geboortedatum.day)
        return op.year - self.geboortedatum.year - int(before_birthday)

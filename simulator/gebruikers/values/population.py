"""The population: everybody who lives here, computed from the seed and the BSN and stored nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from simulator.gebruikers.values.bsn import Bsn, complete, is_bsn
from simulator.gebruikers.values.gebruiker import Adres, BoxStand, Contact, DigidNiveau, Gebruiker
from simulator.gebruikers.values.gebruikersnaam import bsn_of, name_of
from simulator.gebruikers.values.hashing import Picker, draw, mix
from simulator.gebruikers.values.namen import load_woordenlijsten

# ASSUMPTION: the real shares are not published per Afnemer. About 83 in 100 had notifications on (National Ombudsman,
# 2017), of those with a box; the other shares are ours.
BOX_ACTIEF = 85
VOORKEUR_AAN = 95
KENNISGEVING_AAN = 83
EMAIL_BEKEND = 92
HERHALING_AAN = 60
DIGID_BASIS = 5

_POSTCODE_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_POSTCODE_REFUSED = frozenset({"SA", "SD", "SS"})
# ASSUMPTION: everybody but some personas is an adult, so that only a persona has no box because of age.
_FIRST_BIRTHDAY = date(1932, 1, 1)
_BIRTHDAYS = (date(2007, 12, 31) - _FIRST_BIRTHDAY).days


class Bereik(StrEnum):
    """Which BSNs live here."""

    TEST = "test"
    """The 90,909 numbers from 999000000 that are reserved for tests."""
    LANDELIJK = "landelijk"
    """18 million more; these may be real people's numbers."""


# ASSUMPTION: the size of the country matters for load tests, which 18 million numbers carry it does not.
_RANGES = {
    Bereik.TEST: ((999_000_000, 1_000_000_000),),
    Bereik.LANDELIJK: ((100_000_000, 298_000_000), (999_000_000, 1_000_000_000)),
}


class _Naam(NamedTuple):
    """Places in the word lists, from one draw: all of the name that its e-mail address is made of."""

    vrouw: bool
    voornaam: int
    achternaam: int


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody in a range of BSNs; the same seed gives the same people in every installation."""

    seed: int
    bereik: Bereik = Bereik.TEST

    def __contains__(self, bsn: int) -> bool:
        """Whether a valid BSN is in range; the elfproef is the caller's."""
        # Comparing, because ``in`` walks through the whole range for a subclass of int such as Bsn.
        for first, end in _RANGES[self.bereik]:  # noqa: SIM110 - a generator would cost as much as the rest of judging
            if first <= bsn < end:
                return True
        return False

    def bsns(self) -> Iterator[Bsn]:
        """Every BSN that lives here, in order."""
        eights = (number for first, end in _RANGES[self.bereik] for number in range(first // 10, end // 10))
        return (Bsn(bsn) for number in eights if (bsn := complete(number)))

    def has_box(self, bsn: int) -> bool:
        """Whether the box was active from the start."""
        return draw(self.seed, "box", bsn) % 100 < BOX_ACTIEF

    def wants(self, bsn: int, oin: str) -> bool:
        """Whether this person took post from the Afnemer with this OIN from the start."""
        return draw(self.seed, oin, bsn) % 100 < VOORKEUR_AAN

    def find_bsn(self, gebruikersnaam: str) -> Bsn | None:
        """The person with this DigiD user name."""
        number = bsn_of(self.seed, gebruikersnaam)
        return Bsn(number) if number is not None and number in self and is_bsn(f"{number:09d}") else None

    def find_contact(self, bsn: int) -> Contact | None:
        """The ``contact`` of the person that ``build_gebruiker`` builds, ten times as fast: for each bericht anew."""
        box, contact, herhaling = _draw_box(self.seed, bsn)
        if contact >= KENNISGEVING_AAN or box >= BOX_ACTIEF:
            return None
        return Contact(bsn, _build_email(_pick_naam(self.seed, bsn)), herhaling < HERHALING_AAN, stuitert=False)

    def build_gebruiker(self, bsn: int) -> Gebruiker:
        """Everything about one person; for showing, not for the hot path."""
        picker = Picker(self.seed, bsn)
        lists = load_woordenlijsten()
        naam = _pick_naam(self.seed, bsn)
        namen = lists.vrouwennamen if naam.vrouw else lists.mannennamen
        voornamen = [namen[naam.voornaam], *(picker.pick(namen, "tweede") for _ in range(picker.below(2, "voornamen")))]
        voorvoegsel, achternaam = lists.achternamen[naam.achternaam]
        box, contact, herhaling = _draw_box(self.seed, bsn)
        return Gebruiker(
            bsn=Bsn(bsn),
            gebruikersnaam=name_of(self.seed, bsn),
            voornamen=" ".join(dict.fromkeys(voornamen)),
            voorvoegsel=voorvoegsel,
            achternaam=achternaam,
            geslacht="V" if naam.vrouw else "M",
            geboortedatum=date.fromordinal(birthday_of(self.seed, bsn)),
            adres=_build_adres(picker),
            telefoon=f"0600{picker.below(1_000_000, 'telefoon'):06d}",
            digid_niveau=DigidNiveau.BASIS if picker.below(100, "digid") < DIGID_BASIS else DigidNiveau.MIDDEN,
            box=BoxStand.ACTIEF if box < BOX_ACTIEF else BoxStand.NIET_ACTIEF,
            email=_build_email(naam) if contact < EMAIL_BEKEND else None,
            kennisgeving_aan=contact < KENNISGEVING_AAN,
            herhaling_aan=herhaling < HERHALING_AAN,
        )


def birthday_of(seed: int, bsn: int) -> int:
    """The birthday as an ordinal: all of the date, for who compares many."""
    return _FIRST_BIRTHDAY.toordinal() + draw(seed, "geboortedatum", bsn) % _BIRTHDAYS


def surname_of(seed: int, bsn: int) -> tuple[bool, int]:
    """Whether it is a woman, and the place of the surname in the word lists: what families go by."""
    naam = _pick_naam(seed, bsn)
    return naam.vrouw, naam.achternaam


def place_of(seed: int, bsn: int) -> int:
    """The place in the word lists where this person has an address."""
    return draw(seed, "plaats", bsn) % len(load_woordenlijsten().plaatsen)


def _draw_box(seed: int, bsn: int) -> tuple[int, int, int]:
    """Three places in a hundred, from one draw: the box, how to reach its owner, and whether to do so twice."""
    bits = draw(seed, "box", bsn)
    return bits % 100, (bits >> 21) % 100, (bits >> 42) % 100


def _pick_naam(seed: int, bsn: int) -> _Naam:
    lists = load_woordenlijsten()
    bits = draw(seed, "naam", bsn)
    vrouw = bits & 1 == 0
    namen = lists.vrouwennamen if vrouw else lists.mannennamen
    return _Naam(vrouw, (bits >> 1 & 0x7FFF_FFFF) % len(namen), (bits >> 32) % len(lists.achternamen))


def _build_email(naam: _Naam) -> str:
    lists = load_woordenlijsten()
    voornamen = lists.email_vrouwen if naam.vrouw else lists.email_mannen
    return f"{voornamen[naam.voornaam]}.{lists.email_achternamen[naam.achternaam]}@voorbeeld.example"


def postcode_digits_of(place: int) -> int:
    """The lowest of the ten numbers that the postcodes of a place begin with; other places may have the same."""
    return 1000 + mix(place) % 900 * 10


def _build_adres(picker: Picker) -> Adres:
    lists = load_woordenlijsten()
    place = picker.below(len(lists.plaatsen), "plaats")
    first = postcode_digits_of(place)
    letters = "".join(picker.pick(tuple(_POSTCODE_LETTERS), f"postcode{each}") for each in range(2))
    return Adres(
        straat=picker.pick(lists.straten, "straat"),
        huisnummer=str(1 + picker.below(199, "huisnummer")),
        postcode=f"{first + picker.below(10, 'postcode')} {'XX' if letters in _POSTCODE_REFUSED else letters}",
        woonplaats=lists.plaatsen[place],
        # ASSUMPTION: no free list says which place is in which gemeente; each place is its own here.
        gemeente=lists.plaatsen[place],
    )

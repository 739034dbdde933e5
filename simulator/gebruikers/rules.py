"""Who receives post from whom, and which changes a Gebruiker may make."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from simulator.gebruikers.errors import BOX_ACTIEF, BOX_BESTAAT, EMAIL_GELDIG, KENNISGEVING_MET_ADRES, EmailOngeldig
from simulator.gebruikers.values.bsn import BSN_GELDIG, Bsn
from simulator.gebruikers.values.gebruiker import ONGEWIJZIGD, BoxStand, Contact, Gebruiker, Wijziging
from simulator.gebruikers.values.persona import Persona, Personas, Standaardvoorkeur
from simulator.gebruikers.values.population import Population
from simulator.infra.regels import Regel

REGELS: tuple[Regel, ...] = (BSN_GELDIG, BOX_BESTAAT, BOX_ACTIEF, EMAIL_GELDIG, KENNISGEVING_MET_ADRES)

EMAIL_LENGTH = 254
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\Z"
)


class OntvangstSoort(StrEnum):
    """How the question ends whether a Gebruiker receives a Bericht."""

    ONTVANGT = "ontvangt"
    NIET_ACTIEF = "niet-actief"
    NIET_GEABONNEERD = "niet-geabonneerd"
    ONBEKEND = "onbekend"
    STORING = "storing"


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """The answer for one Gebruiker and one Afnemer; ``verwerkingscode`` and ``stadium`` only with a storing."""

    soort: OntvangstSoort
    verwerkingscode: str = ""
    stadium: str = ""

    @property
    def is_bericht_sturen(self) -> bool:
        """What the subscription check answers: a storing shows at delivery only."""
        return self.soort in {OntvangstSoort.ONTVANGT, OntvangstSoort.STORING}


ONTVANGT = Ontvangst(OntvangstSoort.ONTVANGT)
NIET_ACTIEF = Ontvangst(OntvangstSoort.NIET_ACTIEF)
NIET_GEABONNEERD = Ontvangst(OntvangstSoort.NIET_GEABONNEERD)
ONBEKEND = Ontvangst(OntvangstSoort.ONBEKEND)


@dataclass(frozen=True, slots=True)
class Ontvangers:
    """Decides for the hot path who receives post and who is told: a few hashes a BSN, without building anybody."""

    population: Population
    personas: Personas

    def judge(self, bsn: int, oin: str, afnemer_id: int, wijziging: Wijziging = ONGEWIJZIGD) -> Ontvangst:
        """Whether a (valid) BSN takes post from an Afnemer; the four fixed answers can be compared with ``is``."""
        if bsn in self.personas:
            return _judge_persona(self.personas[bsn], afnemer_id, wijziging)
        if bsn not in self.population:
            return ONBEKEND
        box = wijziging.box_actief if wijziging.box_actief is not None else self.population.has_box(bsn)
        if not box:
            return NIET_ACTIEF
        changed = wijziging.voorkeuren.get(afnemer_id)
        aan = self.population.wants(bsn, oin) if changed is None else changed
        return ONTVANGT if aan else NIET_GEABONNEERD

    def wants(self, bsn: int, oin: str, afnemer_id: int, wijziging: Wijziging = ONGEWIJZIGD) -> bool:
        """The voorkeur alone, whether or not the box is active: what Instellingen shows."""
        if afnemer_id in wijziging.voorkeuren:
            return wijziging.voorkeuren[afnemer_id]
        if bsn in self.personas:
            return self.personas[bsn].voorkeuren is Standaardvoorkeur.ALLE
        return self.population.wants(bsn, oin)

    def find_bsn(self, gebruikersnaam: str) -> Bsn | None:
        """Whose DigiD user name this is: the name of a persona, or one made from the BSN."""
        naam = gebruikersnaam.strip().lower()
        named = (each.nummer for each in self.personas.values() if each.naam == naam)
        return next(named, None) or self.population.find_bsn(naam)

    def find_contact(self, bsn: int, wijziging: Wijziging, op: date) -> Contact | None:
        """How to reach a person with kennisgevingen; ``None`` for who does not want them or cannot get them."""
        if wijziging is ONGEWIJZIGD and bsn not in self.personas:
            return self.population.find_contact(bsn) if bsn in self.population else None
        gebruiker = self.build_gebruiker(bsn, wijziging, op)
        return None if gebruiker is None else gebruiker.contact

    def build_gebruiker(self, bsn: int, wijziging: Wijziging, op: date) -> Gebruiker | None:
        """Everything about one person as on a day; ``None`` if nobody with this BSN lives here."""
        if bsn in self.personas:
            return apply_wijziging(_build_persona(self.personas[bsn], op), wijziging)
        if bsn not in self.population:
            return None
        return apply_wijziging(self.population.build_gebruiker(bsn), wijziging)


def _judge_persona(persona: Persona, afnemer_id: int, wijziging: Wijziging) -> Ontvangst:
    box = persona.box
    if box is not BoxStand.GEEN and wijziging.box_actief is not None:
        box = BoxStand.ACTIEF if wijziging.box_actief else BoxStand.NIET_ACTIEF
    if box is not BoxStand.ACTIEF:
        return NIET_ACTIEF
    if not wijziging.voorkeuren.get(afnemer_id, persona.voorkeuren is Standaardvoorkeur.ALLE):
        return NIET_GEABONNEERD
    if persona.uitkomst:
        return Ontvangst(OntvangstSoort.STORING, persona.uitkomst.verwerkingscode, persona.uitkomst.stadium)
    return ONTVANGT


def _build_persona(persona: Persona, op: date) -> Gebruiker:
    return Gebruiker(
        bsn=persona.nummer,
        gebruikersnaam=persona.naam,
        voornamen=persona.voornamen,
        voorvoegsel=persona.voorvoegsel,
        achternaam=persona.achternaam,
        geslacht=persona.geslacht,
        geboortedatum=persona.born(op),
        adres=persona.adres,
        telefoon=persona.telefoon,
        digid_niveau=persona.niveau,
        box=persona.box,
        email=persona.email,
        kennisgeving_aan=persona.kennisgeving and persona.email is not None,
        herhaling_aan=persona.herhaling and persona.email is not None,
        email_stuitert=persona.email_stuitert,
        geheim=persona.geheim,
        overleden_op=persona.overleden_op,
        persona=persona.naam,
    )


def apply_wijziging(gebruiker: Gebruiker, wijziging: Wijziging) -> Gebruiker:
    """The Gebruiker with what was changed; who cannot have a box does not get one by a change."""
    if wijziging is ONGEWIJZIGD:
        return gebruiker
    box = gebruiker.box
    if box is not BoxStand.GEEN and wijziging.box_actief is not None:
        box = BoxStand.ACTIEF if wijziging.box_actief else BoxStand.NIET_ACTIEF
    email = None if wijziging.email_uit else wijziging.email or gebruiker.email
    return replace(
        gebruiker,
        box=box,
        email=email,
        kennisgeving_aan=email is not None and _changed(wijziging.kennisgeving, gebruiker.kennisgeving_aan),
        herhaling_aan=email is not None and _changed(wijziging.herhaling, gebruiker.herhaling_aan),
        contact_verloren=wijziging.contact_verloren,
        email_stuitert=gebruiker.email_stuitert and email == gebruiker.email,
    )


def _changed(value: bool | None, computed: bool) -> bool:  # noqa: FBT001 - both are the value, not a switch
    return computed if value is None else value


def check_email(text: str) -> str:
    """The e-mail address without surrounding spaces; raises ``EmailOngeldig``."""
    email = text.strip()
    if len(email) > EMAIL_LENGTH or not _EMAIL.match(email):
        raise EmailOngeldig(ontvangen=f"{len(email)} tekens")
    return email

"""Who lives in an omgeving: the computed population with the stored changes laid over it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import literal_column, select, union_all
from sqlalchemy.orm import Session

from simulator.gebruikers.models import VOORKEUREN, WIJZIGINGEN
from simulator.gebruikers.rules import Ontvangers, OntvangstSoort
from simulator.gebruikers.values.buurt import Gezinnen
from simulator.gebruikers.values.familie import Familie
from simulator.gebruikers.values.gebruiker import ONGEWIJZIGD, Contact, Gebruiker, Ontvangerstelling, Wijziging
from simulator.gebruikers.values.gezin import Gezin
from simulator.gebruikers.values.persona import Persona, Personas, load_personas
from simulator.gebruikers.values.population import Bereik, Population
from simulator.gebruikers.values.zoeken import list_adressanten, list_jarigen
from simulator.infra.database import any_of
from simulator.infra.driver import Driver
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.settings import Settings

_DEFAULTS = Settings()
_configured: tuple[str, Path] | None = None
_BOX = 0
"""Stands for the box itself where otherwise the id of an Afnemer stands."""
_SWITCHES = union_all(
    select(
        WIJZIGINGEN.c.bsn, literal_column(str(_BOX)).label("afnemer_id"), WIJZIGINGEN.c.box_actief.label("aan")
    ).where(any_of(WIJZIGINGEN.c.bsn, "bsns"), WIJZIGINGEN.c.box_actief.is_not(None)),
    select(VOORKEUREN.c.bsn, VOORKEUREN.c.afnemer_id, VOORKEUREN.c.aan).where(any_of(VOORKEUREN.c.bsn, "bsns")),
)
_WIJZIGINGEN = select(
    *(WIJZIGINGEN.c[naam] for naam in ("bsn", "box_actief", "email", "email_uit", "kennisgeving", "herhaling",
                                       "contact_verloren"))
).where(any_of(WIJZIGINGEN.c.bsn, "bsns"))  # fmt: skip
_VOORKEUREN = select(VOORKEUREN).where(any_of(VOORKEUREN.c.bsn, "bsns"))


def use_population(population: str, personas: Path) -> None:
    """Say who lives in the omgevingen of this process; raises ``PersonaOnbruikbaar`` if a fixture is no good.

    Configuration, the same in all workers: what people change is in the database.
    """
    global _configured  # noqa: PLW0603 - set once, by create_app
    _configured = (population, personas)
    _ontvangers(0, *_configured)


def load_ontvangers(omgeving: Omgeving) -> Ontvangers:
    """Who decides in this omgeving who receives post; cheap enough to ask for at every delivery."""
    return _ontvangers(omgeving.seed, *(_configured or (_DEFAULTS.population, _DEFAULTS.fixtures_dir / "personas")))


def find_wijzigingen(transaction: GroupTransaction, bsns: Sequence[int]) -> Mapping[int, Wijziging]:
    """For the hot path: what the people among ``bsns`` changed about receiving post, in one query for all."""
    switches: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for bsn, afnemer_id, aan in transaction.query(_SWITCHES, bsns=list(bsns)):
        switches[bsn][afnemer_id] = bool(aan)
    return {bsn: Wijziging(box_actief=held.pop(_BOX, None), voorkeuren=held) for bsn, held in switches.items()}


def get_gebruiker(omgeving: Omgeving, session: Session, bsn: int) -> Gebruiker | None:
    """One person; ``None`` if nobody with this BSN lives here."""
    return get_gebruikers(omgeving, session, [bsn]).get(bsn)


def get_gebruikers(omgeving: Omgeving, session: Session, bsns: Iterable[int]) -> dict[int, Gebruiker]:
    """The people with these BSNs, by BSN; who does not live here is left out."""
    wanted = [int(bsn) for bsn in bsns]
    ontvangers, op = load_ontvangers(omgeving), omgeving.now().date()
    changed = _find_changed(session, wanted)
    people = ((bsn, ontvangers.build_gebruiker(bsn, changed.get(bsn, ONGEWIJZIGD), op)) for bsn in wanted)
    return {bsn: _at_home(omgeving, gebruiker, op) for bsn, gebruiker in people if gebruiker is not None}


def get_contacten(omgeving: Omgeving, session: Session, bsns: Iterable[int]) -> dict[int, Contact]:
    """Who of them wants kennisgevingen and can be reached, by BSN: a few microseconds each, in one query for all."""
    wanted = [int(bsn) for bsn in bsns]
    ontvangers, op = load_ontvangers(omgeving), omgeving.now().date()
    changed = _find_changed(session, wanted)
    people = (ontvangers.find_contact(bsn, changed.get(bsn, ONGEWIJZIGD), op) for bsn in wanted)
    return {contact.bsn: contact for contact in people if contact is not None}


def find_inlogger(omgeving: Omgeving, session: Session, gebruikersnaam: str) -> Gebruiker | None:
    """The person with this DigiD user name: a persona by its naam, anybody else by ``gebruiker-xxxxxx``."""
    bsn = load_ontvangers(omgeving).find_bsn(gebruikersnaam)
    return None if bsn is None else get_gebruiker(omgeving, session, bsn)


def list_personas(omgeving: Omgeving) -> tuple[Persona, ...]:
    """The personas of this omgeving, by BSN."""
    personas = load_ontvangers(omgeving).personas
    return tuple(personas[bsn] for bsn in sorted(personas))


def get_gezin(omgeving: Omgeving, bsn: int) -> Gezin:
    """The relatives of somebody who lives here, as they are today."""
    return _familie_of(omgeving).build_gezin(int(bsn), omgeving.now().date())


def get_partner_of(omgeving: Omgeving, bsn: int) -> Gezin:
    """The partner alone, as a family of two: a hundred times as quick as finding parents and children."""
    return Gezin(verbintenis=_familie_of(omgeving).find_verbintenis(int(bsn), omgeving.now().date()))


def find_hoofdbewoner(omgeving: Omgeving, bsn: int) -> int:
    """Whose address somebody lives at: an own one, or that of the partner."""
    return _familie_of(omgeving).find_hoofdbewoner(int(bsn), omgeving.now().date())


def list_kandidaten_geboren(omgeving: Omgeving, dag: date) -> set[int]:
    """Everybody who may have been born on a day: the personas too, whatever their birthday."""
    ontvangers = load_ontvangers(omgeving)
    return {*list_jarigen(ontvangers.population, dag), *ontvangers.personas}


def list_kandidaten_plaats(omgeving: Omgeving, plaats: str) -> set[int]:
    """Everybody who may live in a place: who has an address there with whom they live, and the personas."""
    ontvangers, familie, op = load_ontvangers(omgeving), _familie_of(omgeving), omgeving.now().date()
    found = {int(each) for each in ontvangers.personas}
    for bsn in list_adressanten(ontvangers.population, plaats):
        paar = familie.gezinnen.find_paar(bsn)
        found |= {bsn} if paar is None or paar.sinds > op.toordinal() else {paar.oudste.bsn, paar.jongste.bsn}
    return found


def list_voorkeuren(omgeving: Omgeving, session: Session, bsn: int, oins: Mapping[int, str]) -> dict[int, bool]:
    """Per Afnemer (id, with its OIN in ``oins``) whether this person takes its post."""
    changed = {row.afnemer_id: row.aan for row in session.execute(_VOORKEUREN, {"bsns": [int(bsn)]})}
    ontvangers, wijziging = load_ontvangers(omgeving), Wijziging(voorkeuren=changed)
    return {each: ontvangers.wants(bsn, oin, each, wijziging) for each, oin in oins.items()}


def count_ontvangers(omgeving: Omgeving, session: Session, afnemer_id: int, oin: str) -> Ontvangerstelling | None:
    """How many people have an active box, and how many of those take post from an Afnemer.

    Nothing for a population that is too large to count while somebody waits. Everybody is counted once in each process,
    after that only who changed something.
    """
    population, personas = _configured or (_DEFAULTS.population, _DEFAULTS.fixtures_dir / "personas")
    if population != Bereik.TEST:
        return None
    ontvangers = load_ontvangers(omgeving)
    telling = Counter(_count_soorten(omgeving.seed, population, personas, oin))
    for bsn, wijziging in _list_switched(session, afnemer_id).items():
        telling[ontvangers.judge(bsn, oin, afnemer_id).soort] -= 1
        telling[ontvangers.judge(bsn, oin, afnemer_id, wijziging).soort] += 1
    del telling[OntvangstSoort.ONBEKEND]
    ontvangt = telling[OntvangstSoort.ONTVANGT] + telling[OntvangstSoort.STORING]
    return Ontvangerstelling(telling.total(), ontvangt + telling[OntvangstSoort.NIET_GEABONNEERD], ontvangt)


@lru_cache(maxsize=256)
def _count_soorten(seed: int, population: str, personas: Path, oin: str) -> Mapping[OntvangstSoort, int]:
    ontvangers = _ontvangers(seed, population, personas)
    return MappingProxyType(Counter(ontvangers.judge(bsn, oin, _BOX).soort for bsn in ontvangers.population.bsns()))


def _list_switched(session: Session, afnemer_id: int) -> dict[int, Wijziging]:
    """Who switched the box, or the post of this Afnemer."""
    boxen = dict(session.execute(select(WIJZIGINGEN.c.bsn, WIJZIGINGEN.c.box_actief)
                                 .where(WIJZIGINGEN.c.box_actief.is_not(None))).tuples().all())  # fmt: skip
    aan = dict(session.execute(select(VOORKEUREN.c.bsn, VOORKEUREN.c.aan)
                               .where(VOORKEUREN.c.afnemer_id == afnemer_id)).tuples().all())  # fmt: skip
    return {
        bsn: Wijziging(box_actief=boxen.get(bsn), voorkeuren={afnemer_id: aan[bsn]} if bsn in aan else {})
        for bsn in boxen.keys() | aan.keys()
    }


def _at_home(omgeving: Omgeving, gebruiker: Gebruiker, op: date) -> Gebruiker:
    familie = _familie_of(omgeving)
    hoofdbewoner = familie.find_hoofdbewoner(gebruiker.bsn, op)
    if hoofdbewoner == gebruiker.bsn:
        return gebruiker
    return replace(gebruiker, adres=familie.population.build_gebruiker(hoofdbewoner).adres)


def _familie_of(omgeving: Omgeving) -> Familie:
    return _familie(omgeving.seed, *(_configured or (_DEFAULTS.population, _DEFAULTS.fixtures_dir / "personas")))


def _find_changed(session: Session, bsns: Sequence[int]) -> dict[int, Wijziging]:
    rows = Driver.of(session.connection()).query(_WIJZIGINGEN, bsns=bsns)
    return {bsn: Wijziging(*map(_as_value, values)) for bsn, *values in rows}


def _as_value(value: object) -> Any:
    return bool(value) if isinstance(value, int) else value  # SQLite has no booleans


@lru_cache(maxsize=1024)
def _ontvangers(seed: int, population: str, personas: Path) -> Ontvangers:
    return Ontvangers(Population(seed, Bereik(population)), _personas(personas))


@lru_cache(maxsize=1024)
def _familie(seed: int, population: str, personas: Path) -> Familie:
    everybody, known = Population(seed, Bereik(population)), _personas(personas)
    return Familie(everybody, known, Gezinnen(everybody, frozenset(known)))


@lru_cache(maxsize=8)
def _personas(folder: Path) -> Personas:
    return load_personas(folder)

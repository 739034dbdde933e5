"""The Instellingen: who this is, which organisations there are, and the wishes of both."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.berichtenbox import postvak
from simulator.gebruikers import Bsn, Gebruiker, get_gebruiker, instellingen
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.portaal.errors import OrganisatieOnbekend, PersoonNotFound
from simulator.verwerkingen import LOGIUS, Activiteit, Verwerking, log_verwerkingen


@dataclass(frozen=True, slots=True)
class Organisatie:
    """An organisation that sends post to the Berichtenbox, and whether this person wants it there."""

    oin: str
    naam: str
    aan: bool


@dataclass(frozen=True, slots=True)
class Voorkeuren:
    """The form of Instellingen; an organisation that is not named stays as it was."""

    bsn: Bsn
    email: str | None
    kennisgeving: bool
    herhaling: bool
    organisaties: Mapping[str, bool]
    """By OIN."""


def get_persoon(omgeving: Omgeving, bsn: Bsn) -> Gebruiker:
    """The person who is logged in; raises ``PersoonNotFound`` when the population has changed since."""
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, bsn)
    if gebruiker is None:
        raise PersoonNotFound
    return gebruiker


def log_instellingen(omgeving: Omgeving, bsn: Bsn, trace: Trace) -> None:
    """Write in the processing log that contact and voorkeuren are shown."""
    log_verwerkingen(omgeving, [Verwerking(bsn, Activiteit.INSTELLINGEN_TONEN, LOGIUS, trace, "instellingen")])


def list_organisaties(omgeving: Omgeving, bsn: Bsn) -> tuple[Organisatie, ...]:
    """Every organisation that sends post, by name, with the voorkeur of this person."""
    afnemers = {each.id: each for each in postvak.list_afzenders(omgeving)}
    with omgeving.reading() as session:
        oins = {each: str(afnemer.oin) for each, afnemer in afnemers.items()}
        wishes = instellingen.list_voorkeuren(omgeving, session, bsn, oins)
    return tuple(Organisatie(oins[each], afnemer.naam, wishes[each]) for each, afnemer in afnemers.items())


def store_voorkeuren(omgeving: Omgeving, voorkeuren: Voorkeuren) -> None:
    """Keep the form, all of it or nothing; an organisation that stays as it was takes no active box.

    Raises ``OrganisatieOnbekend`` or ``BoxNietActief``.
    """
    ids = {str(each.oin): each.id for each in postvak.list_afzenders(omgeving)}
    unknown = sorted(voorkeuren.organisaties.keys() - ids)
    if unknown:
        raise OrganisatieOnbekend(ontvangen=", ".join(unknown)[:200])
    held = {each.oin: each.aan for each in list_organisaties(omgeving, voorkeuren.bsn)}
    instellingen.change_instellingen(
        omgeving,
        instellingen.ContactInvoer(
            voorkeuren.bsn, voorkeuren.email, kennisgeving=voorkeuren.kennisgeving, herhaling=voorkeuren.herhaling
        ),
        {ids[oin]: aan for oin, aan in voorkeuren.organisaties.items() if aan != held.get(oin)},
    )


def activate_box(omgeving: Omgeving, bsn: Bsn) -> None:
    """Open the Berichtenbox of this person: the first thing to do after the first login."""
    instellingen.activate_box(omgeving, bsn)

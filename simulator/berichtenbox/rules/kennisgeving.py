"""What a kennisgeving says and when it is sent: the notification e-mail that points to a bericht in the box."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from simulator.infra.clock import NEDERLAND
from simulator.infra.regels import Herkomst, Regel

HERHALEN_NA = timedelta(days=21)
OPNIEUW_NA = timedelta(hours=1)
"""ASSUMPTION: the Wmebv asks one more try when an e-mail bounces, and does not say after how long."""
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

KENNISGEVING = Regel(
    "BB-kennisgeving",
    "Een kennisgeving bij elk nieuw bericht",
    "Awb 2:10 (Wmebv); mijn.overheid.nl, Instellingen",
    Herkomst.GEDOCUMENTEERD,
    "Een e-mailadres, en kennisgevingen aan bij Instellingen.",
)
HERHALING = Regel(
    "BB-herhaling",
    "Een tweede kennisgeving na drie weken ongelezen",
    "svb.nl, Berichtenbox; mijn.overheid.nl, Instellingen",
    Herkomst.GEDOCUMENTEERD,
    "Een bericht dat na 21 dagen nog ongelezen is, en herhaling aan bij Instellingen.",
)
STUITEREN = Regel(
    "BB-kennisgeving-stuitert",
    "Een gestuiterde kennisgeving wordt eenmaal opnieuw verstuurd",
    "Awb 2:10 (Wmebv)",
    Herkomst.GEDOCUMENTEERD,
    "Een e-mailadres dat bereikbaar is.",
)
KENNISGEVING_REGELS = (KENNISGEVING, HERHALING, STUITEREN)


class Mailsoort(StrEnum):
    """Why an e-mail goes out."""

    NIEUW = "nieuw"
    HERHALING = "herhaling"


class Mailstatus(StrEnum):
    """How it ended: arrived as far as we know, bounced and to be tried again, or bounced twice."""

    VERZONDEN = "verzonden"
    GESTUITERD = "gestuiterd"
    OPGEGEVEN = "opgegeven"


@dataclass(frozen=True, slots=True)
class Aanleiding:
    """What a kennisgeving is about."""

    soort: Mailsoort
    afzender: str
    naam: str
    zichtbaar_vanaf: datetime
    einddatum_handelingstermijn: datetime | None


def mail_onderwerp(aanleiding: Aanleiding) -> str:
    """The subject line, as in the Notificatieteksten MijnOverheid."""
    start = "Herinnering: bericht" if aanleiding.soort is Mailsoort.HERHALING else "Bericht"
    return f"{start} van {aanleiding.afzender} (document ontvangen)"


def mail_tekst(aanleiding: Aanleiding) -> str:
    """The whole text: why, what to do and by when; never a link, so that a link gives a forgery away."""
    waarom = f"Op {dutch_date(aanleiding.zichtbaar_vanaf)} is een bericht van {aanleiding.afzender} in uw Berichtenbox"
    waarom += " geplaatst."
    if aanleiding.soort is Mailsoort.HERHALING:
        waarom += " U hebt het nog niet gelezen."
    wat = "Lees het bericht op tijd: er kunnen rechten of plichten aan verbonden zijn."
    if aanleiding.einddatum_handelingstermijn is not None:
        termijn = dutch_date(aanleiding.einddatum_handelingstermijn)
        wat = f"Van u wordt een reactie verwacht, uiterlijk op {termijn}. {wat}"
    return _MAIL.format(naam=aanleiding.naam, waarom=waarom, wat=wat)


_MAIL = """SIMULATIE – geen echte gegevens

Geachte {naam},

Waarom ontvang ik dit bericht?
{waarom}

Wat moet ik doen?
{wat}
Log in op MijnOverheid of gebruik de Berichtenbox-app.
Typ het adres altijd zelf: in deze e-mail staat nooit een link.

Dit is een automatisch bericht. U kunt deze e-mail niet beantwoorden."""


def dutch_date(moment: datetime) -> str:
    """``23 november 2026``, on the calendar of the Netherlands."""
    local = moment.astimezone(NEDERLAND)
    return f"{local.day} {_MAANDEN[local.month - 1]} {local.year}"

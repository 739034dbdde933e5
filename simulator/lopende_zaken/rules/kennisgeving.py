"""What the e-mail about zaken says, and when it is sent: one about all that changed in a while, never with a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from simulator.infra.regels import Herkomst, Regel

BUNDELEN = timedelta(minutes=10)
"""ASSUMPTION: the e-mail is about one or more changes; how long they are gathered is not public."""
OPNIEUW_NA = timedelta(hours=1)
"""ASSUMPTION: as for the Berichtenbox: the Wmebv asks one more try, and does not say after how long."""

KENNISGEVING = Regel(
    "LZ-kennisgeving",
    "Eén e-mail over een of meer wijzigingen in zaken",
    "Handleiding Aansluiten Lopende Zaken 2.0; Awb 2:10 (Wmebv)",
    Herkomst.GEDOCUMENTEERD,
    "Een e-mailadres, en kennisgevingen aan bij Instellingen.",
)
STUITEREN = Regel(
    "LZ-kennisgeving-stuitert",
    "Een gestuiterde kennisgeving over zaken wordt eenmaal opnieuw verstuurd",
    "Awb 2:10 (Wmebv)",
    Herkomst.GEDOCUMENTEERD,
    "Een e-mailadres dat bereikbaar is.",
)
KENNISGEVING_REGELS = (KENNISGEVING, STUITEREN)


class Mailsoort(StrEnum):
    """Why an e-mail goes out."""

    ZAAK = "zaak"


class Mailstatus(StrEnum):
    """How it ended: arrived as far as we know, bounced and to be tried again, or bounced twice."""

    VERZONDEN = "verzonden"
    GESTUITERD = "gestuiterd"
    OPGEGEVEN = "opgegeven"


@dataclass(frozen=True, slots=True)
class Wijziging:
    """A change that the e-mail tells of: whose zaak it is, not what it is about."""

    afzender: str
    zaak_id: int


def mail_onderwerp(wijzigingen: Sequence[Wijziging]) -> str:
    """The subject line."""
    afzenders = _names(wijzigingen)
    if len(afzenders) == 1:
        return f"Uw zaak bij {afzenders[0]} is gewijzigd" if _count(wijzigingen) == 1 else (
            f"Uw zaken bij {afzenders[0]} zijn gewijzigd"
        )  # fmt: skip
    return "Uw lopende zaken zijn gewijzigd"


def mail_tekst(wijzigingen: Sequence[Wijziging], naam: str) -> str:
    """The whole text; per organisation how many zaken changed, and nothing of what they are about."""
    per_afzender = [
        f"- {afzender}: {_zaken([each for each in wijzigingen if each.afzender == afzender])}"
        for afzender in _names(wijzigingen)
    ]
    return _MAIL.format(naam=naam, regels="\n".join(per_afzender))


def _names(wijzigingen: Sequence[Wijziging]) -> list[str]:
    return sorted({each.afzender for each in wijzigingen})


def _count(wijzigingen: Sequence[Wijziging]) -> int:
    return len({each.zaak_id for each in wijzigingen})


def _zaken(wijzigingen: Sequence[Wijziging]) -> str:
    zaken, aantal = _count(wijzigingen), len(wijzigingen)
    return (
        f"{'1 zaak' if zaken == 1 else f'{zaken} zaken'}, {'1 wijziging' if aantal == 1 else f'{aantal} wijzigingen'}"
    )


_MAIL = """SIMULATIE – geen echte gegevens

Geachte {naam},

Waarom ontvang ik dit bericht?
De status van een of meer van uw lopende zaken is gewijzigd:
{regels}

Wat moet ik doen?
Log in op MijnOverheid en kijk bij Lopende Zaken of u iets moet doen.
Typ het adres altijd zelf: in deze e-mail staat nooit een link.

Dit is een automatisch bericht. U kunt deze e-mail niet beantwoorden."""

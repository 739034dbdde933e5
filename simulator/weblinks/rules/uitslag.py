"""What is made of an answer: whether a weblink still leads a citizen to a dossier, when to look again, whom to tell."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from types import MappingProxyType

from simulator.infra.clock import NEDERLAND
from simulator.infra.outbound import Failure
from simulator.weblinks.values.bevinding import Meldingsoort
from simulator.weblinks.values.stand import Stand

# ASSUMPTION: certificates live ever shorter (47 days from 2029); two weeks is after anybody's automatic renewal.
CERTIFICAAT_RUIMTE = timedelta(days=14)
DAGELIJKS = timedelta(days=1)
EERSTE_HERKANSING = timedelta(minutes=15)
"""After a check that failed; twice as long after each next one, up to a day."""
MAX_OMLEIDINGEN = 5
# ASSUMPTION: a portal may send the citizen straight to DigiD. We go no further than the door: nobody tests DigiD by us.
INLOGDOMEINEN = ("digid.nl",)
VOORBEELDNAMEN = ("example", "example.com", "example.net", "example.org")
"""Names for documentation (RFC 2606): nobody is there, so nobody is asked."""
_BESTAAN_NIET = ("invalid", "test")
_RASTER = timedelta(minutes=5)
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip
# ASSUMPTION: a portal that asks who is there works, also when it says so with a status instead of a login page.
_VRAAGT_INLOGGEN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})

_REDENEN: Mapping[Failure, tuple[Stand, str]] = MappingProxyType(
    {
        Failure.NOT_ALLOWED: (Stand.KAPOT, "Dit adres kan niet worden bezocht."),
        Failure.NAME_UNKNOWN: (Stand.ONBEREIKBAAR, "De naam van de website is niet te vinden."),
        Failure.ADDRESS_INTERNAL: (Stand.BUITEN_DOMEIN, "De website heeft een adres binnen een netwerk."),
        Failure.NOT_CONNECTED: (Stand.ONBEREIKBAAR, "De website neemt geen verbinding aan."),
        Failure.CERTIFICATE_EXPIRED: (Stand.KAPOT, "Het certificaat van de website is verlopen."),
        Failure.CERTIFICATE_NOT_YET_VALID: (Stand.KAPOT, "Het certificaat van de website is nog niet geldig."),
        Failure.CERTIFICATE_OF_ANOTHER: (Stand.KAPOT, "Het certificaat is van een andere website."),
        Failure.CERTIFICATE_UNTRUSTED: (Stand.KAPOT, "Het certificaat van de website is niet te vertrouwen."),
        Failure.NO_TLS: (Stand.KAPOT, "De website maakt geen beveiligde verbinding."),
        Failure.TOO_SLOW: (Stand.ONBEREIKBAAR, "De website antwoordt niet op tijd."),
        Failure.BROKEN_OFF: (Stand.ONBEREIKBAAR, "De website breekt de verbinding af."),
        Failure.NO_HTTP: (Stand.KAPOT, "De website geeft geen begrijpelijk antwoord."),
        Failure.ENDLESS: (Stand.KAPOT, "Aan de pagina komt geen einde."),
    }
)  # fmt: skip


def judge_failure(failure: Failure) -> tuple[Stand, str]:
    """What a weblink is that got no answer, and why."""
    return _REDENEN[failure]


def judge_status(status: int) -> tuple[Stand, str]:
    """What a page is that answers with this status, and why."""
    if status in _VRAAGT_INLOGGEN:
        return Stand.IN_ORDE, "De website vraagt om in te loggen."
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Stand.IN_ORDE, "De pagina is er."
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Stand.KAPOT, f"De pagina bestaat niet (meer) (status {status})."
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Stand.KAPOT, f"De website heeft een storing (status {status})."
    return Stand.KAPOT, f"De website geeft de pagina niet (status {status})."


def is_worth_a_get(status: int) -> bool:
    """Whether a HEAD that was answered so may be answered otherwise as a GET: many servers never meet a HEAD."""
    return status >= HTTPStatus.BAD_REQUEST and status not in _VRAAGT_INLOGGEN


def is_omleiding(status: int) -> bool:
    """Whether the status sends the reader on."""
    return status in {301, 302, 303, 307, 308}


def is_voorbeeldnaam(host: str) -> bool:
    """Whether a host exists in documentation only."""
    return any(host == naam or host.endswith("." + naam) for naam in VOORBEELDNAMEN)


def bestaat_nooit(host: str) -> bool:
    """Whether a host can never exist (RFC 6761)."""
    return host.rpartition(".")[2] in _BESTAAN_NIET


def judge_certificaat(tot: datetime, moment: datetime) -> tuple[Stand, str] | None:
    """What the end of a certificate makes of a weblink at a simulated moment; ``None`` if that is far away."""
    if tot <= moment:
        return Stand.KAPOT, f"Het certificaat van de website is verlopen op {schrijf_dag(tot)}."
    if tot - moment <= CERTIFICAAT_RUIMTE:
        return Stand.CERTIFICAAT_VERLOOPT, f"De pagina is er; het certificaat verloopt op {schrijf_dag(tot)}."
    return None


def plan_volgende(stand: Stand, mislukt: int, moment: datetime) -> datetime:
    """When to look again: daily, and after ``mislukt`` failures in a row sooner, each time half as eagerly.

    On a grid of five minutes, so that what was found apart is looked at together the next time.
    """
    after = DAGELIJKS if stand.bruikbaar else min(DAGELIJKS, EERSTE_HERKANSING * 2 ** min(mislukt - 1, 10))
    due = moment + after
    return due - timedelta(seconds=due.timestamp() % _RASTER.total_seconds())


def kies_melding(voor: Stand, na: Stand) -> Meldingsoort | None:
    """What the Afnemer should hear about a change of stand; ``None`` for nothing."""
    if voor.bruikbaar and not na.bruikbaar:
        return Meldingsoort.SLECHT
    if na.bruikbaar and not voor.bruikbaar:
        return Meldingsoort.HERSTELD
    if na is Stand.CERTIFICAAT_VERLOOPT and voor is not na:
        return Meldingsoort.WAARSCHUWING
    return None


def schrijf_dag(moment: datetime) -> str:
    """A day as people write it: 3 december 2026."""
    local = moment.astimezone(NEDERLAND)
    return f"{local.day} {_MAANDEN[local.month - 1]} {local.year}"


def schrijf_moment(moment: datetime) -> str:
    """A day and a time as people write them: 3 december 2026 om 14.05 uur."""
    return f"{schrijf_dag(moment)} om {moment.astimezone(NEDERLAND):%H.%M} uur"

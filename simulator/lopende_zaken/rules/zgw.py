"""What is read from the Zaken API of an Afnemer, where it may be asked, and how it becomes a delivery."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

import msgspec

from simulator.infra.addresses import is_public, is_special_name, read_host
from simulator.infra.patterns import TEXT
from simulator.lopende_zaken.errors import ZgwAdresOngeldig, ZgwAntwoordOnbruikbaar
from simulator.lopende_zaken.values import (
    MAX_IDENTIFICATIE,
    MAX_OMSCHRIJVING,
    MAX_TEKST,
    SLEUTEL_PATROON,
    Rol,
    StatusInvoer,
    ZaakInvoer,
)

MAX_ADRES = 1000
ROLLEN_QUERY = "/rollen?zaak="
_SLEUTEL, _TEXT = re.compile(SLEUTEL_PATROON), re.compile(TEXT)


class Stand(StrEnum):
    """What became of a notification."""

    ONTVANGEN = "ontvangen"
    VERWERKT = "verwerkt"
    GENEGEERD = "genegeerd"
    GEWEIGERD = "geweigerd"


class Zaak(msgspec.Struct, frozen=True, rename="camel"):
    """A zaak of the Zaken API, as far as it matters here."""

    identificatie: str
    zaaktype: str
    omschrijving: str
    startdatum: date
    toelichting: str = ""
    einddatum: date | None = None
    einddatum_gepland: date | None = None
    uiterlijke_einddatum_afdoening: date | None = None
    resultaat: str | None = None


class Status(msgspec.Struct, frozen=True, rename="camel"):
    """A status of the Zaken API."""

    zaak: str
    statustype: str
    datum_status_gezet: datetime
    statustoelichting: str = ""


class StatusType(msgspec.Struct, frozen=True, rename="camel"):
    """A statustype of the Catalogi API."""

    omschrijving: str
    statustekst: str = ""
    is_eindstatus: bool = False
    informeren: bool = False


class ZaakType(msgspec.Struct, frozen=True, rename="camel"):
    """A zaaktype of the Catalogi API."""

    identificatie: str


class Betrokkene(msgspec.Struct, frozen=True, rename="camel"):
    """Who somebody is; the rest is not read."""

    inp_bsn: str = ""


class RolVanZaak(msgspec.Struct, frozen=True, rename="camel"):
    """A rol of the Zaken API."""

    betrokkene_type: str
    omschrijving_generiek: str = ""
    betrokkene_identificatie: Betrokkene | None = None


class Rollen(msgspec.Struct, frozen=True):
    """A page of rollen."""

    results: list[RolVanZaak]


class Resultaat(msgspec.Struct, frozen=True, rename="camel"):
    """A resultaat of the Zaken API."""

    resultaattype: str
    toelichting: str = ""


class ResultaatType(msgspec.Struct, frozen=True, rename="camel"):
    """A resultaattype of the Catalogi API."""

    omschrijving: str


@dataclass(frozen=True, slots=True)
class Opgehaald:
    """All that was fetched about one status."""

    zaak: Zaak
    status: Status
    statustype: StatusType
    zaaktype: ZaakType
    rollen: Rollen
    resultaat: str = ""


def check_basis(adres: str, lokaal: Collection[str]) -> str:
    """The base address of an API, without a slash at the end; raises ``ZgwAdresOngeldig``.

    https on the public Internet; inside a network only under a name that the omgeving allows, and there http as well.
    """
    url = adres.rstrip("/")
    parts = _split(url)
    host = parts.hostname or ""
    mag_intern = host in lokaal
    address = read_host(host)
    intern = is_special_name(host) if address is None else not is_public(address)
    if intern and not mag_intern:
        raise ZgwAdresOngeldig("Dit adres ligt in een intern netwerk.", ontvangen=url[:200],
                               verwacht="Een openbaar adres, of een naam uit de instelling zgwLokaal.")  # fmt: skip
    if parts.scheme != "https" and not (parts.scheme == "http" and mag_intern):
        raise ZgwAdresOngeldig("De API's van een Afnemer gaan over https.", ontvangen=url[:200])
    if parts.username is not None or parts.query or parts.fragment or not url.isascii() or not url.isprintable():
        raise ZgwAdresOngeldig("Een basisadres heeft geen inloggegevens, vraag of fragment.", ontvangen=url[:200])
    return url


def check_verwijzing(url: str, basis: str) -> str:
    """The address, if it lies under the base; raises ``ZgwAdresOngeldig``."""
    inside = url.startswith(basis + "/") and ".." not in url and url.isascii() and url.isprintable() and " " not in url
    if not inside or len(url) > MAX_ADRES:
        raise ZgwAdresOngeldig(ontvangen=url[:200], verwacht=f"Een adres onder {basis}/.")
    return url


def compose_zaak(opgehaald: Opgehaald) -> tuple[ZaakInvoer, StatusInvoer]:
    """What the Afnemer would have sent itself, as senders to Lopende Zaken do: at the end the result is the status.

    ASSUMPTION: of texts that are longer than Lopende Zaken takes, the beginning is sent.
    Raises ``ZgwAntwoordOnbruikbaar`` for what the other ways in refuse.
    """
    zaak, status, statustype = opgehaald.zaak, opgehaald.status, opgehaald.statustype
    _check_teksten(opgehaald)
    tekst = statustype.omschrijving
    toelichting = status.statustoelichting
    if statustype.is_eindstatus and opgehaald.resultaat:
        tekst = f"{opgehaald.resultaat} ({toelichting})" if toelichting else opgehaald.resultaat
        toelichting = ""
    invoer = ZaakInvoer(
        zaaktype=opgehaald.zaaktype.identificatie,
        omschrijving=(zaak.omschrijving or zaak.identificatie)[:MAX_OMSCHRIJVING],
        startdatum=zaak.startdatum,
        rollen=tuple(_read_rol(each) for each in opgehaald.rollen.results),
        toelichting=zaak.toelichting[:MAX_TEKST],
        resultaat=opgehaald.resultaat[:MAX_TEKST],
        einddatum=zaak.einddatum,
        einddatum_gepland=zaak.einddatum_gepland,
        uiterlijke_einddatum=zaak.uiterlijke_einddatum_afdoening,
    )
    return invoer, StatusInvoer(tekst[:MAX_TEKST], status.datum_status_gezet, toelichting[:MAX_TEKST])


def check_moment(status: Status) -> None:
    """Raise ``ZgwAntwoordOnbruikbaar`` for a moment that says no time zone."""
    if status.datum_status_gezet.tzinfo is None:
        raise ZgwAntwoordOnbruikbaar("datumStatusGezet heeft geen tijdzone.")


def _check_teksten(opgehaald: Opgehaald) -> None:
    zaak = opgehaald.zaak
    if not 1 <= len(zaak.identificatie) <= MAX_IDENTIFICATIE:
        raise ZgwAntwoordOnbruikbaar(ontvangen=f"identificatie van {len(zaak.identificatie)} tekens")
    if not _SLEUTEL.match(zaak.identificatie):
        raise ZgwAntwoordOnbruikbaar(
            "Een identificatie heeft alleen letters zonder accent, cijfers, en de tekens . _ ~ -"
        )
    teksten = {
        "omschrijving": zaak.omschrijving,
        "toelichting": zaak.toelichting,
        "resultaat": opgehaald.resultaat,
        "statustype": opgehaald.statustype.omschrijving,
        "statustoelichting": opgehaald.status.statustoelichting,
    }
    for naam, tekst in teksten.items():
        if not _TEXT.match(tekst):
            raise ZgwAntwoordOnbruikbaar(f"In de tekst van {naam} staat een besturingsteken.")


def _read_rol(rol: RolVanZaak) -> Rol:
    betrokkene = rol.betrokkene_identificatie
    return Rol(rol.betrokkene_type, rol.omschrijving_generiek, betrokkene.inp_bsn if betrokkene else None)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # it is read when it is asked for
    except ValueError as error:
        raise ZgwAdresOngeldig(ontvangen=url[:200]) from error
    if not parts.hostname or len(url) > MAX_ADRES:
        raise ZgwAdresOngeldig(ontvangen=url[:200])
    return parts

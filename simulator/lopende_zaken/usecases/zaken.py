"""Zaken as they are: for the Afnemer that delivered them, and for the citizen whose they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.gebruikers import Bsn
from simulator.infra.clock import from_micros, to_micros
from simulator.infra.ids import from_public_id
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Uitkomst
from simulator.lopende_zaken.errors import EIGEN_ZAAK, EigenZaakNotFound, ZaakNotFound, ZakenlijstOngeldig
from simulator.lopende_zaken.queries.zaaktypen import zaaktype_index
from simulator.lopende_zaken.queries.zaken import (
    Bladzijde,
    Telling,
    ZaakBeeld,
    count_zaken,
    find_zaak,
    find_zaak_of_burger,
    get_beeld,
    list_zaken_of_afnemer,
    list_zaken_of_burger,
    mark_bekeken,
)
from simulator.lopende_zaken.rules.verloop import Stap, asks_action, build_verloop, list_getoonde
from simulator.lopende_zaken.values import Fase
from simulator.weblinks import Weblinkstand, get_weblink_standen

__all__ = [
    "BurgerZaak",
    "EigenZaakNotFound",
    "Fase",
    "Lijstvraag",
    "ZakenlijstOngeldig",
    "count_burger_zaken",
    "get_afnemer_zaak",
    "get_burger_zaak",
    "list_afnemer_zaken",
    "list_burger_zaken",
    "open_burger_zaak",
]

GEEN_STATUS = "Nog geen status"
_PLAATS = re.compile(r"(-?[0-9]{1,16})-(.+)\Z")
"""A cursor of the citizen: microseconds since 1970 (16 digits reach from 1653 to 2286) and a kenmerk."""


@dataclass(frozen=True, slots=True)
class Lijstvraag:
    """Which zaken: of one fase or of both; ``cursor`` is what an earlier page ended with."""

    fase: Fase | None = None
    cursor: str = ""
    aantal: int = 50


@dataclass(frozen=True, slots=True)
class AfnemerZaak:
    """A zaak as the Afnemer sees it: all that it delivered, and how it is with the weblink."""

    beeld: ZaakBeeld
    weblink: Weblinkstand | None


@dataclass(frozen=True, slots=True)
class GetoondeWeblink:
    """The way to the dossier: an address, or why there is none to show."""

    url: str | None
    reden: str
    sinds: datetime


@dataclass(frozen=True, slots=True)
class BurgerZaak:
    """A zaak as the citizen sees it."""

    kenmerk: str
    organisatie: str
    onderwerp: str
    identificatie: str
    soort: str
    toelichting: str
    fase: Fase
    status: str
    actie_vereist: bool
    is_nieuw: bool
    laatste_wijziging: datetime
    startdatum: date
    einddatum: date | None
    einddatum_gepland: date | None
    uiterlijke_einddatum: date | None
    stappen: Sequence[Stap]
    weblink: GetoondeWeblink | None


@dataclass(frozen=True, slots=True)
class AfnemerZaken:
    """A page of the zaken of an Afnemer; ``verder`` is the cursor of the next page, empty on the last."""

    zaken: Sequence[AfnemerZaak]
    verder: str


@dataclass(frozen=True, slots=True)
class BurgerZaken:
    """A page of the zaken of a citizen; ``verder`` is the cursor of the next page, empty on the last."""

    zaken: Sequence[BurgerZaak]
    verder: str


def list_afnemer_zaken(omgeving: Omgeving, afnemer: AfnemerRecord, vraag: Lijstvraag) -> AfnemerZaken:
    """The zaken that the caller delivered, in order of delivery; raises ``ZakenlijstOngeldig``."""
    bladzijde = Bladzijde(vraag.fase, vraag.aantal + 1, na=_read_na(vraag.cursor))
    with omgeving.reading() as session:
        beelden = list_zaken_of_afnemer(session, afnemer.id, bladzijde)
        getoond = beelden[: vraag.aantal]
        standen = _standen(session, getoond)
    zaken = [AfnemerZaak(each, standen.get(each.zaak.weblink_id or 0)) for each in getoond]
    return AfnemerZaken(zaken, getoond[-1].kenmerk if len(beelden) > len(getoond) else "")


def get_afnemer_zaak(omgeving: Omgeving, afnemer: AfnemerRecord, identificatie: str) -> AfnemerZaak:
    """One zaak of the caller with its history; raises ``ZaakNotFound``."""
    with omgeving.reading() as session:
        # PostgreSQL cannot even ask for a NUL.
        zaak = find_zaak(session, afnemer.id, identificatie) if identificatie.isprintable() else None
        if zaak is None:
            raise ZaakNotFound(ontvangen=identificatie[:60])
        beeld = get_beeld(session, zaak)
        standen = _standen(session, [beeld])
    return AfnemerZaak(beeld, standen.get(zaak.weblink_id or 0))


def list_burger_zaken(omgeving: Omgeving, bsn: Bsn, vraag: Lijstvraag) -> BurgerZaken:
    """The zaken of a citizen, the one that changed last first; raises ``ZakenlijstOngeldig``."""
    bladzijde = Bladzijde(vraag.fase, vraag.aantal + 1, voor=_read_plaats(vraag.cursor))
    with omgeving.reading() as session:
        beelden = list_zaken_of_burger(session, bsn, bladzijde)
        getoond = beelden[: vraag.aantal]
        standen = _standen(session, getoond)
    zaken = [_show(omgeving, each, standen) for each in getoond]
    return BurgerZaken(zaken, _plaats(getoond[-1]) if len(beelden) > len(getoond) else "")


def get_burger_zaak(omgeving: Omgeving, bsn: Bsn, kenmerk: str) -> BurgerZaak:
    """One zaak of a citizen, without marking it as seen; raises ``EigenZaakNotFound``."""
    with omgeving.reading() as session:
        return _find_own(omgeving, session, bsn, kenmerk)[1]


def open_burger_zaak(omgeving: Omgeving, bsn: Bsn, kenmerk: str) -> BurgerZaak:
    """The same, and from now on the citizen has seen it."""
    with omgeving.reading() as session:
        beeld, getoond = _find_own(omgeving, session, bsn, kenmerk)
    if beeld.is_nieuw:
        with omgeving.unit_of_work() as uow:
            mark_bekeken(uow.session, beeld.zaak, uow.moment)
            uow.tel(EIGEN_ZAAK, Uitkomst.GESLAAGD)
    return getoond


def count_burger_zaken(omgeving: Omgeving, bsn: Bsn) -> Telling:
    """How many zaken go on, have ended, and changed since the citizen looked."""
    with omgeving.reading() as session:
        return count_zaken(session, bsn)


def _find_own(omgeving: Omgeving, session: Session, bsn: Bsn, kenmerk: str) -> tuple[ZaakBeeld, BurgerZaak]:
    number = from_public_id(kenmerk)
    zaak = None if number is None else find_zaak_of_burger(session, bsn, number)
    if zaak is None:
        raise EigenZaakNotFound
    beeld = get_beeld(session, zaak)
    return beeld, _show(omgeving, beeld, _standen(session, [beeld]))


def _show(omgeving: Omgeving, beeld: ZaakBeeld, standen: Mapping[int, Weblinkstand]) -> BurgerZaak:
    zaak, fase = beeld.zaak, beeld.fase
    afnemer = afnemer_index(omgeving).by_id.get(zaak.afnemer_id)
    zaaktype = zaaktype_index(omgeving).get(zaak.afnemer_id, {}).get(zaak.zaaktype)
    getoond = list_getoonde(beeld.statussen)
    return BurgerZaak(
        kenmerk=beeld.kenmerk,
        organisatie=afnemer.naam if afnemer else "een organisatie",
        onderwerp=zaak.omschrijving,
        identificatie=zaak.identificatie,
        soort=zaaktype.omschrijving if zaaktype else zaak.zaaktype,
        toelichting=zaak.toelichting,
        fase=fase,
        status=getoond[-1].tekst if getoond else GEEN_STATUS,
        actie_vereist=bool(getoond) and asks_action(getoond[-1], fase),
        is_nieuw=beeld.is_nieuw,
        laatste_wijziging=zaak.laatste_wijziging,
        startdatum=zaak.startdatum,
        einddatum=zaak.einddatum,
        einddatum_gepland=zaak.einddatum_gepland,
        uiterlijke_einddatum=zaak.uiterlijke_einddatum,
        stappen=build_verloop(beeld.statussen, zaaktype, fase),
        weblink=_show_weblink(standen.get(zaak.weblink_id or 0)),
    )


def _show_weblink(stand: Weblinkstand | None) -> GetoondeWeblink | None:
    """A weblink that does not work is no way to follow: the citizen gets the reason in its place."""
    if stand is None:
        return None
    return GetoondeWeblink(stand.url if stand.bruikbaar else None, stand.reden, stand.sinds)


def _standen(session: Session, beelden: Sequence[ZaakBeeld]) -> Mapping[int, Weblinkstand]:
    return get_weblink_standen(session, {each.zaak.weblink_id for each in beelden if each.zaak.weblink_id})


def _read_na(cursor: str) -> int | None:
    na = from_public_id(cursor) if cursor else None
    if cursor and na is None:
        raise ZakenlijstOngeldig(ontvangen=cursor[:60])
    return na


def _read_plaats(cursor: str) -> tuple[datetime, int] | None:
    """The place itself and not the zaak that was there: that may have changed since, and stand elsewhere."""
    if not cursor:
        return None
    found = _PLAATS.match(cursor)
    number = from_public_id(found[2]) if found else None
    if found is None or number is None:
        raise ZakenlijstOngeldig(ontvangen=cursor[:60])
    return from_micros(int(found[1])), number


def _plaats(beeld: ZaakBeeld) -> str:
    return f"{to_micros(beeld.zaak.laatste_wijziging)}-{beeld.kenmerk}"

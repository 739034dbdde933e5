"""The third way in: after a notification that a status was set, the zaak is fetched from the Afnemer's Zaken API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index, beheer
from simulator.infra.agenda import Extern, Handlers
from simulator.infra.clock import real_micros
from simulator.infra.decoding import json_decoder
from simulator.infra.errors import Refusal
from simulator.infra.jwt import sign_hs256
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Uitkomst
from simulator.infra.tracing import Trace, read_trace
from simulator.lopende_zaken.errors import (
    KOPPELING,
    ZGW_ADRES,
    ZGW_ANTWOORD,
    KoppelingNotFound,
    KoppelingOntbreekt,
    ZaaktypeOnbruikbaar,
    ZgwAntwoordOnbruikbaar,
)
from simulator.lopende_zaken.queries import zgw as queries
from simulator.lopende_zaken.queries.zgw import Koppeling, Notificatie
from simulator.lopende_zaken.rules import zgw as rules
from simulator.lopende_zaken.usecases.document import SECONDS, FetchFailed, fetch_document
from simulator.lopende_zaken.usecases.levering import submit_levering
from simulator.lopende_zaken.values import Kanaal, Levering

OPHALEN = "lopende-zaken.ophalen"
LOKAAL = "zgw_lokaal"
LAATSTE = 100
_DOCUMENTEN = 7
_LEASE = timedelta(seconds=(_DOCUMENTEN + 1) * SECONDS)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NieuweNotificatie:
    """What a notification component tells: on which channel, about what, what happened."""

    kanaal: str
    resource: str
    actie: str
    hoofd_object: str
    resource_url: str

    @property
    def is_nieuwe_status(self) -> bool:
        """Whether a status was set; nothing else is news for a citizen."""
        return (self.kanaal, self.resource, self.actie) == ("zaken", "status", "create")


class Onderdrukt(Exception):  # noqa: N818 - an outcome, not a malfunction
    """Citizens are not told of this status."""


def put_koppeling(omgeving: Omgeving, afnemer: AfnemerRecord, koppeling: Koppeling) -> Koppeling:
    """Register where the API's of the caller are; raises ``ZgwAdresOngeldig``."""
    lokaal = _lokaal(omgeving)
    checked = replace(
        koppeling,
        zaken_api=rules.check_basis(koppeling.zaken_api, lokaal),
        catalogi_api=rules.check_basis(koppeling.catalogi_api, lokaal),
    )
    with omgeving.unit_of_work() as uow:
        queries.store_koppeling(uow.session, afnemer.id, checked)
        uow.tel(ZGW_ADRES, Uitkomst.GESLAAGD)
    return checked


def get_koppeling(omgeving: Omgeving, afnemer: AfnemerRecord) -> Koppeling:
    """The koppeling of the caller; raises ``KoppelingNotFound``."""
    with omgeving.reading() as session:
        koppeling = queries.find_koppeling(session, afnemer.id)
    if koppeling is None:
        raise KoppelingNotFound
    return koppeling


def remove_koppeling(omgeving: Omgeving, afnemer: AfnemerRecord) -> None:
    """Forget the koppeling of the caller; what was notified and not yet fetched stays unfetched."""
    with omgeving.unit_of_work() as uow:
        queries.remove_koppeling(uow.session, afnemer.id)


def receive_notificatie(omgeving: Omgeving, afnemer: AfnemerRecord, nieuw: NieuweNotificatie, trace: Trace) -> bool:
    """Plan to fetch what a notification is about; ``False`` for what is no news for a citizen.

    Raises ``KoppelingOntbreekt``, or ``ZgwAdresOngeldig`` for a reference outside the registered Zaken API.
    """
    if not nieuw.is_nieuwe_status:
        return False
    with omgeving.unit_of_work() as uow:
        koppeling = queries.find_koppeling(uow.session, afnemer.id)
        if koppeling is None:
            raise KoppelingOntbreekt
        urls = (
            rules.check_verwijzing(nieuw.hoofd_object, koppeling.zaken_api),
            rules.check_verwijzing(nieuw.resource_url, koppeling.zaken_api),
        )
        number = queries.store_notificatie(uow.session, afnemer.id, urls, uow.moment)
        uow.plan(OPHALEN, uow.moment, {"notificatie": number, "traceparent": trace.asked_by})
        uow.tel(KOPPELING, Uitkomst.GESLAAGD)
    return True


def list_notificaties(omgeving: Omgeving, afnemer: AfnemerRecord) -> Sequence[Notificatie]:
    """The latest notifications of the caller, and what became of each."""
    with omgeving.reading() as session:
        return queries.list_notificaties(session, afnemer.id, LAATSTE)


def fetch_notificatie(omgeving: Omgeving, row: Mapping[str, Any]) -> None:
    """Fetch what one notification is about and deliver it; raises ``FetchFailed`` for what is worth another try.

    May be done twice: the status is the referentie of the delivery, so that it counts once.
    """
    with omgeving.reading() as session:
        notificatie = queries.find_notificatie(session, row["notificatie"])
        koppeling = None if notificatie is None else queries.find_koppeling(session, notificatie.afnemer_id)
    if notificatie is None or koppeling is None:  # taken back since
        return
    try:
        _deliver(omgeving, notificatie, koppeling, read_trace(row.get("traceparent", "")))
    except Onderdrukt as reden:
        _conclude(omgeving, notificatie, rules.Stand.GENEGEERD, str(reden))
    except Refusal as refusal:
        is_no_news = isinstance(refusal, ZaaktypeOnbruikbaar)
        stand = rules.Stand.GENEGEERD if is_no_news else rules.Stand.GEWEIGERD
        _conclude(omgeving, notificatie, stand, refusal.detail, refusal)
    except FetchFailed as failed:
        stand = rules.Stand.ONTVANGEN if failed.passing else rules.Stand.GEWEIGERD
        _conclude(omgeving, notificatie, stand, failed.reden, ZgwAntwoordOnbruikbaar(failed.reden))
        if failed.passing:
            raise
    else:
        _conclude(omgeving, notificatie, rules.Stand.VERWERKT)


def build_ophaler() -> Handlers:
    """What is done later about notifications."""
    return {OPHALEN: Extern(fetch_notificatie, lease=_LEASE)}


def _deliver(omgeving: Omgeving, notificatie: Notificatie, koppeling: Koppeling, trace: Trace) -> None:
    afnemer = afnemer_index(omgeving).by_id[notificatie.afnemer_id]
    beheer.check_actief(afnemer)  # it may have lost the dienst since the notification
    beheer.check_dienst(afnemer, Dienst.LOPENDE_ZAKEN)
    opgehaald = _fetch_all(_Bron(koppeling, _lokaal(omgeving)), notificatie)
    zaak, status = rules.compose_zaak(opgehaald)
    submit_levering(
        omgeving,
        Levering(afnemer, Kanaal.ZGW, notificatie.status_url, b"", opgehaald.zaak.identificatie, trace, zaak, status),
    )


def _fetch_all(bron: "_Bron", notificatie: Notificatie) -> rules.Opgehaald:
    zaak = bron.get_zaken(notificatie.zaak_url, rules.Zaak)
    status = bron.get_zaken(notificatie.status_url, rules.Status)
    rules.check_moment(status)
    statustype = bron.get_catalogi(status.statustype, rules.StatusType)
    if not statustype.informeren:
        raise Onderdrukt("Over dit statustype wordt de initiator niet geïnformeerd.")
    zaaktype = bron.get_catalogi(zaak.zaaktype, rules.ZaakType)
    rollen = bron.get_zaken(
        bron.koppeling.zaken_api + rules.ROLLEN_QUERY + quote(notificatie.zaak_url, safe=""), rules.Rollen
    )
    return rules.Opgehaald(zaak, status, statustype, zaaktype, rollen, _fetch_resultaat(bron, zaak))


def _fetch_resultaat(bron: "_Bron", zaak: rules.Zaak) -> str:
    if not zaak.resultaat:
        return ""
    resultaat = bron.get_zaken(zaak.resultaat, rules.Resultaat)
    return bron.get_catalogi(resultaat.resultaattype, rules.ResultaatType).omschrijving


@dataclass(frozen=True, slots=True)
class _Bron:
    """The API's of one Afnemer, asked with a token that we sign for each question."""

    koppeling: Koppeling
    lokaal: Sequence[str]

    def get_zaken(self, url: str, kind: type[T]) -> T:
        """A document of the Zaken API."""
        return self._get(rules.check_verwijzing(url, self.koppeling.zaken_api), kind)

    def get_catalogi(self, url: str, kind: type[T]) -> T:
        """A document of the Catalogi API."""
        return self._get(rules.check_verwijzing(url, self.koppeling.catalogi_api), kind)

    def _get(self, url: str, kind: type[T]) -> T:
        claims = {
            "iss": self.koppeling.client_id,
            "iat": real_micros() // 1_000_000,  # outsiders live in real time
            "client_id": self.koppeling.client_id,
            "user_id": "",
            "user_representation": "",
        }
        headers = {
            "Authorization": f"Bearer {sign_hs256(claims, self.koppeling.secret)}",
            "Accept": "application/json",
            "Accept-Crs": "EPSG:4326",
        }
        body = fetch_document(url, headers, self.lokaal)
        try:
            return json_decoder(kind).decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ZgwAntwoordOnbruikbaar(f"{kind.__name__}: {error}"[:300]) from error


def _lokaal(omgeving: Omgeving) -> Sequence[str]:
    """Internal names where a Zaken API may be in this omgeving."""
    none: Sequence[str] = ()
    return omgeving.instelling(LOKAAL, none)


def _conclude(
    omgeving: Omgeving,
    notificatie: Notificatie,
    stand: rules.Stand,
    toelichting: str = "",
    refusal: Refusal | None = None,
) -> None:
    regel = refusal.regel if refusal is not None else None
    with omgeving.unit_of_work() as uow:
        queries.mark_notificatie(
            uow.session, notificatie.id, stand, regel=regel.id if regel else None, toelichting=toelichting or None
        )
        if regel is not None:
            uow.tel(regel, Uitkomst.GEWEIGERD)
        elif stand is rules.Stand.VERWERKT:
            uow.tel(ZGW_ANTWOORD, Uitkomst.GESLAAGD)

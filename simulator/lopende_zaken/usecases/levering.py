"""Take in one change of a zaak: judge it, store it with its history, meter it, and plan to tell the citizen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from simulator.gebruikers import Bsn
from simulator.infra.ids import new_id, stable_hash
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Regel, Uitkomst
from simulator.lopende_zaken.errors import (
    INITIATOR,
    POSTBUS_ACTIEF,
    REFERENTIE,
    REFERENTIE_HERHAALD,
    STATUSTYPE,
    ZAAKTYPE_BEKEND,
    InitiatorGewijzigd,
    ReferentieAlGebruikt,
    ZaakNotFound,
)
from simulator.lopende_zaken.models import Zaak, Zaakbericht, Zaakstatus
from simulator.lopende_zaken.queries.kennisgeving import GEEN_KENNISGEVING
from simulator.lopende_zaken.queries.zaaktypen import zaaktype_index
from simulator.lopende_zaken.queries.zaken import find_zaakbericht, hold_zaak, insert_zaak, list_statussen
from simulator.lopende_zaken.rules.kennisgeving import BUNDELEN
from simulator.lopende_zaken.rules.levering import (
    GezetteStatus,
    check_datums,
    check_zaaktype,
    decide_einddatum,
    find_initiator,
    read_status,
)
from simulator.lopende_zaken.rules.verloop import list_getoonde
from simulator.lopende_zaken.usecases.postbus import check_postbus
from simulator.lopende_zaken.values import Levering, ZaakInvoer, Zaaktype
from simulator.verbruik import meter_zaak
from simulator.verwerkingen import Activiteit, Verwerking, record_verwerkingen
from simulator.weblinks import Weblinkbeleid, refuse_weblink, registratie, weblinkbeleid

KENNISGEVEN = "lopende-zaken.kennisgeven"


@dataclass(frozen=True, slots=True)
class Bevestiging:
    """What became of a delivery: the zaak, whether it was made by it, and whether anything changed."""

    zaak_id: int
    is_nieuw: bool = False
    is_gewijzigd: bool = False


@dataclass(frozen=True, slots=True)
class _Werk:
    omgeving: Omgeving
    uow: UnitOfWork
    levering: Levering
    bsn: Bsn | None


def submit_levering(omgeving: Omgeving, levering: Levering) -> Bevestiging:
    """Store what an Afnemer says about a zaak, upserted on (Afnemer, identificatie), and count it once.

    The same referentie with the same content is the same delivery; what changes nothing is not counted. Raises a
    refusal of ``errors``, ``BsnOngeldig`` included.
    """
    bsn = None
    if levering.zaak is not None:
        bsn = find_initiator(levering.zaak.rollen)
        check_datums(levering.zaak)
    try:
        return _submit(omgeving, levering, bsn)
    except IntegrityError:  # the same delivery was stored a moment ago: now it is found
        return _submit(omgeving, levering, bsn)


def _submit(omgeving: Omgeving, levering: Levering, bsn: Bsn | None) -> Bevestiging:
    sleutel = stable_hash(str(levering.afnemer.oin).encode(), levering.referentie.encode())
    with omgeving.unit_of_work() as uow:
        eerder = find_zaakbericht(uow.session, sleutel)
        if eerder is not None:
            if eerder[1] != levering.inhoud_hash:
                raise ReferentieAlGebruikt(ontvangen=levering.referentie[:100])
            _tel(uow, REFERENTIE_HERHAALD)
            return Bevestiging(eerder[0])
        werk = _Werk(omgeving, uow, levering, bsn)
        bevestiging = _process(werk)
        if bevestiging.is_gewijzigd:
            _record(werk, bevestiging.zaak_id, sleutel)
        return bevestiging


def _process(werk: _Werk) -> Bevestiging:
    levering, uow = werk.levering, werk.uow
    held = hold_zaak(uow.session, levering.afnemer.id, levering.identificatie)
    zaaktype = _find_zaaktype(werk, held)
    bsn = _whose(werk, held)
    check_postbus(werk.omgeving, uow.session, bsn)
    _tel(uow, POSTBUS_ACTIEF, ZAAKTYPE_BEKEND)
    status = None if levering.status is None else read_status(levering.status, zaaktype, levering.kanaal)
    weblink_id = _register_weblink(werk)
    zaak, is_nieuw = (held, False) if held is not None else _make_zaak(werk)
    changes = [is_nieuw, _apply_woord(werk, zaak, weblink_id), status is not None and _add_status(werk, zaak, status)]
    record_verwerkingen(uow, [_verwerking(levering, bsn)])
    return Bevestiging(zaak.id, is_nieuw, any(changes))


def _verwerking(levering: Levering, bsn: Bsn) -> Verwerking:
    return Verwerking(bsn, Activiteit.ZAAK_AANLEVEREN, levering.afnemer.oin, levering.trace, levering.identificatie)


def _whose(werk: _Werk, held: Zaak | None) -> Bsn:
    """Whose zaak this is; raises ``InitiatorGewijzigd`` when it would change hands."""
    if werk.bsn is not None and (held is None or held.bsn == werk.bsn):
        return werk.bsn
    if werk.bsn is None and held is not None:
        return Bsn(held.bsn)
    raise InitiatorGewijzigd(ontvangen=werk.levering.identificatie)


def _register_weblink(werk: _Werk) -> int | None:
    """The weblink to the dossier, judged by the rules of article 7.1; raises what ``refuse_weblink`` makes of them."""
    levering, uow = werk.levering, werk.uow
    url = levering.zaak.weblink if levering.zaak is not None else None
    if url is None:
        return None
    bezwaren = registratie.judge_weblink(werk.omgeving, uow.session, levering.afnemer, url)
    if bezwaren and weblinkbeleid(werk.omgeving) is Weblinkbeleid.WEIGEREN:
        raise refuse_weblink(url, bezwaren, "/weblink")
    return registratie.register_weblink(uow, levering.afnemer.id, url, bezwaren)


def _find_zaaktype(werk: _Werk, zaak: Zaak | None) -> Zaaktype:
    levering = werk.levering
    if levering.zaak is not None:
        code = levering.zaak.zaaktype
    elif zaak is not None:
        code = zaak.zaaktype
    else:
        raise _no_zaak(levering)
    return check_zaaktype(zaaktype_index(werk.omgeving).get(levering.afnemer.id, {}).get(code), code)


def _make_zaak(werk: _Werk) -> tuple[Zaak, bool]:
    """A new zaak; or the one that another delivery stored between our looking and our storing."""
    levering, uow = werk.levering, werk.uow
    if levering.zaak is None or werk.bsn is None:
        raise _no_zaak(levering)
    is_nieuw = insert_zaak(
        uow.session,
        {
            "id": new_id(),
            "bsn": int(werk.bsn),
            "afnemer_id": levering.afnemer.id,
            "identificatie": levering.identificatie,
            **_woord(levering.zaak),
            "einddatum": levering.zaak.einddatum,
            "peilmoment": levering.tijdstip or uow.moment,
            "laatste_wijziging": uow.moment,
            "gewijzigd_op": uow.moment,
        },
    )
    zaak = hold_zaak(uow.session, levering.afnemer.id, levering.identificatie)
    if zaak is None or zaak.bsn != werk.bsn:
        raise InitiatorGewijzigd(ontvangen=levering.identificatie)
    return zaak, is_nieuw


def _no_zaak(levering: Levering) -> ZaakNotFound:
    wie = levering.identificatie[:60]
    return ZaakNotFound(f"U hebt geen zaak {wie} aangeleverd.", ontvangen=wie)


def _woord(invoer: ZaakInvoer) -> dict[str, Any]:
    """What the sender says of the zaak itself, as columns."""
    return {
        "zaaktype": invoer.zaaktype,
        "omschrijving": invoer.omschrijving,
        "toelichting": invoer.toelichting,
        "resultaat": invoer.resultaat,
        "startdatum": invoer.startdatum,
        "einddatum_gepland": invoer.einddatum_gepland,
        "uiterlijke_einddatum": invoer.uiterlijke_einddatum,
    }


def _apply_woord(werk: _Werk, zaak: Zaak, weblink_id: int | None) -> bool:
    """Take over what the sender says, unless it dates from before what is known; answers whether anything changed."""
    levering, uow = werk.levering, werk.uow
    if levering.zaak is None:
        return False
    _tel(uow, INITIATOR)
    peilmoment = levering.tijdstip or max(uow.moment, zaak.peilmoment)
    if peilmoment < zaak.peilmoment:
        return False
    woord = {**_woord(levering.zaak), "weblink_id": weblink_id}
    if not levering.zaak.volgt_status:
        woord["einddatum"] = levering.zaak.einddatum
    changed = {naam: value for naam, value in woord.items() if getattr(zaak, naam) != value}
    for naam, value in changed.items():
        setattr(zaak, naam, value)
    if "einddatum" in changed:
        zaak.gewijzigd_op = _after_bekeken(uow, zaak)
    zaak.peilmoment = peilmoment
    return bool(changed)


def _add_status(werk: _Werk, zaak: Zaak, status: GezetteStatus) -> bool:
    """Add to the history, unless it is there: a status is the same when its moment and its text are."""
    uow = werk.uow
    known = list_statussen(uow.session, [zaak])[zaak.id]
    if any(_same(each, status) for each in known):
        return False
    number = _insert_status(uow, zaak, status)
    history = sorted([*known, status], key=lambda each: each.datum_status_gezet)
    if _leaves_einddatum(werk.levering) and history[-1] is status:
        zaak.einddatum = decide_einddatum(history)
    if status.volgnummer is not None:
        _tel(uow, STATUSTYPE)
    if status.informeren:
        zaak.laatste_wijziging = _latest(history)
        zaak.gewijzigd_op = _after_bekeken(uow, zaak)
        uow.plan(KENNISGEVEN, uow.moment + BUNDELEN, {"status": number})
    return True


def _after_bekeken(uow: UnitOfWork, zaak: Zaak) -> datetime:
    """Now, and later than the citizen looked, also on a clock that stands still or was set back."""
    return uow.moment if zaak.bekeken_op is None else max(uow.moment, zaak.bekeken_op + timedelta(microseconds=1))


def _same(one: GezetteStatus, other: GezetteStatus) -> bool:
    return one.datum_status_gezet == other.datum_status_gezet and one.tekst == other.tekst


def _latest(history: Sequence[GezetteStatus]) -> datetime:
    return list_getoonde(history)[-1].datum_status_gezet


def _leaves_einddatum(levering: Levering) -> bool:
    return levering.zaak is None or levering.zaak.volgt_status


def _insert_status(uow: UnitOfWork, zaak: Zaak, status: GezetteStatus) -> int:
    number = new_id()
    uow.session.add(
        Zaakstatus(
            id=number,
            zaak_id=zaak.id,
            bsn=zaak.bsn,
            datum_status_gezet=status.datum_status_gezet,
            tekst=status.tekst,
            toelichting=status.toelichting,
            volgnummer=status.volgnummer,
            informeren=status.informeren,
            is_eindstatus=status.is_eindstatus,
            actie_vereist=status.actie_vereist,
            kennisgeving_id=None if status.informeren else GEEN_KENNISGEVING,
        )
    )
    return number


def _record(werk: _Werk, zaak_id: int, sleutel: int) -> None:
    """Write the delivery down and count it, in the transaction that stores what it changed."""
    levering, uow = werk.levering, werk.uow
    number = new_id()
    uow.session.add(
        Zaakbericht(
            id=number,
            afnemer_id=levering.afnemer.id,
            zaak_id=zaak_id,
            kanaal=levering.kanaal.value,
            sleutel=sleutel,
            inhoud_hash=levering.inhoud_hash,
            ontvangen_op=uow.moment,
        )
    )
    uow.session.flush()  # a conflict on the key speaks here, before anything is metered
    meter_zaak(uow, number, levering.afnemer.id)
    _tel(uow, REFERENTIE)


def _tel(uow: UnitOfWork, *regels: Regel) -> None:
    for regel in regels:
        uow.tel(regel, Uitkomst.GESLAAGD)

"""Ask the register: by BSN, or by what somebody is; each person that is given is written in the processing log."""

from collections.abc import Iterable
from datetime import date

from simulator.afnemers import AfnemerRecord
from simulator.brp.errors import MAXIMUM, PARAMETERS_GELDIG, VERSTREKKING_GELOGD
from simulator.brp.rules import check_aantal, matches
from simulator.brp.values import Ingeschrevene, Soort, Vraag
from simulator.gebruikers import Bsn, Gebruiker, bevolking, get_gebruikers, is_bsn
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.regels import Regel, Uitkomst
from simulator.infra.tracing import Trace
from simulator.verwerkingen import Activiteit, Verwerking, record_in_group

_FAMILIE = frozenset({"ouders", "kinderen", "gezag"})
_WOORDEN = {"adressering": "adres", "verblijfplaats": "adres", "geboorte": "geboorte", "aNummer": "A-nummer"}


def bevraag(omgeving: Omgeving, afnemer: AfnemerRecord, vraag: Vraag, trace: Trace) -> list[Ingeschrevene]:
    """The people that a question is about; raises ``TeveelResultaten``. Who is not there is left out."""
    is_zoeken = vraag.soort is not Soort.BURGERSERVICENUMMER
    found = _search(omgeving, vraag) if is_zoeken else _look_up(omgeving, vraag)
    if is_zoeken:
        check_aantal(len(found))
    regels = (PARAMETERS_GELDIG, *((MAXIMUM,) if is_zoeken else ()), *((VERSTREKKING_GELOGD,) if found else ()))
    _log(omgeving, regels, [_verwerking(each, afnemer, vraag, trace, place) for place, each in enumerate(found)])
    get_gezin = bevolking.get_gezin if _asks_for_family(vraag) else bevolking.get_partner_of
    op = dutch_day(omgeving.now())
    return [Ingeschrevene(each, get_gezin(omgeving, each.bsn), op) for each in found]


def _asks_for_family(vraag: Vraag) -> bool:
    return any(each.partition(".")[0] in _FAMILIE for each in vraag.fields)


def _look_up(omgeving: Omgeving, vraag: Vraag) -> list[Gebruiker]:
    bsns = [int(text) for text in dict.fromkeys(vraag.burgerservicenummer) if is_bsn(text)]
    gemeente = vraag.gemeente_van_inschrijving
    with omgeving.reading() as session:
        people = get_gebruikers(omgeving, session, bsns).values()
    return [each for each in people if gemeente in {None, bevolking.gemeentecode_of(each.gemeente)}]


def _search(omgeving: Omgeving, vraag: Vraag) -> list[Gebruiker]:
    candidates = sorted(_list_kandidaten(omgeving, vraag))
    with omgeving.reading() as session:
        people = get_gebruikers(omgeving, session, candidates).values()
    return [each for each in people if matches(vraag, each)]


def _list_kandidaten(omgeving: Omgeving, vraag: Vraag) -> set[int]:
    if vraag.soort is Soort.NAAM_GEBOORTEDATUM:
        return bevolking.list_kandidaten_geboren(omgeving, vraag.geboortedatum or date.max)
    if vraag.soort is Soort.POSTCODE:
        first = int((vraag.postcode or "0000")[:3]) * 10
        plaatsen = [
            plaats for place, plaats in enumerate(bevolking.list_plaatsen())
            if bevolking.postcode_digits_of(place) == first
        ]  # fmt: skip
        return _in_plaatsen(omgeving, plaatsen)
    bag_id = vraag.nummeraanduiding_identificatie or vraag.adresseerbaar_object_identificatie or "0000"
    return _in_plaatsen(omgeving, [bevolking.plaats_of(vraag.gemeente_van_inschrijving or bag_id[:4])])


def _in_plaatsen(omgeving: Omgeving, plaatsen: Iterable[str | None]) -> set[int]:
    found = bevolking.list_kandidaten_plaats(omgeving, "")  # the personas, who live where no word list says
    for plaats in plaatsen:
        found |= bevolking.list_kandidaten_plaats(omgeving, plaats or "")
    return found


def _verwerking(gebruiker: Gebruiker, afnemer: AfnemerRecord, vraag: Vraag, trace: Trace, place: int) -> Verwerking:
    groups = dict.fromkeys(_WOORDEN.get(head, head) for head in (each.partition(".")[0] for each in vraag.fields))
    return Verwerking(
        Bsn(gebruiker.bsn), Activiteit.BRP_BEVRAGEN, afnemer.oin, trace.begin_beside() if place else trace,
        ", ".join(groups),
    )  # fmt: skip


def _log(omgeving: Omgeving, regels: tuple[Regel, ...], verwerkingen: list[Verwerking]) -> None:
    omgeving.group_commit(_write, (regels, verwerkingen), len(verwerkingen) + 1)


def _write(transaction: GroupTransaction, items: Iterable[tuple[tuple[Regel, ...], list[Verwerking]]]) -> list[None]:
    held = list(items)
    for regels, _ in held:
        for regel in regels:
            transaction.tel(regel, Uitkomst.GESLAAGD)
    record_in_group(transaction, [each for _, verwerkingen in held for each in verwerkingen])
    return [None] * len(held)

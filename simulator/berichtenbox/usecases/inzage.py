"""The citizen looks at berichten, which is written in the processing log before they are shown."""

from simulator.berichtenbox.queries.verwerkingen import AFGELEID
from simulator.berichtenbox.usecases.kennisgeving import list_kennisgevingen
from simulator.berichtenbox.usecases.postvak import (
    Berichtenlijst,
    Berichtinhoud,
    Bijlageinhoud,
    Keuze,
    Lijstvraag,
    Verandering,
    change_in,
    get_bericht,
    list_berichten,
    open_bijlage,
)
from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.verwerkingen import LOGIUS, Activiteit, Verwerking, log_verwerkingen, record_verwerkingen

__all__ = ["AFGELEID", "list_kennisgevingen", "read_bericht", "show_bericht", "show_bijlage", "show_lijst"]


def show_lijst(omgeving: Omgeving, vraag: Lijstvraag, trace: Trace) -> Berichtenlijst:
    """A page of a map."""
    lijst = list_berichten(omgeving, vraag)
    log_verwerkingen(omgeving, [_getoond(vraag.bsn, f"lijst van {vraag.map.value}", trace)])
    return lijst


def show_bericht(omgeving: Omgeving, bsn: Bsn, kenmerk: str, trace: Trace) -> Berichtinhoud:
    """A bericht, without marking it as read; raises ``BerichtNotFound``."""
    bericht = get_bericht(omgeving, bsn, kenmerk)
    log_verwerkingen(omgeving, [_getoond(bsn, "een bericht", trace)])
    return bericht


def read_bericht(omgeving: Omgeving, bsn: Bsn, kenmerk: str, trace: Trace) -> Berichtinhoud:
    """A bericht that the citizen opens: from now on it is read."""
    bericht = get_bericht(omgeving, bsn, kenmerk)
    if bericht.kop.gelezen:
        log_verwerkingen(omgeving, [_getoond(bsn, "een bericht", trace)])
    else:
        with omgeving.unit_of_work() as uow:
            change_in(uow, Keuze(bsn, (kenmerk,)), Verandering(gelezen=True))
            record_verwerkingen(uow, [_getoond(bsn, "een bericht", trace)])
    return bericht


def show_bijlage(omgeving: Omgeving, bsn: Bsn, kenmerk: str, volgorde: int, trace: Trace) -> Bijlageinhoud:
    """The content of a bijlage; raises ``BijlageNotFound``."""
    bijlage = open_bijlage(omgeving, bsn, kenmerk, volgorde)
    log_verwerkingen(omgeving, [_getoond(bsn, "een bijlage", trace)])
    return bijlage


def _getoond(bsn: Bsn, wat: str, trace: Trace) -> Verwerking:
    return Verwerking(bsn, Activiteit.BERICHT_TONEN, LOGIUS, trace, wat)

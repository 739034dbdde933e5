"""The citizen looks at zaken, which is written in the processing log before they are shown."""

from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.lopende_zaken.queries.verwerkingen import AFGELEID
from simulator.lopende_zaken.usecases.zaken import (
    BurgerZaak,
    BurgerZaken,
    Lijstvraag,
    get_burger_zaak,
    list_burger_zaken,
    open_burger_zaak,
)
from simulator.verwerkingen import LOGIUS, Activiteit, Verwerking, log_verwerkingen

__all__ = ["AFGELEID", "read_zaak", "show_zaak", "show_zaken"]


def show_zaken(omgeving: Omgeving, bsn: Bsn, vraag: Lijstvraag, trace: Trace) -> BurgerZaken:
    """A page of zaken."""
    lijst = list_burger_zaken(omgeving, bsn, vraag)
    _log(omgeving, bsn, "lijst van zaken", trace)
    return lijst


def show_zaak(omgeving: Omgeving, bsn: Bsn, kenmerk: str, trace: Trace) -> BurgerZaak:
    """One zaak, without marking it as seen; raises ``EigenZaakNotFound``."""
    zaak = get_burger_zaak(omgeving, bsn, kenmerk)
    _log(omgeving, bsn, "een zaak", trace)
    return zaak


def read_zaak(omgeving: Omgeving, bsn: Bsn, kenmerk: str, trace: Trace) -> BurgerZaak:
    """The same, and from now on the citizen has seen it."""
    zaak = open_burger_zaak(omgeving, bsn, kenmerk)
    _log(omgeving, bsn, "een zaak", trace)
    return zaak


def _log(omgeving: Omgeving, bsn: Bsn, wat: str, trace: Trace) -> None:
    log_verwerkingen(omgeving, [Verwerking(bsn, Activiteit.ZAAK_TONEN, LOGIUS, trace, wat)])

"""What the beheerder of the simulator asks of facturatie, and what answers it: a front door for his room alone."""

from typing import Annotated

import msgspec

from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.vraag import read_vraag
from simulator.facturatie.schemas.facturen import FacturenAntwoord, FactuurkopAntwoord, as_facturen, as_kop
from simulator.facturatie.schemas.parts import Aantal, Antwoord, Jaar, Verzoek
from simulator.facturatie.schemas.tarieven import (
    EigenTarief,
    TariefAntwoord,
    TarievenAntwoord,
    as_tarief,
    as_tarieven,
    read_eigen,
)
from simulator.facturatie.usecases.agenda import is_automatisch, set_automatisch
from simulator.facturatie.usecases.inzage import list_alle_facturen
from simulator.facturatie.usecases.tarieven import drop_tarief, set_tarief
from simulator.facturatie.usecases.voorschot import Voorschotvraag, credit_factuur, make_voorschot
from simulator.infra.patterns import whole

__all__ = [
    "AutomatischAntwoord",
    "AutomatischVerzoek",
    "CreditVerzoek",
    "EigenTarief",
    "FacturenAntwoord",
    "FactuurkopAntwoord",
    "SluitVerzoek",
    "TariefAntwoord",
    "TarievenAntwoord",
    "VoorschotVerzoek",
    "Voorschotvraag",
    "as_facturen",
    "as_kop",
    "as_tarief",
    "as_tarieven",
    "credit_factuur",
    "drop_tarief",
    "is_automatisch",
    "list_alle_facturen",
    "list_tarieven",
    "make_voorschot",
    "read_eigen",
    "read_vraag",
    "set_automatisch",
    "set_tarief",
]

# XML 1.0 can carry no control characters and none of the last two either: an invoice travels as UBL.
_REDEN = whole(r"[^\x00-\x1f\x7f\ufffe\uffff]*")


class SluitVerzoek(Verzoek, frozen=True):
    """A month to close, or without ``maand`` a whole year."""

    jaar: Jaar
    maand: Annotated[int, msgspec.Meta(ge=1, le=12)] | None = None


class VoorschotVerzoek(Verzoek, frozen=True):
    """An advance; without ``verwacht`` for as many berichten as the year before, or as the form says."""

    oin: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    jaar: Jaar
    verwacht: Aantal | None = None


class CreditVerzoek(Verzoek, frozen=True):
    """An invoice to take back, and why."""

    nummer: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    reden: Annotated[str, msgspec.Meta(max_length=200, pattern=_REDEN)] = ""


class AutomatischVerzoek(Verzoek, frozen=True):
    """Whether months and years close by themselves, on the clock of the omgeving."""

    aan: bool


class AutomatischAntwoord(Antwoord, frozen=True):
    """Whether they do."""

    aan: bool

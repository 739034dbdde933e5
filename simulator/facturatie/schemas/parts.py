"""What the documents of this room have in common: how an amount, a price and a year are written."""

from typing import Annotated

import msgspec

from simulator.facturatie.rules.vraag import MAX_JAAR, MIN_JAAR
from simulator.facturatie.values import PRIJS_PER_EURO
from simulator.infra.patterns import whole

Euro = Annotated[str, msgspec.Meta(pattern=whole(r"[0-9]{1,5}(\.[0-9]{1,4})?"), max_length=10)]
"""A price: ``0.454``."""
Jaar = Annotated[int, msgspec.Meta(ge=MIN_JAAR, le=MAX_JAAR)]
Aantal = Annotated[int, msgspec.Meta(ge=0, le=10**9)]


class Antwoord(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The parent of what is answered."""


class Verzoek(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """The parent of what is asked: an unknown member is a mistake."""


def as_euro(prijs: int) -> str:
    """A price in euro, with two to four decimals: 4540 is ``0.454``, 3200 is ``0.32``."""
    whole, rest = divmod(prijs, PRIJS_PER_EURO)
    return f"{whole}.{f'{rest:04d}'.rstrip('0').ljust(2, '0')}"

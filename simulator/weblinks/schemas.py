"""The wire form of domains, checks and alerts."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from simulator.weblinks.usecases.beheer import Domein


class Antwoord(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The parent of what is answered."""


class DomeinAntwoord(Antwoord, frozen=True):
    """A registered domain."""

    domein: str
    geregistreerd_op: datetime


class DomeinenAntwoord(Antwoord, frozen=True):
    """The registered domains of the caller."""

    domeinen: list[DomeinAntwoord]


def as_domein(domein: Domein) -> DomeinAntwoord:
    """One domain as JSON says it."""
    return DomeinAntwoord(domein=domein.naam, geregistreerd_op=domein.geregistreerd_op)


def as_domeinen(domeinen: Sequence[Domein]) -> DomeinenAntwoord:
    """Domains as JSON says them."""
    return DomeinenAntwoord(domeinen=[as_domein(each) for each in domeinen])

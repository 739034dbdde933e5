"""What a citizen may do with a bericht in the box, and how its text is read."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from simulator.berichtenbox.values import Map
from simulator.infra.errors import Conflict, InvalidInput, NotFound
from simulator.infra.regels import Herkomst, Regel

_SITE = "mijn.overheid.nl/wat-is-de-berichtenbox"
EIGEN_BERICHT = Regel(
    "BB-eigen-bericht",
    "Een Gebruiker ziet alleen eigen berichten",
    "Voorwaarden MijnOverheid 2.9, Berichtenbox",
    Herkomst.GEDOCUMENTEERD,
    "Een bericht dat in uw eigen Berichtenbox staat.",
)
VERPLAATSEN = Regel(
    "BB-verplaatsen",
    "Van map naar map",
    _SITE,
    Herkomst.GEDOCUMENTEERD,
    "Van inbox naar archief of prullenbak, van archief naar inbox of prullenbak, van prullenbak terug naar inbox.",
)
DEFINITIEF = Regel(
    "BB-definitief-verwijderen",
    "Definitief verwijderen kan alleen vanuit de prullenbak",
    _SITE,
    Herkomst.GEDOCUMENTEERD,
    "Een bericht dat in de prullenbak ligt.",
)
BLADEREN = Regel(
    "BB-bladeren",
    "Een lijst gaat verder waar de vorige bladzijde eindigde",
    "Simulator",
    Herkomst.AANGENOMEN,
    "De waarde die de vorige bladzijde gaf.",
)
POSTVAK_REGELS = (EIGEN_BERICHT, VERPLAATSEN, DEFINITIEF, BLADEREN)

# ASSUMPTION: archief to inbox is possible; sources name only inbox to archief, and to and from the prullenbak.
_NAAR: Mapping[Map, frozenset[Map]] = MappingProxyType(
    {
        Map.INBOX: frozenset({Map.ARCHIEF, Map.PRULLENBAK}),
        Map.ARCHIEF: frozenset({Map.INBOX, Map.PRULLENBAK}),
        Map.PRULLENBAK: frozenset({Map.INBOX}),
    }
)


class BerichtNotFound(NotFound):
    """There is no such bericht in the box of this person; whether somebody else has it is not told."""

    slug = "bericht-niet-gevonden"
    title = "Dit bericht is niet gevonden"
    regel = EIGEN_BERICHT


class BijlageNotFound(NotFound):
    """The bericht is there, the bijlage is not."""

    slug = "bijlage-niet-gevonden"
    title = "Deze bijlage is niet gevonden"
    regel = EIGEN_BERICHT


class VerplaatsenNietMogelijk(Conflict):
    """A bericht cannot go from the map where it lies to the one that was asked."""

    slug = "verplaatsen-niet-mogelijk"
    title = "Dit bericht kan niet naar deze map"
    regel = VERPLAATSEN


class NietInPrullenbak(Conflict):
    """Only what lies in the prullenbak can be deleted for good."""

    slug = "niet-in-prullenbak"
    title = "Dit bericht ligt niet in de prullenbak"
    regel = DEFINITIEF


class BladwijzerOngeldig(InvalidInput):
    """A cursor that this box never gave out."""

    slug = "bladwijzer-ongeldig"
    title = "De plaats in de lijst is onbekend"
    regel = BLADEREN


def check_verplaatsing(van: Map, naar: Map) -> None:
    """Whether a bericht may go from one map to another; staying where it is, is always fine."""
    if van is not naar and naar not in _NAAR.get(van, frozenset()):
        raise VerplaatsenNietMogelijk(ontvangen=f"van {van} naar {naar}")


class Tekstdeel(NamedTuple):
    """A piece of a line: words, or an address that the page may make a link of."""

    tekst: str
    is_link: bool


_REGELEINDE = re.compile(r"\\r\\n|\r\n|\r|\n")
# The koppelvlak asks a space before and after a URL; the start and the end of a line do as well.
_LINK = re.compile(r"(?:(?<=\s)|\A)(https?://[^\s<>\"']{1,1000})(?=\s|\Z)")


def read_tekst(tekst: str) -> Iterator[list[Tekstdeel]]:
    r"""The lines of a BerichtTekst: the four characters ``\r\n`` break a line, and nothing is ever HTML.

    ASSUMPTION: real line ends, which the koppelvlak does not ask for, break a line as well.
    """
    for line in _REGELEINDE.split(tekst):
        parts = _LINK.split(line)
        yield [Tekstdeel(part, is_link=bool(i % 2)) for i, part in enumerate(parts) if part]


def fold(tekst: str) -> str:
    """Text as a search compares it: without case and without diacritics."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(c))
    return plain.casefold()

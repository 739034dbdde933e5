"""The OIN: the number under which government organisations know each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from simulator.infra.errors import InvalidInput
from simulator.infra.regels import Herkomst, Regel

LENGTH = 20
TEST_PREFIX = "00000099"
_PREFIX_LENGTH = 8
_RSIN_MODULUS = 11
_RSIN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

OIN_GELDIG = Regel(
    id="AF-oin",
    titel="Een OIN heeft twintig posities: prefix, hoofdnummer en suffix",
    bron="OIN-Stelsel, hoofdstuk 6 Data-architectuur",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Twintig tekens: een prefix uit het OIN-Stelsel en daarna twaalf posities volgens die prefix.",
)


class OinOngeldig(InvalidInput):
    """What was given for an OIN is not one; ``detail`` says which part is wrong."""

    slug = "oin-ongeldig"
    title = "Dit is geen geldig OIN"
    regel = OIN_GELDIG


@dataclass(frozen=True, slots=True)
class OinSoort:
    """What a prefix stands for, and which form the twelve positions after it have."""

    naam: str
    vorm: re.Pattern[str]
    uitleg: str


_TWELVE = re.compile(r"[0-9A-Z]{12}\Z")
_TWELVE_TEXT = "twaalf cijfers of hoofdletters"
# ASSUMPTION: for prefixes whose hoofdnummer is not described in public, any twelve digits or capitals will do.
SOORTEN: Mapping[str, OinSoort] = MappingProxyType(
    {
        "00000001": OinSoort("RSIN", re.compile(r"[0-9]{9}000\Z"), "een RSIN van negen cijfers en drie nullen"),
        "00000002": OinSoort(
            "Fi-nummer", re.compile(r"[0-9]{9}000\Z"), "een Fi-nummer van negen cijfers en drie nullen"
        ),
        "00000003": OinSoort(
            "KvK-nummer", re.compile(r"[0-9]{8}0000\Z"), "een KvK-nummer van acht cijfers en vier nullen"
        ),
        "00000004": OinSoort("SubOIN", re.compile(r"[0-9]{12}\Z"), "twaalf cijfers"),
        "00000005": OinSoort("vrij", _TWELVE, _TWELVE_TEXT),
        "00000006": OinSoort("door Logius uitgegeven", _TWELVE, _TWELVE_TEXT),
        "00000007": OinSoort("BRIN", _TWELVE, _TWELVE_TEXT),
        "00000008": OinSoort("buitenland", _TWELVE, _TWELVE_TEXT),
        "00000009": OinSoort("UZI", _TWELVE, _TWELVE_TEXT),
        "00000010": OinSoort("TRR-BD", _TWELVE, _TWELVE_TEXT),
        TEST_PREFIX: OinSoort("test", _TWELVE, _TWELVE_TEXT),
    }
)


class Oin(str):
    """An OIN: who an organisation is, in all traffic between government organisations.

    The constructor trusts its argument (a stored text); text from outside goes through ``parse``.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The OIN that the text says; raises ``OinOngeldig`` with what is wrong with it."""
        fault = explain_oin(text)
        if fault:
            raise OinOngeldig(fault, ontvangen=text[:40])
        return cls(text)

    @property
    def soort(self) -> str:
        """What the prefix stands for, such as RSIN."""
        return SOORTEN[self[:_PREFIX_LENGTH]].naam


def explain_oin(text: str) -> str:
    """What is wrong with the text as an OIN, in Dutch; empty if nothing is."""
    if len(text) != LENGTH:
        return f"Een OIN heeft twintig posities, dit zijn er {len(text)}."
    prefix, rest = text[:_PREFIX_LENGTH], text[_PREFIX_LENGTH:]
    soort = SOORTEN.get(prefix)
    if soort is None:
        return f"De prefix {prefix} bestaat niet in het OIN-Stelsel."
    if not soort.vorm.match(rest):
        return f"Na de prefix {prefix} ({soort.naam}) horen {soort.uitleg}."
    if not rest.strip("0"):
        return "Het hoofdnummer bestaat uit alleen nullen."
    if soort.naam == "RSIN" and not _passes_elfproef(rest[:9]):
        return "Het RSIN in dit OIN voldoet niet aan de elfproef."
    return ""


def _passes_elfproef(rsin: str) -> bool:
    weighted = (weight * int(digit) for weight, digit in zip(_RSIN_WEIGHTS, rsin, strict=True))
    return sum(weighted) % _RSIN_MODULUS == 0

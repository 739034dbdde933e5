"""What is answered about the Voorwaarden."""

from collections.abc import Sequence

from simulator.control.schemas import Answer
from simulator.control.usecases.artikelen import HoofdstukStand
from simulator.voorwaarden import VERSIE


class ArtikelRegelAnswer(Answer, frozen=True):
    id: str
    titel: str
    geslaagd: int
    geweigerd: int


class ArtikelAnswer(Answer, frozen=True):
    nummer: str
    titel: str
    samenvatting: str
    bindt: list[str]
    uitwerking: str
    """How the simulator enforces or shows it, or why there is nothing to enforce."""
    regels: list[ArtikelRegelAnswer]
    paden: list[str]


class ArtikelenAnswer(Answer, frozen=True):
    versie: str
    artikelen: list[ArtikelAnswer]


def as_artikelen(standen: Sequence[HoofdstukStand]) -> ArtikelenAnswer:
    """Every article as JSON says it, with the counts of this omgeving."""
    artikelen = [
        ArtikelAnswer(
            nummer=stand.artikel.nummer,
            titel=stand.artikel.titel,
            samenvatting=stand.artikel.samenvatting,
            bindt=[partij.value for partij in stand.artikel.bindt],
            uitwerking=stand.artikel.uitwerking,
            regels=[
                ArtikelRegelAnswer(
                    id=each.regel.id, titel=each.regel.titel, geslaagd=each.geslaagd, geweigerd=each.geweigerd
                )
                for each in stand.regels
            ],
            paden=list(stand.artikel.paden),
        )
        for hoofdstuk in standen
        for stand in hoofdstuk.artikelen
    ]
    return ArtikelenAnswer(versie=VERSIE, artikelen=artikelen)

"""Tariffs: as JSON says them, and as the beheerder sets one."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec

from simulator.afnemers import Dienst, Sector
from simulator.facturatie.schemas.parts import Antwoord, Euro, Verzoek, as_euro
from simulator.facturatie.values import Prijs, Tarief


class PrijsAntwoord(Antwoord, frozen=True):
    """What one bericht costs, and for whom; empty lists are for all."""

    id: str
    omschrijving: str
    prijs: str
    definitieve_prijs: str | None
    sectoren: list[str]
    alleen: list[str]


class TariefAntwoord(Antwoord, frozen=True):
    """What MijnOverheid costs in some years; without prices nobody knows (``onbekend``)."""

    van: date
    tot: date | None
    omschrijving: str
    bron: str
    herkomst: str
    onbekend: str
    prijzen: list[PrijsAntwoord]
    voorschot: bool
    centraal: bool
    gratis_eenheden: int
    eerste_jaar_gratis: bool
    vast_bedrag_cent: int
    aansluitkosten_cent: dict[str, int]


class TarievenAntwoord(Antwoord, frozen=True):
    """All tariffs, the oldest first."""

    tarieven: list[TariefAntwoord]


class EigenUitzondering(Verzoek, frozen=True):
    """Another price for some Afnemers."""

    prijs: Euro
    omschrijving: Annotated[str, msgspec.Meta(max_length=200)] = ""
    definitieve_prijs: Euro | None = None
    sectoren: tuple[Sector, ...] = ()
    alleen: tuple[Dienst, ...] = ()


class EigenTarief(Verzoek, frozen=True):
    """A tariff for one year, as in the file of tariffs; amounts in euro."""

    prijs: Euro
    definitieve_prijs: Euro | None = None
    omschrijving: Annotated[str, msgspec.Meta(max_length=200)] = ""
    bron: Annotated[str, msgspec.Meta(max_length=200)] = ""
    voorschot: bool = False
    centraal: bool = False
    gratis_eenheden: Annotated[int, msgspec.Meta(ge=0, le=10**9)] = 0
    eerste_jaar_gratis: bool = False
    vast_bedrag: Euro | None = None
    aansluitkosten: dict[Dienst, Euro] | None = None
    uitzondering: Annotated[tuple[EigenUitzondering, ...], msgspec.Meta(max_length=20)] = ()


def read_eigen(tarief: EigenTarief) -> dict[str, object]:
    """What was sent, as the fields of the file; what was left out stays out."""
    given = msgspec.to_builtins(tarief, str_keys=True)
    fields = {field.encode_name: field.name for field in msgspec.structs.fields(EigenTarief)}
    inhoud = {fields[name]: value for name, value in given.items() if value not in (None, "", (), False)}
    inhoud["prijs"] = tarief.prijs
    if tarief.uitzondering:
        inhoud["uitzondering"] = [_read_uitzondering(each) for each in tarief.uitzondering]
    return inhoud


def as_tarieven(tarieven: Sequence[Tarief]) -> TarievenAntwoord:
    """Tariffs as JSON says them."""
    return TarievenAntwoord(tarieven=[as_tarief(each) for each in tarieven])


def as_tarief(tarief: Tarief) -> TariefAntwoord:
    """One tariff as JSON says it."""
    return TariefAntwoord(
        van=tarief.van,
        tot=tarief.tot,
        omschrijving=tarief.omschrijving,
        bron=tarief.bron,
        herkomst=tarief.herkomst,
        onbekend=tarief.onbekend,
        prijzen=[_as_prijs(each) for each in tarief.prijzen],
        voorschot=tarief.is_voorschot,
        centraal=tarief.is_centraal,
        gratis_eenheden=tarief.gratis_eenheden,
        eerste_jaar_gratis=tarief.eerste_jaar_gratis,
        vast_bedrag_cent=tarief.vast_bedrag_cent,
        aansluitkosten_cent=dict(tarief.aansluitkosten),
    )


def _as_prijs(prijs: Prijs) -> PrijsAntwoord:
    return PrijsAntwoord(
        id=prijs.id,
        omschrijving=prijs.omschrijving,
        prijs=as_euro(prijs.bedrag),
        definitieve_prijs=None if prijs.definitief is None else as_euro(prijs.definitief),
        sectoren=sorted(prijs.sectoren),
        alleen=sorted(prijs.alleen),
    )


def _read_uitzondering(each: EigenUitzondering) -> dict[str, object]:
    inhoud: dict[str, object] = {
        "omschrijving": each.omschrijving,
        "prijs": each.prijs,
        "sectoren": [sector.value for sector in each.sectoren],
        "alleen": [dienst.value for dienst in each.alleen],
    }
    return inhoud if each.definitieve_prijs is None else inhoud | {"definitieve_prijs": each.definitieve_prijs}

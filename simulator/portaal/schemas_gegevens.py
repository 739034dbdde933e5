"""Persoonlijke gegevens for programs: the blocks of each source, and who saw the data."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Categorienaam = Literal["identiteit", "wonen", "voertuigen", "werk-en-inkomen", "onderwijs", "brp-verstrekkingen"]


class GetoondVeld(Struct, frozen=True):
    """A field as the citizen reads it."""

    label: str
    waarde: str


class GetoondeGroep(Struct, frozen=True, rename="camel"):
    """Fields that belong together, in the order of the Afnemer."""

    titel: str
    velden: list[GetoondVeld]
    toelichting: str | None


class GegevensBlok(Struct, frozen=True, rename="camel", kw_only=True):
    """What one source says (a live one at ``bewaardVan``, if not now); with ``storing`` nothing, and that is why."""

    categorie: Categorienaam
    titel: str
    bron: str
    oin: str
    vorm: Literal["aangeleverd", "live", "brp"]
    peildatum: date | None
    bewaard_van: datetime | None
    storing: str | None
    groepen: list[GetoondeGroep]


class GegevensCategorie(Struct, frozen=True, kw_only=True):
    """Who says something in a category, and of when the newest that was delivered is."""

    categorie: Categorienaam
    naam: str
    uitleg: str
    bronnen: list[str]
    peildatum: date | None


class Categorieen(Struct, frozen=True):
    """Every category, in the order of the page."""

    categorieen: list[GegevensCategorie]


class PersoonlijkeGegevens(Struct, frozen=True):
    """What all sources say about who is logged in."""

    blokken: list[GegevensBlok]


class Verwerkingsregel(Struct, frozen=True, rename="camel", kw_only=True):
    """Who did what with the data, why, and whether that was MijnOverheid itself (``eigen``)."""

    moment: datetime
    verantwoordelijke: str
    oin: str
    activiteit: str
    gegevens: str
    doel: str
    grondslag: str
    trace_id: str
    gelukt: bool
    eigen: bool


class Verwerkingen(Struct, frozen=True, rename="camel"):
    """A page of the log, newest first; ``volgende`` is the value of ``cursor`` for the next."""

    verwerkingen: list[Verwerkingsregel]
    volgende: str | None

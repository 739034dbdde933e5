"""What is shown to a citizen: categories, groups of labelled fields, and the blocks that a page is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from simulator.afnemers import AfnemerRecord
from simulator.infra.patterns import whole

MEESTE_VELDEN, MEESTE_GROEPEN = 50, 50
Label = Annotated[str, Meta(min_length=1, max_length=100)]
Waarde = Annotated[str, Meta(min_length=1, max_length=500)]


class Categorie(StrEnum):
    """Where a citizen looks for data."""

    IDENTITEIT = "identiteit"
    WONEN = "wonen"
    VOERTUIGEN = "voertuigen"
    WERK_EN_INKOMEN = "werk-en-inkomen"
    ONDERWIJS = "onderwijs"
    BRP_VERSTREKKINGEN = "brp-verstrekkingen"

    @property
    def naam(self) -> str:
        """The name as the citizen reads it."""
        return _BESCHRIJVINGEN[self].naam

    @property
    def uitleg(self) -> str:
        """What is found here, in one sentence."""
        return _BESCHRIJVINGEN[self].uitleg

    @property
    def icoon(self) -> str:
        """The name of its picture."""
        return _BESCHRIJVINGEN[self].icoon


class _Beschrijving(NamedTuple):
    naam: str
    uitleg: str
    icoon: str


# ASSUMPTION: the categories of the real site are not published; these are what its suppliers are known for.
_BESCHRIJVINGEN = {
    Categorie.IDENTITEIT: _Beschrijving(
        "Identiteit en gezin", "Wie u bent, waar u woont en wie uw familie is.", "persoon"
    ),
    Categorie.WONEN: _Beschrijving("Wonen en WOZ", "Uw woning en de WOZ-waarde daarvan.", "huis"),
    Categorie.VOERTUIGEN: _Beschrijving("Voertuigen", "Voertuigen op uw naam en uw rijbewijs.", "auto"),
    Categorie.WERK_EN_INKOMEN: _Beschrijving("Werk en inkomen", "Wat u verdient en welke uitkering u hebt.", "munt"),
    Categorie.ONDERWIJS: _Beschrijving("Onderwijs", "Uw diploma’s en studieschuld.", "boek"),
    Categorie.BRP_VERSTREKKINGEN: _Beschrijving(
        "Wie krijgt mijn BRP-gegevens", "Welke organisaties uw gegevens uit de BRP krijgen, en waarom.", "delen"
    ),
}  # fmt: skip


class _Veld(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    label: Label
    weergave: Waarde | None = None
    """How the Afnemer wants it to be shown; without this it is shown as Dutch people write it."""


class Tekst(_Veld, frozen=True, kw_only=True, tag="tekst"):
    waarde: Waarde


class Getal(_Veld, frozen=True, kw_only=True, tag="getal"):
    waarde: int | float
    eenheid: Annotated[str, Meta(min_length=1, max_length=20)] | None = None


class Bedrag(_Veld, frozen=True, kw_only=True, tag="bedrag"):
    """Euros, with two decimals and without a separator of thousands."""

    waarde: Annotated[str, Meta(pattern=whole(r"-?[0-9]{1,12}\.[0-9]{2}"))]


class Datum(_Veld, frozen=True, kw_only=True, tag="datum"):
    """A day, a month or a year."""

    waarde: Annotated[str, Meta(pattern=whole("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"))]


class JaNee(_Veld, frozen=True, kw_only=True, tag="jaNee"):
    waarde: bool


Veld = Tekst | Getal | Bedrag | Datum | JaNee


class Groep(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Fields that belong together, in the order in which they are shown."""

    titel: Label
    velden: Annotated[list[Veld], Meta(min_length=1, max_length=MEESTE_VELDEN)]
    toelichting: Waarde | None = None


class Bronantwoordvorm(Struct, frozen=True, kw_only=True):
    """What a live source answers."""

    peildatum: date
    groepen: Annotated[list[Groep], Meta(max_length=MEESTE_GROEPEN)]


class Blokvorm(StrEnum):
    """Where a block comes from."""

    AANGELEVERD = "aangeleverd"
    LIVE = "live"
    BRP = "brp"


@dataclass(frozen=True, slots=True)
class Aanlevering:
    """What an Afnemer says about one person in one category; replaces what it said before."""

    bsn: int
    categorie: Categorie
    peildatum: date
    groepen: Sequence[Groep]


@dataclass(frozen=True, slots=True)
class Bron:
    """A live source."""

    id: int
    afnemer_id: int
    naam: str
    titel: str
    categorie: Categorie
    url: str
    sleutel: str | None
    tijdslimiet_ms: int
    bewaren_s: int
    stand: "Bronstand"


@dataclass(frozen=True, slots=True)
class Bronstand:
    """How a source did: with ``dicht_tot`` it is left alone until then."""

    fouten: int = 0
    laatste_fout: str | None = None
    laatste_fout_op: datetime | None = None
    laatste_antwoord_op: datetime | None = None
    dicht_tot: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blok:
    """What one source says in one category, or why it says nothing."""

    categorie: Categorie
    bron: str
    """Name of the organisation."""
    oin: str
    vorm: Blokvorm
    titel: str
    peildatum: date | None
    groepen: tuple[Groep, ...] = ()
    storing: str | None = None
    bewaard_van: datetime | None = None
    """When a live source gave this answer, if that was not now: it lets its answers be kept for a while."""


@dataclass(frozen=True, slots=True)
class Dienstsamenvatting:
    """What the home page says about this service; ``aantal`` is the badge in the menu."""

    aantal: int
    zin: str
    laatste: tuple[tuple[str, str, str, datetime], ...]
    """Title, explanation, path and moment of the newest."""


class Leverancier(NamedTuple):
    """Who delivers or registers."""

    afnemer: AfnemerRecord
    trace_id: bytes

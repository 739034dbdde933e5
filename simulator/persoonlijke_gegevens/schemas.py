"""What Afnemers send to Persoonlijke Gegevens and get back; ours, as the real koppelvlakken are not public."""

from datetime import date, datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from simulator.gebruikers import Bsn
from simulator.infra.patterns import LINE, whole
from simulator.persoonlijke_gegevens.usecases.bronnen import Broninvoer
from simulator.persoonlijke_gegevens.values import MEESTE_GROEPEN, Aanlevering, Bron, Categorie, Groep

MEESTE_AANLEVERINGEN = 500
NAAM = whole("[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?")
BsnTekst = Annotated[str, Meta(pattern=whole("[0-9]{9}"))]


class GegevenIn(Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """What you say about one person in one category; it replaces what you said before, no groups take it away."""

    bsn: BsnTekst
    categorie: Categorie
    peildatum: date
    groepen: Annotated[list[Groep], Meta(max_length=MEESTE_GROEPEN)]


class GegevensIn(Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A delivery: all of it is stored, or nothing."""

    gegevens: Annotated[list[GegevenIn], Meta(min_length=1, max_length=MEESTE_AANLEVERINGEN)]


class GegevensUit(Struct, frozen=True, rename="camel"):
    """How many were stored."""

    opgeslagen: int
    traceparent: str
    """By which you find these verwerkingen back in your own log."""


class BronIn(Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """A source; ``sleutel`` is sent to it as ``X-API-Key``, and never shown."""

    titel: Annotated[str, Meta(min_length=1, max_length=100, pattern=LINE)]
    categorie: Categorie
    url: Annotated[str, Meta(min_length=1, max_length=500)]
    sleutel: Annotated[str, Meta(min_length=1, max_length=200, pattern=whole("[!-~]+"))] | None = None
    tijdslimiet_ms: Annotated[int, Meta(ge=100, le=10_000)] = 2000
    bewaren_seconden: Annotated[int, Meta(ge=0, le=86_400)] = 300


class BronUit(Struct, frozen=True, rename="camel", kw_only=True):
    """A source and how it did; with ``dichtTot`` it is left alone until then."""

    naam: str
    titel: str
    categorie: Categorie
    url: str
    tijdslimiet_ms: int
    bewaren_seconden: int
    fouten_op_rij: int
    laatste_antwoord_op: datetime | UnsetType = UNSET
    laatste_fout: str | UnsetType = UNSET
    laatste_fout_op: datetime | UnsetType = UNSET
    dicht_tot: datetime | UnsetType = UNSET


class BronnenUit(Struct, frozen=True):
    """The sources of the caller."""

    bronnen: list[BronUit]


def to_aanleveringen(gegevens: GegevensIn) -> list[Aanlevering]:
    """The delivery; a BSN that fails the elfproef belongs to nobody, and is refused as such."""
    return [
        Aanlevering(Bsn(each.bsn), each.categorie, each.peildatum, tuple(each.groepen)) for each in gegevens.gegevens
    ]


def to_broninvoer(naam: str, bron: BronIn) -> Broninvoer:
    """The source as it is registered."""
    return Broninvoer(
        naam, bron.titel, bron.categorie, bron.url, bron.sleutel, bron.tijdslimiet_ms, bron.bewaren_seconden
    )


def as_bron(bron: Bron) -> BronUit:
    """A source as its Afnemer sees it."""
    stand = bron.stand
    return BronUit(
        naam=bron.naam, titel=bron.titel, categorie=bron.categorie, url=bron.url, tijdslimiet_ms=bron.tijdslimiet_ms,
        bewaren_seconden=bron.bewaren_s, fouten_op_rij=stand.fouten,
        laatste_antwoord_op=stand.laatste_antwoord_op or UNSET, laatste_fout=stand.laatste_fout or UNSET,
        laatste_fout_op=stand.laatste_fout_op or UNSET, dicht_tot=stand.dicht_tot or UNSET,
    )  # fmt: skip

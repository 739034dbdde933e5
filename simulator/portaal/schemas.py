"""The shapes of the portaal API: ours, as no shape for citizens' programs is published; camelCase, moments in UTC."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Mapnaam = Literal["inbox", "archief", "prullenbak"]
Email = Annotated[str, Meta(max_length=254)]


class BerichtSamenvatting(Struct, frozen=True, kw_only=True, rename="camel"):
    """Een bericht in een lijst."""

    id: str
    afzender: str
    onderwerp: str
    map: Mapnaam
    gelezen: bool
    gepubliceerd_op: datetime
    reageren_tot: datetime | None
    aantal_bijlagen: int


class BerichtenPagina(Struct, frozen=True, rename="camel"):
    """Een bladzijde van een map, nieuwste eerst."""

    berichten: list[BerichtSamenvatting]
    volgende: str | None
    """Waarde voor ``cursor`` van de volgende bladzijde."""


class BijlageSamenvatting(Struct, frozen=True, rename="camel"):
    """Een bijlage, zonder inhoud; ``omvang`` in bytes."""

    volgorde: int
    omschrijving: str
    omvang: int


class BerichtDetail(BerichtSamenvatting, frozen=True, kw_only=True, rename="camel"):
    """Een heel bericht; regeleinden in ``tekst`` zijn echte regeleinden."""

    tekst: str
    referentie: str | None
    berichttype: str
    bijlagen: list[BijlageSamenvatting]


class BerichtWijziging(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Wat er aan een bericht verandert; wat ontbreekt, blijft."""

    map: Mapnaam | UnsetType = UNSET
    gelezen: bool | UnsetType = UNSET


class Mapstand(Struct, frozen=True, rename="camel"):
    """Hoeveel berichten in een map liggen, en hoeveel daarvan ongelezen zijn."""

    aantal: int
    ongelezen: int


class DienstNieuws(Struct, frozen=True, rename="camel"):
    """Een van de nieuwste van een dienst; ``pad`` is dat van de pagina."""

    titel: str
    toelichting: str
    pad: str
    moment: datetime


class DienstOverzicht(Struct, frozen=True, rename="camel"):
    """Hoe het met een dienst staat; zonder ``zin`` is de dienst even niet bereikbaar."""

    naam: str
    pad: str
    aantal: int
    zin: str | None
    laatste: list[DienstNieuws]


class Overzicht(Struct, frozen=True, rename="camel"):
    """De startpagina; ``nu`` is hoe laat het is in de simulatie."""

    naam: str
    nu: datetime
    diensten: list[DienstOverzicht]
    mappen: dict[str, Mapstand]


class OrganisatieVoorkeur(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Of iemand post van een organisatie in de Berichtenbox wil; ``naam`` wordt bij bewaren genegeerd."""

    oin: Annotated[str, Meta(max_length=20)]
    ontvangen: bool
    naam: Annotated[str, Meta(max_length=200)] = ""


class Instellingen(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """De instellingen van een inwoner; bij bewaren blijft een organisatie die ontbreekt zoals ze was."""

    email: Email | None
    kennisgeving: bool
    herhaling: bool
    organisaties: Annotated[list[OrganisatieVoorkeur], Meta(max_length=1000)]
    box_actief: bool = False
    """Wordt bij bewaren genegeerd; activeren gaat met ``_activeren``."""


class Gewist(Struct, frozen=True):
    """Hoeveel berichten definitief zijn verwijderd."""

    aantal: int

"""The Afnemersoverleg: its meetings, and the four kinds of decision that the Voorwaarden let follow from one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from simulator.infra.clock import check_near, dutch_midnight

Versie = Annotated[str, Meta(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){1,2}\Z", description="Zoals 2.10 of 1.1.0.")]
Cent = Annotated[int, Meta(ge=0, le=10**12)]
Prijs = Annotated[int, Meta(ge=0, le=10**9, description="Tienduizendsten van een euro: 4540 is € 0,454.")]


class Besluitsoort(StrEnum):
    """What the terms let be decided after the Afnemersoverleg was heard."""

    ZEKERHEIDSNIVEAU = "zekerheidsniveau"
    """Article 3.4."""
    KOPPELVLAK = "koppelvlak"
    """Article 3.5."""
    TARIEF = "tarief"
    """Article 3.8."""
    VOORWAARDEN = "voorwaarden"
    """Article 8.1."""


class Inhoud(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", tag_field="soort"):
    """What was decided."""

    @property
    def soort(self) -> Besluitsoort:
        """The kind of decision."""
        return Besluitsoort(str(self.__struct_config__.tag))


class Niveaukeuze(Inhoud, frozen=True, kw_only=True, tag="zekerheidsniveau"):
    """The Zekerheidsniveau that MijnOverheid asks from ``vanaf`` on."""

    niveau: Literal["basis", "midden"]
    vanaf: Annotated[datetime, Meta(tz=True)]

    def __post_init__(self) -> None:
        check_near(vanaf=self.vanaf)


class Uitfasering(Inhoud, frozen=True, kw_only=True, tag="koppelvlak"):
    """A version of an API that makes way for ``opvolger``; both work side by side until ``vervalt_op``."""

    api: Annotated[str, Meta(pattern=r"^/[a-z0-9/_-]{1,60}\Z")]
    """The prefix: ``/api/berichtenbox/v1``."""
    opvolger: Versie
    uitgefaseerd_op: date
    vervalt_op: date

    def __post_init__(self) -> None:
        check_near(uitgefaseerdOp=self.uitgefaseerd_op, vervaltOp=self.vervalt_op)

    @property
    def uitfasering(self) -> datetime:
        """The moment that it makes way."""
        return dutch_midnight(self.uitgefaseerd_op)

    @property
    def verval(self) -> datetime:
        """The moment from which on nobody may count on it."""
        return dutch_midnight(self.vervalt_op)


class Tariefbesluit(Inhoud, frozen=True, kw_only=True, tag="tarief"):
    """What Logius charges in one year (articles 3.8, 5.2 and 6.2)."""

    jaar: Annotated[int, Meta(ge=2000, le=2100)]
    prijs: Prijs
    """For each bericht that was processed."""
    prijs_privaat: Prijs | None = None
    """The same for private organisations with a public task; without it they pay ``prijs``."""
    vast_cent: Cent = 0
    """Fixed, for each Afnemer and year."""
    aansluiting_cent: Cent = 0
    """Once, for each dienst that is connected."""


class Voorwaardenkeuze(Inhoud, frozen=True, kw_only=True, tag="voorwaarden"):
    """The Voorwaarden will be changed into ``versie``; when, is said in the announcement (article 8.1)."""

    versie: Versie


Besluitinhoud = Niveaukeuze | Uitfasering | Tariefbesluit | Voorwaardenkeuze


@dataclass(frozen=True, slots=True)
class Overleg:
    """A meeting; it may be planned ahead."""

    id: int
    datum: date
    onderwerp: str


@dataclass(frozen=True, slots=True)
class Besluit:
    """A decision, the meeting that it followed, and the Dutch day that it was taken."""

    id: int
    overleg: Overleg
    genomen_op: date
    toelichting: str
    inhoud: Besluitinhoud
    vastgelegd_op: datetime

    @property
    def soort(self) -> Besluitsoort:
        """The kind of decision."""
        return self.inhoud.soort


@dataclass(frozen=True, slots=True)
class Besluitinvoer:
    """A decision to record; without ``genomen_op`` it is taken today."""

    overleg_id: int
    inhoud: Besluitinhoud
    toelichting: str = ""
    genomen_op: date | None = None

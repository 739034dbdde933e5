"""What the control API takes and gives."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from simulator.infra.clock import Modus

Naam = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """The parent of what is sent here: an unknown member is a mistake."""


class Answer(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The parent of what is answered."""


class NieuweOmgevingBody(Body):
    naam: Naam
    seed: int | None = None
    ttl_seconden: Annotated[float, msgspec.Meta(gt=0, le=31_536_000)] | None = None
    klok: "KlokBody | None" = None


class LegenBody(Body):
    seed: int | None = None


class OmgevingAnswer(Answer):
    naam: str
    seed: int
    aangemaakt_op: datetime
    vervalt_op: datetime | None = None


class OmgevingenAnswer(Answer):
    omgevingen: list[OmgevingAnswer]


class KlokBody(Body):
    modus: Modus
    moment: Moment | None = None
    factor: float | None = None


class VooruitBody(Body):
    """One of the three: a duration, a number of seconds, or the moment to arrive at."""

    duur: str | None = None
    seconden: Annotated[float, msgspec.Meta(ge=0, le=3_153_600_000)] | None = None
    tot: Moment | None = None


class KlokAnswer(Answer):
    modus: Modus
    moment: datetime
    factor: float


class VooruitAnswer(KlokAnswer):
    uitgevoerd: int
    wachtend: int


class RegelAnswer(Answer):
    id: str
    titel: str
    bron: str
    herkomst: str
    verwacht: str
    geslaagd: int = 0
    geweigerd: int = 0


class RegelsAnswer(Answer):
    geraakt: int
    totaal: int
    regels: list[RegelAnswer]


class AgendaItemAnswer(Answer):
    id: str
    soort: str
    moment: datetime
    status: str
    pogingen: int
    fout: str | None = None


class AgendaAnswer(Answer):
    agenda: list[AgendaItemAnswer]


class InstellingenBody(Body):
    """Settings of one omgeving; what is left out stays as it is."""

    verwerkingstijd: Annotated[float, msgspec.Meta(ge=0, le=31_536_000)] | None = None
    smtp_url: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class InstellingenAnswer(Answer):
    instellingen: dict[str, Any]

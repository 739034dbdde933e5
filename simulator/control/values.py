"""Stories for trainers as they are written in ``fixtures/scenarios``: steps in simulated time, with explanation."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta

Naam = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{1,38}\Z")]
Zin = Annotated[str, Meta(min_length=1, max_length=200)]
Tekst = Annotated[str, Meta(min_length=1, max_length=4000)]
Oin = Annotated[str, Meta(pattern=r"^[0-9]{20}\Z")]
DUUR = (
    r"P(?=.)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})S)?)?\Z"
)
"""An ISO 8601 duration that lasts as long on any day: of weeks, days, hours, minutes and seconds."""
Duur = Annotated[str, Meta(pattern="^" + DUUR, description="ISO 8601, zoals P3D of PT2H")]
_PLEK = re.compile(r"\{(naam|dag|datum)(?:([+-])(\d{1,4}))?\}")
_DAY = timedelta(days=1)


class Stap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="soort"):
    """One step: what the trainer tells, what to look at afterwards, and how much time passes before it."""

    titel: Zin
    uitleg: Tekst
    kijk: Annotated[str, Meta(pattern=r"^/")] = ""
    """Path of the page where the step is to be seen."""
    na: Duur = ""

    @property
    def soort(self) -> str:
        """The kind, as it is written in the file."""
        return str(self.__struct_config__.tag)


class KlokStap(Stap, frozen=True, kw_only=True, tag="klok"):
    """Nothing but time passes; what is due on the way happens."""


class BerichtStap(Stap, frozen=True, kw_only=True, tag="bericht"):
    """An Afnemer delivers a bericht."""

    afnemer: Oin
    berichttype: Annotated[str, Meta(min_length=1, max_length=8)] = "ALGEMEEN"
    onderwerp: Annotated[str, Meta(min_length=1, max_length=50)]
    tekst: Tekst
    referentie: Annotated[str, Meta(max_length=100)] = ""
    reageren_binnen: Annotated[int, Meta(ge=1, le=3650)] | None = None
    """Days."""
    bijlage: Annotated[str, Meta(max_length=80)] = ""
    """The name of a PDF with made-up content."""
    aan: str = ""
    """Another persona than the inwoner of the story."""
    verwacht: str = "Verwerkt"
    """The Verwerkingscode that this delivery must get."""


class ZaakStap(Stap, frozen=True, kw_only=True, tag="zaak"):
    """An Afnemer delivers a zaak, with its first status."""

    afnemer: Oin
    identificatie: Annotated[str, Meta(min_length=1, max_length=40)]
    zaaktype: Annotated[str, Meta(min_length=1, max_length=40)]
    omschrijving: Annotated[str, Meta(min_length=1, max_length=80)]
    toelichting: Annotated[str, Meta(max_length=1000)] = ""
    status: Annotated[str, Meta(min_length=1, max_length=80)]
    weblink: str = ""
    afgehandeld_binnen: Annotated[int, Meta(ge=1, le=3650)] | None = None
    """Days until the zaak should be closed."""


class StatusStap(Stap, frozen=True, kw_only=True, tag="status"):
    """An Afnemer gives a zaak of this story its next status."""

    afnemer: Oin
    identificatie: Annotated[str, Meta(min_length=1, max_length=40)]
    status: Annotated[str, Meta(min_length=1, max_length=80)]
    toelichting: Annotated[str, Meta(max_length=1000)] = ""


class GegevensStap(Stap, frozen=True, kw_only=True, tag="gegevens"):
    """An Afnemer delivers personal data; ``inhoud`` is the body as its API takes it, ``{bsn}`` in it is filled in."""

    afnemer: Oin
    inhoud: dict[str, Any]


class LeesStap(Stap, frozen=True, kw_only=True, tag="lezen"):
    """The citizen opens a bericht, and puts it into another map if one is named."""

    onderwerp: Annotated[str, Meta(min_length=1, max_length=50)]
    map: Annotated[str, Meta(pattern=r"^(archief|prullenbak)\Z")] = ""


class VoorkeurStap(Stap, frozen=True, kw_only=True, tag="voorkeur"):
    """The citizen says whether the post of an Afnemer is welcome."""

    afnemer: Oin
    ontvangen: bool


Stappen = KlokStap | BerichtStap | ZaakStap | StatusStap | GegevensStap | LeesStap | VoorkeurStap


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A story about one citizen."""

    titel: Zin
    samenvatting: Tekst
    inwoner: Naam
    """A persona."""
    laat_zien: Annotated[list[Zin], Meta(min_length=1, max_length=10)]
    stappen: Annotated[list[Stappen], Meta(min_length=2, max_length=40)]


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a story is played here: an id for this run, steps done, and steps whose time has passed already."""

    id: str = ""
    gespeeld: int = 0
    verzet: int = 0
    bezig_tot: int = 0
    """Real microseconds since 1970 until which the next step is in somebody's hands."""

    @property
    def is_gestart(self) -> bool:
        """Whether somebody started it since the omgeving was emptied."""
        return bool(self.id)


def fill_in(text: str, naam: str, format_moment: Callable[[timedelta, bool], str]) -> str:
    """A text with ``{naam}``, ``{dag}`` and ``{dag+14}`` filled in, and ``{datum}``, the same as programs write it."""

    def value(found: re.Match[str]) -> str:
        word, sign, days = found.groups()
        if word == "naam":
            return naam
        shift = _DAY * int(days or 0)
        return format_moment(-shift if sign == "-" else shift, word == "datum")

    return _PLEK.sub(value, text)


def fill_in_all(value: Any, replace: Callable[[str], str]) -> Any:
    """Every text inside a body, at any depth."""
    if isinstance(value, str):
        return replace(value)
    if isinstance(value, Mapping):
        return {key: fill_in_all(each, replace) for key, each in value.items()}
    return [fill_in_all(each, replace) for each in value] if isinstance(value, list) else value

"""The plan of a year: which Afnemer sends what, when and how much; read from a file that people edit."""

import tomllib
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from simulator.infra.json_errors import find_errors
from simulator.infra.patterns import whole
from simulator.year.errors import Unusable

DUIZEND = 1000
_LEAP_YEAR = 2024
Oin = Annotated[str, Meta(pattern=whole("[0-9]{20}"))]
Bsn = Annotated[str, Meta(pattern=whole("[0-9]{9}"))]
Maanddag = Annotated[str, Meta(pattern=whole("(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"))]
"""A day of any year, month first: ``02-28``."""
Promille = Annotated[float, Meta(ge=0, le=DUIZEND)]
Vorm = Literal["gelijk", "piek", "golf", "maandelijks"]


class _Deel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The parent of every part of a plan: an unknown key is a mistake."""


class Berichttype(_Deel, frozen=True):
    """A berichttype that the Afnemer gets when it does not have it yet."""

    code: Annotated[str, Meta(min_length=1, max_length=8)]
    omschrijving: Annotated[str, Meta(min_length=1, max_length=200)]


class Afnemer(_Deel, frozen=True, kw_only=True):
    """Who sends; an Afnemer that is not in the fixtures is connected with what is said here."""

    oin: Oin
    naam: Annotated[str, Meta(min_length=1, max_length=200)]
    sector: Literal["rijk", "medeoverheid", "privaat"] = "medeoverheid"
    sinds: date = date(2016, 1, 1)
    """In production since this day: who is new pays less in some years."""
    berichttypes: list[Berichttype] = []


class Venster(_Deel, frozen=True, kw_only=True):
    """From and including one day to another of the same year."""

    van: Maanddag
    tot: Maanddag

    def bounds(self, jaar: int) -> tuple[date, date]:
        """The first and the last day in a year; the 29th of February is the 28th where there is none."""
        return _day(self.van, jaar), _day(self.tot, jaar)


class Vakantie(Venster, frozen=True, kw_only=True):
    """A stretch in which less is sent and fewer people log in: ``factor`` of what is usual."""

    naam: Annotated[str, Meta(min_length=1, max_length=100)]
    factor: Annotated[float, Meta(ge=0, le=1)]


class Fouten(_Deel, frozen=True):
    """How many of each thousand berichten go wrong: offered twice, or with a berichttype that is not active."""

    dubbel: Promille = 0
    inactief_berichttype: Promille = 0


class Campagne(Venster, frozen=True, kw_only=True):
    """One kind of post: ``promille`` of all berichten of the year, spread over its window in a shape."""

    naam: Annotated[str, Meta(min_length=1, max_length=100)]
    afnemer: Oin
    berichttype: Annotated[str, Meta(min_length=1, max_length=8)]
    promille: Promille
    vorm: Vorm = "gelijk"
    dag: Annotated[int, Meta(ge=1, le=28)] = 20
    """Of the month, for ``maandelijks``."""
    maanden: tuple[Annotated[int, Meta(ge=1, le=12)], ...] = tuple(range(1, 13))
    onderwerp: Annotated[str, Meta(min_length=1, max_length=50)]
    tekst: Annotated[str, Meta(min_length=1, max_length=3500)]
    termijn_dagen: Annotated[int, Meta(ge=0, le=365)] = 0
    """Days from publication to the end of the term to act; 0: none."""
    vooraf_dagen: Annotated[int, Meta(ge=0, le=13)] = 0
    """Days that it is delivered ahead of its PublicatieDatum."""
    fouten: Fouten = Fouten()


class Zaakstap(_Deel, frozen=True):
    """A status, so many days after the start of the zaak."""

    statustype: Annotated[str, Meta(min_length=1, max_length=100)]
    na_dagen: Annotated[int, Meta(ge=0, le=365)]


class Zaaksoort(Venster, frozen=True, kw_only=True):
    """A kind of zaak: ``promille`` zaken for each thousand berichten, at least ``minstens``, begun in this window."""

    afnemer: Oin
    zaaktype: Annotated[str, Meta(min_length=1, max_length=40)]
    omschrijving: Annotated[str, Meta(min_length=1, max_length=100)]
    promille: Promille
    minstens: Annotated[int, Meta(ge=0, le=1000)] = 1
    stappen: Annotated[list[Zaakstap], Meta(min_length=1, max_length=20)]


class Inwoners(_Deel, frozen=True, kw_only=True):
    """Who gets post, and how the sample of them that is followed behaves."""

    altijd: list[Bsn] = []
    """These are always among them, and always in the sample: people that a trainer logs in as."""
    berichten_per_inwoner: Annotated[float, Meta(ge=1, le=DUIZEND)]
    steekproef: Annotated[int, Meta(ge=0, le=10_000)]
    dagen_tussen_bezoeken: Annotated[list[Annotated[int, Meta(ge=1, le=366)]], Meta(min_length=1)]
    """Each of the sample has one of these rhythms; who got nothing new stays away."""
    opent_procent: Annotated[float, Meta(ge=0, le=100)]
    """Of what is new at a visit."""


class Facturatie(_Deel, frozen=True, kw_only=True):
    """How the year is invoiced; in a year without price or tariff there is no advance."""

    voorschot_procent: Annotated[float, Meta(ge=0, le=200)] = 0
    """Of the berichten that an Afnemer is to offer, forecast as processed and invoiced in advance; 0: no advance."""


class Jaarplan(_Deel, frozen=True, kw_only=True):
    """The whole plan."""

    titel: Annotated[str, Meta(min_length=1, max_length=100)]
    toelichting: str = ""
    inwoners: Inwoners
    afnemers: Annotated[list[Afnemer], Meta(min_length=1)]
    vakanties: list[Vakantie] = []
    campagnes: Annotated[list[Campagne], Meta(min_length=1)]
    zaken: list[Zaaksoort] = []
    facturatie: Facturatie = Facturatie()


def list_plannen(folder: Path) -> list[str]:
    """The names of the plans in a folder."""
    return sorted(file.stem for file in folder.glob("*.toml"))


def read_plan(file: Path) -> Jaarplan:
    """The plan in a file; raises ``Unusable`` with everything that is wrong with it, each with its place."""
    try:
        document = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{file}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise Unusable(f"{file}: not TOML: {error}") from error
    body = msgspec.json.encode(document)
    try:
        plan = msgspec.json.decode(body, type=Jaarplan)
    except msgspec.ValidationError as error:
        found = find_errors(body, Jaarplan, str(error))
        raise _unusable(file, [f"{each.pointer or '/'}: {each.detail}" for each in found]) from error
    if mistakes := list(_list_mistakes(plan)):
        raise _unusable(file, mistakes)
    return plan


def choose_afnemers(plan: Jaarplan, wanted: Sequence[str]) -> Jaarplan:
    """The plan with only the Afnemers of these OINs or (parts of) names; raises ``Unusable`` for who is not in it."""
    if not wanted:
        return plan
    chosen = {_find(plan, each).oin for each in wanted}
    kept = msgspec.structs.replace(
        plan,
        afnemers=[each for each in plan.afnemers if each.oin in chosen],
        campagnes=[each for each in plan.campagnes if each.afnemer in chosen],
        zaken=[each for each in plan.zaken if each.afnemer in chosen],
    )
    if not any(each.promille for each in kept.campagnes):
        raise Unusable("these Afnemers send nothing in this plan")
    return kept


def _find(plan: Jaarplan, wanted: str) -> Afnemer:
    found = [each for each in plan.afnemers if wanted == each.oin or wanted.casefold() in each.naam.casefold()]
    if len(found) != 1:
        known = ", ".join(f"{each.naam} ({each.oin})" for each in plan.afnemers)
        raise Unusable(f"afnemers: {wanted!r} is {'nobody' if not found else 'more than one'} of {known}")
    return found[0]


def _unusable(file: Path, mistakes: Iterable[str]) -> Unusable:
    return Unusable("\n  ".join([f"{file}: this plan cannot be played:", *mistakes]))


def _list_mistakes(plan: Jaarplan) -> Iterator[str]:
    """What no schema sees: parts that do not fit together."""
    known = {each.oin for each in plan.afnemers}
    if len(known) < len(plan.afnemers):
        yield "/afnemers: een OIN staat er twee keer"
    total = sum(each.promille for each in plan.campagnes)
    if abs(total - DUIZEND) > 0.01:  # noqa: PLR2004 - what adding fractions may cost
        yield f"/campagnes: promille is bij elkaar {total:g}; het moet {DUIZEND} zijn"
    for name in ("vakanties", "campagnes", "zaken"):
        parts: Sequence[Venster] = getattr(plan, name)
        for number, part in enumerate(parts):
            yield from _check_part(f"/{name}/{number}", part, known)


def _check_part(where: str, part: Venster, known: Container[str]) -> Iterator[str]:
    yield from _check_venster(where, part)
    if isinstance(part, Campagne | Zaaksoort) and part.afnemer not in known:
        yield f"{where}/afnemer: {part.afnemer} staat niet onder afnemers"
    if isinstance(part, Campagne) and part.vorm == "maandelijks" and not part.maanden:
        yield f"{where}/maanden: noem minstens één maand"
    if isinstance(part, Zaaksoort):
        days = [stap.na_dagen for stap in part.stappen]
        if days != sorted(set(days)):
            yield f"{where}/stappen: na_dagen loopt niet op"


def _check_venster(where: str, part: Venster) -> Iterator[str]:
    for naam in ("van", "tot"):
        month, day = map(int, getattr(part, naam).split("-"))
        if not _exists(month, day):
            yield f"{where}/{naam}: {getattr(part, naam)} is geen dag"
    if part.van > part.tot:
        yield f"{where}: van {part.van} ligt na tot {part.tot}"


def _exists(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _day(maanddag: str, jaar: int) -> date:
    month, day = map(int, maanddag.split("-"))
    try:
        return date(jaar, month, day)
    except ValueError:  # the plan was checked: it is the 29th of February
        return date(jaar, month, day - 1)

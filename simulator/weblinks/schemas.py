"""The wire form of domains, checks and alerts."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec

from simulator.infra.ids import public_id
from simulator.weblinks.rules.domein import MAX_EMAIL
from simulator.weblinks.usecases.beheer import Domein
from simulator.weblinks.usecases.overzicht import Samenvatting
from simulator.weblinks.values.bevinding import Controle, Melding, Periode
from simulator.weblinks.values.stand import Stand

CSV_TYPE = "text/csv"
HTML_TYPE = "text/html"


class Antwoord(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The parent of what is answered."""


class DomeinAntwoord(Antwoord, frozen=True):
    """A registered domain."""

    domein: str
    geregistreerd_op: datetime


class DomeinenAntwoord(Antwoord, frozen=True):
    """The registered domains of the caller."""

    domeinen: list[DomeinAntwoord]


def as_domein(domein: Domein) -> DomeinAntwoord:
    """One domain as JSON says it."""
    return DomeinAntwoord(domein=domein.naam, geregistreerd_op=domein.geregistreerd_op)


def as_domeinen(domeinen: Sequence[Domein]) -> DomeinenAntwoord:
    """Domains as JSON says them."""
    return DomeinenAntwoord(domeinen=[as_domein(each) for each in domeinen])


class Verzoek(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """The parent of what is asked: an unknown member is a mistake."""


class ContactVerzoek(Verzoek, frozen=True):
    """Where to be told by e-mail."""

    email: Annotated[str, msgspec.Meta(min_length=3, max_length=MAX_EMAIL)]


class ContactAntwoord(Antwoord, frozen=True):
    """Where the caller is told by e-mail; ``None`` is nowhere."""

    email: str | None


class StartVerzoek(Verzoek, frozen=True):
    """Which weblinks to check now; without ``standen`` all of them."""

    standen: list[Stand] = []


class StartAntwoord(Antwoord, frozen=True):
    """How many weblinks are checked as soon as possible."""

    aantal: int


class ControleAntwoord(Antwoord, frozen=True):
    """A weblink with what the last check found."""

    id: str
    url: str
    host: str
    stand: Stand
    sinds: datetime
    reden: str
    bruikbaar: bool
    """Whether the citizen is shown the weblink."""
    bezwaren: list[str]
    """Ids of the rules that it breaks by itself."""
    aangemaakt_op: datetime
    gecontroleerd_op: datetime | None
    volgende_controle: datetime | None
    http_status: int | None
    duur_ms: int | None
    omleidingen: int
    eind_url: str | None
    certificaat_tot: datetime | None


class PeriodeAntwoord(Antwoord, frozen=True):
    """A stretch of checks that all found the same."""

    stand: Stand
    reden: str
    http_status: int | None
    van: datetime
    laatst: datetime
    tot: datetime | None
    controles: int


class WeblinkAntwoord(ControleAntwoord, frozen=True):
    """A weblink with its history, the newest first."""

    historie: list[PeriodeAntwoord]


class ControlesAntwoord(Antwoord, frozen=True):
    """A page of weblinks; ``volgende`` is for the next one."""

    controles: list[ControleAntwoord]
    volgende: str | None


class MeldingAntwoord(Antwoord, frozen=True):
    """An alert: a weblink went bad, will, or recovered."""

    id: str
    weblink: str
    url: str
    soort: str
    stand: Stand
    vorige_stand: Stand
    reden: str
    moment: datetime
    gemaild_op: datetime | None


class MeldingenAntwoord(Antwoord, frozen=True):
    """A page of alerts, the newest first; ``volgende`` is for the next one."""

    meldingen: list[MeldingAntwoord]
    volgende: str | None


class DagAntwoord(Antwoord, frozen=True):
    """How many weblinks were of which stand at the end of a day (UTC)."""

    dag: str
    standen: dict[str, int]


class SamenvattingAntwoord(Antwoord, frozen=True):
    """How it is with all weblinks of the caller."""

    moment: datetime
    totaal: int
    wachtend: int
    """Weblinks that are due to be checked, or being checked."""
    standen: dict[str, int]
    trend: list[DagAntwoord]


def as_controle(controle: Controle) -> ControleAntwoord:
    """One weblink as JSON says it."""
    return ControleAntwoord(**_members(controle))


def as_weblink(controle: Controle, historie: Sequence[Periode]) -> WeblinkAntwoord:
    """One weblink with its history."""
    perioden = [
        PeriodeAntwoord(
            stand=each.stand, reden=each.reden, http_status=each.http_status, van=each.van, laatst=each.laatst,
            tot=each.tot, controles=each.controles,
        )
        for each in historie
    ]  # fmt: skip
    return WeblinkAntwoord(**_members(controle), historie=perioden)


def as_controles(controles: Sequence[Controle], aantal: int) -> ControlesAntwoord:
    """A page of at most ``aantal``."""
    volgende = public_id(controles[-1].id) if len(controles) == aantal else None
    return ControlesAntwoord(controles=[as_controle(each) for each in controles], volgende=volgende)


def as_meldingen(meldingen: Sequence[Melding], aantal: int) -> MeldingenAntwoord:
    """A page of at most ``aantal``."""
    answers = [
        MeldingAntwoord(
            id=public_id(each.id), weblink=public_id(each.weblink_id), url=each.url, soort=each.soort.value,
            stand=each.stand, vorige_stand=each.vorige_stand, reden=each.reden, moment=each.moment,
            gemaild_op=each.gemaild_op,
        )
        for each in meldingen
    ]  # fmt: skip
    return MeldingenAntwoord(meldingen=answers, volgende=answers[-1].id if len(answers) == aantal else None)


def as_samenvatting(samenvatting: Samenvatting) -> SamenvattingAntwoord:
    """Counts and trend; every stand is named, also those of which there is none."""
    return SamenvattingAntwoord(
        moment=samenvatting.moment,
        totaal=samenvatting.standen.total(),
        wachtend=samenvatting.wachtend,
        standen={stand.value: samenvatting.standen[stand] for stand in Stand},
        trend=[
            DagAntwoord(dag=dag.isoformat(), standen={stand.value: counts[stand] for stand in Stand})
            for dag, counts in samenvatting.trend.items()
        ],
    )


def as_csv(controles: Iterable[Controle]) -> Iterator[str]:
    """Weblinks as CSV (RFC 4180), line by line: a heading, then each weblink."""
    yield _line(ControleAntwoord.__struct_encode_fields__)
    for controle in controles:
        yield _line([_cell(value) for value in _members(controle).values()])


def _members(controle: Controle) -> dict[str, Any]:
    return {
        "id": public_id(controle.id), "url": controle.url, "host": controle.host, "stand": controle.stand,
        "sinds": controle.sinds, "reden": controle.reden, "bruikbaar": controle.stand.bruikbaar,
        "bezwaren": list(controle.bezwaren), "aangemaakt_op": controle.aangemaakt_op,
        "gecontroleerd_op": controle.gecontroleerd_op, "volgende_controle": controle.volgende_controle,
        "http_status": controle.http_status, "duur_ms": controle.duur_ms, "omleidingen": controle.omleidingen,
        "eind_url": controle.eind_url, "certificaat_tot": controle.certificaat_tot,
    }  # fmt: skip


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = " ".join(value) if isinstance(value, list) else value
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()

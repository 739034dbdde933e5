"""Reports on the processing of deliveries, as in the Leveranciersportaal: by page, down to one bericht."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from simulator.afnemers import AfnemerRecord
from simulator.berichtenbox.errors.aanlevering import AanleveringNotFound
from simulator.berichtenbox.queries.aanleveringen import BerichtResultaat, Resultaat
from simulator.berichtenbox.queries.rapportage import (
    LAATSTE,
    Gang,
    Rapportrij,
    count_gelezen,
    find_rapportrij,
    find_stuk,
    walk_aanleveringen,
)
from simulator.berichtenbox.values import Fase, Soort, Verwerkingscode, fase_at
from simulator.infra.clock import dutch_midnight
from simulator.infra.ids import from_public_id, public_id
from simulator.infra.omgeving import Omgeving

PER_BLADZIJDE = 25
_MEESTE, _MEESTE_BERICHTEN = 2_500, 200_000
"""Deliveries and berichten whose outcomes one walk reads: a tenth of a second."""


class Uitkomst(StrEnum):
    """How a delivery ended, as a report is searched by."""

    VERWERKT = "verwerkt"
    AFGEWEZEN = "afgewezen"
    """At least one bericht was not stored."""
    BEZIG = "bezig"


@dataclass(frozen=True, slots=True)
class Rapportvraag:
    """Which deliveries: received from ``van`` up to and including ``tot``, with this outcome, older than ``na``.

    ``tellen``: whether to count on past the page, as the first one of a report does.
    """

    van: date | None = None
    tot: date | None = None
    uitkomst: Uitkomst | None = None
    na: str = ""
    aantal: int = PER_BLADZIJDE
    tellen: bool = True


@dataclass(frozen=True, slots=True)
class Rapportregel:
    """What a report shows of one delivery."""

    kenmerk: str
    soort: Soort
    extern_id: str
    """X-Message-ID or BatchID."""
    ontvangen_op: datetime
    aantal: int
    fase: Fase
    codes: Counter[Verwerkingscode]
    """How many berichten ended how; empty while the processing goes on."""
    aanleveraar_id: int
    namens_id: int | None

    @property
    def uitkomst(self) -> Uitkomst:
        """What a search by outcome goes by."""
        if self.fase is not Fase.VERWERKT:
            return Uitkomst.BEZIG
        return Uitkomst.VERWERKT if self.verwerkt == self.aantal else Uitkomst.AFGEWEZEN

    @property
    def verwerkt(self) -> int:
        """How many berichten were stored."""
        return self.codes[Verwerkingscode.VERWERKT]


@dataclass(slots=True)
class Rapportpagina:
    """A page of deliveries, and the counts of all that the walk saw."""

    regels: list[Rapportregel] = field(default_factory=list)
    verder: str = ""
    """From where the next page goes on; empty at the end."""
    aanleveringen: int = 0
    codes: Counter[Verwerkingscode] = field(default_factory=Counter)
    volledig: bool = True
    """Whether the counts are of the whole period; else of the newest part of it."""


@dataclass(frozen=True, slots=True)
class Rapport:
    """One delivery with the outcome of each bericht."""

    regel: Rapportregel
    berichten: tuple[tuple[str, BerichtResultaat], ...]
    """By BerichtID; none while the processing goes on."""


class Leesaandeel(NamedTuple):
    """Of the latest berichten of an Afnemer, how many were read; ``gekeken`` is how many of all were looked at."""

    aantal: int
    gelezen: int
    gekeken: int

    @property
    def procent(self) -> int:
        """The share that was read, in whole hundredths."""
        return round(100 * self.gelezen / self.aantal) if self.aantal else 0


def list_rapport(omgeving: Omgeving, afnemer: AfnemerRecord, vraag: Rapportvraag) -> Rapportpagina:
    """A page of the deliveries by or in the name of this Afnemer, newest first."""
    na = from_public_id(vraag.na) if vraag.na else None
    gang = Gang(afnemer.id, _begin_of(vraag.van), _begin_of(vraag.tot and vraag.tot + timedelta(days=1)), na)
    moment = omgeving.now()
    with omgeving.reading() as session:
        stuk = find_stuk(session, gang)
        regels = (_to_regel(rij, moment) for rij in walk_aanleveringen(session, gang, stuk))
        pagina = _collect(regels, vraag)
    if stuk.verder is not None:
        pagina.volledig = False
        pagina.verder = pagina.verder or public_id(stuk.verder)
    return pagina


def walk_rapport(omgeving: Omgeving, afnemer: AfnemerRecord, vraag: Rapportvraag) -> Iterator[Rapportregel]:
    """All of them, page by page, so that however many there are none waits for memory."""
    while True:
        pagina = list_rapport(omgeving, afnemer, vraag)
        yield from pagina.regels
        if not pagina.verder:
            return
        vraag = replace(vraag, na=pagina.verder)


def get_rapport(omgeving: Omgeving, afnemer: AfnemerRecord, kenmerk: str) -> Rapport:
    """One delivery by or in the name of this Afnemer; raises ``AanleveringNotFound``, also for one of another."""
    aanlevering_id = from_public_id(kenmerk)
    with omgeving.reading() as session:
        rij = None if aanlevering_id is None else find_rapportrij(session, afnemer.id, aanlevering_id)
    if rij is None:
        raise AanleveringNotFound
    regel = _to_regel(rij, omgeving.now())
    if regel.fase is not Fase.VERWERKT:
        return Rapport(regel, ())
    berichten = rij.aanlevering.resultaat.berichten
    return Rapport(regel, tuple((str(UUID(bytes=each.bericht_id)), each) for each in berichten))


def get_leesaandeel(omgeving: Omgeving, afnemer: AfnemerRecord) -> Leesaandeel:
    """How much of its latest post is read, among the latest of everybody: a share of all would be a walk over all."""
    with omgeving.reading() as session:
        return Leesaandeel(*count_gelezen(session, afnemer.id, omgeving.now()), LAATSTE)


def _collect(regels: Iterable[Rapportregel], vraag: Rapportvraag) -> Rapportpagina:
    pagina, berichten = Rapportpagina(), 0
    for regel in regels:
        pagina.aanleveringen += 1
        pagina.codes.update(regel.codes)
        berichten += regel.aantal
        if vraag.uitkomst in {None, regel.uitkomst} and not pagina.verder:
            if len(pagina.regels) < vraag.aantal:
                pagina.regels.append(regel)
            else:
                pagina.verder = pagina.regels[-1].kenmerk
        if pagina.verder and (vraag.na or not vraag.tellen):
            break
        if pagina.aanleveringen >= _MEESTE or berichten >= _MEESTE_BERICHTEN:
            pagina.volledig, pagina.verder = False, pagina.verder or regel.kenmerk
            break
    return pagina


def _to_regel(rij: Rapportrij, moment: datetime) -> Rapportregel:
    aanlevering, resultaat = rij.aanlevering, rij.aanlevering.resultaat
    fase = fase_at(moment, aanlevering.ontvangen_op, aanlevering.verwerkt_op)
    return Rapportregel(
        kenmerk=public_id(aanlevering.id),
        soort=aanlevering.soort,
        extern_id=str(UUID(bytes=aanlevering.extern_id)),
        ontvangen_op=aanlevering.ontvangen_op,
        aantal=resultaat.aantal,
        fase=fase,
        codes=_count_codes(resultaat) if fase is Fase.VERWERKT else Counter(),
        aanleveraar_id=rij.afnemer_id,
        namens_id=rij.namens_id,
    )


def _count_codes(resultaat: Resultaat) -> Counter[Verwerkingscode]:
    """What failed as a whole has one outcome, which counts for all that the document held."""
    codes = Counter(bericht.code for bericht in resultaat.berichten)
    if len(resultaat.berichten) < resultaat.aantal:
        codes[resultaat.berichten[0].code] += resultaat.aantal - len(resultaat.berichten)
    return codes


def _begin_of(dag: date | None) -> datetime | None:
    """Midnight in the Netherlands, where the days of a report begin."""
    return None if dag is None else dutch_midnight(dag)

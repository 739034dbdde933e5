"""What the citizen does in the Berichtenbox: list, search, open, move, delete; always within one person's own box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index
from simulator.berichtenbox.queries.berichttypes import berichttype_index
from simulator.berichtenbox.queries.postvak import (
    BerichtKop,
    Bladzijde,
    count_mappen,
    erase_berichten,
    fetch_koppen,
    find_koppen,
    find_place,
    get_bijlage,
    get_tekst,
    hold_berichten,
    list_bijlagen,
    list_prullenbak,
    search_koppen,
    store_gelezen,
    store_standen,
)
from simulator.berichtenbox.rules.postvak import (
    BerichtNotFound,
    BijlageNotFound,
    BladwijzerOngeldig,
    NietInPrullenbak,
    VerplaatsenNietMogelijk,
    check_verplaatsing,
    fold,
    read_tekst,
)
from simulator.berichtenbox.values import Map
from simulator.gebruikers import Bsn
from simulator.infra.ids import from_public_id
from simulator.infra.omgeving import Omgeving, UnitOfWork

__all__ = [
    "BerichtKop",
    "BerichtNotFound",
    "BijlageNotFound",
    "BladwijzerOngeldig",
    "Keuze",
    "Lijstvraag",
    "Map",
    "Verandering",
    "VerplaatsenNietMogelijk",
    "change_berichten",
    "delete_bericht",
    "get_bericht",
    "list_afzenders",
    "list_berichten",
    "open_bijlage",
    "summarise_postvak",
]

BLADZIJDE = 25
ZOEKBEREIK = 5_000
"""How many berichten one search looks through before it answers; the answer says where to go on."""
_ZOEKSTAP = 250
MAX_VOLGORDE = 99
"""Beyond it a database may not even be able to look."""


@dataclass(frozen=True, slots=True)
class Lijstvraag:
    """Which part of which map; ``na`` is the kenmerk of the last bericht of the page before."""

    bsn: Bsn
    map: Map = Map.INBOX
    zoek: str = ""
    na: str = ""
    aantal: int = BLADZIJDE


@dataclass(frozen=True, slots=True)
class Lijstregel:
    """One bericht in a list, with the name of who sent it."""

    kop: BerichtKop
    afzender: str


@dataclass(frozen=True, slots=True)
class Berichtenlijst:
    """One page; ``verder`` is the ``na`` of the next, empty at the end."""

    berichten: tuple[Lijstregel, ...]
    verder: str


@dataclass(frozen=True, slots=True)
class Mapstand:
    """How many berichten lie in a map and how many of those are unread."""

    aantal: int
    ongelezen: int


@dataclass(frozen=True, slots=True)
class Bijlagekop:
    """A bijlage as it is listed; ``omvang`` in bytes."""

    volgorde: int
    omschrijving: str
    omvang: int


@dataclass(frozen=True, slots=True)
class Berichtinhoud:
    """A whole bericht, without the content of its bijlagen."""

    kop: BerichtKop
    afzender: str
    tekst: str
    referentie: str
    berichttype: str
    bijlagen: tuple[Bijlagekop, ...]

    @property
    def leesbare_tekst(self) -> str:
        """The text with real line ends, for programs."""
        return "\n".join("".join(deel.tekst for deel in regel) for regel in read_tekst(self.tekst))


@dataclass(frozen=True, slots=True)
class Bijlageinhoud:
    """A bijlage to save."""

    omschrijving: str
    inhoud: bytes

    @property
    def bestandsnaam(self) -> str:
        """The omschrijving as the name of a file, without what a file name cannot hold."""
        name = "".join(" " if c in '<>:"/\\|?*' or not c.isprintable() else c for c in self.omschrijving)
        name = " ".join(name.split()).strip(". ") or "bijlage"
        return name if name.lower().endswith(".pdf") else f"{name}.pdf"


@dataclass(frozen=True, slots=True)
class Keuze:
    """Berichten of one person, by kenmerk."""

    bsn: Bsn
    kenmerken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verandering:
    """What the citizen changes about a bericht; ``None`` leaves it as it is."""

    naar: Map | None = None
    gelezen: bool | None = None


def list_berichten(omgeving: Omgeving, vraag: Lijstvraag) -> Berichtenlijst:
    """A page of a map, newest first; ``zoek`` keeps what has all its words in sender, subject, text or reference."""
    namen = _afzenders(omgeving)
    with omgeving.reading() as session:
        nu = omgeving.now()
        voor = _find_place(session, vraag, nu)
        if vraag.zoek.strip():
            return _search(session, vraag, nu, voor, namen)
        koppen = fetch_koppen(session, vraag.bsn, vraag.map, nu, Bladzijde(voor, vraag.aantal + 1))
    page = koppen[: vraag.aantal]
    return _page(page, namen, verder=page[-1].kenmerk if len(koppen) > vraag.aantal else "")


def summarise_postvak(omgeving: Omgeving, bsn: Bsn) -> Mapping[Map, Mapstand]:
    """Counts per map, for the menu and the home page."""
    with omgeving.reading() as session:
        counts = count_mappen(session, bsn, omgeving.now())
    return {each: _mapstand(*counts.get(each, (0, 0))) for each in (Map.INBOX, Map.ARCHIEF, Map.PRULLENBAK)}


def list_afzenders(omgeving: Omgeving) -> tuple[AfnemerRecord, ...]:
    """The organisations that a citizen can tick: connected to the Berichtenbox, with a berichttype that is active.

    An intermediary without berichttypes of its own sends only in the name of others and is not shown.
    """
    types = berichttype_index(omgeving)
    afnemers = afnemer_index(omgeving).by_id.values()
    return tuple(
        afnemer
        for afnemer in sorted(afnemers, key=lambda each: each.naam.casefold())
        if Dienst.BERICHTENBOX in afnemer.diensten and any(types.get(afnemer.id, {}).values())
    )


def get_bericht(omgeving: Omgeving, bsn: Bsn, kenmerk: str) -> Berichtinhoud:
    """A bericht as it is; raises ``BerichtNotFound``. Reading it this way does not mark it as read."""
    with omgeving.reading() as session:
        kop = _find(session, Keuze(bsn, (kenmerk,)), omgeving.now())[0]
        tekst, referentie, berichttype = get_tekst(session, int(bsn), kop.id)
        bijlagen = tuple(Bijlagekop(*row) for row in list_bijlagen(session, kop.id))
    return Berichtinhoud(kop, _afzender(_afzenders(omgeving), kop), tekst, referentie, berichttype, bijlagen)


def open_bijlage(omgeving: Omgeving, bsn: Bsn, kenmerk: str, volgorde: int) -> Bijlageinhoud:
    """The content of a bijlage; raises ``BijlageNotFound``."""
    with omgeving.reading() as session:
        kop = _find(session, Keuze(bsn, (kenmerk,)), omgeving.now())[0]
        found = get_bijlage(session, kop.id, volgorde) if volgorde <= MAX_VOLGORDE else None
    if found is None:
        raise BijlageNotFound(ontvangen=str(volgorde))
    return Bijlageinhoud(*found)


def mark_berichten(omgeving: Omgeving, keuze: Keuze, *, gelezen: bool) -> None:
    """Mark as read or as unread; the sender never gets to know."""
    change_berichten(omgeving, keuze, Verandering(gelezen=gelezen))


def move_berichten(omgeving: Omgeving, keuze: Keuze, naar: Map) -> int:
    """Move to another map. Deleting is moving to the prullenbak, restoring is moving to the inbox."""
    return change_berichten(omgeving, keuze, Verandering(naar))


def change_berichten(omgeving: Omgeving, keuze: Keuze, verandering: Verandering) -> int:
    """Move and mark, all berichten or none; answers how many there were."""
    with omgeving.unit_of_work() as uow:
        return change_in(uow, keuze, verandering)


def change_in(uow: UnitOfWork, keuze: Keuze, verandering: Verandering) -> int:
    """The same, in the transaction of somebody else."""
    koppen = _hold(uow, keuze)
    if verandering.naar is not None:
        for kop in koppen:
            check_verplaatsing(kop.map, verandering.naar)
        store_standen(uow.session, keuze.bsn, koppen, verandering.naar)
    if verandering.gelezen is not None:
        store_gelezen(uow.session, keuze.bsn, koppen, uow.moment if verandering.gelezen else None)
    return len(koppen)


def delete_bericht(omgeving: Omgeving, bsn: Bsn, kenmerk: str) -> None:
    """Delete one bericht: to the prullenbak, or for good when it lies there already."""
    keuze = Keuze(bsn, (kenmerk,))
    if get_bericht(omgeving, bsn, kenmerk).kop.map is Map.PRULLENBAK:
        erase_keuze(omgeving, keuze)
    else:
        move_berichten(omgeving, keuze, Map.PRULLENBAK)


def erase_keuze(omgeving: Omgeving, keuze: Keuze) -> int:
    """Delete for good what lies in the prullenbak: all or none. What was metered stays metered."""
    with omgeving.unit_of_work() as uow:
        koppen = _hold(uow, keuze)
        for kop in koppen:
            if kop.map is not Map.PRULLENBAK:
                raise NietInPrullenbak(ontvangen=f"een bericht in {kop.map}")
        return erase_berichten(uow.session, keuze.bsn, [kop.id for kop in koppen])


def empty_prullenbak(omgeving: Omgeving, bsn: Bsn) -> int:
    """Delete for good all that lies in the prullenbak; answers how many that were."""
    with omgeving.unit_of_work() as uow:
        return empty_in(uow, bsn)


def empty_in(uow: UnitOfWork, bsn: Bsn) -> int:
    """The same, in the transaction of somebody else."""
    ids = list_prullenbak(uow.session, bsn, uow.moment)
    hold_berichten(uow.session, bsn, ids)
    return erase_berichten(uow.session, bsn, ids)


def _hold(uow: UnitOfWork, keuze: Keuze) -> list[BerichtKop]:
    ids = [from_public_id(kenmerk) for kenmerk in keuze.kenmerken]
    hold_berichten(uow.session, keuze.bsn, [number for number in ids if number is not None])
    return _find(uow.session, keuze, uow.moment)


def _find(session: Session, keuze: Keuze, nu: datetime) -> list[BerichtKop]:
    ids = {kenmerk: from_public_id(kenmerk) for kenmerk in keuze.kenmerken}
    found = find_koppen(session, keuze.bsn, [number for number in ids.values() if number is not None], nu)
    for kenmerk, number in ids.items():
        if number not in found:
            raise BerichtNotFound(ontvangen=kenmerk[:64])
    return list(found.values())


def _find_place(session: Session, vraag: Lijstvraag, nu: datetime) -> tuple[datetime, int] | None:
    if not vraag.na:
        return None
    number = from_public_id(vraag.na)
    place = None if number is None else find_place(session, vraag.bsn, number, nu)
    if place is None:
        raise BladwijzerOngeldig(ontvangen=vraag.na[:64])
    return place


def _search(
    session: Session, vraag: Lijstvraag, nu: datetime, voor: tuple[datetime, int] | None, namen: Mapping[int, str]
) -> Berichtenlijst:
    # Compared here and not in the database: case and diacritics are then the same on SQLite and PostgreSQL.
    woorden = fold(vraag.zoek).split()
    hits: list[BerichtKop] = []
    step: list[tuple[BerichtKop, str]] = []
    for _ in range(0, ZOEKBEREIK, _ZOEKSTAP):
        step = search_koppen(session, vraag.bsn, vraag.map, nu, Bladzijde(voor, _ZOEKSTAP))
        for kop, tekst in step:
            voor = (kop.zichtbaar_vanaf, kop.id)
            text = fold(f"{namen.get(kop.afnemer_id, '')} {kop.onderwerp} {tekst}")
            if all(woord in text for woord in woorden):
                hits.append(kop)
                if len(hits) == vraag.aantal:
                    return _page(hits, namen, verder=kop.kenmerk)
        if len(step) < _ZOEKSTAP:
            return _page(hits, namen, verder="")
    return _page(hits, namen, verder=step[-1][0].kenmerk)


def _page(koppen: Sequence[BerichtKop], namen: Mapping[int, str], verder: str) -> Berichtenlijst:
    return Berichtenlijst(tuple(Lijstregel(kop, _afzender(namen, kop)) for kop in koppen), verder)


def _afzenders(omgeving: Omgeving) -> Mapping[int, str]:
    return {afnemer.id: afnemer.naam for afnemer in afnemer_index(omgeving).by_id.values()}


def _afzender(namen: Mapping[int, str], kop: BerichtKop) -> str:
    return namen.get(kop.afnemer_id, "Onbekende organisatie")


def _mapstand(aantal: int, gelezen: int) -> Mapstand:
    return Mapstand(aantal, aantal - gelezen)

"""Which data may be delivered, how a field is shown, where a source may be, and when one is left alone for a while."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from simulator.gebruikers import bevolking, is_bsn
from simulator.infra.addresses import is_public, read_host
from simulator.infra.clock import to_micros
from simulator.infra.errors import FieldError
from simulator.persoonlijke_gegevens.errors import BronUrlOngeldig, CategorieNotFound
from simulator.persoonlijke_gegevens.values import (
    Aanlevering,
    Bedrag,
    Bronstand,
    Categorie,
    Datum,
    Getal,
    Groep,
    JaNee,
    Tekst,
    Veld,
)

FOUTEN_TOT_DICHT = 3
"""After so many failures in a row a source is left alone."""
DICHT, LANGST_DICHT = timedelta(seconds=30), timedelta(minutes=10)
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_PLAATS = re.compile(r"([0-9]{1,18})-([0-9]{1,19})\Z")
_MAX_ID, _MAX_MICROS = (1 << 63) - 1, to_micros(datetime.max.replace(tzinfo=UTC))
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip


def read_categorie(text: str) -> Categorie:
    """The category with this code; raises ``CategorieNotFound``."""
    if text not in set(Categorie):
        raise CategorieNotFound(ontvangen=text[:60])
    return Categorie(text)


def read_plaats(text: str) -> tuple[int, int] | None:
    """Where the previous page of the log ended; what cannot be read is the beginning."""
    found = _PLAATS.match(text)
    return (min(int(found[1]), _MAX_MICROS), min(int(found[2]), _MAX_ID)) if found else None


def judge_aanleveringen(
    aanleveringen: Sequence[Aanlevering], bewoners: Collection[int], today: date
) -> Iterator[FieldError]:
    """All that is wrong with a delivery, with where it stands."""
    seen: set[tuple[int, Categorie]] = set()
    for place, each in enumerate(aanleveringen):
        here = f"/gegevens/{place}"
        if each.bsn not in bewoners:
            yield FieldError(f"{here}/bsn", "In deze omgeving woont niemand met dit BSN.")
        if each.peildatum > today:
            yield FieldError(f"{here}/peildatum", "De peildatum ligt in de toekomst.")
        if (each.bsn, each.categorie) in seen:
            yield FieldError(here, "Deze persoon komt in deze categorie al voor.")
        seen.add((each.bsn, each.categorie))
        for where, detail in list_datumfouten(each.groepen):
            yield FieldError(f"{here}/{where}", detail)


def list_datumfouten(groepen: Sequence[Groep]) -> Iterator[tuple[str, str]]:
    """Dates that do not exist, by place."""
    for g, groep in enumerate(groepen):
        for v, veld in enumerate(groep.velden):
            if isinstance(veld, Datum) and not _exists(veld.waarde):
                yield f"groepen/{g}/velden/{v}/waarde", "Deze datum bestaat niet."


def _exists(text: str) -> bool:
    jaar, maand, dag = [*map(int, text.split("-")), 1, 1][:3]
    try:
        date(jaar, maand, dag)
    except ValueError:
        return False
    return True


def show_veld(veld: Veld) -> str:
    """A field as text: as the Afnemer wants it (article 6.1), else as Dutch people write it."""
    if veld.weergave is not None:
        return veld.weergave
    match veld:
        case Tekst(waarde=tekst):
            return tekst
        case Getal(waarde=getal, eenheid=eenheid):
            return _with_points(getal) + (f" {eenheid}" if eenheid else "")
        case Bedrag(waarde=bedrag):
            euros, cents = bedrag.removeprefix("-").split(".")
            return f"€ {'-' if bedrag.startswith('-') else ''}{_with_points(int(euros))},{cents}"
        case Datum(waarde=datum):
            return show_datum(datum)
        case JaNee(waarde=ja):
            return "Ja" if ja else "Nee"


def show_datum(text: str) -> str:
    """``2026-11-23`` is 23 november 2026; ``2026-11`` and ``2026`` likewise."""
    jaar, *rest = text.split("-")
    dag = [str(int(rest[1]))] if len(rest) > 1 else []
    maand = [_MAANDEN[int(rest[0]) - 1]] if rest else []
    return " ".join([*dag, *maand, jaar])


def _with_points(number: float) -> str:
    return f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def check_bron_url(url: str, toegestaan: frozenset[str]) -> None:
    """Raise ``BronUrlOngeldig`` for an address that is never asked; a name that has no address yet is no matter."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BronUrlOngeldig("Dit adres is niet te lezen.") from error
    fault = _fault_of(url)
    if fault is None and (parts.scheme == "https" or parts.hostname in toegestaan):
        fault = _place_of(url, toegestaan)
    elif fault is None:
        fault = "Het adres begint met https://."
    if fault is not None:
        raise BronUrlOngeldig(fault, ontvangen=f"{parts.scheme}://{parts.hostname or ''}"[:100])


def _fault_of(url: str) -> str | None:
    parts = urlsplit(url)
    if not url.isascii() or not url.isprintable() or " " in url or not parts.hostname:
        return "Dit is geen volledig adres in gewone tekens."
    if parts.username is not None or parts.fragment or "\\" in url:
        return "Het adres heeft een gebruikersnaam, een fragment of een backslash."
    if any(is_bsn(found) for found in _NEGEN_CIJFERS.findall(url)):
        return "Het adres bevat een BSN; dat gaat in de inhoud van het verzoek."
    return None


def _place_of(url: str, toegestaan: frozenset[str]) -> str | None:
    host = urlsplit(url).hostname or ""
    address = read_host(host)
    # A name is looked up when it is asked: what it stands for may change.
    intern = host == "localhost" or (address is not None and not is_public(address))
    if intern and host not in toegestaan:
        return "Dit adres ligt in een eigen netwerk. De omgeving kan het bij naam toestaan."
    return None


def is_dicht(stand: Bronstand, now: datetime) -> bool:
    """Whether a source is left alone now."""
    if stand.dicht_tot is None or stand.laatste_fout_op is None:
        return False
    # A clock that was set back to before the failure would keep it closed for as long as it was set back.
    return stand.laatste_fout_op <= now < stand.dicht_tot


def note_antwoord(stand: Bronstand, now: datetime) -> Bronstand:
    """After an answer all is well again."""
    return replace(stand, fouten=0, laatste_antwoord_op=now, dicht_tot=None)


def note_fout(stand: Bronstand, fout: str, now: datetime) -> Bronstand:
    """After a failure; from the third in a row on it is left alone, each time twice as long, up to ten minutes."""
    fouten = stand.fouten + 1
    extra = fouten - FOUTEN_TOT_DICHT
    dicht = None if extra < 0 else now + min(DICHT * 2 ** min(extra, 10), LANGST_DICHT)
    return replace(stand, fouten=fouten, laatste_fout=fout, laatste_fout_op=now, dicht_tot=dicht)


def explain_fout(fout: str) -> str:
    """An honest sentence for the citizen."""
    reasons = {
        "te-laat": "De organisatie antwoordde niet op tijd.",
        "onbereikbaar": "De organisatie is nu niet bereikbaar.",
        "dicht": "De organisatie gaf meermaals geen antwoord. We vragen het over een paar minuten opnieuw.",
        "vorm": "De organisatie gaf een antwoord dat wij niet kunnen lezen.",
        "te-groot": "De organisatie gaf een antwoord dat wij niet kunnen lezen.",
        "adres-niet-toegestaan": "Het adres van deze bron is niet toegestaan.",
    }
    return reasons.get(fout, "De organisatie kon uw gegevens nu niet geven.")


def as_registerdatum(datum: bevolking.Registerdatum) -> str:
    """A date of the register in the form of a field; empty when nothing is known."""
    parts = [f"{datum.jaar:04d}"] if datum.jaar else []
    parts += [f"{datum.maand:02d}"] if datum.maand else []
    return "-".join([*parts, *([f"{datum.dag:02d}"] if datum.dag else [])])

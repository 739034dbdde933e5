"""What a weblink to a dossier must be: everything that can be judged without asking the network."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from simulator.gebruikers import is_bsn
from simulator.infra.addresses import is_public, is_special_name, read_host
from simulator.infra.errors import FieldError
from simulator.infra.regels import Regel
from simulator.weblinks.errors import (
    ADRES,
    BSN_VRIJ,
    DOMEIN,
    FRAGMENT,
    HTTPS,
    INLOGGEGEVENS,
    LENGTE,
    NAAMVERWARRING,
    VORM,
    WeblinkGeweigerd,
)
from simulator.weblinks.values.hostnaam import (
    HostnaamOnleesbaar,
    find_look_alike,
    has_mixed_scripts,
    is_within,
    read_hostnaam,
    show_hostnaam,
)
from simulator.weblinks.values.stand import Stand

# ASSUMPTION: the length of an URL in the Zaken API; that of the koppelvlak Lopende Zaken is not public.
MAX_LENGTE = 1000
MAX_FRAGMENT = 200
_DELEN = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<authority>[^/?#]*))?(?P<rest>[^#]*)(?:#(?P<fragment>.*))?\Z",
    re.DOTALL,
)
_HOST_PORT = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::(?P<port>[0-9]{1,5}))?\Z")
_VREEMD = re.compile(r"[\s\x00-\x20\x7f\\<>\"{}|^`]")
_PROCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FRAGMENT = re.compile(rf"[A-Za-z0-9/_.!~-]{{0,{MAX_FRAGMENT}}}\Z")
_MAX_POORT = 65535
_SCHEIDING = r"[-. +_]"
_NEGEN = re.compile(
    r"(?<!\d)(?:\d{9}|\d{3}S\d{3}S\d{3}|\d{4}S\d{2}S\d{3}|\d{2}S\d{2}S\d{2}S\d{3})(?!\d)".replace("S", _SCHEIDING),
    re.ASCII,
)
_DECODEREN = 3
"""Times that percent-encoding is undone in search of a number: more is no accident any more."""
_ONLEESBAAR = "•"


class WeblinkBezwaar(NamedTuple):
    """One rule that a weblink breaks, and why, in a Dutch sentence."""

    regel: Regel
    toelichting: str


@dataclass(frozen=True, slots=True)
class Weblinkkader:
    """What holds for the weblinks of one Afnemer in one omgeving."""

    domeinen: Collection[str] = ()
    """As they travel: small ASCII letters."""
    lokaal: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Names that the omgeving allows although they are internal, for tests."""


@dataclass(frozen=True, slots=True)
class _Adres:
    """An URL in its parts; ``host`` as it travels, empty when it cannot be read."""

    scheme: str
    userinfo: bool
    host: str
    geschreven_host: str
    port: int | None
    rest: str
    """What stands between the authority and the fragment."""
    fragment: str


def judge(url: str, kader: Weblinkkader) -> tuple[WeblinkBezwaar, ...]:
    """Every rule that this weblink breaks, the gravest first; none is what it should be (article 7.1)."""
    return tuple(_judge(url, kader))


def name_host(url: str) -> str:
    """The host of an URL as it travels; empty when there is none to read."""
    adres = _read(url)
    return adres.host if adres else ""


def bears_bsn(url: str) -> bool:
    """Whether a number of nine digits that passes the elfproef is anywhere in the text, encoded or written apart."""
    return any(is_bsn(_digits(found)) for text in _readings(url) for found in _NEGEN.findall(text))


def conceal(url: str) -> str:
    """The URL as it may be shown and kept: without a number that could be a BSN."""
    shown = _NEGEN.sub(lambda found: _ONLEESBAAR * 9 if is_bsn(_digits(found[0])) else found[0], url)
    if not bears_bsn(shown):
        return shown
    adres = _read(url)
    start = f"{adres.scheme}://{adres.geschreven_host}/" if adres else ""
    return (start if not bears_bsn(start) else "") + _ONLEESBAAR * 9


def stand_of_bezwaren(bezwaren: Sequence[WeblinkBezwaar]) -> Stand:
    """What a weblink is that breaks these rules, of which there is at least one."""
    elders = {DOMEIN.id, ADRES.id, NAAMVERWARRING.id}
    return Stand.BUITEN_DOMEIN if any(each.regel.id in elders for each in bezwaren) else Stand.KAPOT


def refuse_weblink(url: str, bezwaren: Sequence[WeblinkBezwaar], pointer: str = "") -> WeblinkGeweigerd:
    """The refusal of a delivery for this weblink: of the class of its gravest fault, with all of them in ``errors``."""
    refusals = {each.regel.id: each for each in WeblinkGeweigerd.__subclasses__() if each.regel}
    first = bezwaren[0]
    errors = tuple(FieldError(pointer, f"{each.toelichting} ({each.regel.id})") for each in bezwaren)
    return refusals[first.regel.id](first.toelichting, ontvangen=conceal(url)[:200], errors=errors)


def _judge(url: str, kader: Weblinkkader) -> Iterator[WeblinkBezwaar]:
    if len(url) > MAX_LENGTE:
        yield WeblinkBezwaar(LENGTE, f"De weblink heeft {len(url)} tekens.")
    if bears_bsn(url[: 4 * MAX_LENGTE]):
        yield WeblinkBezwaar(BSN_VRIJ, "In de weblink staat een nummer van negen cijfers dat een BSN kan zijn.")
    adres = _read(url)
    if adres is None:
        yield WeblinkBezwaar(VORM, "Dit is geen volledig adres van een pagina.")
        return
    yield from _judge_vorm(url, adres)
    if adres.scheme != "https":
        yield WeblinkBezwaar(HTTPS, f"De weblink begint met {adres.scheme[:20]}: en niet met https.")
    if adres.userinfo:
        yield WeblinkBezwaar(INLOGGEGEVENS, "Voor de host staat een gebruikersnaam of wachtwoord.")
    yield from _judge_host(adres, kader)
    if not _FRAGMENT.match(adres.fragment):
        yield WeblinkBezwaar(FRAGMENT, "Achter het hekje staat meer dan een plaats in de pagina.")


def _judge_vorm(url: str, adres: _Adres) -> Iterator[WeblinkBezwaar]:
    if _VREEMD.search(url) or not url.isprintable():
        yield WeblinkBezwaar(
            VORM, "De weblink bevat een spatie, een besturingsteken, een backslash of een ander vreemd teken."
        )
    elif _PROCENT.search(url):
        yield WeblinkBezwaar(VORM, "In de weblink staat een procentteken zonder twee hexadecimale cijfers.")
    elif not (adres.rest + adres.fragment).isascii():
        yield WeblinkBezwaar(VORM, "Letters met een accent en andere bijzondere tekens horen na de host als %-code.")
    elif not adres.geschreven_host:
        yield WeblinkBezwaar(VORM, "De weblink noemt geen host.")
    elif adres.port is not None and not 0 < adres.port <= _MAX_POORT:
        yield WeblinkBezwaar(VORM, f"Poort {adres.port} bestaat niet.")


def _judge_host(adres: _Adres, kader: Weblinkkader) -> Iterator[WeblinkBezwaar]:
    if not adres.geschreven_host:
        return
    number, naam = read_host(adres.geschreven_host), adres.host
    is_local = naam in kader.lokaal
    if not naam:
        yield WeblinkBezwaar(NAAMVERWARRING, "De host is geen bestaanbare naam.")
        return
    if number is not None and not is_public(number) and not is_local:
        yield WeblinkBezwaar(ADRES, "De host is een adres dat alleen binnen een netwerk werkt.")
    elif number is None and is_special_name(naam) and not is_local:
        yield WeblinkBezwaar(ADRES, f"De host {naam} bestaat alleen binnen een netwerk.")
    if not is_within(naam, kader.domeinen):
        yield WeblinkBezwaar(DOMEIN, _explain_domein(naam, kader.domeinen))
    if number is None:
        yield from _judge_naam(adres, kader)


def _judge_naam(adres: _Adres, kader: Weblinkkader) -> Iterator[WeblinkBezwaar]:
    naam = adres.host
    if has_mixed_scripts(naam):
        toelichting = f"De host {naam} wordt getoond als {show_hostnaam(naam)}, met letters uit een ander schrift."
        yield WeblinkBezwaar(NAAMVERWARRING, toelichting)
    elif not adres.geschreven_host.isascii() and naam.isascii() and "xn--" not in naam:
        yield WeblinkBezwaar(NAAMVERWARRING, f"De host is een vreemde schrijfwijze van {naam}.")
    elif (other := find_look_alike(naam, kader.domeinen)) is not None:
        yield WeblinkBezwaar(NAAMVERWARRING, f"De host {show_hostnaam(naam)} lijkt op {other} en is dat niet.")


def _explain_domein(naam: str, domeinen: Collection[str]) -> str:
    known = ", ".join(sorted(domeinen)[:5]) or "geen"
    return f"De host {naam} ligt niet binnen de geregistreerde domeinen ({known})."


def _read(url: str) -> _Adres | None:
    found = _DELEN.match(url)
    if found is None or found["authority"] is None:
        return None
    userinfo, at, host_port = found["authority"].rpartition("@")
    parts = _HOST_PORT.match(host_port)
    if parts is None:
        return None
    host = parts["host"]
    return _Adres(
        scheme=found["scheme"].lower(),
        userinfo=bool(at or userinfo),
        host=_normalise(host),
        geschreven_host=host,
        port=int(parts["port"]) if parts["port"] else None,
        rest=found["rest"],
        fragment=found["fragment"] or "",
    )


def _normalise(host: str) -> str:
    number = read_host(host)
    if number is not None:
        return str(number)
    try:
        return read_hostnaam(host)
    except HostnaamOnleesbaar:
        return ""


def _readings(url: str) -> Iterator[str]:
    """The text as it is, and as it becomes by undoing what hides digits."""
    steps: tuple[Callable[[str], str], ...] = (*[unquote] * _DECODEREN,)
    text = url
    yield _plain(text)
    for step in steps:
        text = step(text)
        yield _plain(text)


def _plain(text: str) -> str:
    """Digits of every script and width as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", text)
    )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())

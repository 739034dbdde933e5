"""StUF-ZKN 3.10 zakLk01: reads it, safely, and says line by line what is wrong with it."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.infra.clock import NEDERLAND
from simulator.infra.errors import FieldError
from simulator.infra.late import Late
from simulator.infra.xsd import load_schema
from simulator.lopende_zaken.errors import MomentOngeldig, ZaakberichtOngeldig, ZaakberichtOnleesbaar
from simulator.lopende_zaken.values import (
    MAX_TEKST,
    Rol,
    StatusInvoer,
    StufZaakbericht,
    Stuurgegevens,
    ZaakInvoer,
)

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Late("lxml.etree")

NS_ZKN = "http://www.egem.nl/StUF/sector/zkn/0310"
NS_STUF = "http://www.egem.nl/StUF/StUF0301"
NS_BG = "http://www.egem.nl/StUF/sector/bg/0310"
NAMES = {"z": NS_ZKN, "s": NS_STUF, "b": NS_BG}
WEBLINK = "url"
"""ASSUMPTION: the extra element that carries the address of the dossier; where it really stands is not public."""
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_SLEUTEL = f"{{{NS_STUF}}}sleutelVerzendend"
_XSD = Path(__file__).parent.parent / "xsd" / "zakLk01.xsd"
_MAX_FOUTEN = 25
_NAMESPACE = re.compile(r"\{[^}]*\}")
_DECLARATIE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_VEILIG: Mapping[str, Any] = {
    "encoding": "utf-8", "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False,
    "huge_tree": False, "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def read_zaakbericht(body: bytes | bytearray) -> StufZaakbericht:
    """The message in ``body``; raises ``ZaakberichtOnleesbaar``, ``ZaakberichtOngeldig`` or ``MomentOngeldig``."""
    root = parse(body)
    schema: Any = load_schema(_XSD)
    if not schema.validate(root):
        fouten = [
            FieldError(f"/regel/{each.line}", _NAMESPACE.sub("", each.message)[:300]) for each in schema.error_log
        ]
        raise ZaakberichtOngeldig(f"{len(fouten)} fouten volgens het schema.", errors=fouten[:_MAX_FOUTEN])
    return StufZaakbericht(_read_stuurgegevens(root), _token(root, "z:object/z:identificatie"), _read_zaak(root),
                           _read_status(root))  # fmt: skip


def find_referentienummer(body: bytes | bytearray) -> str:
    """What to name in the answer to a message that is refused; empty when it cannot be found."""
    try:
        return _token(parse(body), "z:stuurgegevens/s:referentienummer")[:200]
    except ZaakberichtOnleesbaar:
        return ""


def parse(body: bytes | bytearray) -> Any:
    """The document, without entities or anything from outside; raises ``ZaakberichtOnleesbaar``."""
    declaratie = _DECLARATIE.match(body)
    if body.startswith(_UTF16) or (declaratie and declaratie[1].lower() not in _UTF8):
        raise ZaakberichtOnleesbaar("Stuur een zaakbericht in UTF-8.")
    if b"<!DOCTYPE" in body:  # before the parser sees a byte of it; in the text of a message it is never meant well
        raise ZaakberichtOnleesbaar("Een zaakbericht heeft geen DOCTYPE.")
    try:
        root = etree.fromstring(bytes(body), etree.XMLParser(**_VEILIG))
    except etree.XMLSyntaxError as error:
        raise ZaakberichtOnleesbaar(f"Regel {error.lineno or 1}: {' '.join(error.msg.split())[:300]}") from error
    return root


def _read_stuurgegevens(root: Any) -> Stuurgegevens:
    stuur, ontvanger = "z:stuurgegevens/s:", "z:stuurgegevens/s:ontvanger/s:"
    return Stuurgegevens(
        berichtcode=_text(root, f"{stuur}berichtcode"),
        entiteittype=_text(root, f"{stuur}entiteittype"),
        mutatiesoort=_text(root, "z:parameters/s:mutatiesoort"),
        indicator_overname=_text(root, "z:parameters/s:indicatorOvername"),
        zender=_text(root, f"{stuur}zender/s:organisatie"),
        ontvanger=(
            _text(root, f"{ontvanger}organisatie"),
            _text(root, f"{ontvanger}applicatie"),
            _text(root, f"{ontvanger}administratie"),
        ),
        referentienummer=_token(root, f"{stuur}referentienummer"),
        tijdstip=_moment(_text(root, f"{stuur}tijdstipBericht")),
        sleutel_verzendend=root.find("z:object", NAMES).get(_SLEUTEL, ""),
    )


def _read_zaak(root: Any) -> ZaakInvoer:
    zaak = root.find("z:object", NAMES)
    return ZaakInvoer(
        zaaktype=_token(zaak, "z:heeft/z:gerelateerde/z:zkt.code"),
        omschrijving=_token(zaak, "z:omschrijving"),
        startdatum=_date(_text(zaak, "z:startdatum")),
        rollen=tuple(_read_rol(each) for each in zaak.iterfind("z:heeftAlsInitiator/z:gerelateerde", NAMES)),
        toelichting=_text(zaak, "z:toelichting"),
        resultaat=_text(zaak, "z:resultaat/z:omschrijving"),
        einddatum=_date_or_none(zaak, "z:einddatum"),
        einddatum_gepland=_date_or_none(zaak, "z:einddatumGepland"),
        uiterlijke_einddatum=_date_or_none(zaak, "z:uiterlijkeEinddatum"),
        weblink=_find_weblink(zaak),
    )


def _read_rol(gerelateerde: Any) -> Rol:
    (betrokkene,) = gerelateerde
    if etree.QName(betrokkene).localname != "natuurlijkPersoon":
        return Rol(etree.QName(betrokkene).localname, "initiator")
    return Rol("natuurlijk_persoon", "initiator", _text(betrokkene, "b:inp.bsn") or None)


def _read_status(root: Any) -> StatusInvoer:
    heeft = root.find("z:object/z:heeft", NAMES)
    tekst, gezet = _token(heeft, "z:gerelateerde/z:omschrijving"), _text(heeft, "z:datumStatusGezet")
    return StatusInvoer(tekst[:MAX_TEKST], _moment(gezet), _text(heeft, "z:toelichting"))


def _find_weblink(zaak: Any) -> str | None:
    for each in zaak.iterfind("s:extraElementen/s:extraElement", NAMES):
        if each.get("naam", "").lower() == WEBLINK and (each.text or "").strip():
            return str(each.text).strip()
    return None


def _text(element: Any, path: str) -> str:
    """The text there; empty for what is absent or nil."""
    found = element.find(path, NAMES)
    if found is None or found.get(_NIL) in {"true", "1"}:
        return ""
    return (found.text or "").strip()


def _token(element: Any, path: str) -> str:
    """The text there as ``xs:token`` has it, of which the schema counts the length: white space is one space."""
    return " ".join(_text(element, path).split())


def _date_or_none(element: Any, path: str) -> date | None:
    text = _text(element, path)
    return _date(text) if text else None


def _date(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise MomentOngeldig(ontvangen=text) from error


def _moment(text: str) -> datetime:
    """ASSUMPTION: a StUF time carries no zone and is the time in the Netherlands."""
    try:
        seconds = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=NEDERLAND)
        return seconds.astimezone(UTC) + timedelta(milliseconds=int(text[14:]))
    except (ValueError, OverflowError) as error:
        raise MomentOngeldig(ontvangen=text) from error

"""The XML koppelvlak: reads a ``Berichten`` document, safely, and says line by line what is wrong with it."""

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from simulator.berichtenbox.errors.aanlevering import (
    BatchIdOnleesbaar,
    XmlCodering,
    XmlMetDoctype,
    XmlNietWelgevormd,
    XmlTeVeelElementen,
)
from simulator.berichtenbox.errors.catalogus import REGEL_VAN_VELD, XSD
from simulator.berichtenbox.schemas.moment_xsd import read_moment
from simulator.berichtenbox.values import (
    GUID_PATROON,
    Aanbod,
    AangebodenBericht,
    AangebodenBijlage,
    Soort,
    Vormfout,
)
from simulator.infra.late import Late
from simulator.infra.xsd import load_schema

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Late("lxml.etree")

NS_BATCH = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/Types/2009/01"
NS_BERICHT = "http://schemas.rdw.nl/GEB/BerichtenProsessor/Bericht/Types/2009/01"
_B = f"{{{NS_BERICHT}}}"
_XSD = Path(__file__).parent.parent / "xsd" / "GLOBEBatchRequest.xsd"
_MAX_VORMFOUTEN = 25
_MAX_TOELICHTING = 300
_GUID = re.compile(GUID_PATROON)
_DECLARATIE = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_WIT = re.compile(rb"\s*+")
_VOORAF = ((b"<!--", b"-->"), (b"<?", b"?>"))
"""What may come before a DOCTYPE."""
_BOM = b"\xef\xbb\xbf"
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_BERICHT = f"{_B}Bericht"
_GROOT = 1 << 20
_STUK = 1 << 16
_MEESTE = 250_000
"""Elements; 1000 berichten with all that they can have are a tenth of it, and each costs memory."""
_VEILIG: Mapping[str, Any] = {
    "encoding": "utf-8", "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False,
    "huge_tree": True, "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def read_batch(body: bytes | bytearray) -> Aanbod:
    """The delivery in ``body``; one that fails the schema comes with its ``vormfouten`` if its BatchID can be read.

    Raises ``XmlCodering``, ``XmlMetDoctype``, ``XmlNietWelgevormd``, ``XmlTeVeelElementen`` or ``BatchIdOnleesbaar``:
    nobody to answer.
    """
    _check_prologue(body)
    aanbod = partial(Aanbod, soort=Soort.XML, inhoud_hash=sha256(body).digest())
    gelezen = _read_in_pieces(body) if len(body) > _GROOT else None
    if gelezen is not None:
        return aanbod(**gelezen)
    if body.count(b"<") > 2 * _MEESTE:
        raise XmlTeVeelElementen(verwacht=f"hoogstens {_MEESTE} elementen")
    root = _parse(body)
    schema = load_schema(_XSD)
    if schema.validate(root):
        return aanbod(**_as_velden(root[0], [_read_bericht(each) for each in root.iterchildren(_BERICHT)]))
    return aanbod(
        extern_id=_find_batch_id(root),
        leverancier=(_find_text(root, "BerichtLeverancierID") or "").strip(),
        vormfouten=_list_vormfouten(schema),
        aantal=max(1, sum(1 for _ in root.iterchildren("{*}Bericht"))),
    )


def _as_velden(info: Any, berichten: Sequence[AangebodenBericht]) -> dict[str, Any]:
    return {
        "extern_id": _guid(info[0].text),
        "aanmaakdatum": read_moment(info[1].text),
        "leverancier": info[2].text,
        "berichten": berichten,
        "aantal": len(berichten),
    }


def _read_in_pieces(body: bytes | bytearray) -> dict[str, Any] | None:
    """A large document that is validated while it is read; ``None`` as soon as anything is wrong with it.

    Each Bericht leaves the tree when it has been read, so that 100 MB of text never become 100 MB of tree. For a small
    document this is slower than reading it as a whole, and only that knows all that is wrong with one.
    """
    schema = load_schema(_XSD)
    parser: Any = etree.XMLPullParser(events=("end",), tag=_BERICHT, schema=schema, **_VEILIG)
    berichten = []
    try:
        for begin in range(0, len(body), _STUK):
            parser.feed(bytes(body[begin : begin + _STUK]))
            if parser.feed_error_log:
                return None
            for _, element in parser.read_events():
                berichten.append(_read_bericht(element))
                element.clear(keep_tail=True)
        root = parser.close()
    except etree.XMLSyntaxError:
        return None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        return None
    return _as_velden(root[0], berichten)


def _parse(body: bytes | bytearray) -> Any:
    try:
        root = etree.fromstring(cast("bytes", body), etree.XMLParser(**_VEILIG))
    except etree.XMLSyntaxError as error:
        raise XmlNietWelgevormd(f"Regel {error.lineno or 1}: {' '.join(error.msg.split())}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlMetDoctype
    return root


def _check_prologue(body: bytes | bytearray) -> None:
    """Refuse another encoding and a DOCTYPE before the parser sees a byte of it."""
    begin = len(_BOM) if body.startswith(_BOM) else 0
    declaratie = _DECLARATIE.match(body, begin)
    if body.startswith(_UTF16) or (declaratie and declaratie[1].lower() not in _UTF8):
        ontvangen = declaratie[1].decode("ascii", "replace") if declaratie else "UTF-16"
        raise XmlCodering(ontvangen=ontvangen)
    if body.startswith(b"<!DOCTYPE", _find_begin(body, begin)):
        raise XmlMetDoctype


def _find_begin(body: bytes | bytearray, plaats: int) -> int:
    """Past white space, comments and instructions; searched by ``find``, as a lazy pattern takes its time over each."""
    while True:
        wit = _WIT.match(body, plaats)
        plaats = plaats if wit is None else wit.end()
        einde = next((slot for open_, slot in _VOORAF if body.startswith(open_, plaats)), b"")
        gevonden = body.find(einde, plaats + 2) if einde else -1
        if gevonden < 0:
            return plaats
        plaats = gevonden + len(einde)


def _read_bericht(element: Any) -> AangebodenBericht:
    """A ``Bericht`` that the schema has approved, so that what is there is what it should be."""
    velden = {child.tag: child.text or "" for child in element[0]}
    publicatie = velden.get(f"{_B}PublicatieDatum")
    einddatum = velden.get(f"{_B}EindDatumHandelingsTermijn")
    return AangebodenBericht(
        bericht_id=_guid(velden[f"{_B}BerichtID"]),
        berichttype=velden[f"{_B}BerichtType"],
        gebruiker=velden[f"{_B}GebruikerID"],
        onderwerp=velden[f"{_B}Onderwerp"],
        tekst=velden.get(f"{_B}BerichtTekst"),
        referentie=velden.get(f"{_B}Referentie"),
        publicatiedatum=read_moment(publicatie) if publicatie else None,
        einddatum_handelingstermijn=read_moment(einddatum) if einddatum else None,
        bijlagen=tuple(map(_read_bijlage, element[1])) if len(element) > 1 else (),
        batch_id=_guid(velden[f"{_B}BatchID"]),
    )


def _read_bijlage(element: Any) -> AangebodenBijlage:
    inhoud, _, omschrijving, volgorde = element
    return AangebodenBijlage(b64decode(inhoud.text), omschrijving.text, int(volgorde.text))


def _guid(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))


def _find_text(root: Any, naam: str) -> str | None:
    element = root.find(f"{{*}}BatchInformatie/{{*}}{naam}")
    return None if element is None else element.text


def _find_batch_id(root: Any) -> bytes:
    text = (_find_text(root, "BatchID") or "").strip()
    if not _GUID.match(text):
        raise BatchIdOnleesbaar(ontvangen=text[:60] or None)
    return UUID(text).bytes


def _list_vormfouten(schema: Any) -> Sequence[Vormfout]:
    """The first errors of the last validation; libxml2 reports in English, with the line and the element."""
    return tuple(_to_vormfout(entry) for entry in schema.error_log)[:_MAX_VORMFOUTEN]


def _to_vormfout(entry: Any) -> Vormfout:
    naam = _ELEMENT.search(entry.message)
    regel = REGEL_VAN_VELD.get(naam[1], XSD) if naam else XSD
    return Vormfout(entry.line, regel, _NAMESPACE.sub("", entry.message)[:_MAX_TOELICHTING])

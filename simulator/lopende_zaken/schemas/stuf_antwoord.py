"""The answers to a zakLk01: Bv03 when it was taken in, Fo03 when it was refused."""

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from simulator.infra.clock import NEDERLAND
from simulator.infra.errors import InvalidInput, Refusal
from simulator.infra.ids import new_guid
from simulator.lopende_zaken.rules.stuf import ONTVANGER
from simulator.lopende_zaken.schemas.zaklk01 import NS_STUF

_MAX_OMSCHRIJVING, _MAX_DETAILS = 200, 1000
_SERVER_ERROR = 500
# ASSUMPTION: the codes that Lopende Zaken itself gives are not public; these two are StUF's own for a message that is
# not as it should be, and for one that cannot be processed.
_VORM, _VERWERKING = "StUF055", "StUF058"


@dataclass(frozen=True, slots=True)
class Antwoordgegevens:
    """To whom the answer goes, about which message, when."""

    oin: str
    referentienummer: str
    moment: datetime


def write_bv03(gegevens: Antwoordgegevens) -> bytes:
    """The message was taken in."""
    return _document("Bv03", gegevens, "")


def write_fo03(gegevens: Antwoordgegevens, refusal: Refusal) -> bytes:
    """The message was refused; ``details`` names the rule, what was received and expected, and every error."""
    code = _VORM if isinstance(refusal, InvalidInput) else _VERWERKING
    plek = "server" if refusal.status >= _SERVER_ERROR else "client"
    body = (
        f"<StUF:body><StUF:code>{code}</StUF:code><StUF:plek>{plek}</StUF:plek>"
        f"<StUF:omschrijving>{_safe(refusal.title, _MAX_OMSCHRIJVING)}</StUF:omschrijving>"
        f"<StUF:details>{_safe(_details(refusal), _MAX_DETAILS)}</StUF:details></StUF:body>"
    )
    return _document("Fo03", gegevens, body)


def _details(refusal: Refusal) -> str:
    regel = refusal.regel
    parts = [
        f"Regel {regel.id}: {regel.titel} ({regel.bron})." if regel else "",
        refusal.detail if refusal.detail != refusal.title else "",
        f"Ontvangen: {refusal.ontvangen}." if refusal.ontvangen else "",
        f"Verwacht: {refusal.verwacht}" if refusal.verwacht else "",
        *(f"{each.pointer} {each.detail}" for each in refusal.errors),
    ]
    return "\n".join(part for part in parts if part)


def _document(code: str, gegevens: Antwoordgegevens, body: str) -> bytes:
    local = gegevens.moment.astimezone(NEDERLAND)
    tijdstip = f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}"
    organisatie, applicatie, administratie = ONTVANGER
    stuur = (
        f"<StUF:berichtcode>{code}</StUF:berichtcode><StUF:zender><StUF:organisatie>{organisatie}</StUF:organisatie>"
        f"<StUF:applicatie>{applicatie}</StUF:applicatie><StUF:administratie>{administratie}</StUF:administratie>"
        f"</StUF:zender><StUF:ontvanger><StUF:organisatie>{_safe(gegevens.oin, 20)}</StUF:organisatie></StUF:ontvanger>"
        f"<StUF:referentienummer>{new_guid()}</StUF:referentienummer>"
        f"<StUF:tijdstipBericht>{tijdstip}</StUF:tijdstipBericht>"
        f"<StUF:crossRefnummer>{_safe(gegevens.referentienummer or 'onbekend', 200)}</StUF:crossRefnummer>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<StUF:{code}Bericht xmlns:StUF="{NS_STUF}">'
        f"<StUF:stuurgegevens>{stuur}</StUF:stuurgegevens>{body}</StUF:{code}Bericht>"
    ).encode()


def _safe(text: str, most: int) -> str:
    """What XML 1.0 can carry, of at most so many characters."""
    return escape("".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)[:most])

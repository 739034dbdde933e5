"""Small builders of what an Afnemer sends, in XML and in JSON."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

R = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/Types/2009/01"
B = "http://schemas.rdw.nl/GEB/BerichtenProsessor/Bericht/Types/2009/01"
PDF = b"%PDF-1.4 <pdfaid:part>2</pdfaid:part> %%EOF"
VOLGORDE = (
    "BatchID", "BerichtID", "BerichtType", "PublicatieDatum", "EindDatumHandelingsTermijn", "Onderwerp", "BerichtTekst",
    "Referentie", "GebruikerID", "SoortGebruiker",
)  # fmt: skip


def guid() -> str:
    return str(uuid4())


def bijlage_xml(**velden: str) -> str:
    alles = {
        "Inhoud": base64.b64encode(PDF).decode(),
        "BijlageType": "Pdf",
        "Omschrijving": "Beschikking",
        "Volgorde": "1",
    } | velden
    return (
        "<b:Bijlage>"
        + "".join(f"<b:{naam}>{escape(waarde)}</b:{naam}>" for naam, waarde in alles.items())
        + "</b:Bijlage>"
    )


def bericht_xml(batch_id: str, bijlagen: Sequence[str] = (), **velden: str | None) -> str:
    alles: dict[str, str | None] = {
        "BatchID": batch_id, "BerichtID": guid(), "BerichtType": "ALGEMEEN", "Onderwerp": "Aanslag",
        "GebruikerID": "999990019", "SoortGebruiker": "Burger", **velden,
    }  # fmt: skip
    info = "".join(
        f"<b:{naam}>{escape(waarde)}</b:{naam}>" for naam in VOLGORDE if (waarde := alles.get(naam)) is not None
    )
    extra = f"<b:Bijlagen>{''.join(bijlagen)}</b:Bijlagen>" if bijlagen else ""
    return f"<b:Bericht><b:BerichtInformatie>{info}</b:BerichtInformatie>{extra}</b:Bericht>"


def batch_xml(batch_id: str, *berichten: str, **info: str) -> bytes:
    alles = {
        "BatchID": batch_id,
        "AanmaakDatum": "2026-11-23T10:00:00Z",
        "BerichtLeverancierID": "00000099000000001000",
    } | info
    kop = "".join(f"<r:{naam}>{escape(waarde)}</r:{naam}>" for naam, waarde in alles.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<r:Berichten xmlns:r="{R}" xmlns:b="{B}">'
        f"<r:BatchInformatie>{kop}</r:BatchInformatie>{''.join(berichten)}</r:Berichten>"
    ).encode()


def bericht_json(**velden: Any) -> dict[str, Any]:
    alles = {
        "BerichtID": guid(),
        "BerichtType": "ALGEMEEN",
        "Onderwerp": "Aanslag",
        "GebruikerID": "999990019",
    } | velden
    return {naam: waarde for naam, waarde in alles.items() if waarde is not ...}


def aanlevering_json(*berichten: Mapping[str, Any], leverancier: str = "00000099000000001000") -> dict[str, Any]:
    return {"BerichtLeverancierID": leverancier, "Berichten": list(berichten or (bericht_json(),))}


def bijlage_json(**velden: Any) -> dict[str, Any]:
    return {"Inhoud": base64.b64encode(PDF).decode(), "Omschrijving": "Beschikking"} | velden

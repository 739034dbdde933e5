"""Zaken as they travel: JSON in the vocabulary of the Zaken API."""

from typing import Any

ANNA = "999990019"


def zaak_json(bsn: str = ANNA, **given: Any) -> dict[str, Any]:
    """A zaak with exactly one person as initiator."""
    return {
        "zaaktype": "B0366",
        "omschrijving": "Aanvraag parkeervergunning",
        "startdatum": "2026-11-02",
        "rollen": [
            {
                "betrokkeneType": "natuurlijk_persoon",
                "omschrijvingGeneriek": "initiator",
                "betrokkeneIdentificatie": {"inpBsn": bsn},
            }
        ],
        **given,
    }


def status_json(
    statustype: str = "Ontvangen", moment: str = "2026-11-02T10:00:00+01:00", **given: Any
) -> dict[str, Any]:
    return {"statustype": statustype, "datumStatusGezet": moment, **given}


def zaak_xml(**given: str) -> bytes:
    """A zakLk01 as a municipality sends it; ``given`` replaces parts of it by name."""
    return ZAKLK01.format(**(VELDEN | given)).encode()


def initiator_xml(bsn: str = ANNA) -> str:
    return INITIATOR.format(bsn=bsn)


INITIATOR = """<heeftAlsInitiator StUF:entiteittype="ZAKBTRINI" StUF:verwerkingssoort="T">
      <gerelateerde>
        <natuurlijkPersoon StUF:entiteittype="NPS" StUF:verwerkingssoort="I">
          <BG:inp.bsn>{bsn}</BG:inp.bsn>
          <BG:authentiek StUF:metagegeven="true">J</BG:authentiek>
          <BG:geslachtsnaam>Actief</BG:geslachtsnaam>
          <BG:voorvoegselGeslachtsnaam xsi:nil="true" StUF:noValue="geenWaarde"/>
          <BG:voorletters>J.M.</BG:voorletters>
          <BG:voornamen>Johanna Maria</BG:voornamen>
          <BG:geslachtsaanduiding>V</BG:geslachtsaanduiding>
          <BG:geboortedatum>19800412</BG:geboortedatum>
        </natuurlijkPersoon>
      </gerelateerde>
      <code xsi:nil="true" StUF:noValue="geenWaarde"/>
      <omschrijving>Initiator</omschrijving>
      <toelichting xsi:nil="true" StUF:noValue="geenWaarde"/>
      <heeftAlsAanspreekpunt StUF:entiteittype="ZAKBTRINICTP" StUF:verwerkingssoort="T">
        <gerelateerde StUF:entiteittype="CTP" StUF:verwerkingssoort="T"/>
      </heeftAlsAanspreekpunt>
    </heeftAlsInitiator>"""
OPEN = '<einddatum xsi:nil="true" StUF:noValue="geenWaarde"/>'
VELDEN = {
    "zender": "00000099000000001000",
    "ontvanger": "00000004003214345001",
    "referentienummer": "0b3f2f0e-7a5c-4c1e-9d3c-3f6f0a1d0001",
    "tijdstip": "20261102101500000",
    "mutatiesoort": "T",
    "sleutel": "Z-2026-0001",
    "identificatie": "Z-2026-0001",
    "startdatum": "20261102",
    "einddatum": OPEN,
    "extra": "",
    "initiator": initiator_xml(),
    "zaaktype": "B0366",
    "status": "Ontvangen",
    "gezet": "20261102101500000",
}
ZAKLK01 = """<?xml version="1.0" encoding="UTF-8"?>
<zakLk01 xmlns="http://www.egem.nl/StUF/sector/zkn/0310" xmlns:StUF="http://www.egem.nl/StUF/StUF0301"
         xmlns:BG="http://www.egem.nl/StUF/sector/bg/0310" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <stuurgegevens>
    <StUF:berichtcode>Lk01</StUF:berichtcode>
    <StUF:zender>
      <StUF:organisatie>{zender}</StUF:organisatie>
      <StUF:applicatie>Zaaksysteem</StUF:applicatie>
      <StUF:administratie>Gemeente Voorbeeldstad</StUF:administratie>
    </StUF:zender>
    <StUF:ontvanger>
      <StUF:organisatie>{ontvanger}</StUF:organisatie>
      <StUF:applicatie>MijnOverheid</StUF:applicatie>
      <StUF:administratie>Lopende zaken</StUF:administratie>
    </StUF:ontvanger>
    <StUF:referentienummer>{referentienummer}</StUF:referentienummer>
    <StUF:tijdstipBericht>{tijdstip}</StUF:tijdstipBericht>
    <StUF:entiteittype>ZAK</StUF:entiteittype>
  </stuurgegevens>
  <parameters>
    <StUF:mutatiesoort>{mutatiesoort}</StUF:mutatiesoort>
    <StUF:indicatorOvername>V</StUF:indicatorOvername>
  </parameters>
  <object StUF:sleutelVerzendend="{sleutel}" StUF:entiteittype="ZAK" StUF:verwerkingssoort="T">
    <identificatie>{identificatie}</identificatie>
    <omschrijving>Aanvraag parkeervergunning</omschrijving>
    <toelichting>Voor kenteken XX-999-X</toelichting>
    <resultaat>
      <omschrijving>Verleend</omschrijving>
    </resultaat>
    <startdatum>{startdatum}</startdatum>
    {einddatum}
    {extra}
    <isVan xsi:nil="true" StUF:noValue="waardeOnbekend" StUF:entiteittype="ZAKZKT" StUF:verwerkingssoort="T"/>
    {initiator}
    <heeft StUF:entiteittype="ZAKSTT" StUF:verwerkingssoort="T">
      <gerelateerde StUF:entiteittype="STT" StUF:verwerkingssoort="T">
        <zkt.code>{zaaktype}</zkt.code>
        <zkt.omschrijving>Parkeervergunning</zkt.omschrijving>
        <volgnummer xsi:nil="true" StUF:noValue="waardeOnbekend"/>
        <code xsi:nil="true" StUF:noValue="waardeOnbekend"/>
        <omschrijving>{status}</omschrijving>
        <ingangsdatumObject xsi:nil="true" StUF:noValue="waardeOnbekend"/>
      </gerelateerde>
      <datumStatusGezet>{gezet}</datumStatusGezet>
    </heeft>
  </object>
</zakLk01>
"""

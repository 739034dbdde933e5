"""The JSON koppelvlak: 1 to 1000 berichten in one request, into the same ``Aanbod`` as the XML gives."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from simulator.berichtenbox.errors.aanlevering import BesturingstekenGeweigerd
from simulator.berichtenbox.values import (
    GUID_PATROON,
    MAX_BERICHTEN,
    MAX_BERICHTTYPE,
    MAX_BIJLAGEN,
    MAX_LEVERANCIER,
    MAX_OMSCHRIJVING,
    MAX_ONDERWERP,
    MAX_REFERENTIE,
    MAX_TEKST,
    Aanbod,
    AangebodenBericht,
    AangebodenBijlage,
    Soort,
)
from simulator.infra.bodies import LARGE
from simulator.infra.decoding import json_decoder
from simulator.infra.errors import FieldError
from simulator.infra.patterns import whole

Guid = Annotated[str, Meta(pattern=GUID_PATROON)]
Tijdstip = Annotated[datetime, Meta(tz=True)]
_BESTURINGSTEKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class BijlageIn(
    msgspec.Struct,
    rename={"inhoud": "Inhoud", "omschrijving": "Omschrijving", "bijlage_type": "BijlageType", "volgorde": "Volgorde"},
    forbid_unknown_fields=True,
    frozen=True,
    gc=False,
):
    """A PDF with a bericht; without ``Volgorde`` the order in the list counts."""

    inhoud: Annotated[bytes, Meta(min_length=1, description="Het PDF-bestand, in base64.")]
    omschrijving: Annotated[str, Meta(min_length=1, max_length=MAX_OMSCHRIJVING)]
    volgorde: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | None = None
    bijlage_type: Literal["Pdf"] = "Pdf"


class BerichtIn(
    msgspec.Struct,
    rename={
        "bericht_id": "BerichtID",
        "berichttype": "BerichtType",
        "gebruiker": "GebruikerID",
        "onderwerp": "Onderwerp",
        "tekst": "Berichttekst",
        "referentie": "Referentie",
        "publicatiedatum": "PublicatieDatum",
        "einddatum": "EindDatumHandelingsTermijn",
        "soort_gebruiker": "SoortGebruiker",
        "bijlagen": "Bijlagen",
    },
    forbid_unknown_fields=True,
    frozen=True,
    gc=False,
):
    """One bericht. Mind the spelling ``Berichttekst``: in the XML it is ``BerichtTekst``."""

    bericht_id: Guid
    berichttype: Annotated[str, Meta(min_length=1, max_length=MAX_BERICHTTYPE)]
    gebruiker: Annotated[str, Meta(pattern=whole("[0-9]{9}"), description="Het BSN van de geadresseerde.")]
    onderwerp: Annotated[str, Meta(min_length=1, max_length=MAX_ONDERWERP)]
    tekst: Annotated[str, Meta(max_length=MAX_TEKST)] | None = None
    referentie: Annotated[str, Meta(max_length=MAX_REFERENTIE)] | None = None
    publicatiedatum: Tijdstip | None = None
    einddatum: Tijdstip | None = None
    bijlagen: Annotated[list[BijlageIn], Meta(max_length=MAX_BIJLAGEN)] = []
    soort_gebruiker: Literal["Burger"] = "Burger"


_MOST_COMMAS = 1_000_000
_ESCAPES = (b"\\u000", b"\\u001", b"\\b", b"\\f")


_Leverancier = Annotated[str, Meta(min_length=1, max_length=MAX_LEVERANCIER, description="OIN van de verzender.")]
_VELDEN = {"leverancier": "BerichtLeverancierID", "berichten": "Berichten"}


class BerichtenIn(msgspec.Struct, rename=_VELDEN, forbid_unknown_fields=True, frozen=True):
    """A delivery in JSON."""

    leverancier: _Leverancier
    berichten: Annotated[list[BerichtIn], Meta(min_length=1, max_length=MAX_BERICHTEN)]


class _Ongelezen(msgspec.Struct, rename=_VELDEN, forbid_unknown_fields=True, frozen=True):
    """The same, of which no bericht has been read yet."""

    leverancier: _Leverancier
    berichten: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=MAX_BERICHTEN)]


def read_in_pieces(body: bytes | bytearray) -> BerichtenIn | None:
    """A large document, a bericht at a time, as others wait for each; ``None`` when anything is wrong with it.

    A list is counted when it has been gone through, so one of many millions is not begun with.
    """
    if body.count(b",") > _MOST_COMMAS:
        return None
    try:
        ongelezen = json_decoder(_Ongelezen).decode(body)
        read = json_decoder(BerichtIn).decode
        return BerichtenIn(ongelezen.leverancier, [read(each) for each in ongelezen.berichten])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def to_aanbod(verzoek: BerichtenIn, message_id: bytes, body: bytes | bytearray) -> Aanbod:
    """The delivery as offered; raises ``BesturingstekenGeweigerd`` for what XML could not carry."""
    # JSON can hold a control character only as an escape, so a look at the bytes tells that there is none; the longer
    # the body, the longer four looks take in which nobody else can go on, so of a large one what was read is looked at.
    if b"\\" in body and (len(body) > LARGE or any(escape in body for escape in _ESCAPES)):
        _check_tekens(verzoek)
    return Aanbod(
        soort=Soort.JSON,
        extern_id=message_id,
        leverancier=verzoek.leverancier,
        inhoud_hash=sha256(body).digest(),
        berichten=[_to_bericht(bericht) for bericht in verzoek.berichten],
        aantal=len(verzoek.berichten),
    )


def _to_bericht(bericht: BerichtIn) -> AangebodenBericht:
    return AangebodenBericht(
        bytes.fromhex(bericht.bericht_id.replace("-", "")),
        bericht.berichttype,
        bericht.gebruiker,
        bericht.onderwerp,
        bericht.tekst,
        bericht.referentie,
        bericht.publicatiedatum,
        bericht.einddatum,
        tuple(map(_to_bijlage, bericht.bijlagen, range(1, MAX_BIJLAGEN + 1))) if bericht.bijlagen else (),
    )


def _to_bijlage(bijlage: BijlageIn, plaats: int) -> AangebodenBijlage:
    return AangebodenBijlage(
        bijlage.inhoud, bijlage.omschrijving, plaats if bijlage.volgorde is None else bijlage.volgorde
    )


def _check_tekens(verzoek: BerichtenIn) -> None:
    errors = _find_tekens("", msgspec.to_builtins(verzoek, builtin_types=(bytes, datetime)))
    if errors:
        raise BesturingstekenGeweigerd(errors=errors)


def _find_tekens(pointer: str, value: object) -> list[FieldError]:
    if isinstance(value, dict):
        return [error for naam, each in value.items() for error in _find_tekens(f"{pointer}/{naam}", each)]
    if isinstance(value, list):
        return [error for plaats, each in enumerate(value) for error in _find_tekens(f"{pointer}/{plaats}", each)]
    if not isinstance(value, str):
        return []
    gevonden = _BESTURINGSTEKEN.search(value)
    return [FieldError(pointer, f"teken U+{ord(gevonden[0]):04X} is niet toegestaan")] if gevonden else []

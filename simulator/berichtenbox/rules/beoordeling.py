"""The judgement of one bericht: pure, in the order of section 1.4, and cheap enough for a thousand at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from simulator.berichtenbox.errors import catalogus
from simulator.berichtenbox.values import (
    DATUMVENSTER,
    MAX_BIJLAGEN_BYTES,
    Aanbod,
    AangebodenBericht,
    AangebodenBijlage,
    Stadium,
    Verwerkingscode,
)
from simulator.infra.regels import Regel

_PDF = b"%PDF-"
_LAATSTE_BEGIN = datetime.max.replace(tzinfo=UTC) - DATUMVENSTER
"""The last moment that has room for the window after it; an AanmaakDatum may lie anywhere in the calendar."""
_PDFA_CLAIM = b"pdfaid:part"


class Beoordeling(NamedTuple):
    """What is decided about one bericht; a refusal names its rule and says in Dutch what was wrong."""

    code: Verwerkingscode
    stadium: Stadium = Stadium.NA
    regel: Regel | None = None
    toelichting: str = ""


VERWERKT = Beoordeling(Verwerkingscode.VERWERKT)
BESTAAT_AL = Beoordeling(
    Verwerkingscode.BERICHT_BESTAAT_AL,
    regel=catalogus.BERICHT_BESTAAT_AL,
    toelichting="Een bericht van deze Afnemer met deze BerichtID is al verwerkt.",
)
OPSLAG_FAALT = Beoordeling(
    Verwerkingscode.TECHNISCH_PROBLEEM,
    Stadium.STORE_MESSAGE,
    catalogus.OPSLAG,
    "Het bericht kon niet worden opgeslagen; bied het later opnieuw aan.",
)
VALIDATIE_FAALT = Beoordeling(
    Verwerkingscode.TECHNISCH_PROBLEEM,
    Stadium.VALIDATIE_GEBRUIKER,
    catalogus.VALIDATIE_GEBRUIKER,
    "De Gebruiker kon niet worden gevalideerd; bied het bericht later opnieuw aan.",
)


def _niet_geabonneerd(regel: Regel, toelichting: str) -> Beoordeling:
    return Beoordeling(Verwerkingscode.NIET_ACTIEF_OF_GEABONNEERD, regel=regel, toelichting=toelichting)


GEEN_BSN = _niet_geabonneerd(
    catalogus.GEBRUIKER_ELFPROEF, "GebruikerID is geen BSN: geen negen cijfers, of de elfproef klopt niet."
)
ONBEKENDE_GEBRUIKER = _niet_geabonneerd(
    catalogus.GEBRUIKER_BEKEND, "Er is geen Gebruiker met dit BSN in deze omgeving."
)
BOX_NIET_ACTIEF = _niet_geabonneerd(
    catalogus.BOX_ACTIEF, "De Gebruiker heeft geen actieve Berichtenbox; gebruik een ander kanaal."
)
NIET_GEABONNEERD = _niet_geabonneerd(
    catalogus.GEABONNEERD, "De Gebruiker wil geen digitale post van deze Afnemer; gebruik een ander kanaal."
)


class Kader(NamedTuple):
    """Everything besides the bericht itself that its judgement depends on."""

    begin: datetime
    """From when PublicatieDatum may lie ``DATUMVENSTER`` ahead."""
    berichttypes: Mapping[str, bool]
    """The codes of the Afnemer in whose name is delivered, and whether each is active."""
    ontvangst: Callable[[str], Beoordeling | None]
    """Per GebruikerID why this person may not have post from the Afnemer; ``None`` when it may be delivered."""
    batch_id: bytes | None = None
    """The BatchID that each bericht has to repeat (XML only)."""

    @property
    def publicatie_grens(self) -> datetime:
        """The last moment that PublicatieDatum may have."""
        return min(self.begin, _LAATSTE_BEGIN) + DATUMVENSTER


def judge_aanbod(aanbod: Aanbod, moment: datetime, machtiging: Beoordeling | None) -> Beoordeling | None:
    """What holds for all berichten of a delivery: the schema, the OIN, the AanmaakDatum; ``None`` if all is well."""
    if aanbod.vormfouten:
        toelichting = "; ".join(
            f"regel {fout.regelnummer}: {fout.regel.id}: {fout.toelichting}" for fout in aanbod.vormfouten
        )
        return Beoordeling(Verwerkingscode.XML_VALIDEERT_NIET, regel=catalogus.XSD, toelichting=toelichting)
    if machtiging is not None:
        return machtiging
    if aanbod.aanmaakdatum is not None and aanbod.aanmaakdatum < moment - DATUMVENSTER:
        return Beoordeling(
            Verwerkingscode.AANMAAK_DATUM_TE_VER_IN_HET_VERLEDEN,
            regel=catalogus.AANMAAKDATUM,
            toelichting=f"AanmaakDatum {aanbod.aanmaakdatum:%Y-%m-%dT%H:%M:%SZ} ligt meer dan 13 dagen terug.",
        )
    return None


def judge_bericht(bericht: AangebodenBericht, kader: Kader) -> Beoordeling:
    """What becomes of a bericht, apart from its BerichtID being new, which only the database can tell.

    A technical problem at the storing (Stadium StoreMessage) comes last: everything else is judged first.
    """
    vorm = _judge_kop(bericht, kader)
    if vorm is not None:
        return vorm
    gebruiker = kader.ontvangst(bericht.gebruiker)
    if gebruiker is not None and gebruiker.stadium is not Stadium.STORE_MESSAGE:
        return gebruiker
    if bericht.bijlagen:
        bijlagen = _judge_bijlagen(bericht.bijlagen)
        if bijlagen is not None:
            return bijlagen
    return gebruiker or VERWERKT


def _judge_kop(bericht: AangebodenBericht, kader: Kader) -> Beoordeling | None:
    if bericht.batch_id != kader.batch_id:
        return _technisch(catalogus.BATCHID_GELIJK, "De BatchID van het bericht is niet die van de batch.")
    if bericht.publicatiedatum is not None and bericht.publicatiedatum > kader.publicatie_grens:
        return Beoordeling(
            Verwerkingscode.PUBLICATIE_DATUM_TE_VER_IN_DE_TOEKOMST,
            regel=catalogus.PUBLICATIEDATUM,
            toelichting=f"PublicatieDatum mag hooguit {kader.publicatie_grens:%Y-%m-%dT%H:%M:%SZ} zijn.",
        )
    actief = kader.berichttypes.get(bericht.berichttype)
    if actief:
        return None
    regel = catalogus.BERICHTTYPE_BEKEND if actief is None else catalogus.BERICHTTYPE_ACTIEF
    waarom = "bestaat niet bij deze Afnemer" if actief is None else "is niet actief"
    return Beoordeling(
        Verwerkingscode.BERICHT_TYPE_NIET_ONDERSTEUND,
        regel=regel,
        toelichting=f"Het berichttype {bericht.berichttype} {waarom}.",
    )


def _technisch(regel: Regel, toelichting: str) -> Beoordeling:
    """ASSUMPTION: what the ten codes have no word for is a technical problem at the storing of the bericht."""
    return Beoordeling(Verwerkingscode.TECHNISCH_PROBLEEM, Stadium.STORE_MESSAGE, regel, toelichting)


def _judge_bijlagen(bijlagen: Sequence[AangebodenBijlage]) -> Beoordeling | None:
    """Size first, because it has a code of its own; never more than a look at the first bytes."""
    omvang = sum(len(bijlage.inhoud) for bijlage in bijlagen)
    if omvang > MAX_BIJLAGEN_BYTES:
        return Beoordeling(
            Verwerkingscode.BIJLAGE_TE_GROOT,
            regel=catalogus.BIJLAGE_OMVANG,
            toelichting=f"De bijlagen zijn samen {omvang} bytes; hooguit {MAX_BIJLAGEN_BYTES} is toegestaan.",
        )
    if sorted(bijlage.volgorde for bijlage in bijlagen) != list(range(1, len(bijlagen) + 1)):
        return _technisch(catalogus.BIJLAGE_VOLGORDE, "Volgorde moet 1 zijn bij één bijlage, 1 en 2 bij twee.")
    if not all(bijlage.inhoud.startswith(_PDF) for bijlage in bijlagen):
        return _technisch(catalogus.BIJLAGE_PDF, "Een bijlage begint niet met %PDF- en is dus geen PDF.")
    return None


def list_waarschuwingen(bericht: AangebodenBericht) -> tuple[str, ...]:
    """What is not refused but would be wise to mend: a bijlage that does not claim to be PDF/A in its XMP metadata."""
    return tuple(
        f"{catalogus.BIJLAGE_PDFA.id}: bijlage {bijlage.volgorde} noemt zich geen PDF/A (geen pdfaid:part gevonden)."
        for bijlage in bericht.bijlagen
        if _PDFA_CLAIM not in bijlage.inhoud
    )

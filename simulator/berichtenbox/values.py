"""The nouns of a delivery as pure values: codes, limits, and what an Afnemer offers before it is judged."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from simulator.infra.patterns import whole
from simulator.infra.regels import Regel

MAX_BERICHTEN = 1000
MAX_AANLEVERING_BYTES = 100_000_000
"""100 MB, base64 included (TA 5.2). ASSUMPTION: 1 MB = 1,000,000 bytes, as with the kB of the bijlagen."""
MAX_BIJLAGEN_BYTES = 500_000
"""500 kB for all bijlagen of one bericht, before base64. ASSUMPTION: 1 kB = 1000 bytes, the strictest reading."""
MAX_BIJLAGEN = 2
MAX_ONDERWERP = 50
MAX_TEKST = 4000
MAX_REFERENTIE = 25
MAX_BERICHTTYPE = 8
MAX_LEVERANCIER = 25
MAX_OMSCHRIJVING = 128
MAX_ABONNEMENTEN = 250
DATUMVENSTER = timedelta(days=13)
"""How far AanmaakDatum may lie back, and PublicatieDatum after AanmaakDatum. ASSUMPTION: the 13th day is included."""

GUID_PATROON = whole("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
"""As JSON Schema and Python both read it; without the look-ahead Python would let a line end through."""
CODE_PATROON = whole("[A-Za-z0-9_.-]+")
"""Of a berichttype: it ends up in a path, so no slash, no space and nothing that needs escaping."""
MAX_TYPE_OMSCHRIJVING = 100
NUL_GUID = bytes(16)
"""BerichtID 00000000-…: the answer about a bericht whose own id could not be read or is not to be trusted."""


class Verwerkingscode(StrEnum):
    """What became of one bericht; the ten values of the koppelvlak, verbatim."""

    VERWERKT = "Verwerkt"
    TECHNISCH_PROBLEEM = "TechnischProbleem"
    NIET_ACTIEF_OF_GEABONNEERD = "NietActiefOfGeabonneerd"
    BERICHT_TYPE_NIET_ONDERSTEUND = "BerichtTypeNietOndersteund"
    AANMAAK_DATUM_TE_VER_IN_HET_VERLEDEN = "AanmaakDatumLigtTeVerInHetVerleden"
    PUBLICATIE_DATUM_TE_VER_IN_DE_TOEKOMST = "PublicatieDatumLigtTeVerInDeToekomst"
    BERICHT_BESTAAT_AL = "BerichtBestaatAl"
    BIJLAGE_TE_GROOT = "BijlageTeGroot"
    OIN_KOMT_NIET_OVEREEN = "OinInCPAKomtNietOvereenMetOinInBericht"
    XML_VALIDEERT_NIET = "XmlValidatieTegenXsdValtNegatiefUit"


class Stadium(StrEnum):
    """Where a technical problem arose; ``NA`` when there was none."""

    NA = "NA"
    VALIDATIE_BERICHT_TYPE = "ValidatieBerichtType"
    VALIDATIE_GEBRUIKER = "ValidatieGebruiker"
    STORE_MESSAGE = "StoreMessage"


class Teller(StrEnum):
    """The counters of BatchInformatie in the order of the koppelvlak, the total left out."""

    SUCCESVOL_VERWERKT = "AantalBerichtenSuccesvolVerwerkt"
    GEEN_ACTIEVE_BOX_OF_GEABONNEERD = "AantalBerichtenGeenActieveBoxOfGeabonneertOpLeverancier"
    MET_TECHNISCH_PROBLEEM = "AantalBerichtenMetTechnischProbleem"
    BERICHT_TYPE_NIET_CORRECT = "AantalBerichtenBerichtTypeNietCorrect"
    PUBLICATIE_DATUM_NIET_CORRECT = "AantalBerichtenPublicatieDatumNietCorrect"
    AANMAAK_DATUM_NIET_CORRECT = "AantalBerichtenAanmaakDatumNietCorrect"


TELLER_VAN_CODE = {
    Verwerkingscode.VERWERKT: Teller.SUCCESVOL_VERWERKT,
    Verwerkingscode.NIET_ACTIEF_OF_GEABONNEERD: Teller.GEEN_ACTIEVE_BOX_OF_GEABONNEERD,
    Verwerkingscode.BERICHT_TYPE_NIET_ONDERSTEUND: Teller.BERICHT_TYPE_NIET_CORRECT,
    Verwerkingscode.PUBLICATIE_DATUM_TE_VER_IN_DE_TOEKOMST: Teller.PUBLICATIE_DATUM_NIET_CORRECT,
    Verwerkingscode.AANMAAK_DATUM_TE_VER_IN_HET_VERLEDEN: Teller.AANMAAK_DATUM_NIET_CORRECT,
    Verwerkingscode.TECHNISCH_PROBLEEM: Teller.MET_TECHNISCH_PROBLEEM,
    # ASSUMPTION: codes without a counter of their own count as technical, so that the counters add up to the total.
    Verwerkingscode.BERICHT_BESTAAT_AL: Teller.MET_TECHNISCH_PROBLEEM,
    Verwerkingscode.BIJLAGE_TE_GROOT: Teller.MET_TECHNISCH_PROBLEEM,
    Verwerkingscode.OIN_KOMT_NIET_OVEREEN: Teller.MET_TECHNISCH_PROBLEEM,
    Verwerkingscode.XML_VALIDEERT_NIET: Teller.MET_TECHNISCH_PROBLEEM,
}


class Soort(StrEnum):
    """By which koppelvlak an aanlevering came in."""

    JSON = "json"
    XML = "xml"


class AangebodenBijlage(NamedTuple):
    """A bijlage as offered, base64 already undone."""

    inhoud: bytes
    omschrijving: str
    volgorde: int


class AangebodenBericht(NamedTuple):
    """A bericht as offered: its form is right, whether it may be delivered is still to be judged.

    A named tuple and no dataclass: a thousand of them per request are made at a third of the cost, frozen all the same.
    """

    bericht_id: bytes
    berichttype: str
    gebruiker: str
    onderwerp: str
    tekst: str | None = None
    referentie: str | None = None
    publicatiedatum: datetime | None = None
    einddatum_handelingstermijn: datetime | None = None
    bijlagen: tuple[AangebodenBijlage, ...] = ()
    batch_id: bytes | None = None
    """The BatchID that the bericht repeats (XML only)."""


class Vormfout(NamedTuple):
    """One thing in an XML document that the schema does not allow, and the line on which it stands."""

    regelnummer: int
    regel: Regel
    toelichting: str


class Aanbod(NamedTuple):
    """One delivery as offered, whatever koppelvlak it came by."""

    soort: Soort
    extern_id: bytes
    """X-Message-ID (JSON) or BatchID (XML)."""
    leverancier: str
    """BerichtLeverancierID: the OIN in whose name is delivered, as written by the sender."""
    inhoud_hash: bytes
    berichten: Sequence[AangebodenBericht] = ()
    aanmaakdatum: datetime | None = None
    """AanmaakDatum of the batch; absent in JSON, where the moment of receipt counts."""
    vormfouten: Sequence[Vormfout] = ()
    """Why an XML document failed the schema; then ``berichten`` is empty and the delivery fails as a whole."""
    aantal: int = 0
    """How many berichten the document holds, also when none of them could be read."""


class Map(StrEnum):
    """Where a bericht lies in the Berichtenbox of the citizen; ``gewist`` is nowhere: gone for good."""

    INBOX = "inbox"
    ARCHIEF = "archief"
    PRULLENBAK = "prullenbak"
    GEWIST = "gewist"


class Fase(StrEnum):
    """How far the processing of a delivery is."""

    ONTVANGEN = "ontvangen"
    IN_BEHANDELING = "in behandeling"
    VERWERKT = "verwerkt"


def fase_at(moment: datetime, ontvangen_op: datetime, verwerkt_op: datetime) -> Fase:
    """ASSUMPTION: a delivery waits for the first half of its processing time and is worked on in the second."""
    if moment >= verwerkt_op:
        return Fase.VERWERKT
    return Fase.ONTVANGEN if moment - ontvangen_op < verwerkt_op - moment else Fase.IN_BEHANDELING

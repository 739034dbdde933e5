"""What a zaak is made of as it comes in: the same for the three ways in, before anything is judged or stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from simulator.afnemers import AfnemerRecord
from simulator.infra.patterns import whole
from simulator.infra.tracing import Trace

MAX_IDENTIFICATIE = 40
MAX_OMSCHRIJVING = 80
MAX_TEKST = 1000
MAX_WEBLINK = 2000
MAX_ZAAKTYPE = 50
MAX_POSTBUSSEN = 250
MAX_ZAAKBERICHT_BYTES = 1_000_000
# An identificatie ends up in a path, so no slash, no space and nothing that needs escaping.
SLEUTEL_PATROON = whole("[A-Za-z0-9._~-]+")


class Kanaal(StrEnum):
    """By which way a change came in."""

    REST = "rest"
    STUF = "stuf"
    ZGW = "zgw"


class Fase(StrEnum):
    """Whether a zaak has ended."""

    LOPEND = "lopend"
    AFGEHANDELD = "afgehandeld"


@dataclass(frozen=True, slots=True)
class Statustype:
    """A status that a zaaktype knows; ``informeren``: the citizen is told about it."""

    volgnummer: int
    omschrijving: str
    statustekst: str = ""
    """What the citizen reads instead of ``omschrijving``."""
    informeren: bool = True
    is_eindstatus: bool = False
    actie_vereist: bool = False
    """The citizen has to do something before the zaak goes on. ASSUMPTION: the ZGW APIs have no such property."""

    @property
    def tekst(self) -> str:
        """What the citizen reads."""
        return self.statustekst or self.omschrijving


@dataclass(frozen=True, slots=True)
class Zaaktype:
    """A kind of zaak of an Afnemer, with its statuses by volgnummer."""

    identificatie: str
    omschrijving: str
    actief: bool = True
    statustypen: tuple[Statustype, ...] = ()

    def find_statustype(self, tekst: str) -> Statustype | None:
        """The statustype that is called this, or whose text for the citizen this is."""
        return next((each for each in self.statustypen if tekst in {each.omschrijving, each.tekst}), None)


ZaaktypeIndex = Mapping[int, Mapping[str, Zaaktype]]
"""Per Afnemer its zaaktypen, by identificatie."""


@dataclass(frozen=True, slots=True)
class Rol:
    """Who has to do with a zaak, as the sender says."""

    betrokkene_type: str
    omschrijving_generiek: str
    bsn: str | None = None


@dataclass(frozen=True, slots=True)
class ZaakInvoer:
    """All that a sender says about a zaak; what it does not say is empty."""

    zaaktype: str
    omschrijving: str
    startdatum: date
    rollen: tuple[Rol, ...]
    toelichting: str = ""
    resultaat: str = ""
    einddatum: date | None = None
    volgt_status: bool = False
    """The sender leaves ``einddatum`` to the statuses, as in the Zaken API where it can only be read."""
    einddatum_gepland: date | None = None
    uiterlijke_einddatum: date | None = None
    weblink: str | None = None


@dataclass(frozen=True, slots=True)
class StatusInvoer:
    """A status that a sender gives to a zaak."""

    omschrijving: str
    datum_status_gezet: datetime
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Levering:
    """One change of a zaak as an Afnemer delivers it, whichever way it came in.

    ``referentie`` is the sender's own name for the delivery: the same with the same content is the same delivery.
    """

    afnemer: AfnemerRecord
    kanaal: Kanaal
    referentie: str
    inhoud_hash: bytes
    identificatie: str
    trace: Trace
    """Which operation the processing log names for it."""
    zaak: ZaakInvoer | None = None
    status: StatusInvoer | None = None
    tijdstip: datetime | None = None
    """From when the sender's word dates (StUF ``tijdstipBericht``); else it is of this moment."""


@dataclass(frozen=True, slots=True)
class Stuurgegevens:
    """What a StUF message says about itself."""

    berichtcode: str
    entiteittype: str
    mutatiesoort: str
    indicator_overname: str
    zender: str
    ontvanger: tuple[str, str, str]
    """Organisatie, applicatie and administratie."""
    referentienummer: str
    tijdstip: datetime
    sleutel_verzendend: str


@dataclass(frozen=True, slots=True)
class StufZaakbericht:
    """A zakLk01 that the schema approved."""

    stuurgegevens: Stuurgegevens
    identificatie: str
    zaak: ZaakInvoer
    status: StatusInvoer

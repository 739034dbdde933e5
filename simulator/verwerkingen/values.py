"""The register of verwerkingsactiviteiten, and one verwerking of the data of one person."""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from simulator.infra.tracing import Trace

LOGIUS = "00000099000000000001"
"""Logius as it is in this simulation: the free test prefix, as all OINs here."""
_PUBLIEKE_TAAK = "AVG, artikel 6, lid 1, onder e (publieke taak)"
_BDO = f"Besluit digitale overheid; {_PUBLIEKE_TAAK}"


class Status(IntEnum):
    """How a verwerking ended, by the numbers of Logboek Dataverwerkingen."""

    ONBEKEND = 0
    GELUKT = 1
    MISLUKT = 2


class Rol(StrEnum):
    """Who is responsible for an activity in the sense of the AVG."""

    AFNEMER = "afnemer"
    """The Afnemer, for the data that it delivers and asks for (Voorwaarden, article 4.2)."""
    LOGIUS = "logius"
    """Logius, for the functions of MijnOverheid (Voorwaarden, article 3.7)."""


@dataclass(frozen=True, slots=True)
class Beschrijving:
    """A line of the verwerkingenregister."""

    code: str
    naam: str
    doel: str
    grondslag: str
    rol: Rol


# ASSUMPTION: the register of the real MijnOverheid is not public in this form; purposes and bases are what the
# Voorwaarden, the Wet BRP and the Besluit digitale overheid say about them.
class Activiteit(Enum):
    """The verwerkingsactiviteiten of MijnOverheid."""

    BRP_BEVRAGEN = Beschrijving(
        "brp-bevragen", "Gegevens opgevraagd uit de BRP", "De publieke taak van de organisatie uitvoeren",
        f"Wet basisregistratie personen, artikel 3.2; {_PUBLIEKE_TAAK}", Rol.AFNEMER,
    )  # fmt: skip
    BRON_BEVRAGEN = Beschrijving(
        "bron-bevragen", "Gegevens bij de bron opgehaald om ze aan u te tonen",
        "U laten zien wat een organisatie over u heeft vastgelegd", _BDO, Rol.AFNEMER,
    )  # fmt: skip
    GEGEVENS_AANLEVEREN = Beschrijving(
        "gegevens-aanleveren", "Gegevens over u aangeleverd aan Persoonlijke Gegevens",
        "U laten zien wat een organisatie over u heeft vastgelegd", _BDO, Rol.AFNEMER,
    )  # fmt: skip
    GEGEVENS_TONEN = Beschrijving(
        "gegevens-tonen", "Uw gegevens getoond aan wie met uw DigiD is ingelogd", "U inzage geven in uw gegevens",
        _BDO, Rol.LOGIUS,
    )  # fmt: skip
    VERWERKINGEN_TONEN = Beschrijving(
        "verwerkingen-tonen", "De lijst getoond van wie uw gegevens zag",
        "U laten zien wie uw gegevens gebruikte", "AVG, artikel 15 (recht van inzage)", Rol.LOGIUS,
    )  # fmt: skip
    BERICHT_AANLEVEREN = Beschrijving(
        "bericht-aanleveren", "Een bericht voor u aangeleverd", "U digitale post sturen", _BDO, Rol.AFNEMER
    )
    ABONNEMENT_VALIDEREN = Beschrijving(
        "abonnement-valideren", "Nagegaan of u digitale post wilt ontvangen", "Kiezen tussen digitale post en papier",
        _BDO, Rol.AFNEMER,
    )  # fmt: skip
    BERICHT_TONEN = Beschrijving(
        "bericht-tonen", "Uw berichten getoond aan wie met uw DigiD is ingelogd", "U uw digitale post laten lezen",
        _BDO, Rol.LOGIUS,
    )  # fmt: skip
    KENNISGEVING_STUREN = Beschrijving(
        "kennisgeving-sturen", "U een e-mail gestuurd over nieuwe post", "U laten weten dat er post is", _BDO,
        Rol.LOGIUS,
    )  # fmt: skip
    ZAAK_AANLEVEREN = Beschrijving(
        "zaak-aanleveren", "De stand van een zaak van u aangeleverd", "U laten zien hoe het met uw zaak staat", _BDO,
        Rol.AFNEMER,
    )  # fmt: skip
    ZAAK_TONEN = Beschrijving(
        "zaak-tonen", "Uw zaken getoond aan wie met uw DigiD is ingelogd", "U laten zien hoe het met uw zaken staat",
        _BDO, Rol.LOGIUS,
    )  # fmt: skip
    INSTELLINGEN_TONEN = Beschrijving(
        "instellingen-tonen", "Uw instellingen getoond aan wie met uw DigiD is ingelogd",
        "U laten kiezen van wie u digitale post krijgt, en hoe u daarvan hoort", _BDO, Rol.LOGIUS,
    )  # fmt: skip
    INLOGGEN = Beschrijving("inloggen", "Ingelogd met uw DigiD", "Zeker weten dat u het bent", _BDO, Rol.LOGIUS)

    @property
    def code(self) -> str:
        """The code by which it is stored and named in addresses."""
        return self.value.code

    @property
    def uri(self) -> str:
        """Where Logboek Dataverwerkingen points to: the line of the register."""
        return f"urn:mijnoverheid-simulator:verwerkingsactiviteit:{self.code}"


PER_CODE = {each.code: each for each in Activiteit}


@dataclass(frozen=True, slots=True)
class Verwerking:
    """What somebody did with the data of one person."""

    bsn: int
    activiteit: Activiteit
    verantwoordelijke: str
    """OIN: the Afnemer that did or asked it, or ``LOGIUS``."""
    trace: Trace
    omschrijving: str = ""
    """Which data, in a few Dutch words for this person; never the data themselves."""
    gelukt: bool = True

    @property
    def status(self) -> Status:
        """How it ended, as the log says it."""
        return Status.GELUKT if self.gelukt else Status.MISLUKT

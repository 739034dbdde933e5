"""What the control API takes and gives."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from simulator.afnemers import Dienst, Sector, Sluiting
from simulator.infra.clock import Modus, check_near
from simulator.infra.patterns import whole
from simulator.weblinks import Weblinkbeleid

Naam = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Seed = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """The parent of what is sent here: an unknown member is a mistake."""


class Answer(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The parent of what is answered."""


class NieuweOmgevingBody(Body, frozen=True):
    naam: Naam
    seed: Seed | None = None
    ttl_seconden: Annotated[float, msgspec.Meta(gt=0, le=31_536_000)] | None = None
    klok: "KlokBody | None" = None


class LegenBody(Body, frozen=True):
    seed: Seed | None = None


class OmgevingAnswer(Answer, frozen=True):
    naam: str
    seed: int
    aangemaakt_op: datetime
    vervalt_op: datetime | None = None


class OmgevingenAnswer(Answer, frozen=True):
    omgevingen: list[OmgevingAnswer]


class KlokBody(Body, frozen=True):
    modus: Modus
    moment: Moment | None = None
    factor: float | None = None


class VooruitBody(Body, frozen=True):
    """One of the three: a duration, a number of seconds, or the moment to arrive at."""

    duur: str | None = None
    seconden: Annotated[float, msgspec.Meta(ge=0, le=3_153_600_000)] | None = None
    tot: Moment | None = None


class KlokAnswer(Answer, frozen=True):
    modus: Modus
    moment: datetime
    factor: float


class VooruitAnswer(KlokAnswer, frozen=True):
    uitgevoerd: int
    wachtend: int


class RegelAnswer(Answer, frozen=True):
    id: str
    titel: str
    bron: str
    herkomst: str
    verwacht: str
    geslaagd: int = 0
    geweigerd: int = 0


class RegelsAnswer(Answer, frozen=True):
    geraakt: int
    totaal: int
    regels: list[RegelAnswer]


class AgendaItemAnswer(Answer, frozen=True):
    id: str
    soort: str
    moment: datetime
    status: str
    pogingen: int
    fout: str | None = None


class AgendaAnswer(Answer, frozen=True):
    agenda: list[AgendaItemAnswer]


Hostnaam = Annotated[str, msgspec.Meta(min_length=1, max_length=253, pattern=whole("[a-z0-9._:-]+"))]
Aansluitpunt = Annotated[
    str, msgspec.Meta(max_length=60, pattern=whole(r"|[0-9.]+(:[0-9]{1,5})?|\[[0-9a-f:.]+\](:[0-9]{1,5})?"))
]
"""An address, with a port if it is another than the URL says: ``127.0.0.1:8443``, ``[::1]:8443``."""
Seconden = Annotated[float, msgspec.Meta(ge=0, le=31_536_000)]


class InstellingenBody(Body, frozen=True):
    """Settings of one omgeving, in simulated seconds; what is left out stays as it is, 0 is the default again."""

    verwerkingstijd: Seconden | None = None
    """Between receipt and result of a delivery."""
    digid_sms_geldig: Seconden | None = None
    digid_blokkade_duur: Seconden | None = None
    digid_sessie_stil: Seconden | None = None
    digid_sessie_totaal: Seconden | None = None
    weblink_beleid: Weblinkbeleid | None = None
    """Whether a delivery with a weblink that breaks a rule is refused, or accepted without that weblink."""
    weblink_lokaal: Annotated[dict[Hostnaam, Aansluitpunt], msgspec.Meta(max_length=1000)] | None = None
    """Internal names that weblinks may lead to, for tests; each with where to find it, or empty: where DNS says."""
    zgw_lokaal: Annotated[list[Hostnaam], msgspec.Meta(max_length=20)] | None = None
    """Internal names where an Afnemer's Zaken API may be, for tests; there plain http will do."""
    weblink_certificaten: Annotated[str, msgspec.Meta(max_length=100_000)] | None = None
    """Certificates (PEM) of authorities that are trusted when weblinks are checked, beside the usual ones."""
    bronnen_toegestaan: list[Annotated[str, msgspec.Meta(min_length=1, max_length=253)]] | None = None
    """Hosts of live sources that may be in this network, and spoken to without TLS."""


class InstellingenAnswer(Answer, frozen=True):
    """The same settings; what was never set is absent."""

    verwerkingstijd: float | msgspec.UnsetType = msgspec.UNSET
    digid_sms_geldig: float | msgspec.UnsetType = msgspec.UNSET
    digid_blokkade_duur: float | msgspec.UnsetType = msgspec.UNSET
    digid_sessie_stil: float | msgspec.UnsetType = msgspec.UNSET
    digid_sessie_totaal: float | msgspec.UnsetType = msgspec.UNSET
    weblink_beleid: Weblinkbeleid | msgspec.UnsetType = msgspec.UNSET
    weblink_lokaal: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    zgw_lokaal: list[str] | msgspec.UnsetType = msgspec.UNSET
    weblink_certificaten: str | msgspec.UnsetType = msgspec.UNSET
    bronnen_toegestaan: list[str] | msgspec.UnsetType = msgspec.UNSET


Bsn = Annotated[str, msgspec.Meta(pattern=whole("[0-9]{9}"))]
Oin = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Niveaunaam = Literal["basis", "midden"]


class SleutelAnswer(Answer, frozen=True):
    """A key as its owner may see it: the last four characters, never the key."""

    id: int
    hint: str
    aangemaakt_op: datetime
    ingetrokken_op: datetime | None = None


class AansluitstandAnswer(Answer, frozen=True):
    """The connection to one dienst: in production since, and why it is closed, if it is."""

    dienst: Dienst
    sinds: date | None = None
    sluiting: Sluiting | None = None


class AfnemerAnswer(Answer, frozen=True):
    oin: str
    naam: str
    diensten: list[str]
    """The diensten that it can use now."""
    aansluitingen: list[AansluitstandAnswer]
    actief: bool
    sector: Sector
    namens: list[str]
    """OINs in whose name it may deliver."""
    sleutels: list[SleutelAnswer]


class AfnemersAnswer(Answer, frozen=True):
    afnemers: list[AfnemerAnswer]


class NieuweAfnemerBody(Body, frozen=True):
    oin: Oin
    naam: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    diensten: tuple[Dienst, ...] = (Dienst.BERICHTENBOX,)
    sector: Sector = Sector.MEDEOVERHEID
    sinds: date | None = None
    """In production since this day; without it since today."""


class AfnemerBody(Body, frozen=True):
    """What is left out stays as it is."""

    naam: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    diensten: list[Dienst] | None = None
    actief: bool | None = None
    sector: Sector | None = None


class NieuweSleutelAnswer(Answer, frozen=True):
    """The only time that the key can be read."""

    id: int
    sleutel: str


class WieBody(Body, frozen=True):
    bsn: Bsn


class GebruikerBody(Body, frozen=True):
    """What is left out stays as it is; an empty ``email`` takes the address away."""

    bsn: Bsn
    box_actief: bool | None = None
    email: Annotated[str, msgspec.Meta(max_length=254)] | None = None
    kennisgeving: bool | None = None
    herhaling: bool | None = None
    voorkeuren: dict[str, bool] | None = None
    """By OIN of the Afnemer whether its post is welcome."""


class AdresAnswer(Answer, frozen=True):
    straat: str
    huisnummer: str
    postcode: str
    woonplaats: str
    gemeente: str


class GebruikerAnswer(Answer, frozen=True):
    bsn: str
    gebruikersnaam: str
    naam: str
    persona: str | None
    geslacht: str
    geboortedatum: date
    overleden_op: date | None
    adres: AdresAnswer
    geheim: bool
    telefoon: str
    digid_niveau: str
    box: str
    email: str | None
    kennisgeving: bool
    herhaling: bool
    contact_verloren: bool
    voorkeuren: dict[str, bool]


class PersonaAnswer(Answer, frozen=True):
    bsn: str
    naam: str
    omschrijving: str


class PersonasAnswer(Answer, frozen=True):
    personas: list[PersonaAnswer]


class SessieBody(Body, frozen=True):
    """Who logs in: a BSN or a persona; on Midden unless said otherwise."""

    bsn: Bsn | None = None
    persona: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    niveau: Niveaunaam = "midden"


class SessieAnswer(Answer, frozen=True):
    """Send ``token`` as ``Authorization: Bearer``, or as the cookie with this name."""

    token: str
    cookie: str
    niveau: str
    verloopt_op: datetime


class SmsAnswer(Answer, frozen=True):
    moment: datetime
    code: str
    tekst: str
    telefoon: str


class TelefoonAnswer(Answer, frozen=True):
    smsen: list[SmsAnswer]


class NiveauBody(Body, frozen=True):
    niveau: Niveaunaam
    vanaf: Moment | None = None

    def __post_init__(self) -> None:
        check_near(vanaf=self.vanaf)


class BesluitAnswer(Answer, frozen=True):
    niveau: str
    vanaf: datetime


class NiveausAnswer(Answer, frozen=True):
    """``niveau`` is what MijnOverheid asks now."""

    niveau: str
    besluiten: list[BesluitAnswer]


class KennisgevingenBody(Body, frozen=True):
    bsn: Bsn | None = None
    aantal: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 50


class KennisgevingAnswer(Answer, frozen=True):
    moment: datetime
    adres: str
    soort: str
    status: str
    onderwerp: str
    tekst: str


class KennisgevingenAnswer(Answer, frozen=True):
    kennisgevingen: list[KennisgevingAnswer]


class StapAnswer(Answer, frozen=True):
    """Een stap van een verhaal; ``kijk`` is het pad van de pagina waar hij te zien is."""

    nummer: int
    soort: str
    titel: str
    uitleg: str
    kijk: str | None
    na: str | None
    gespeeld: bool


class ScenarioAnswer(Answer, frozen=True):
    naam: str
    titel: str
    samenvatting: str
    inwoner: str
    gestart: bool
    gespeeld: int
    klaar: bool
    stappen: list[StapAnswer]


class ScenariosAnswer(Answer, frozen=True):
    scenarios: list[ScenarioAnswer]


class UitkomstAnswer(Answer, frozen=True):
    """Wat een stap deed, en hoe laat het daarna is in de omgeving."""

    nummer: int
    wat: str
    overgeslagen: bool
    moment: datetime
    scenario: ScenarioAnswer


class VerwerkingenBody(Body, frozen=True):
    """Which lines of the processing log; without members all of them."""

    bsn: Bsn | None = None
    vanaf: Moment | None = None
    tot: Moment | None = None


class ActiviteitAnswer(Answer, frozen=True):
    """A line of the register; ``verantwoordelijke`` is afnemer (article 4.2) or logius (article 3.7)."""

    id: str
    naam: str
    doel: str
    grondslag: str
    verantwoordelijke: str


class ActiviteitenAnswer(Answer, frozen=True):
    activiteiten: list[ActiviteitAnswer]

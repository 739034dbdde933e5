"""What a connection is made of: its phase, the form, contacts, documents and certificate."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from simulator.afnemers import Dienst, Sluiting
from simulator.infra.patterns import CHARACTER, LINE, TEXT, whole

_ADRESTEKEN = r"[^@\s\u0000-\u001f\u007f]"
Tekst = Annotated[str, Meta(min_length=1, max_length=100, pattern=LINE)]
Versie = Annotated[str, Meta(min_length=1, max_length=20, pattern=whole(f"{CHARACTER}*"))]
Uitleg = Annotated[str, Meta(max_length=300, pattern=TEXT)]
Adressen = Annotated[tuple[Annotated[str, Meta(max_length=45)], ...], Meta(max_length=20)]


class Fase(StrEnum):
    """Where a connection to one dienst is on its way."""

    AANVRAAG = "aanvraag"
    VOORBEREIDING = "voorbereiding"
    PREPRODUCTIE = "preproductie"
    TESTEN = "testen"
    PRODUCTIE = "productie"
    BEEINDIGD = "beeindigd"


class Partij(StrEnum):
    """Who takes a step."""

    AFNEMER = "afnemer"
    LOGIUS = "logius"

    @property
    def naam(self) -> str:
        """As people write it."""
        return self.value.title()


class Rol(StrEnum):
    """What a contact is for."""

    BESTUURLIJK = "bestuurlijk"
    FUNCTIONEEL = "functioneel"
    TECHNISCH = "technisch"
    FINANCIEEL = "financieel"
    BEVEILIGING = "beveiliging"


class Documentsoort(StrEnum):
    """A document between Logius and the Afnemer (article 3.3, and the AVG)."""

    DAP = "dap"
    SNO = "sno"
    DFA = "dfa"
    VERWERKERSOVEREENKOMST = "verwerkersovereenkomst"


class Netwerk(StrEnum):
    """Over which network the Afnemer connects."""

    INTERNET = "internet"
    DIGINETWERK = "diginetwerk"


class Omgevingsadressen(Struct, frozen=True, forbid_unknown_fields=True):
    """IP addresses of the Afnemer in one environment: from where it comes, and where it is reached."""

    uitgaand: Adressen
    inkomend: Adressen = ()


class Aanvraagformulier(Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """The Aanvraagformulier MijnOverheid for one dienst."""

    oin: str
    publieke_taak: Annotated[str, Meta(min_length=1, max_length=300)]
    """For which public task, by which law; it is also the right to use the BSN."""
    netwerk: Netwerk
    preproductie: Omgevingsadressen
    productie: Omgevingsadressen
    berichten_per_maand: Annotated[int, Meta(ge=0, le=100_000_000)]
    startdatum: date


class Contact(Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Whom Logius asks, by role."""

    rol: Rol
    naam: Tekst
    email: Annotated[str, Meta(max_length=200, pattern=whole(f"{_ADRESTEKEN}+@{_ADRESTEKEN}+"))]
    telefoon: Annotated[str, Meta(max_length=20, pattern=whole(r"[0-9+ ()-]*"))] = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was recorded; of each kind the last one counts."""

    soort: Documentsoort
    versie: str
    datum: date
    ondertekend_door: str
    vastgelegd_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Certificaat:
    """What a certificate says."""

    onderwerp: str
    oin: str
    geldig_van: datetime
    geldig_tot: datetime
    vingerafdruk: str

    def is_geldig(self, moment: datetime) -> bool:
        """Whether it may be used at this moment."""
        return self.geldig_van <= moment < self.geldig_tot


@dataclass(frozen=True, slots=True)
class Ondertekening:
    """The signature under the form; the Voorwaarden hold from this day (article 2.2)."""

    op: date
    door: str


@dataclass(frozen=True, slots=True)
class Termijn:
    """What decides whether a dienst is open on a day."""

    fase: Fase
    ondertekend_op: date | None = None
    startdatum: date | None = None
    einddatum: date | None = None
    """The first day on which it is closed."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the next step may need, as it is now."""

    vandaag: date
    formulier: Aanvraagformulier | None = None
    ondertekend_op: date | None = None
    contacten: frozenset[Rol] = frozenset()
    documenten: frozenset[Documentsoort] = frozenset()
    heeft_certificaat: bool = False
    testen_open: tuple[str, ...] = ()
    """What the checklist still misses; nothing once Logius approved the test report."""
    startdatum: date | None = None
    """The day that the step asks for, instead of the one on the form."""

    @property
    def ingang(self) -> date:
        """On which day the dienst goes into production, if the step is taken now."""
        formulier = self.vandaag if self.formulier is None else self.formulier.startdatum
        return max(self.startdatum or formulier, self.vandaag)


@dataclass(frozen=True, slots=True)
class Ontbrekend:
    """Something that a step needs and that is not there; ``eis`` is the id of its rule."""

    eis: str
    detail: str


@dataclass(frozen=True, slots=True)
class Vervolg:
    """The next step, who takes it, and what is missing for it."""

    naar: Fase
    partij: Partij
    ontbreekt: tuple[Ontbrekend, ...]


@dataclass(frozen=True, slots=True)
class Stapverslag:
    """A step as it was taken; ``ingang`` is the day on which it takes effect."""

    op: datetime
    partij: Partij
    door: str
    van: Fase | None
    naar: Fase
    ingang: date
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Aansluitoverzicht:
    """The connection to one dienst as its Afnemer and Logius see it."""

    dienst: Dienst
    fase: Fase
    termijn: Termijn
    sinds: date | None
    sluiting: Sluiting | None
    formulier: Aanvraagformulier | None = None
    ondertekening: Ondertekening | None = None
    testrapport: Ondertekening | None = None
    contacten: tuple[Contact, ...] = ()
    stappen: tuple[Stapverslag, ...] = ()
    volgende: Vervolg | None = None

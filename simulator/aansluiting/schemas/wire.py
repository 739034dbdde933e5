"""The wire form of a connection; ours, as the real one is a form and a portal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from simulator.aansluiting.errors import AansluitingNotFound
from simulator.aansluiting.usecases.mandaten import Mandaten
from simulator.aansluiting.values import (
    Aansluitoverzicht,
    Aanvraagformulier,
    Certificaat,
    Contact,
    Document,
    Documentsoort,
    Fase,
    Ondertekening,
    Ontbrekend,
    Partij,
    Stapverslag,
    Tekst,
    Uitleg,
    Versie,
    Vervolg,
)
from simulator.afnemers import AfnemerRecord, Dienst, Sector, Sluiting

MAX_PEM = 20_000


class Body(Struct, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """The parent of what is sent."""


class Answer(Struct, frozen=True, rename="camel", kw_only=True):
    """The parent of what is answered."""


class OndertekeningIn(Body, frozen=True):
    """Who signs the form, and when; without a day it is today."""

    door: Tekst
    op: date | None = None


class ContactenIn(Body, frozen=True):
    """All contacts for a dienst; they replace those that there were."""

    contacten: Annotated[list[Contact], Meta(max_length=5)]


class StapIn(Body, frozen=True):
    """The step to take."""

    naar: Fase
    door: Tekst
    toelichting: Uitleg = ""


class BeeindigingIn(Body, frozen=True):
    """The first day on which the dienst is closed; without a day it is today."""

    door: Tekst
    einddatum: date | None = None
    toelichting: Uitleg = ""


class DocumentIn(Body, frozen=True):
    """A document that was signed."""

    soort: Documentsoort
    versie: Versie
    datum: date
    ondertekend_door: Tekst


class CertificaatIn(Body, frozen=True):
    """A certificate in PEM, without its key."""

    pem: Annotated[str, Meta(min_length=1, max_length=MAX_PEM)]


class AanmeldingIn(Body, frozen=True):
    """An organisation that comes to Logius."""

    oin: Annotated[str, Meta(max_length=40)]
    naam: Annotated[str, Meta(min_length=1, max_length=200)]
    sector: Sector = Sector.MEDEOVERHEID


class LogiusStapIn(Body, frozen=True):
    """The step to take; without ``naar`` the next one. ``startdatum`` moves the one on the form."""

    naar: Fase | None = None
    door: Tekst = "Logius"
    toelichting: Uitleg = ""
    startdatum: date | None = None


class LogiusBeeindigingIn(Body, frozen=True):
    """The first day on which the dienst is closed; without a day it is today."""

    door: Tekst = "Logius"
    einddatum: date | None = None
    toelichting: Uitleg = ""


class TestrapportIn(Body, frozen=True):
    """Who approves the test report."""

    door: Tekst = "Logius"


class AanmeldingUit(Answer, frozen=True):
    """The only time that the key can be read."""

    oin: str
    naam: str
    sleutel: str


class OndertekeningUit(Answer, frozen=True):
    op: date
    door: str


class OntbrekendUit(Answer, frozen=True):
    """What is missing, and the rule that asks for it."""

    regel: str
    detail: str


class VervolgUit(Answer, frozen=True):
    """The next step, who takes it, and what is missing for it."""

    naar: Fase
    door: Partij
    ontbreekt: list[OntbrekendUit]


class StapUit(Answer, frozen=True):
    """A step as it was taken; ``ingang`` is the day on which it takes effect."""

    op: datetime
    partij: Partij
    door: str
    van: Fase | None
    naar: Fase
    ingang: date
    toelichting: str


class AansluitingUit(Answer, frozen=True):
    """The connection to one dienst; with ``sluiting`` it is closed, and that says why."""

    dienst: Dienst
    fase: Fase
    sluiting: Sluiting | None
    sinds: date | None
    startdatum: date | None
    einddatum: date | None
    formulier: Aanvraagformulier | None
    ondertekening: OndertekeningUit | None
    testrapport: OndertekeningUit | None
    contacten: list[Contact]
    stappen: list[StapUit]
    volgende: VervolgUit | None


class AanvullingUit(Answer, frozen=True):
    """What was missing and has been supplied, with invented papers."""

    aangevuld: list[OntbrekendUit]
    aansluiting: AansluitingUit


class AansluitingenUit(Answer, frozen=True):
    oin: str
    naam: str
    aansluitingen: list[AansluitingUit]


class AlleAansluitingenUit(Answer, frozen=True):
    afnemers: list[AansluitingenUit]


class DocumentUit(Answer, frozen=True):
    soort: Documentsoort
    versie: str
    datum: date
    ondertekend_door: str
    vastgelegd_op: datetime | None


class DocumentenUit(Answer, frozen=True):
    documenten: list[DocumentUit]


class CertificaatUit(Answer, frozen=True):
    """What a certificate says; ``geldig`` is on the clock of the omgeving."""

    onderwerp: str
    oin: str
    geldig_van: datetime
    geldig_tot: datetime
    vingerafdruk: str
    geldig: bool


class CertificatenUit(Answer, frozen=True):
    certificaten: list[CertificaatUit]


class GemachtigdeUit(Answer, frozen=True):
    oin: str
    naam: str


class MandatenUit(Answer, frozen=True):
    """Who may deliver in your name, and in whose name you may."""

    verleend: list[GemachtigdeUit]
    gekregen: list[GemachtigdeUit]


def read_dienst(text: str) -> Dienst:
    """The dienst that a path names; raises ``AansluitingNotFound``."""
    diensten = [each.value for each in Dienst]
    if text not in diensten:
        raise AansluitingNotFound("Deze dienst is er niet.", ontvangen=text[:40], verwacht=", ".join(diensten))
    return Dienst(text)


def as_aansluitingen(afnemer: AfnemerRecord, found: Sequence[Aansluitoverzicht]) -> AansluitingenUit:
    """All connections of an Afnemer."""
    return AansluitingenUit(
        oin=str(afnemer.oin), naam=afnemer.naam, aansluitingen=[as_aansluiting(each) for each in found]
    )


def as_aansluiting(found: Aansluitoverzicht) -> AansluitingUit:
    """One connection as it travels."""
    return AansluitingUit(
        dienst=found.dienst,
        fase=found.fase,
        sluiting=found.sluiting,
        sinds=found.sinds,
        startdatum=found.termijn.startdatum,
        einddatum=found.termijn.einddatum,
        formulier=found.formulier,
        ondertekening=_as_ondertekening(found.ondertekening),
        testrapport=_as_ondertekening(found.testrapport),
        contacten=list(found.contacten),
        stappen=[_as_stap(each) for each in found.stappen],
        volgende=_as_vervolg(found.volgende),
    )


def as_ontbrekend(found: Sequence[Ontbrekend]) -> list[OntbrekendUit]:
    """What is missing as it travels."""
    return [OntbrekendUit(regel=each.eis, detail=each.detail) for each in found]


def as_documenten(found: Sequence[Document]) -> DocumentenUit:
    """The documents as they travel."""
    return DocumentenUit(
        documenten=[
            DocumentUit(
                soort=each.soort, versie=each.versie, datum=each.datum, ondertekend_door=each.ondertekend_door,
                vastgelegd_op=each.vastgelegd_op,
            )
            for each in found
        ]
    )  # fmt: skip


def as_certificaat(found: Certificaat, moment: datetime) -> CertificaatUit:
    """A certificate as it travels, and whether it is valid at this moment."""
    return CertificaatUit(
        onderwerp=found.onderwerp, oin=found.oin, geldig_van=found.geldig_van, geldig_tot=found.geldig_tot,
        vingerafdruk=found.vingerafdruk, geldig=found.is_geldig(moment),
    )  # fmt: skip


def as_mandaten(found: Mandaten) -> MandatenUit:
    """The mandates as they travel."""
    verleend, gekregen = (
        [GemachtigdeUit(oin=str(each.oin), naam=each.naam) for each in group]
        for group in (found.verleend, found.gekregen)
    )
    return MandatenUit(verleend=verleend, gekregen=gekregen)


def _as_ondertekening(found: Ondertekening | None) -> OndertekeningUit | None:
    return None if found is None else OndertekeningUit(op=found.op, door=found.door)


def _as_stap(found: Stapverslag) -> StapUit:
    return StapUit(
        op=found.op, partij=found.partij, door=found.door, van=found.van, naar=found.naar, ingang=found.ingang,
        toelichting=found.toelichting,
    )  # fmt: skip


def _as_vervolg(found: Vervolg | None) -> VervolgUit | None:
    if found is None:
        return None
    return VervolgUit(naar=found.naar, door=found.partij, ontbreekt=as_ontbrekend(found.ontbreekt))

"""The life of a connection as a state machine: which step follows, what it needs, and when the dienst is open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address

from simulator.aansluiting import errors
from simulator.aansluiting.errors import (
    AanvraagOngeldig,
    CertificaatOngeldig,
    DocumentOngeldig,
    EinddatumOngeldig,
    StapNietMogelijk,
    StapOnvolledig,
    StapVanLogius,
)
from simulator.aansluiting.values import (
    Aanvraagformulier,
    Certificaat,
    Document,
    Documentsoort,
    Dossier,
    Fase,
    Omgevingsadressen,
    Ontbrekend,
    Partij,
    Rol,
    Termijn,
    Vervolg,
)
from simulator.afnemers import Sluiting
from simulator.infra.clock import add_months
from simulator.infra.errors import FieldError
from simulator.infra.regels import Regel

MAANDEN_VOORUIT = 6
DFA_TOT = date(2023, 1, 1)
"""From this day the SNO says that a DFA does not apply: MijnOverheid is paid from the central GDI budget."""
# ASSUMPTION: of the roles that the form asks for, these are the ones nobody can do without.
VERPLICHTE_ROLLEN = (Rol.FUNCTIONEEL, Rol.TECHNISCH)


@dataclass(frozen=True, slots=True)
class Eis:
    """Something that a step may need: its rule, and what is missing, in a sentence for each thing."""

    regel: Regel
    find: Callable[[Dossier], Iterator[str]]


def _formulier(dossier: Dossier) -> Iterator[str]:
    if dossier.formulier is None:
        yield "Het Aanvraagformulier is niet ingevuld."


def _ondertekend(dossier: Dossier) -> Iterator[str]:
    if dossier.ondertekend_op is None:
        yield "Het Aanvraagformulier is niet ondertekend."
    elif dossier.ondertekend_op > dossier.vandaag:
        yield f"Het Aanvraagformulier is ondertekend per {dossier.ondertekend_op}; dat is nog niet zover."


def _contacten(dossier: Dossier) -> Iterator[str]:
    for rol in VERPLICHTE_ROLLEN:
        if rol not in dossier.contacten:
            yield f"Er is geen {rol} contact."


def _document(soort: Documentsoort, naam: str) -> Callable[[Dossier], Iterator[str]]:
    def find(dossier: Dossier) -> Iterator[str]:
        if soort not in dossier.documenten:
            yield f"{naam} is niet ondertekend."

    return find


def _dfa(dossier: Dossier) -> Iterator[str]:
    if dossier.ingang < DFA_TOT:
        yield from _document(Documentsoort.DFA, "Het Dossier Financiële Afspraken (DFA)")(dossier)


def _certificaat(dossier: Dossier) -> Iterator[str]:
    if not dossier.heeft_certificaat:
        yield "Er is geen certificaat met uw OIN dat nu geldig is."


def _checklist(dossier: Dossier) -> Iterator[str]:
    yield from dossier.testen_open


EISEN: tuple[Eis, ...] = (
    FORMULIER := Eis(errors.FORMULIER, _formulier),
    ONDERTEKEND := Eis(errors.ONDERTEKEND, _ondertekend),
    CONTACTEN := Eis(errors.CONTACTEN, _contacten),
    VERWERKERS := Eis(
        errors.VERWERKERSOVEREENKOMST, _document(Documentsoort.VERWERKERSOVEREENKOMST, "De verwerkersovereenkomst")
    ),
    CERTIFICAAT := Eis(errors.CERTIFICAAT, _certificaat),
    DAP := Eis(errors.DAP, _document(Documentsoort.DAP, "Het Dossier Afspraken en Procedures (DAP)")),
    SNO := Eis(errors.SNO, _document(Documentsoort.SNO, "De Serviceniveau Overeenkomst (SNO)")),
    DFA := Eis(errors.DFA, _dfa),
    CHECKLIST := Eis(errors.CHECKLIST, _checklist),
)


@dataclass(frozen=True, slots=True)
class Stap:
    """One step on the road: from where to where, who takes it, and what it needs."""

    van: Fase
    naar: Fase
    partij: Partij
    eisen: tuple[Eis, ...]


# ASSUMPTION: which document is needed before which step. The facts name them all, and say that the form comes first,
# preproduction before production, and a test report before Logius takes a connection into production.
STAPPEN: tuple[Stap, ...] = (
    Stap(Fase.AANVRAAG, Fase.VOORBEREIDING, Partij.LOGIUS, (FORMULIER, ONDERTEKEND)),
    Stap(Fase.VOORBEREIDING, Fase.PREPRODUCTIE, Partij.LOGIUS, (CONTACTEN, VERWERKERS)),
    Stap(Fase.PREPRODUCTIE, Fase.TESTEN, Partij.AFNEMER, (CERTIFICAAT,)),
    Stap(
        Fase.TESTEN,
        Fase.PRODUCTIE,
        Partij.LOGIUS,
        (CONTACTEN, VERWERKERS, CERTIFICAAT, DAP, SNO, DFA, CHECKLIST),
    ),
)
_VOLGENDE: Mapping[Fase, Stap] = {stap.van: stap for stap in STAPPEN}
# ASSUMPTION: there is one environment here, so who is in preproductie delivers in the same one as who is in productie;
# the checklist can only be ticked by traffic.
_TESTFASEN = (Fase.PREPRODUCTIE, Fase.TESTEN)


def find_vervolg(fase: Fase, dossier: Dossier) -> Vervolg | None:
    """The step that comes next with all that is missing for it; ``None`` at the end of the road."""
    stap = _VOLGENDE.get(fase)
    return None if stap is None else Vervolg(stap.naar, stap.partij, tuple(find_ontbrekend(stap, dossier)))


def find_ontbrekend(stap: Stap, dossier: Dossier) -> Iterator[Ontbrekend]:
    """Everything that the step needs and that is not there."""
    for eis in stap.eisen:
        for detail in eis.find(dossier):
            yield Ontbrekend(eis.regel.id, detail)


def find_volgende(fase: Fase) -> Fase:
    """Where the road goes on from here; raises ``StapNietMogelijk`` at its end."""
    if fase not in _VOLGENDE:
        raise StapNietMogelijk(f"Na {fase} volgt geen stap meer; beëindigen kan wel.", ontvangen=fase.value)
    return _VOLGENDE[fase].naar


def check_stap(overgang: tuple[Fase, Fase], dossier: Dossier, partij: Partij) -> tuple[Regel, ...]:
    """The rules that the step passed; raises ``StapNietMogelijk``, ``StapVanLogius`` or ``StapOnvolledig``.

    Logius may take a step of the Afnemer too: a trainer has both roles.
    """
    fase, naar = overgang
    if (volgende := find_volgende(fase)) is not naar:
        raise StapNietMogelijk(f"Na {fase} volgt {volgende}.", ontvangen=f"van {fase} naar {naar}", verwacht=volgende)
    stap = _VOLGENDE[fase]
    if partij is Partij.AFNEMER and stap.partij is Partij.LOGIUS:
        raise StapVanLogius(f"De stap naar {naar} zet Logius.", ontvangen=naar.value)
    if ontbrekend := list(find_ontbrekend(stap, dossier)):
        raise StapOnvolledig(
            f"Voor de stap naar {naar} ontbreekt: {' '.join(each.detail for each in ontbrekend)}",
            ontvangen=f"van {fase} naar {naar}",
            errors=[FieldError("", f"{each.detail} ({each.eis})") for each in ontbrekend],
        )
    return tuple(eis.regel for eis in stap.eisen)


def find_sluiting(termijn: Termijn, vandaag: date) -> Sluiting | None:
    """Why the dienst is closed on this day; ``None`` when it is open, for tests or in production."""
    if termijn.fase is Fase.BEEINDIGD or (termijn.einddatum is not None and termijn.einddatum <= vandaag):
        return Sluiting.BEEINDIGD
    if termijn.ondertekend_op is None or termijn.ondertekend_op > vandaag:
        return Sluiting.NIET_ONDERTEKEND
    if termijn.fase is Fase.PRODUCTIE and termijn.startdatum is not None and termijn.startdatum <= vandaag:
        return None
    return None if termijn.fase in _TESTFASEN else Sluiting.NIET_IN_PRODUCTIE


def check_formulier(formulier: Aanvraagformulier, oin: str, vandaag: date) -> None:
    """Raise ``AanvraagOngeldig`` with everything that cannot be right on the form."""
    _refuse(
        [
            *_check_oin(formulier.oin, oin),
            *_check_startdatum(formulier.startdatum, vandaag),
            *_check_adressen("preproductie", formulier.preproductie),
            *_check_adressen("productie", formulier.productie),
        ]
    )


def check_andere_startdatum(startdatum: date, vandaag: date) -> None:
    """Raise ``AanvraagOngeldig`` for a day to go into production, instead of the one on the form, that cannot be."""
    _refuse(list(_check_startdatum(startdatum, vandaag)))


def _refuse(found: Sequence[FieldError]) -> None:
    if found:
        raise AanvraagOngeldig("; ".join(each.detail for each in found), errors=found)


def _check_oin(given: str, oin: str) -> Iterator[FieldError]:
    if given != oin:
        yield FieldError("/oin", f"Dit is niet uw OIN, dat is {oin}.")


def _check_startdatum(startdatum: date, vandaag: date) -> Iterator[FieldError]:
    uiterlijk = add_months(vandaag, MAANDEN_VOORUIT)
    if not vandaag <= startdatum <= uiterlijk:
        yield FieldError("/startdatum", f"De startdatum ligt van {vandaag} tot en met {uiterlijk}.")


def _check_adressen(omgeving: str, adressen: Omgevingsadressen) -> Iterator[FieldError]:
    if not adressen.uitgaand:
        yield FieldError(f"/{omgeving}/uitgaand", "Noem ten minste één uitgaand IP-adres.")
    for richting, found in (("uitgaand", adressen.uitgaand), ("inkomend", adressen.inkomend)):
        for place, adres in enumerate(found):
            if not _is_ip(adres):
                yield FieldError(f"/{omgeving}/{richting}/{place}", "Dit is geen IP-adres.")


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def check_einddatum(einddatum: date, termijn: Termijn, vandaag: date) -> None:
    """Raise ``EinddatumOngeldig`` for the past and for a day before the start, ``StapNietMogelijk`` after the end."""
    if termijn.fase is Fase.BEEINDIGD:
        raise StapNietMogelijk("Deze aansluiting is al beëindigd.", ontvangen=f"einde per {einddatum}")
    if einddatum < vandaag or (termijn.startdatum is not None and einddatum < termijn.startdatum):
        raise EinddatumOngeldig(ontvangen=einddatum.isoformat())


def check_document(document: Document, vandaag: date) -> None:
    """Raise ``DocumentOngeldig`` for a signature of tomorrow."""
    if document.datum > vandaag:
        raise DocumentOngeldig(f"{document.soort.upper()} kan niet zijn ondertekend op een dag die nog komt.",
                               ontvangen=document.datum.isoformat())  # fmt: skip


def check_certificaat(certificaat: Certificaat, oin: str, moment: datetime) -> None:
    """Raise ``CertificaatOngeldig`` unless it carries the OIN and is valid at this moment."""
    errors = []
    if certificaat.oin != oin:
        errors.append(FieldError("/pem", f"serialNumber van het Subject is niet {oin}."))
    if not certificaat.is_geldig(moment):
        periode = f"van {certificaat.geldig_van:%Y-%m-%d} tot {certificaat.geldig_tot:%Y-%m-%d}"
        errors.append(FieldError("/pem", f"Het certificaat geldt {periode}, en nu is het {moment:%Y-%m-%d}."))
    if errors:
        raise CertificaatOngeldig("; ".join(each.detail for each in errors), ontvangen=certificaat.oin[:40] or "geen",
                                  errors=errors)  # fmt: skip

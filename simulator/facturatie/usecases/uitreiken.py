"""Issue invoices: in turn, numbered on, and only what is not on paper yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord
from simulator.facturatie.errors import AFREKENING, CORRECTIE, CREDIT, MAANDFACTUUR, VOORSCHOT
from simulator.facturatie.queries.facturen import (
    Factuurfilter,
    as_klant,
    count_facturen,
    list_facturen,
    lock_facturen,
    store_factuur,
)
from simulator.facturatie.rules.facturen import choose_soort, correct, take_back
from simulator.facturatie.rules.kosten import Berekening, explain, list_followed
from simulator.facturatie.values import Factuur, Factuurafnemer, Factuurregel, Factuursoort, Tarief, Tijdvak
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Regel, Uitkomst

_SOORTREGELS = {
    Factuursoort.VOORSCHOT: VOORSCHOT,
    Factuursoort.MAAND: MAANDFACTUUR,
    Factuursoort.AFREKENING: AFREKENING,
    Factuursoort.CREDIT: CREDIT,
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of one Afnemer when a year of it is invoiced."""

    afnemer: AfnemerRecord
    berekening: Berekening
    facturen: Sequence[Factuur]
    """All that was issued for the year, the oldest first."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What should be on paper for a period: ``eerder`` is what is on paper already."""

    soort: Factuursoort
    tijdvak: Tijdvak
    berekening: Berekening
    regels: Sequence[Factuurregel]
    eerder: Sequence[Factuur] = ()
    verwijst_naar: str | None = None
    toelichting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What is on an invoice around its lines."""

    soort: Factuursoort
    tijdvak: Tijdvak
    toelichting: tuple[str, ...] = ()
    verwijst_naar: str | None = None


@dataclass
class Uitreiking:
    """One transaction that issues invoices; begin it with ``begin``, so that two of them take turns."""

    uow: UnitOfWork
    datum: date
    _issued: int

    @classmethod
    def begin(cls, omgeving: Omgeving, uow: UnitOfWork) -> "Uitreiking":
        """Wait for who is issuing now, and number on from there."""
        if omgeving.is_shared:
            lock_facturen(uow.session)
        datum = dutch_day(uow.moment)
        return cls(uow, datum, count_facturen(uow.session, datum.year))

    def issue(self, dossier: Dossier, concept: Concept) -> list[Factuur]:
        """What is on paper for the period, after issuing the difference with what should be, if there is any."""
        regels = correct(concept.regels, [regel for factuur in concept.eerder for regel in factuur.regels])
        if not regels:
            return list(concept.eerder)
        brief = Brief(choose_soort(concept.soort, regels), concept.tijdvak, concept.toelichting, concept.verwijst_naar)
        if concept.eerder:
            eerste = concept.eerder[0]
            toelichting = (f"Correctie van {eerste.soort} {eerste.nummer}.", *concept.toelichting)
            brief = replace(brief, verwijst_naar=eerste.nummer, toelichting=toelichting)
            self.tel((CORRECTIE,))
        for regel, aantal in list_followed(concept.berekening, regels).items():
            self.uow.tel(regel, Uitkomst.GESLAAGD, aantal)
        self.tel((_SOORTREGELS[concept.soort],))
        brief = replace(brief, toelichting=(*brief.toelichting, *explain(concept.berekening)))
        return [*concept.eerder, self._write(dossier, brief, regels)]

    def take_back(self, dossier: Dossier, factuur: Factuur, reden: str) -> Factuur:
        """Issue the credit note of a whole invoice."""
        toelichting = tuple(each for each in (f"Creditnota bij {factuur.soort} {factuur.nummer}.", reden) if each)
        self.tel((CREDIT,))
        brief = Brief(Factuursoort.CREDIT, factuur.periode, toelichting, factuur.nummer)
        return self._write(dossier, brief, take_back(factuur))

    def _write(self, dossier: Dossier, brief: Brief, regels: Sequence[Factuurregel]) -> Factuur:
        self._issued += 1
        afnemer = dossier.afnemer
        factuur = Factuur(
            f"{self.datum.year}-{self._issued:05d}",
            brief.soort,
            Factuurafnemer(str(afnemer.oin), afnemer.naam, afnemer.sector.value),
            brief.tijdvak,
            self.datum,
            tuple(regels),
            brief.toelichting,
            brief.verwijst_naar,
        )
        volgnummer = 1 + sum(each.soort is brief.soort and each.periode == brief.tijdvak for each in dossier.facturen)
        store_factuur(self.uow.session, afnemer.id, factuur, volgnummer, self.uow.moment)
        return factuur

    def tel(self, regels: Iterable[Regel]) -> None:
        """Count that these rules were followed."""
        for regel in regels:
            self.uow.tel(regel, Uitkomst.GESLAAGD)


def open_dossier(session: Session, afnemer: AfnemerRecord, tarief: Tarief, jaar: int) -> Dossier:
    """What there is of an Afnemer and a year."""
    facturen = list_facturen(session, Factuurfilter(afnemer.id, jaar))
    return Dossier(afnemer, Berekening(tarief, jaar, as_klant(afnemer)), facturen)

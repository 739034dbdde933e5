"""The relatives of anybody: from the families of the population, the fixtures of personas, or papers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from simulator.gebruikers.values.bsn import Bsn
from simulator.gebruikers.values.buurt import Bewoner, Gezinnen, Paar
from simulator.gebruikers.values.gezin import Gezin, Registerdatum, Soort, Verbintenis, Verwant
from simulator.gebruikers.values.hashing import Picker
from simulator.gebruikers.values.namen import load_woordenlijsten
from simulator.gebruikers.values.persona import Persona, Personas, PersonaVerwant
from simulator.gebruikers.values.population import Population

# ASSUMPTION: of parents who do not live here the papers often say less than everything.
_ALLEEN_JAAR, _ALLEEN_MAAND = 8, 11
_PARTNERSCHAP = 15


@dataclass(frozen=True, slots=True)
class Familie:
    """Answers who is related to whom, the same from both sides."""

    population: Population
    personas: Personas
    gezinnen: Gezinnen

    def find_hoofdbewoner(self, bsn: int, op: date) -> int:
        """Whose address this person lives at: partners live at that of the eldest."""
        if bsn in self.personas:
            return bsn
        paar = self._find_paar(bsn, op)
        return bsn if paar is None else paar.oudste.bsn

    def find_verbintenis(self, bsn: int, op: date) -> Verbintenis | None:
        """The partner alone, who is found among sixteen; parents and children are found in a whole buurt."""
        if bsn in self.personas:
            return self._find_verbintenis(self.personas[bsn], op)
        paar = self._find_paar(bsn, op)
        return None if paar is None else self._build_verbintenis(paar, bsn)

    def build_gezin(self, bsn: int, op: date) -> Gezin:
        """The relatives of somebody who lives here, as on a day."""
        if bsn in self.personas:
            return self._build_gezin_of_persona(self.personas[bsn], op)
        ouders = self.gezinnen.find_ouders(bsn)
        return Gezin(
            ouders=self._describe_all((ouders.oudste, ouders.jongste)) if ouders else self._invent_ouders(bsn),
            verbintenis=self.find_verbintenis(bsn, op),
            kinderen=self._describe_all(
                each for each in self.gezinnen.list_kinderen(bsn) if each.geboren <= op.toordinal()
            ),
        )

    def _find_paar(self, bsn: int, op: date) -> Paar | None:
        paar = self.gezinnen.find_paar(bsn)
        return paar if paar is not None and paar.sinds <= op.toordinal() else None

    def _describe_all(self, bewoners: Iterable[Bewoner]) -> tuple[Verwant, ...]:
        return tuple(self._describe(each.bsn) for each in bewoners)

    def _describe(self, bsn: int) -> Verwant:
        found = self.population.build_gebruiker(bsn)
        return Verwant(
            found.bsn, found.voornamen, found.voorvoegsel, found.achternaam, found.geslacht,
            Registerdatum.of(found.geboortedatum),
        )  # fmt: skip

    def _build_verbintenis(self, paar: Paar, bsn: int) -> Verbintenis:
        partner = paar.jongste if paar.oudste.bsn == bsn else paar.oudste
        chance = Picker(self.population.seed, paar.oudste.bsn).below(100, "verbintenis")
        soort = Soort.PARTNERSCHAP if chance < _PARTNERSCHAP else Soort.HUWELIJK
        return Verbintenis(self._describe(partner.bsn), soort, date.fromordinal(paar.sinds))

    def _invent_ouders(self, bsn: int) -> tuple[Verwant, ...]:
        found = self.population.build_gebruiker(bsn)
        return _invent_ouders(
            self.population.seed, Verwant(Bsn(bsn), "", found.voorvoegsel, found.achternaam, "",
                                          Registerdatum.of(found.geboortedatum)), found.geboortedatum,
        )  # fmt: skip

    def _build_gezin_of_persona(self, persona: Persona, op: date) -> Gezin:
        seed, self_ = self.population.seed, _describe_persona(persona, op)
        return Gezin(
            ouders=tuple(self._resolve(each, op) for each in persona.ouders)
            or _invent_ouders(seed, self_, persona.born(op)),
            verbintenis=self._find_verbintenis(persona, op),
            kinderen=tuple(
                _describe_persona(each, op)
                for each in sorted(self.personas.values(), key=lambda each: each.born(op))
                if any(ouder.bsn == persona.bsn for ouder in each.ouders)
            ),
        )

    def _find_verbintenis(self, persona: Persona, op: date) -> Verbintenis | None:
        """Of two personas one says it; the other is told here."""
        for each in self.personas.values():
            if each.partner is None or persona.bsn not in {each.bsn, each.partner.bsn}:
                continue
            other = self.personas[int(each.partner.bsn)] if each is persona else each
            died = min((day for day in (persona.overleden_op, other.overleden_op) if day is not None), default=None)
            return Verbintenis(_describe_persona(other, op), Soort(each.partner.soort), each.partner.sinds, died)
        return None

    def _resolve(self, verwant: PersonaVerwant, op: date) -> Verwant:
        if verwant.bsn is not None:
            return _describe_persona(self.personas[int(verwant.bsn)], op)
        jaar, maand, dag, *_ = *map(int, filter(None, verwant.geboortedatum.split("-"))), 0, 0, 0
        return Verwant(
            None, verwant.voornamen, verwant.voorvoegsel, verwant.achternaam, verwant.geslacht,
            Registerdatum(jaar, maand, dag),
        )  # fmt: skip


def _describe_persona(persona: Persona, op: date) -> Verwant:
    return Verwant(
        persona.nummer, persona.voornamen, persona.voorvoegsel, persona.achternaam, persona.geslacht,
        Registerdatum.of(persona.born(op)),
    )  # fmt: skip


def _invent_ouders(seed: int, kind: Verwant, geboren: date) -> tuple[Verwant, ...]:
    """Mother and father of whom there is no more than what stands on the birth certificate."""
    lists = load_woordenlijsten()
    picker = Picker(seed, int(kind.bsn or 0))
    voorvoegsel, achternaam = picker.pick(lists.achternamen, "moedersnaam")
    return (
        Verwant(None, picker.pick(lists.vrouwennamen, "moeder"), voorvoegsel, achternaam, "V",
                _invent_birthday(picker, geboren, "moeder")),
        Verwant(None, picker.pick(lists.mannennamen, "vader"), kind.voorvoegsel, kind.achternaam, "M",
                _invent_birthday(picker, geboren, "vader")),
    )  # fmt: skip


def _invent_birthday(picker: Picker, kind: date, wie: str) -> Registerdatum:
    dag = kind - timedelta(days=20 * 365 + picker.below(18 * 365, f"geboren-{wie}"))
    chance = picker.below(100, f"datum-{wie}")
    if chance < _ALLEEN_JAAR:
        return Registerdatum(dag.year)
    return Registerdatum(dag.year, dag.month) if chance < _ALLEEN_MAAND else Registerdatum.of(dag)

"""The tariffs as a trainer writes them: read from TOML or JSON, and refused with everything that is wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from simulator.afnemers import Dienst
from simulator.facturatie.errors import PeriodeVoor2018, TariefOnbekend, TariefVoorZaken, TarievenOngeldig
from simulator.facturatie.values import PRIJS_PER_EURO, Prijs, Tarief
from simulator.infra.errors import FieldError
from simulator.voorwaarden import Tariefbesluit

EERSTE_JAAR = 2018
"""Before 1 January 2018 nothing was charged (article 3.8)."""
LAATSTE_JAAR = 2100
SECTOREN = ("rijk", "medeoverheid", "privaat")
MET_KOSTEN = (Dienst.BERICHTENBOX.value, Dienst.PERSOONLIJKE_GEGEVENS.value)
_MAX_EURO = 100_000
_CENT = 100
_DAG = timedelta(days=1)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?\Z", re.ASCII)
_PRIJS_VELDEN = frozenset({"omschrijving", "prijs", "definitieve_prijs"})
_UITZONDERING_VELDEN = _PRIJS_VELDEN | {"sectoren", "alleen"}
INHOUD_VELDEN = _PRIJS_VELDEN | {
    "bron", "onbekend", "voorschot", "centraal", "gratis_eenheden", "eerste_jaar_gratis", "vast_bedrag",
    "aansluitkosten", "uitzondering",
}  # fmt: skip
_TARIEF_VELDEN = INHOUD_VELDEN | {"van", "tot"}


def find_tarief(tarieven: Sequence[Tarief], jaar: int) -> Tarief:
    """The tariff of a year; raises ``PeriodeVoor2018``, or ``TariefOnbekend`` where nobody ever said what it was."""
    if jaar < EERSTE_JAAR:
        raise PeriodeVoor2018(f"In {jaar} bracht Logius nog niets in rekening.", ontvangen=str(jaar))
    tarief = next((each for each in tarieven if each.geldt_in(jaar)), None)
    if tarief is None or not tarief.prijzen:
        waarom = tarief.onbekend if tarief else "Geen tarief in het bestand geldt in dat jaar."
        raise TariefOnbekend(f"{waarom} Zet het zelf, dan kan {jaar} in rekening worden gebracht.", ontvangen=str(jaar))
    return tarief


def override_tarief(tarieven: Sequence[Tarief], eigen: Tarief) -> tuple[Tarief, ...]:
    """The tariffs in which ``eigen``, of one year, takes the place of what holds in that year."""
    kept = [part for each in tarieven for part in _without(each, eigen.van.year)]
    return tuple(sorted([*kept, eigen], key=lambda each: each.van))


def read_tarieven(document: Mapping[str, Any]) -> tuple[Tarief, ...]:
    """The tariffs of a document, the oldest first; raises ``TarievenOngeldig`` with all that is wrong, by pointer."""
    lezer = _Lezer()
    lezer.check_velden("", document, frozenset({"tarief"}))
    rows = document.get("tarief")
    if not isinstance(rows, list) or not rows:
        lezer.fail("/tarief", "Er staat geen enkel [[tarief]] in.")
        rows = []
    found = [lezer.read_tarief(f"/tarief/{index}", row) for index, row in enumerate(rows)]
    tarieven = [each for each in found if each is not None]
    if not lezer.errors:
        lezer.errors += _check_reeks(tarieven)
    lezer.refuse()
    return tuple(tarieven)


def read_eigen_tarief(jaar: int, inhoud: Mapping[str, Any]) -> Tarief:
    """The tariff that somebody chose for one year; raises ``TarievenOngeldig`` or ``PeriodeVoor2018``."""
    if jaar < EERSTE_JAAR:
        raise PeriodeVoor2018(f"Een tarief voor {jaar} kan niet.", ontvangen=str(jaar))
    if jaar > LAATSTE_JAAR:
        raise TarievenOngeldig(f"Een tarief voor {jaar} kan niet.", ontvangen=str(jaar))
    lezer = _Lezer()
    row = {"omschrijving": f"Eigen tarief {jaar}", "bron": "gezet via de beheer-API", **inhoud}
    tarief = lezer.read_tarief("", row | {"van": date(jaar, 1, 1), "tot": date(jaar, 12, 31)})
    lezer.refuse()
    if tarief is None:  # refused above: a row without fields is not one
        raise TarievenOngeldig
    return replace(tarief, herkomst="beheer")


def follow_besluit(besluit: Tariefbesluit) -> Tarief:
    """The tariff that was decided on for a year."""
    # ASSUMPTION: a decision says all there is: nothing is free, and both diensten cost the same to connect to.
    jaar, privaat = besluit.jaar, besluit.prijs_privaat
    omschrijving = f"Tarief {jaar}"
    uitzondering = () if privaat is None else (
        Prijs(f"{jaar}/uitzondering-1", f"{omschrijving}, privaat", privaat, sectoren=frozenset({"privaat"})),
    )  # fmt: skip
    return Tarief(
        date(jaar, 1, 1),
        date(jaar, 12, 31),
        omschrijving,
        "besluit na het Afnemersoverleg",
        (*uitzondering, Prijs(f"{jaar}/prijs", omschrijving, besluit.prijs)),
        vast_bedrag_cent=besluit.vast_cent,
        aansluitkosten=tuple((dienst, besluit.aansluiting_cent) for dienst in MET_KOSTEN if besluit.aansluiting_cent),
        herkomst="besluit",
    )


def _without(tarief: Tarief, jaar: int) -> Iterator[Tarief]:
    """What is left of a tariff when one of its years is taken out."""
    if not tarief.geldt_in(jaar):
        yield tarief
        return
    if tarief.van.year < jaar:
        yield replace(tarief, tot=date(jaar - 1, 12, 31))
    if tarief.tot is None or tarief.tot.year > jaar:
        yield replace(tarief, van=date(jaar + 1, 1, 1))


def _check_reeks(tarieven: Sequence[Tarief]) -> Iterator[FieldError]:
    if tarieven[0].van != date(EERSTE_JAAR, 1, 1):
        yield FieldError("/tarief/0/van", "Het eerste tarief begint op 2018-01-01, niet eerder of later (3.8).")
    for index, (earlier, later) in enumerate(pairwise(tarieven), start=1):
        if earlier.tot is None or later.van <= earlier.tot:
            until = earlier.tot or "altijd"
            yield FieldError(f"/tarief/{index}/van", f"Overlapt het tarief daarvoor, dat geldt tot en met {until}.")
        elif later.van != earlier.tot + _DAG:
            yield FieldError(f"/tarief/{index}/van", f"Laat een gat: het tarief daarvoor eindigt op {earlier.tot}.")
    if tarieven[-1].tot is not None:
        yield FieldError(f"/tarief/{len(tarieven) - 1}/tot", "Het laatste tarief heeft geen einde; laat tot weg.")


def _as_decimal(given: Any) -> Decimal | None:
    """A number of TOML, or text that says one; ``None`` if it is neither."""
    if isinstance(given, bool) or not isinstance(given, Decimal | int | str):
        return None
    return Decimal(given) if not isinstance(given, str) or _NUMBER.match(given) else None


class _Lezer:
    """Reads a document and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []
        self.charges_zaken = False

    def fail(self, pointer: str, detail: str) -> None:
        self.errors.append(FieldError(pointer, detail))

    def refuse(self) -> None:
        """Raise what was gathered, if anything was."""
        if self.errors:
            kind = TariefVoorZaken if self.charges_zaken else TarievenOngeldig
            raise kind(" ".join(f"{each.pointer}: {each.detail}" for each in self.errors), errors=self.errors)

    def check_velden(self, pointer: str, row: Mapping[str, Any], known: frozenset[str]) -> None:
        for name in sorted(set(row) - known):
            self.fail(f"{pointer}/{name}", f"Dit veld bestaat niet; kies uit {', '.join(sorted(known))}.")

    def read_tarief(self, pointer: str, row: Any) -> Tarief | None:
        if not isinstance(row, Mapping):
            self.fail(pointer, "Hier hoort een tarief met velden.")
            return None
        self.check_velden(pointer, row, _TARIEF_VELDEN)
        van = self._read_dag(f"{pointer}/van", row.get("van"), (1, 1), "1 januari")
        tot = self._read_dag(f"{pointer}/tot", row["tot"], (12, 31), "31 december") if "tot" in row else None
        if tot is not None and tot < van:
            self.fail(f"{pointer}/tot", f"Ligt voor van ({van}).")
        onbekend = self._read_text(pointer, row, "onbekend")
        if bool(onbekend) == ("prijs" in row):
            self.fail(f"{pointer}/prijs", "Zet óf prijs, óf onbekend met de reden.")
        vast = self._read_euro(pointer, row, "vast_bedrag", Decimal(0)) if "vast_bedrag" in row else 0
        return Tarief(
            van,
            tot,
            self._read_text(pointer, row, "omschrijving"),
            self._read_text(pointer, row, "bron"),
            prijzen=() if onbekend else self._read_prijzen(pointer, row, van.year),
            onbekend=onbekend,
            is_voorschot=self._read_bool(pointer, row, "voorschot"),
            is_centraal=self._read_bool(pointer, row, "centraal"),
            gratis_eenheden=self._read_aantal(pointer, row, "gratis_eenheden"),
            eerste_jaar_gratis=self._read_bool(pointer, row, "eerste_jaar_gratis"),
            vast_bedrag_cent=vast // _CENT,
            aansluitkosten=self._read_aansluitkosten(f"{pointer}/aansluitkosten", row.get("aansluitkosten", {})),
        )

    def _read_prijzen(self, pointer: str, row: Mapping[str, Any], jaar: int) -> tuple[Prijs, ...]:
        rows = row.get("uitzondering", [])
        if not isinstance(rows, list):
            self.fail(f"{pointer}/uitzondering", "Schrijf elke uitzondering als [[tarief.uitzondering]].")
            rows = []
        exceptions = [
            self._read_prijs(f"{pointer}/uitzondering/{index}", each, f"{jaar}/uitzondering-{index + 1}")
            for index, each in enumerate(rows)
        ]
        return (*exceptions, self._read_prijs(pointer, row, f"{jaar}/prijs", is_basis=True))

    def _read_prijs(self, pointer: str, row: Any, id_: str, *, is_basis: bool = False) -> Prijs:
        if not isinstance(row, Mapping):
            self.fail(pointer, "Hier hoort een uitzondering met velden.")
            return Prijs(id_, "", 0)
        if not is_basis:
            self.check_velden(pointer, row, _UITZONDERING_VELDEN)
        definitief = (
            self._read_euro(pointer, row, "definitieve_prijs", Decimal("0.0001"))
            if "definitieve_prijs" in row
            else None
        )
        return Prijs(
            id_,
            self._read_text(pointer, row, "omschrijving"),
            self._read_euro(pointer, row, "prijs", Decimal("0.0001")),
            definitief,
            frozenset() if is_basis else self._read_keuze(pointer, row, "sectoren", SECTOREN),
            frozenset() if is_basis else self._read_keuze(pointer, row, "alleen", MET_KOSTEN),
        )

    def _read_aansluitkosten(self, pointer: str, row: Any) -> tuple[tuple[str, int], ...]:
        if not isinstance(row, Mapping):
            self.fail(pointer, "Hier horen bedragen per dienst.")
            return ()
        for dienst in sorted(set(row) - set(MET_KOSTEN)):
            self.charges_zaken |= dienst == Dienst.LOPENDE_ZAKEN.value
            reason = "Lopende Zaken kost niets (7.2)." if self.charges_zaken else f"Kies uit {', '.join(MET_KOSTEN)}."
            self.fail(f"{pointer}/{dienst}", reason)
        known = sorted(set(row) & set(MET_KOSTEN))
        return tuple((dienst, self._read_euro(pointer, row, dienst, Decimal(0)) // _CENT) for dienst in known)

    def _read_euro(self, pointer: str, row: Mapping[str, Any], name: str, smallest: Decimal) -> int:
        """An amount in units of EUR 0.0001; without ``smallest`` it must be whole cents."""
        where, given = f"{pointer}/{name}", row.get(name)
        decimals = 4 if smallest else 2
        amount = _as_decimal(given)
        if amount is None:
            self.fail(where, "Hier hoort een bedrag in euro, zoals 0.454.")
            return 0
        if not amount.is_finite() or amount < 0 or amount > _MAX_EURO:
            self.fail(where, f"{given} kan niet: een bedrag is nul tot {_MAX_EURO} euro, nooit negatief.")
            return 0
        if amount != round(amount, decimals):
            self.fail(where, f"{given} heeft te veel decimalen: hoogstens {decimals}.")
            return 0
        return int(amount * PRIJS_PER_EURO)

    def _read_aantal(self, pointer: str, row: Mapping[str, Any], name: str) -> int:
        given = row.get(name, 0)
        if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= 10**9:
            self.fail(f"{pointer}/{name}", "Hier hoort een geheel getal vanaf 0.")
            return 0
        return given

    def _read_bool(self, pointer: str, row: Mapping[str, Any], name: str) -> bool:
        given = row.get(name, False)
        if not isinstance(given, bool):
            self.fail(f"{pointer}/{name}", "Hier hoort true of false.")
            return False
        return given

    def _read_text(self, pointer: str, row: Mapping[str, Any], name: str) -> str:
        given = row.get(name, "")
        if not isinstance(given, str) or not given.isprintable():
            self.fail(f"{pointer}/{name}", "Hier hoort een regel tekst.")
            return ""
        return given.strip()

    def _read_keuze(self, pointer: str, row: Mapping[str, Any], name: str, known: Sequence[str]) -> frozenset[str]:
        given = row.get(name, [])
        if not isinstance(given, list) or not set(map(str, given)) <= set(known):
            self.fail(f"{pointer}/{name}", f"Hier hoort een lijst; kies uit {', '.join(known)}.")
            return frozenset()
        return frozenset(map(str, given))

    def _read_dag(self, pointer: str, given: Any, dag: tuple[int, int], text: str) -> date:
        if not isinstance(given, date) or isinstance(given, datetime):
            self.fail(pointer, "Hier hoort een bestaande datum, zoals 2018-01-01.")
        elif (given.month, given.day) != dag:
            self.fail(pointer, f"Een tarief geldt hele jaren (3.8): hier hoort {text}, niet {given}.")
        else:
            return given
        return date(EERSTE_JAAR, 1, 1)

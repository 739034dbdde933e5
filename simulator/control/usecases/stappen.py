"""What each kind of step does: it calls the APIs of the house as an Afnemer and as the citizen, and never a table."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from babel.dates import format_date

from simulator.control.errors import StapMislukt
from simulator.control.usecases.personen import find_bsn, show_gebruiker
from simulator.control.values import (
    BerichtStap,
    GegevensStap,
    KlokStap,
    LeesStap,
    Scenario,
    Stap,
    StatusStap,
    VoorkeurStap,
    ZaakStap,
    fill_in,
    fill_in_all,
)
from simulator.digid import Niveau, beheer
from simulator.gebruikers import Bsn
from simulator.infra.clock import dutch_day
from simulator.infra.ids import new_guid
from simulator.infra.omgeving import Omgeving
from simulator.settings import Settings

_PDF = Path("berichten", "bijlagen", "aanslag.pdf")
_ALREADY_THERE = "BerichtBestaatAl"
"""A first attempt got this far, and then something else went wrong."""
_GOOD = range(200, 300)
_NO_SUCH_PATH = "urn:mijnoverheid-simulator:probleem:pad-onbekend"


@dataclass(frozen=True, slots=True)
class Verzoek:
    """A request to an API of this simulator, in this omgeving."""

    method: str
    pad: str
    headers: Mapping[str, str]
    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Antwoord:
    """Its answer, decoded."""

    status: int
    inhoud: Any


Call = Callable[[Verzoek], Antwoord]


@dataclass(frozen=True, slots=True)
class Gedaan:
    """What a step did, in one Dutch sentence; skipped when this simulator does not have the service."""

    wat: str
    overgeslagen: bool = False


class _NotHere(Exception):  # noqa: N818 - no malfunction: this simulator has no such service
    """The API that a step asks for does not hang in this simulator."""


@dataclass(frozen=True)
class Speler:
    """Plays one step of one run of a story."""

    omgeving: Omgeving
    scenario: Scenario
    run: str
    call: Call
    sleutels: Mapping[str, str]

    @cached_property
    def bsn(self) -> Bsn:
        """The citizen of the story."""
        return find_bsn(self.omgeving, None, self.scenario.inwoner)

    def play(self, stap: Stap, fixtures: Path) -> Gedaan:
        """Do it; raises ``StapMislukt`` with what the API answered."""
        try:
            return Gedaan(PLAY[type(stap)](self, stap, fixtures))
        except _NotHere:
            return Gedaan("Overgeslagen: deze simulator heeft deze dienst niet.", overgeslagen=True)

    @property
    def bericht_id(self) -> str:
        """The same in a second attempt at this step, so that nothing arrives twice."""
        story, _, step = self.run.partition("/")
        return str(uuid5(UUID(story), step))

    def fill_in(self, text: str) -> str:
        """The name of the citizen and the days, as they are when the step is played."""
        gebruiker = show_gebruiker(self.omgeving, self.bsn).gebruiker
        aanspreking = {"V": "mevrouw", "M": "meneer"}.get(gebruiker.geslacht, "")
        achternaam = f"{gebruiker.voorvoegsel} {gebruiker.achternaam}".strip()
        return fill_in(text, f"{aanspreking} {achternaam}".strip(), self._format)

    def ask(self, verzoek: Verzoek) -> Any:
        """The content of a good answer."""
        antwoord = self.call(verzoek)
        if antwoord.status in _GOOD:
            return antwoord.inhoud
        problem = antwoord.inhoud if isinstance(antwoord.inhoud, dict) else {}
        if problem.get("type") == _NO_SUCH_PATH:
            raise _NotHere
        regel = problem.get("regel", {}).get("id", "")
        said = " ".join(str(problem[each]) for each in ("title", "detail") if problem.get(each))
        errors = "; ".join(f"{each.get('pointer')}: {each.get('detail')}" for each in problem.get("errors", ()))
        raise StapMislukt(f"{verzoek.method} {verzoek.pad} gaf {antwoord.status}. {said} {errors} {regel}".strip())

    def ask_as_afnemer(self, oin: str, method: str, pad: str, body: Any) -> Any:
        """As the Afnemer does, with its demo key."""
        if oin not in self.sleutels:
            raise StapMislukt(f"Er is geen Afnemer met OIN {oin} in de fixtures.")
        return self.ask(Verzoek(method, pad, self._sign_as(oin) | {"X-Message-ID": str(new_guid())}, body))

    def ask_status(self, oin: str, pad: str) -> Any:
        """What became of a delivery."""
        return self.ask(Verzoek("GET", pad, self._sign_as(oin)))

    def ask_as_inwoner(self, method: str, pad: str, body: Any = None, **query: str) -> Any:
        """As the citizen does, with a session of DigiD."""
        token = beheer.open_toegang(self.omgeving, self.bsn, Niveau.MIDDEN).token
        return self.ask(Verzoek(method, "/api/portaal/v1" + pad, {"Authorization": f"Bearer {token}"}, body, query))

    def moment(self, days: int = 0) -> str:
        """Now in the omgeving, or so many days from now, for programs."""
        return (self.omgeving.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _sign_as(self, oin: str) -> dict[str, str]:
        return {"X-API-Key": self.sleutels[oin]}

    def _format(self, shift: timedelta, for_programs: bool) -> str:  # noqa: FBT001 - the form that values.fill_in asks for
        moment = self.omgeving.now() + shift
        if for_programs:
            return moment.date().isoformat()  # in UTC, as every API reads it: never tomorrow
        return str(format_date(dutch_day(moment), "d MMMM y", locale="nl"))


def read_sleutels(fixtures: Path) -> Mapping[str, str]:
    """The demo keys of the Afnemers, by OIN."""
    found = (json.loads(file.read_text("utf-8")) for file in sorted((fixtures / "afnemers").glob("*.json")))
    return {each["oin"]: each["sleutel"] for each in found if "sleutel" in each}


def _read_pdf(fixtures: Path) -> bytes:
    """The bijlage of every story: of these fixtures, or the one that comes with the simulator."""
    own = fixtures / _PDF
    return (own if own.is_file() else Settings().fixtures_dir / _PDF).read_bytes()


def _pass_time(_speler: Speler, _stap: KlokStap, _fixtures: Path) -> str:
    return "De tijd is verstreken."


def _deliver_bericht(speler: Speler, stap: BerichtStap, fixtures: Path) -> str:
    bsn = find_bsn(speler.omgeving, None, stap.aan) if stap.aan else speler.bsn
    bericht: dict[str, Any] = {
        "BerichtID": speler.bericht_id,
        "BerichtType": stap.berichttype,
        "GebruikerID": str(bsn),
        "Onderwerp": speler.fill_in(stap.onderwerp),
        # The koppelvlak writes the end of a line as four characters.
        "Berichttekst": speler.fill_in(stap.tekst.strip()).replace("\n", r"\r\n"),
    }
    if stap.referentie:
        bericht["Referentie"] = speler.fill_in(stap.referentie)
    if stap.reageren_binnen:
        bericht["EindDatumHandelingsTermijn"] = speler.moment(stap.reageren_binnen)
    if stap.bijlage:
        pdf = base64.b64encode(_read_pdf(fixtures)).decode()
        bericht["Bijlagen"] = [{"Inhoud": pdf, "Omschrijving": speler.fill_in(stap.bijlage)}]
    body = {"BerichtLeverancierID": stap.afnemer, "Berichten": [bericht]}
    bewijs = speler.ask_as_afnemer(stap.afnemer, "POST", "/api/berichtenbox/v1/berichten", body)
    status = speler.ask_status(stap.afnemer, f"/api/berichtenbox/v1/status/{bewijs['statusID']}")
    verwerkt = status["context"].get("Verwerkt")
    code = verwerkt["Berichten"][0]["VerwerkingsCode"] if verwerkt else status["status"]
    if verwerkt and code not in {stap.verwacht, _ALREADY_THERE}:
        raise StapMislukt(f"Het bericht kreeg {code}; het verhaal verwacht {stap.verwacht}.", ontvangen=code)
    return f"„{bericht['Onderwerp']}” is aangeleverd; de uitkomst is {code}."


def _deliver_zaak(speler: Speler, stap: ZaakStap, _fixtures: Path) -> str:
    identificatie = _identificatie(speler, stap.identificatie)
    initiator = {
        "betrokkeneType": "natuurlijk_persoon",
        "omschrijvingGeneriek": "initiator",
        "betrokkeneIdentificatie": {"inpBsn": str(speler.bsn)},
    }
    body: dict[str, Any] = {
        "zaaktype": stap.zaaktype,
        "omschrijving": speler.fill_in(stap.omschrijving),
        "toelichting": speler.fill_in(stap.toelichting),
        "startdatum": speler.moment()[:10],
        "rollen": [initiator],
        "status": {"statustype": stap.status, "datumStatusGezet": speler.moment()},
    }
    if stap.weblink:
        body["weblink"] = stap.weblink
    if stap.afgehandeld_binnen:
        body["einddatumGepland"] = speler.moment(stap.afgehandeld_binnen)[:10]
    speler.ask_as_afnemer(stap.afnemer, "PUT", f"/api/lopende-zaken/v1/zaken/{identificatie}", body)
    return f"Zaak {identificatie} is aangeleverd: {stap.status}."


def _deliver_status(speler: Speler, stap: StatusStap, _fixtures: Path) -> str:
    identificatie = _identificatie(speler, stap.identificatie)
    body = {
        "statustype": stap.status,
        "datumStatusGezet": speler.moment(),
        "statustoelichting": speler.fill_in(stap.toelichting),
    }
    speler.ask_as_afnemer(stap.afnemer, "POST", f"/api/lopende-zaken/v1/zaken/{identificatie}/statussen", body)
    return f"Zaak {identificatie} kreeg de status „{stap.status}”."


def _deliver_gegevens(speler: Speler, stap: GegevensStap, _fixtures: Path) -> str:
    bsn = str(speler.bsn)
    body = fill_in_all(stap.inhoud, lambda text: speler.fill_in(text).replace("{bsn}", bsn))
    speler.ask_as_afnemer(stap.afnemer, "PUT", "/api/persoonlijke-gegevens/v1/gegevens", body)
    return "De gegevens zijn aangeleverd."


def _read_bericht(speler: Speler, stap: LeesStap, _fixtures: Path) -> str:
    onderwerp = speler.fill_in(stap.onderwerp)
    found = speler.ask_as_inwoner("GET", "/berichten", zoek=onderwerp)["berichten"]
    ids = [each["id"] for each in found if each["onderwerp"] == onderwerp]
    if not ids:
        raise StapMislukt(f"Er ligt geen bericht „{onderwerp}” in de inbox.")
    change = {"gelezen": True} | ({"map": stap.map} if stap.map else {})
    speler.ask_as_inwoner("PATCH", f"/berichten/{ids[0]}", change)
    return f"De inwoner las „{onderwerp}”" + (f" en legde het in: {stap.map}." if stap.map else ".")


def _choose_voorkeur(speler: Speler, stap: VoorkeurStap, _fixtures: Path) -> str:
    instellingen = speler.ask_as_inwoner("GET", "/instellingen")
    instellingen["organisaties"] = [{"oin": stap.afnemer, "ontvangen": stap.ontvangen}]
    speler.ask_as_inwoner("PUT", "/instellingen", instellingen)
    return "De inwoner wil " + ("weer" if stap.ontvangen else "geen") + " digitale post van deze organisatie."


def _identificatie(speler: Speler, identificatie: str) -> str:
    """A zaak of its own in each run: the story can be played again beside the zaak of before."""
    return f"{identificatie}-{speler.run[:4]}"


PLAY: Mapping[type[Stap], Callable[[Speler, Any, Path], str]] = {
    KlokStap: _pass_time,
    BerichtStap: _deliver_bericht,
    ZaakStap: _deliver_zaak,
    StatusStap: _deliver_status,
    GegevensStap: _deliver_gegevens,
    LeesStap: _read_bericht,
    VoorkeurStap: _choose_voorkeur,
}
"""What each kind of step does: the one table to connect another kind in."""

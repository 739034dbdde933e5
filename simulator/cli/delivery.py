"""Delivering over HTTP as an Afnemer does: send, ask until the result is there, and sum up what became of it."""

import json
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from simulator.cli.client import Client, Refused, list_errors

BERICHTEN = "/api/berichtenbox/v1/berichten"
BATCHES = "/api/berichtenbox/v1/batches"
MAX_BERICHTEN = 1000
VERWERKT = "Verwerkt"
GEWEIGERD = "refused"
ONAF = "not processed yet"
_FINISHED = {"REPORT", "FAILED"}
_NOT_US = {401, 403}


class Unusable(Exception):  # noqa: N818 - the message is for the person who made the file
    """A file that holds no delivery."""


@dataclass(frozen=True, slots=True)
class Lading:
    """What goes out in one request; ``naam`` is the file, with a number when it took more than one request."""

    naam: str
    content: bytes
    is_xml: bool = False


@dataclass(frozen=True, slots=True)
class Zending:
    """A delivery that was received; ``uri`` is where its status is."""

    naam: str
    status_id: str
    uri: str


@dataclass(frozen=True, slots=True)
class Weigering:
    """One bericht, or a whole file, that was not processed, and why."""

    bestand: str
    bericht_id: str
    code: str
    regel: str
    toelichting: str


@dataclass(frozen=True, slots=True)
class Verslag:
    """What became of everything: berichten per Verwerkingscode, each refusal, and warnings."""

    zendingen: Sequence[Zending]
    codes: Counter[str]
    weigeringen: Sequence[Weigering]
    waarschuwingen: Sequence[str]


def read_ladingen(file: Path, namens: str | None) -> Iterator[Lading]:
    """The requests that a file makes: one for a full delivery, one per 1000 berichten for a bare list of them."""
    content = _read(file)
    if file.suffix.lower() == ".xml":
        yield Lading(file.name, content, is_xml=True)
        return
    document = _decode(content)
    if isinstance(document, dict):
        yield Lading(file.name, content)
        return
    if not isinstance(document, list) or not document:
        raise Unusable("neither a delivery (BerichtLeverancierID, Berichten) nor a list of berichten")
    begins = range(0, len(document), MAX_BERICHTEN)
    bodies = [_encode(namens, document[first : first + MAX_BERICHTEN]) for first in begins]  # all, before one goes out
    for first, body in zip(begins, bodies, strict=True):
        naam = file.name if len(document) <= MAX_BERICHTEN else f"{file.name} from {first + 1}"
        yield Lading(naam, body)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from error


def _decode(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError as error:
        raise Unusable(f"no readable JSON: {error}") from error
    except RecursionError as error:
        raise Unusable("no readable JSON: nested too deep") from error


def _encode(namens: str | None, berichten: Sequence[object]) -> bytes:
    try:
        return json.dumps({"BerichtLeverancierID": namens, "Berichten": berichten}, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Unusable("a text in it has half a character (a surrogate without the other one)") from error
    except RecursionError as error:
        raise Unusable("nested too deep") from error


@dataclass(frozen=True, slots=True)
class Afzender:
    """An Afnemer that delivers, by its key."""

    client: Client
    key: str

    def find_oin(self) -> str:
        """Its OIN, as the simulator knows it."""
        return str(self.client.api("GET", "/api/verbruik/v1/verbruik", self.key)["afnemer"]["oin"])

    def submit(self, lading: Lading) -> Zending | Weigering:
        """Send it; a refusal of this delivery is an answer too, a refusal of the sender ends everything."""
        from simulator.infra.ids import new_guid

        path, kind = (BATCHES, "application/xml") if lading.is_xml else (BERICHTEN, "application/json")
        headers = {"Content-Type": kind, "X-Message-ID": str(new_guid())}
        try:
            answer = self.client.api("POST", path, self.key, content=lading.content, headers=headers)
        except Refused as refused:
            if refused.status in _NOT_US:
                raise
            return _whole(lading.naam, refused)
        return Zending(lading.naam, answer["statusID"], answer["statusURI"])

    def await_report(self, zendingen: Sequence[Zending], timeout: float) -> list[Any]:
        """The status of each delivery, asked until it is final or ``timeout`` seconds are over."""
        from simulator.infra.clock import stopwatch

        deadline, pause, delay = stopwatch() + timeout, threading.Event(), 0.02
        found: list[Any] = []
        for zending in zendingen:
            status = self.client.api("GET", zending.uri, self.key)
            while status["status"] not in _FINISHED and stopwatch() < deadline:
                pause.wait(delay)
                delay = min(delay * 1.5, 1.0)
                status = self.client.api("GET", zending.uri, self.key)
            found.append(status)
        return found


def sum_up(zendingen: Sequence[Zending], statussen: Sequence[Any], afgewezen: Sequence[Weigering]) -> Verslag:
    """Codes counted, refusals listed."""
    codes: Counter[str] = Counter({GEWEIGERD: len(afgewezen)} if afgewezen else {})
    weigeringen, waarschuwingen = list(afgewezen), []
    for zending, status in zip(zendingen, statussen, strict=True):
        verwerkt = status["context"].get("Verwerkt")
        if verwerkt is None:
            codes[ONAF] += status["context"]["Aangeleverd"]["TotaalAantalOntvangenBerichten"]
            weigeringen.append(Weigering(zending.naam, "", ONAF, "", f"status {status['status']}, see {zending.uri}"))
            continue
        for bericht in verwerkt["Berichten"]:
            codes[bericht["VerwerkingsCode"]] += 1
            waarschuwingen += [f"{bericht['BerichtID']}: {each}" for each in bericht.get("Waarschuwingen", ())]
            if bericht["VerwerkingsCode"] != VERWERKT:
                weigeringen.append(_one(zending.naam, bericht))
    return Verslag(zendingen, codes, weigeringen, waarschuwingen)


def list_files(path: Path) -> list[Path]:
    """The file itself, or the JSON and XML files of a folder by name."""
    if path.is_file():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.lower() in {".json", ".xml"})
    if not found:
        raise click.ClickException(f"there is no .json or .xml file in {path}")
    return found


def _one(naam: str, bericht: dict[str, Any]) -> Weigering:
    stadium = bericht["Stadium"]
    code = bericht["VerwerkingsCode"] + ("" if stadium == "NA" else f" ({stadium})")
    return Weigering(naam, bericht["BerichtID"], code, bericht.get("Regel", ""), bericht.get("Toelichting", ""))


def _whole(naam: str, refused: Refused) -> Weigering:
    problem = refused.problem
    detail, expected = str(problem.get("detail", "")), problem.get("verwacht")
    text = "; ".join(list_errors(problem)[:10]) or (f"{detail} ({expected})" if expected else detail)
    code = f"{problem.get('title', GEWEIGERD)} (HTTP {refused.status})"
    return Weigering(naam, "", code, (problem.get("regel") or {}).get("id", ""), text)

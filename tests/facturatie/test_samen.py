"""Two closings at once give one; one that is killed halfway leaves nothing, and is done again."""

import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from simulator.app import NewWorld
from simulator.facturatie import sluit_jaar, sluit_maand
from simulator.facturatie.usecases.controle import check_facturen
from simulator.facturatie.usecases.voorschot import Voorschotvraag, make_voorschot
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.infra.stores import PostgresStore, SqliteStore
from simulator.settings import Settings
from tests.facturatie.world import BELASTINGEN, MEER, OIN_STAD, all_facturen, set_klok, use

ROOT = Path(__file__).parents[2]
NAAM = "stroomstoring"
CHILD = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tests.facturatie.test_samen import NAAM, open_omgevingen
from simulator.facturatie import sluit_jaar

seen = []

def cut(_connection, _cursor, statement, *_rest):
    if "INTO facturen" in statement:
        seen.append(statement)
        if len(seen) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "after_cursor_execute", cut)
sluit_jaar(open_omgevingen(*sys.argv[1:]).get(NAAM), 2022)
"""


def open_omgevingen(data: str, url: str = "") -> Omgevingen:
    """The registry on the storage of a test."""
    world = NewWorld(Settings())
    store = PostgresStore(url, 4, world) if url else SqliteStore(Path(data), world)
    return Omgevingen(store, 1, {"verwerkingstijd": 0.0})


def use_2022(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 2, 100)
    use(omgeving, 2022, 3, 7, BELASTINGEN)
    use(omgeving, 2022, 3, 9, MEER)
    set_klok(omgeving, 2023, 1, 2)


def together(work: Callable[[], object]) -> list[object]:
    with ThreadPoolExecutor(4) as pool:
        return [each.result() for each in [pool.submit(work) for _ in range(6)]]


def test_closings_at_once_are_one(omgeving: Omgeving) -> None:
    use_2022(omgeving)
    answers = together(lambda: sluit_maand(omgeving, 2022, 3))
    assert answers == [all_facturen(omgeving)] * 6
    assert len(all_facturen(omgeving)) == 2
    together(lambda: sluit_jaar(omgeving, 2022))
    numbers = [each.nummer for each in all_facturen(omgeving)]
    assert numbers == [f"2023-{place:05d}" for place in range(1, 6)]
    assert check_facturen(omgeving) == []


def test_advances_at_once_are_one(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2022, 1, 2)
    together(lambda: make_voorschot(omgeving, Voorschotvraag(OIN_STAD, 2022, 500)))
    assert [each.totaal_excl for each in all_facturen(omgeving)] == [16_000]


@pytest.mark.parametrize("storage", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_closing_that_is_killed_halfway_leaves_nothing_and_is_done_again(
    storage: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if storage == "postgresql" else ""
    registry = open_omgevingen(str(tmp_path), url)
    use_2022(registry.create(NieuweOmgeving(NAAM)))
    registry.close()
    killed = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), url], cwd=ROOT, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    registry = open_omgevingen(str(tmp_path), url)
    omgeving = registry.get(NAAM)
    assert all_facturen(omgeving) == []
    found = sluit_jaar(omgeving, 2022)
    assert [each.nummer for each in found] == ["2023-00001", "2023-00002", "2023-00003"]
    assert sluit_jaar(omgeving, 2022) == found
    assert check_facturen(omgeving) == []
    registry.close()


def test_an_invoice_that_was_issued_is_never_updated(omgeving: Omgeving) -> None:
    use_2022(omgeving)
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "factu" in statement and not statement.startswith(("SELECT", "LOCK")):
            written.append(statement.split("(", maxsplit=1)[0].strip())

    with omgeving.lease() as database:
        event.listen(database.engine, "before_cursor_execute", note)
        try:
            sluit_maand(omgeving, 2022, 3)
            use(omgeving, 2022, 3, 1)
            set_klok(omgeving, 2023, 1, 3)
            sluit_maand(omgeving, 2022, 3)
            sluit_jaar(omgeving, 2022)
        finally:
            event.remove(database.engine, "before_cursor_execute", note)
    assert set(written) == {"INSERT INTO facturen", "INSERT INTO factuurregels"}

"""The example of a live source does what it says: started with one command, it is asked while the citizen waits."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.journeys.actors import Programma
from tests.running import TOKEN, Wereld

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "bron.py"


def test_the_example_of_a_source_is_asked_and_takes_itself_back(wereld: Wereld) -> None:
    command = [sys.executable, str(EXAMPLE), "--url", wereld.simulator.base, "--omgeving", wereld.naam]
    with subprocess.Popen([*command, "--token", TOKEN], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("answers on http://127.0.0.1:")
            programma = Programma.log_in(wereld)
            (blok,) = programma.ask("GET", "/gegevens?categorie=onderwijs").json()["blokken"]
            assert (blok["titel"], blok["vorm"], blok["storing"]) == ("Diplomaregister", "live", None)
            assert blok["groepen"][0]["velden"][0] == {"label": "Opleiding", "waarde": "Wiskunde B"}
            assert process.stdout.readline().startswith("asked about onderwijs, in trace 00-")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert programma.ask("GET", "/gegevens?categorie=onderwijs").json()["blokken"] == []

"""What the demo Afnemers say about the personas: ``fixtures/gegevens``, with dates that move along with the clock."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from simulator.settings import find_fixtures

PATH = "/api/persoonlijke-gegevens/v1/gegevens"


def read_gegevens(today: date, folder: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """The key of each Afnemer and the body of its delivery; a peildatum in a fixture is a number of days from now."""
    found = folder or find_fixtures() / "gegevens"
    for file in sorted(found.glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        key = document.pop("sleutel")
        for gegeven in document["gegevens"]:
            gegeven["peildatum"] = (today + timedelta(days=gegeven["peildatum"]["dagen"])).isoformat()
        yield key, json.dumps(document, ensure_ascii=False).encode()

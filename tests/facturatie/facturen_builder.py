"""Invoices in a running simulator: a month of 2022 with deliveries behind it, and the advance for that year."""

from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer
from tests.running import Wereld

OIN_STAD = "00000099000000001000"
VERZONDEN = "2022-03-10T09:00:00Z"


def make_facturen(wereld: Wereld) -> list[str]:
    """Deliver in March 2022, close it in April, and invoice the year in advance; gives the numbers.

    To somebody who looks at no page of a citizen in these tests; afterwards the clock is real again.
    """
    set_klok(wereld, VERZONDEN)
    for aantal in (3, 2):
        berichten = [bericht_json(GebruikerID="999990111", PublicatieDatum=VERZONDEN) for _ in range(aantal)]
        Afnemer(wereld).deliver(*berichten)
    set_klok(wereld, "2022-04-02T09:00:00Z")
    wereld.control("POST", "/facturatie/_sluiten", json={"jaar": 2022, "maand": 3}).raise_for_status()
    vooruit = {"oin": OIN_STAD, "jaar": 2022, "verwacht": 150_000}
    wereld.control("POST", "/facturatie/voorschotten", json=vooruit).raise_for_status()
    wereld.control("PUT", "/klok", json={"modus": "echt"}).raise_for_status()
    found = wereld.afnemer("GET", "/api/facturatie/v1/facturen")
    found.raise_for_status()
    return [factuur["nummer"] for factuur in found.json()["facturen"]]


def set_klok(wereld: Wereld, moment: str) -> None:
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": moment}).raise_for_status()

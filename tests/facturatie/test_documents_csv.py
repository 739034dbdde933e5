import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from simulator.facturatie.documents.csv import as_csv
from simulator.facturatie.values import Factuur
from tests.facturatie.documents import ALLE, GEMEENTE, maandfactuur


def read(factuur: Factuur) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(factuur), newline="")))


@pytest.mark.parametrize("maker", ALLE, ids=lambda maker: maker.__name__)
def test_the_lines_and_totals_are_those_of_the_invoice(maker: type) -> None:
    factuur: Factuur = maker()
    rows = read(factuur)
    lines = [row for row in rows if row["regel"].isdigit()]
    assert [Decimal(row["bedrag"]) * 100 for row in lines] == [regel.bedrag_cent for regel in factuur.regels]
    assert [Decimal(row["prijs"]) * 10_000 for row in lines] == [regel.prijs for regel in factuur.regels]
    totals = {row["regel"]: Decimal(row["bedrag"]) * 100 for row in rows if row["regel"].startswith("totaal")}
    assert totals["totaal_incl"] == factuur.totaal_incl == totals["totaal_excl"] + totals["totaal_btw"]
    btw = [Decimal(row["bedrag"]) * 100 for row in rows if row["regel"] == "btw"]
    assert btw == [each.bedrag_cent for each in factuur.btw_regels]


def test_every_line_says_that_it_is_a_simulation() -> None:
    assert all(row["opmerking"].startswith("SIMULATIE") for row in read(maandfactuur()))


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    factuur = replace(maandfactuur(), afnemer=replace(GEMEENTE, naam="=HYPERLINK(1)"))
    assert {row["afnemer"] for row in read(factuur)} == {"'=HYPERLINK(1)"}


def test_a_day_is_written_as_programs_do() -> None:
    first = read(maandfactuur())[0]
    assert (first["datum"], first["van"], first["tot"]) == ("2022-04-01", "2022-03-01", "2022-03-31")

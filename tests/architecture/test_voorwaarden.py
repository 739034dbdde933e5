"""No article of the Voorwaarden without a row and a test, no row about a rule or a page that is not there."""

import pytest

from docs.voorwaarden import DOCUMENT, list_proofs, render
from simulator.app import REGELS
from simulator.voorwaarden import Artikel, get_artikelen
from tests.walking import list_paths

VOORWAARDEN = (
    "aanhef",
    *("1-aanvraagformulier", "1-afnemersoverleg", "1-berichtenbox", "1-dap", "1-dfa", "1-gebruiker", "1-lopende-zaken"),
    *("1-koppelvlakspecificatie", "1-mijnoverheid", "1-persoonlijke-gegevens", "1-sno", "1-zekerheidsniveau"),
    *("2.1", "2.2"),
    *("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"),
    *("4.1", "4.2", "5.1", "5.2", "6.1", "6.2", "7.1", "7.2", "8.1", "8.2"),
)
"""What the text of version 2.9 has: what comes before it, twelve Begrippen, and the sub-articles of 2 to 8."""
each_artikel = pytest.mark.parametrize("artikel", get_artikelen(), ids=lambda artikel: artikel.nummer)
PROOFS = list_proofs()


def test_every_article_has_a_row_in_the_order_of_the_text() -> None:
    assert tuple(artikel.nummer for artikel in get_artikelen()) == VOORWAARDEN


@each_artikel
def test_a_row_says_whom_it_binds_and_what_the_simulator_does(artikel: Artikel) -> None:
    assert artikel.titel
    assert artikel.bindt
    for text in (artikel.samenvatting, artikel.uitwerking):
        assert text.endswith(".")
        assert "  " not in text


@each_artikel
def test_a_row_names_rules_and_paths_that_exist(artikel: Artikel) -> None:
    assert not [regel for regel in artikel.regels if regel not in REGELS]
    assert len(set(artikel.regels)) == len(artikel.regels)
    assert not [pad for pad in artikel.paden if pad not in list_paths()]


@each_artikel
def test_every_article_has_a_test_with_its_mark(artikel: Artikel) -> None:
    assert PROOFS.get(artikel.nummer), f"mark a test with @pytest.mark.artikel({artikel.nummer!r})"


def test_no_mark_is_without_an_article() -> None:
    assert PROOFS.keys() <= set(VOORWAARDEN)


def test_every_rule_of_the_voorwaarden_belongs_to_its_article() -> None:
    claimed = {(artikel.nummer, regel) for artikel in get_artikelen() for regel in artikel.regels}
    own = [(regel.split("-")[1], regel) for regel in REGELS if regel.startswith("VW-")]
    assert not [(nummer, regel) for nummer, regel in own if (nummer, regel) not in claimed]


def test_the_document_is_what_the_catalogue_says() -> None:
    assert DOCUMENT.read_text("utf-8") == render(), "write it anew: make voorwaarden"

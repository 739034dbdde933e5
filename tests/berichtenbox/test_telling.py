"""How often each rule was asked: a bericht passes every rule before the one that refuses it."""

from simulator.berichtenbox.errors import catalogus
from simulator.berichtenbox.rules.beoordeling import BESTAAT_AL, NIET_GEABONNEERD, VERWERKT, Beoordeling
from simulator.berichtenbox.rules.telling import count_regels
from simulator.berichtenbox.values import Soort, Verwerkingscode


def as_mapping(beoordelingen: list[Beoordeling], soort: Soort, met_bijlagen: int = 0) -> dict[str, tuple[int, int]]:
    return {
        regel.id: (geslaagd, geweigerd)
        for regel, geslaagd, geweigerd in count_regels(beoordelingen, soort, met_bijlagen)
    }


def test_a_bericht_that_is_stored_passes_every_rule() -> None:
    tellingen = as_mapping([VERWERKT, VERWERKT], Soort.XML, met_bijlagen=1)
    assert tellingen["BB-xsd"] == (2, 0)
    assert tellingen["BB-bericht-bestaat-al"] == (2, 0)
    assert tellingen["BB-bijlage-omvang"] == (1, 0)
    assert {geweigerd for _, geweigerd in tellingen.values()} == {0}


def test_what_is_refused_counts_for_that_rule_and_those_before_it() -> None:
    tellingen = as_mapping([VERWERKT, NIET_GEABONNEERD, BESTAAT_AL], Soort.JSON)
    assert tellingen["BB-velden"] == (3, 0)
    assert tellingen["BB-box-actief"] == (3, 0)
    assert tellingen["BB-geabonneerd"] == (2, 1)
    assert tellingen["BB-bericht-bestaat-al"] == (1, 1)
    assert tellingen["BB-opslag"] == (1, 0)
    assert "BB-bijlage-pdf" not in tellingen
    assert "BB-aanmaakdatum" not in tellingen


def test_a_document_that_fails_the_schema_meets_no_other_rule() -> None:
    vorm = Beoordeling(Verwerkingscode.XML_VALIDEERT_NIET, regel=catalogus.XSD)
    assert as_mapping([vorm], Soort.XML) == {"BB-xsd": (0, 1)}

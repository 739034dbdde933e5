import json
from datetime import date
from pathlib import Path

import pytest

from simulator.gebruikers.rules import NIET_ACTIEF, NIET_GEABONNEERD, ONTVANGT, Ontvangers, OntvangstSoort
from simulator.gebruikers.values.gebruiker import ONGEWIJZIGD, DigidNiveau
from simulator.gebruikers.values.persona import PersonaOnbruikbaar, load_personas
from simulator.gebruikers.values.population import Population
from simulator.settings import Settings

FOLDER = Settings().fixtures_dir / "personas"
PERSONAS = load_personas(FOLDER)
CONTRACT = {
    999990019: "actief",
    999990020: "niet-geabonneerd",
    999990032: "niet-actief",
    999990044: "alleen-basis",
    999990056: "opslag-faalt",
    999990068: "validatie-faalt",
    999990081: "overleden",
    999990093: "minderjarig",
    999990111: "zonder-email",
    999990123: "diakrieten",
    999990135: "geheim-adres",
    999990147: "email-stuitert",
}


def test_the_personas_are_those_of_the_contract() -> None:
    assert {bsn: persona.naam for bsn, persona in PERSONAS.items()} == CONTRACT


@pytest.mark.parametrize(
    ("naam", "ontvangst"),
    [
        ("actief", ONTVANGT),
        ("niet-geabonneerd", NIET_GEABONNEERD),
        ("niet-actief", NIET_ACTIEF),
        ("alleen-basis", ONTVANGT),
        ("overleden", NIET_ACTIEF),
        ("minderjarig", NIET_ACTIEF),
        ("zonder-email", ONTVANGT),
        ("diakrieten", ONTVANGT),
        ("geheim-adres", ONTVANGT),
        ("email-stuitert", ONTVANGT),
    ],
)
def test_each_persona_receives_post_as_its_property_says(naam: str, ontvangst: object) -> None:
    bsn = next(each for each in CONTRACT if CONTRACT[each] == naam)
    assert Ontvangers(Population(1), PERSONAS).judge(bsn, "00000099000000001000", 1) is ontvangst


@pytest.mark.parametrize(("bsn", "stadium"), [(999990056, "StoreMessage"), (999990068, "ValidatieGebruiker")])
def test_a_persona_with_a_storing_says_which_in_the_words_of_the_koppelvlak(bsn: int, stadium: str) -> None:
    ontvangst = Ontvangers(Population(1), PERSONAS).judge(bsn, "00000099000000001000", 1)
    assert ontvangst.soort is OntvangstSoort.STORING
    assert (ontvangst.verwerkingscode, ontvangst.stadium) == ("TechnischProbleem", stadium)


def test_the_properties_that_are_not_about_receiving_are_there_too() -> None:
    on = {persona.naam: persona for persona in PERSONAS.values()}
    assert on["alleen-basis"].niveau is DigidNiveau.BASIS
    assert on["actief"].niveau is DigidNiveau.MIDDEN
    assert on["zonder-email"].email is None
    assert on["email-stuitert"].email_stuitert
    assert on["geheim-adres"].geheim
    assert on["overleden"].overleden_op is not None
    assert not on["diakrieten"].achternaam.isascii()


@pytest.mark.parametrize("year", [2026, 2031])
def test_the_minor_stays_thirteen_whatever_the_clock_says(year: int) -> None:
    op = PERSONAS[999990019].born(date(year, 6, 1))
    minor = Ontvangers(Population(1), PERSONAS).build_gebruiker(999990093, ONGEWIJZIGD, date(year, 6, 1))
    assert minor is not None
    assert minor.leeftijd(date(year, 6, 1)) == 13
    assert op.year == 1980


def _write(folder: Path, **changes: object) -> None:
    persona = json.loads((FOLDER / "actief.json").read_text("utf-8")) | changes
    (folder / "fout.json").write_text(json.dumps(persona), "utf-8")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"bsn": "999990018"}, "elfproef"),
        ({"leeftijd": 13}, "either geboortedatum or leeftijd"),
        ({"digid_niveau": "hoger"}, "digid_niveau"),
        ({"naam": "Actief"}, "lower case"),
        ({"box": "dicht"}, "box"),
        ({"schoenmaat": 43}, "schoenmaat"),
        ({"email": None, "email_stuitert": True}, "bouncing"),
    ],
)
def test_a_fixture_that_is_no_good_is_named_with_its_fault(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    _write(tmp_path, **changes)
    with pytest.raises(PersonaOnbruikbaar, match=f"fout.json: .*{says}"):
        load_personas(tmp_path)


def test_two_personas_cannot_share_a_bsn(tmp_path: Path) -> None:
    _write(tmp_path, naam="een-ander")
    (tmp_path / "actief.json").write_bytes((FOLDER / "actief.json").read_bytes())
    with pytest.raises(PersonaOnbruikbaar, match="another persona"):
        load_personas(tmp_path)

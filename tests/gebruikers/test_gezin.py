from datetime import date

import pytest

from simulator.gebruikers.values.bsn import complete, is_bsn
from simulator.gebruikers.values.buurt import Gezinnen
from simulator.gebruikers.values.familie import Familie
from simulator.gebruikers.values.gezin import Registerdatum, Verwant
from simulator.gebruikers.values.persona import PersonaOnbruikbaar, load_personas
from simulator.gebruikers.values.population import Bereik, Population
from simulator.gebruikers.values.zoeken import gemeentecode_of, list_adressanten, list_jarigen, plaats_of
from tests.gebruikers.test_persona import FOLDER, PERSONAS, _write

OP = date(2026, 11, 23)
BSNS = [int(bsn) for bsn in Population(1).bsns() if int(bsn) not in PERSONAS]
SOME = BSNS[::41]


def familie(seed: int = 1, bereik: Bereik = Bereik.TEST) -> Familie:
    population = Population(seed, bereik)
    return Familie(population, PERSONAS, Gezinnen(population, frozenset(PERSONAS)))


def test_every_number_is_completed_to_the_one_bsn_that_begins_with_it() -> None:
    assert sorted(filter(None, map(complete, range(99_999_000, 100_000_500)))) == [
        number for number in range(999_990_000, 1_000_000_000) if is_bsn(str(number))
    ]


def test_a_parent_names_its_child_and_the_child_names_that_parent() -> None:
    found = familie()
    children = 0
    for bsn in SOME:
        for kind in found.build_gezin(bsn, OP).kinderen:
            assert kind.bsn is not None
            assert bsn in {ouder.bsn for ouder in found.build_gezin(kind.bsn, OP).ouders}
            children += 1
        for ouder in found.build_gezin(bsn, OP).ouders:
            if ouder.bsn is not None:
                assert bsn in {kind.bsn for kind in found.build_gezin(ouder.bsn, OP).kinderen}
    assert children > 500


def test_partners_name_each_other_since_the_same_day_and_live_at_one_address() -> None:
    found = familie()
    couples = 0
    for bsn in SOME:
        bond = found.build_gezin(bsn, OP).verbintenis
        if bond is None:
            assert found.find_hoofdbewoner(bsn, OP) == bsn
            continue
        couples += 1
        assert bond.partner.bsn is not None
        back = found.build_gezin(bond.partner.bsn, OP).verbintenis
        assert back is not None
        assert (back.partner.bsn, back.sinds, back.soort) == (bsn, bond.sinds, bond.soort)
        assert bond.sinds <= OP
        assert found.find_hoofdbewoner(bsn, OP) == found.find_hoofdbewoner(bond.partner.bsn, OP)
    assert 0.4 < couples / len(SOME) < 0.65


def test_a_child_bears_the_name_of_a_parent_and_is_young_enough() -> None:
    found = familie()
    for bsn in SOME:
        kind, ouders = found.population.build_gebruiker(bsn), found.build_gezin(bsn, OP).ouders
        assert len(ouders) == 2
        assert kind.achternaam in {each.achternaam for each in ouders}
        for ouder in ouders:
            assert 18 <= kind.geboortedatum.year - ouder.geboortedatum.jaar <= 57


def test_who_is_as_they_were_before_there_were_families() -> None:
    gebruiker = Population(1).build_gebruiker(999_000_858)
    assert (gebruiker.naam, gebruiker.geboortedatum) == ("Lieke Spaan", date(2007, 6, 10))


def test_the_same_seed_gives_the_same_families_and_a_country_has_those_of_the_test_numbers() -> None:
    here, there = familie(), familie(bereik=Bereik.LANDELIJK)
    for bsn in SOME[::300]:
        assert familie(seed=1).build_gezin(bsn, OP) == here.build_gezin(bsn, OP) == there.build_gezin(bsn, OP)
    assert there.build_gezin(123_456_782, OP).ouders


def test_nobody_of_the_population_is_related_to_a_persona() -> None:
    found = familie()
    for bsn in BSNS[-909:]:
        gezin = found.build_gezin(bsn, OP)
        relatives = {each.bsn for each in (*gezin.ouders, *gezin.kinderen)}
        assert not relatives & PERSONAS.keys()


def test_before_a_wedding_there_is_no_partner_and_before_a_birth_no_child() -> None:
    found = familie()
    bsn = next(
        each for each in SOME if found.build_gezin(each, OP).verbintenis and found.build_gezin(each, OP).kinderen
    )
    early = found.build_gezin(bsn, date(1900, 1, 1))
    assert (early.verbintenis, early.kinderen) == (None, ())


def _persona(naam: str) -> int:
    return next(bsn for bsn, persona in PERSONAS.items() if persona.naam == naam)


def _bsns(verwanten: tuple[Verwant, ...]) -> list[int | None]:
    return [each.bsn for each in verwanten]


def test_the_minor_has_a_mother_who_knows_her_child_and_lives_with_it() -> None:
    found, mother, child = familie(), _persona("actief"), _persona("minderjarig")
    assert _bsns(found.build_gezin(mother, OP).kinderen) == [child]
    assert _bsns(found.build_gezin(child, OP).ouders) == [mother, None]
    assert found.build_gezin(child, OP).ouders[1].geboortedatum == Registerdatum(1978)
    assert PERSONAS[mother].adres == PERSONAS[child].adres


def test_the_deceased_leaves_a_widower_behind_and_both_know_when_the_marriage_ended() -> None:
    found, widower, deceased = familie(), _persona("alleen-basis"), _persona("overleden")
    his, hers = found.build_gezin(widower, OP).verbintenis, found.build_gezin(deceased, OP).verbintenis
    assert his is not None
    assert hers is not None
    assert (his.partner.bsn, hers.partner.bsn) == (deceased, widower)
    assert his.tot == hers.tot == PERSONAS[deceased].overleden_op


def test_a_persona_cannot_be_related_to_somebody_who_is_none(tmp_path: pytest.TempPathFactory) -> None:
    folder = FOLDER.parent.__class__(str(tmp_path))
    _write(folder, ouders=[{"bsn": "999000858"}])
    with pytest.raises(PersonaOnbruikbaar, match="no persona"):
        load_personas(folder)


def test_people_are_found_by_birthday_and_by_place() -> None:
    gebruiker = Population(1).build_gebruiker(999_000_858)
    assert 999_000_858 in list_jarigen(Population(1), gebruiker.geboortedatum)
    assert 999_000_858 in list_adressanten(Population(1), gebruiker.adres.woonplaats)
    assert plaats_of(gemeentecode_of(gebruiker.gemeente)) == gebruiker.gemeente
    assert list_adressanten(Population(1), "Nergens") == ()

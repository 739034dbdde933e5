from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import postcode

from simulator.gebruikers.values.bsn import Bsn, is_bsn
from simulator.gebruikers.values.gebruikersnaam import bsn_of, name_of
from simulator.gebruikers.values.population import Bereik, Population

seeds = st.integers(min_value=0, max_value=2**63)
people = st.sampled_from([bsn for each, bsn in zip(range(5000), Population(1).bsns(), strict=False) if each % 7 == 0])
OIN = "00000099000000001000"


@given(seeds, people)
def test_the_same_seed_gives_the_same_person(seed: int, bsn: Bsn) -> None:
    assert Population(seed).build_gebruiker(bsn) == Population(seed).build_gebruiker(bsn)


@given(seeds, people)
def test_a_person_is_complete_and_plausible(seed: int, bsn: Bsn) -> None:
    gebruiker = Population(seed).build_gebruiker(bsn)
    assert gebruiker.bsn == bsn
    assert gebruiker.voornamen
    assert gebruiker.achternaam[0].isupper()
    assert postcode.is_valid(gebruiker.adres.postcode)
    assert gebruiker.telefoon.startswith("0600")
    assert len(gebruiker.telefoon) == 10
    assert gebruiker.email is None or (gebruiker.email.isascii() and gebruiker.email.endswith("@voorbeeld.example"))
    assert gebruiker.email or not gebruiker.kennisgeving_aan


@given(seeds, st.integers(min_value=0, max_value=999_999_999))
def test_a_user_name_leads_back_to_its_bsn_and_does_not_show_it(seed: int, number: int) -> None:
    naam = name_of(seed, number)
    assert bsn_of(seed, naam) == number
    assert f"{number:09d}" not in naam


@given(seeds, st.text(max_size=20))
def test_any_text_can_be_asked_for_as_a_user_name(seed: int, text: str) -> None:
    found = Population(seed).find_bsn(text)
    assert found is None or name_of(seed, found) == text


@given(seeds, people)
def test_the_quick_contact_is_that_of_the_whole_person(seed: int, bsn: Bsn) -> None:
    assert Population(seed).find_contact(bsn) == Population(seed).build_gebruiker(bsn).contact


def test_this_person_is_the_same_in_every_installation() -> None:
    gebruiker = Population(1).build_gebruiker(999_000_858)
    assert (gebruiker.naam, gebruiker.gebruikersnaam) == ("Lieke Spaan", "gebruiker-qvgh4y")


def test_all_valid_test_numbers_live_here_and_nobody_else() -> None:
    bsns = list(Population(1).bsns())
    assert len(bsns) == 90_909
    assert all(is_bsn(str(bsn)) for bsn in bsns)
    assert 123_456_782 not in Population(1)


def test_a_country_of_eighteen_million_can_be_asked_for() -> None:
    country = Population(1, Bereik.LANDELIJK)
    assert 123_456_782 in country
    assert 999_000_858 in country
    assert country.build_gebruiker(999_000_858) == Population(1).build_gebruiker(999_000_858)


def test_the_shares_of_the_population_are_as_documented() -> None:
    population = Population(7)
    bsns = [bsn for each, bsn in zip(range(20_000), population.bsns(), strict=False)]
    assert 0.84 < sum(map(population.has_box, bsns)) / len(bsns) < 0.86
    assert 0.69 < sum(population.find_contact(bsn) is not None for bsn in bsns) / len(bsns) < 0.72
    assert 0.94 < sum(population.wants(bsn, OIN) for bsn in bsns) / len(bsns) < 0.96


def test_who_takes_post_from_one_afnemer_does_not_depend_on_another() -> None:
    population = Population(7)
    refusing = [
        bsn for each, bsn in zip(range(20_000), population.bsns(), strict=False) if not population.wants(bsn, OIN)
    ]
    other = sum(population.wants(bsn, "00000099000000002000") for bsn in refusing) / len(refusing)
    assert 0.91 < other < 0.98

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.gebruikers.errors import EmailOngeldig
from simulator.gebruikers.rules import (
    NIET_ACTIEF,
    NIET_GEABONNEERD,
    ONBEKEND,
    ONTVANGT,
    Ontvangers,
    apply_wijziging,
    check_email,
)
from simulator.gebruikers.values.gebruiker import ONGEWIJZIGD, Wijziging
from simulator.gebruikers.values.persona import load_personas
from simulator.gebruikers.values.population import Population
from simulator.settings import Settings

OIN = "00000099000000001000"
POPULATION = Population(1)
ONTVANGERS = Ontvangers(POPULATION, load_personas(Settings().fixtures_dir / "personas"))
MINOR, DECEASED, ACTIEF, STUITERT = 999990093, 999990081, 999990019, 999990147
people = st.sampled_from([bsn for _, bsn in zip(range(3000), POPULATION.bsns(), strict=False)])


@given(people)
def test_the_quick_answer_is_that_of_the_whole_person(bsn: int) -> None:
    gebruiker = POPULATION.build_gebruiker(bsn)
    expected = NIET_ACTIEF if not gebruiker.box_actief else ONTVANGT if POPULATION.wants(bsn, OIN) else NIET_GEABONNEERD
    assert ONTVANGERS.judge(bsn, OIN, 1) is expected


@given(people, st.booleans(), st.booleans())
def test_what_somebody_changed_wins_from_what_was_computed(bsn: int, box: bool, aan: bool) -> None:
    wijziging = Wijziging(box_actief=box, voorkeuren={5: aan})
    expected = NIET_ACTIEF if not box else ONTVANGT if aan else NIET_GEABONNEERD
    assert ONTVANGERS.judge(bsn, OIN, 5, wijziging) is expected


def test_a_change_about_one_afnemer_says_nothing_about_another() -> None:
    assert ONTVANGERS.judge(ACTIEF, OIN, 6, Wijziging(voorkeuren={5: False})) is ONTVANGT


def test_a_bsn_outside_the_population_is_unknown() -> None:
    assert ONTVANGERS.judge(123_456_782, OIN, 1) is ONBEKEND


@pytest.mark.parametrize("bsn", [MINOR, DECEASED])
def test_who_can_have_no_box_gets_none_by_a_change(bsn: int) -> None:
    assert ONTVANGERS.judge(bsn, OIN, 1, Wijziging(box_actief=True)) is NIET_ACTIEF


def test_an_address_that_bounces_is_mended_by_another_address() -> None:
    gebruiker = ONTVANGERS.build_gebruiker(STUITERT, ONGEWIJZIGD, POPULATION.build_gebruiker(ACTIEF).geboortedatum)
    assert gebruiker is not None
    assert gebruiker.email_stuitert
    assert not apply_wijziging(gebruiker, Wijziging(email="nieuw@voorbeeld.example")).email_stuitert


def test_without_an_address_no_kennisgeving_is_wanted() -> None:
    gebruiker = POPULATION.build_gebruiker(ACTIEF)
    without = apply_wijziging(gebruiker, Wijziging(email_uit=True, kennisgeving=True, herhaling=True))
    assert without.email is None
    assert not without.kennisgeving_aan
    assert without.kennisgeving_adres is None


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "a b@c.nl", "a@b..nl", "a@-b.nl", "a@b.nl\nBcc: c@d.nl", "x" * 250 + "@b.nl"]
)
def test_what_is_no_email_address_is_refused(text: str) -> None:
    with pytest.raises(EmailOngeldig):
        check_email(text)


@pytest.mark.parametrize("text", ["a@b.nl", " jan.de.vries+post@voorbeeld.example "])
def test_an_email_address_is_kept_without_spaces_around_it(text: str) -> None:
    assert check_email(text) == text.strip()

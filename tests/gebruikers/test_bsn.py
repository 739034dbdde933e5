import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn

from simulator.gebruikers.values.bsn import Bsn, BsnOngeldig, is_bsn


@given(st.integers(min_value=1, max_value=999_999_999).map("{:09d}".format))
def test_the_elfproef_agrees_with_an_independent_library(text: str) -> None:
    assert is_bsn(text) == stdnum_bsn.is_valid(text)


@given(st.text(min_size=6, max_size=12).filter(lambda text: not is_bsn(text)))
def test_a_refusal_names_its_rule_and_does_not_repeat_what_was_given(text: str) -> None:
    with pytest.raises(BsnOngeldig) as refused:
        Bsn.parse(text)
    assert refused.value.regel is not None
    assert text == "000000000" or text not in f"{refused.value.detail} {refused.value.ontvangen}"


@given(st.integers(min_value=0, max_value=999_999_999), st.integers(min_value=0, max_value=8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, place: int, off: int) -> None:
    text = f"{number:09d}"
    wrong = text[:place] + str((int(text[place]) + off) % 10) + text[place + 1 :]
    assert not (is_bsn(text) and is_bsn(wrong))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("99999001", "Zet voor een BSN van acht cijfers een nul"),
        ("999990018", "elfproef"),
        ("000000000", "is geen BSN"),
        ("9999900190", "dit zijn er 10"),
        ("999.99.00", "zonder punten"),
        ("٩٩٩٩٩٠٠١٩", "alleen cijfers"),
        ("", "alleen cijfers"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(BsnOngeldig, match=says):
        Bsn.parse(text)


def test_a_bsn_is_shown_with_its_leading_zero_and_never_in_a_log() -> None:
    bsn = Bsn.parse("010000008")
    assert str(bsn) == f"{bsn}" == "010000008"
    assert bsn == 10_000_008
    assert "1" not in repr(bsn)

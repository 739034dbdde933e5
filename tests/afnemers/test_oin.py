import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.afnemers.values.oin import SOORTEN, Oin, OinOngeldig, explain_oin

REAL = ["00000001002220647000", "00000001823288444000", "00000001822477348000", "00000004003214345001"]


@pytest.mark.parametrize("text", [*REAL, "00000099000000001000", "00000003123456780000", "0000000721AB00000000"])
def test_an_oin_of_the_stelsel_is_one(text: str) -> None:
    assert Oin.parse(text) == text


@given(st.text(max_size=25))
def test_any_text_is_an_oin_or_a_refusal_that_says_why(text: str) -> None:
    fault = explain_oin(text)
    if fault:
        with pytest.raises(OinOngeldig) as refused:
            Oin.parse(text)
        assert refused.value.detail == fault
    else:
        assert text[:8] in SOORTEN


@given(st.integers(min_value=1, max_value=999_999_999_999))
def test_every_number_under_the_test_prefix_is_free_for_tests(number: int) -> None:
    assert Oin.parse(f"00000099{number:012d}").soort == "test"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "dit zijn er 0"),
        ("0000009900000000100", "dit zijn er 19"),
        ("00000098000000001000", "prefix 00000098 bestaat niet"),
        ("00000001002220648000", "RSIN in dit OIN voldoet niet aan de elfproef"),
        ("00000001002220647001", "drie nullen"),
        ("00000003123456789000", "KvK-nummer van acht cijfers en vier nullen"),
        ("00000099000000000000", "alleen nullen"),
        ("0000009900000000100a", "cijfers of hoofdletters"),
        ("0000009900000000100\u0660", "cijfers of hoofdletters"),
        ("00000099000000001000\n", "dit zijn er 21"),
    ],
)
def test_a_refusal_says_which_part_is_wrong(text: str, says: str) -> None:
    with pytest.raises(OinOngeldig, match=says):
        Oin.parse(text)

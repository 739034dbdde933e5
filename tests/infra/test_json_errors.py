"""What is wrong with a JSON document, said so that it can be mended."""

import tracemalloc
from typing import Annotated

import msgspec
import pytest

from simulator.infra.json_errors import find_errors

Kort = Annotated[str, msgspec.Meta(min_length=2, max_length=5)]


class Deel(msgspec.Struct, forbid_unknown_fields=True):
    Aantal: Annotated[int, msgspec.Meta(ge=1, le=9)]


class Geheel(msgspec.Struct, forbid_unknown_fields=True):
    Naam: Kort
    Delen: Annotated[list[Deel], msgspec.Meta(max_length=2)]
    Bijnaam: Kort | None = None
    Code: Annotated[str, msgspec.Meta(pattern="^[0-9]{9}$")] | None = None


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ('{"Delen":[]}', "", "verplicht veld ontbreekt: Naam"),
        ('{"Naam":"a","Delen":[]}', "/Naam", "lengte 1 is te kort; de ondergrens is 2"),
        ('{"Naam":"abcdef","Delen":[]}', "/Naam", "lengte 6 is te lang; de bovengrens is 5"),
        ('{"Naam":1,"Delen":[]}', "/Naam", "1 is niet tekst"),
        ('{"Naam":null,"Delen":[]}', "/Naam", "null is niet tekst"),
        ('{"Naam":"abc","Delen":[{"Aantal":0}]}', "/Delen/0/Aantal", "0 is te klein; de ondergrens is 1"),
        ('{"Naam":"abc","Delen":[{"Aantal":10}]}', "/Delen/0/Aantal", "10 is te groot; de bovengrens is 9"),
        ('{"Naam":"abc","Delen":[],"naam":"x"}', "", 'onbekend veld "naam"; bedoelt u Naam?'),
        ('{"Naam":"abc","Delen":[],"Zzzz":"x"}', "", 'onbekend veld "Zzzz"'),
        ('{"Naam":"abc","Delen":[],"Bijnaam":"x"}', "/Bijnaam", "lengte 1 is te kort; de ondergrens is 2"),
        ('{"Naam":"abc","Delen":[],"Code":"12"}', "/Code", '"12" heeft niet de vorm ^[0-9]{9}$'),
        ('{"Naam":"abc","Delen":{}}', "/Delen", "{} is niet een lijst"),
        ("[]", "", "[] is niet een object"),
    ],
)
def test_each_mistake_is_named_with_its_place(body: str, pointer: str, detail: str) -> None:
    (error,) = find_errors(body.encode(), Geheel, "x")
    assert (error.pointer, error.detail) == (pointer, detail)


def test_all_mistakes_are_named_at_once() -> None:
    errors = find_errors(b'{"Naam":"a","Delen":[{"Aantal":0},{"Aantal":"x"},{}],"Wat":1}', Geheel, "x")
    assert {error.pointer for error in errors} == {
        "/Naam",
        "/Delen",
        "/Delen/0/Aantal",
        "/Delen/1/Aantal",
        "/Delen/2",
        "",
    }


def test_fields_that_are_missing_together_are_told_together() -> None:
    (error,) = find_errors(b"{}", Geheel, "x")
    assert error.detail == "verplicht veld ontbreekt: Naam, Delen"


def test_a_huge_value_is_shown_in_part() -> None:
    body = msgspec.json.encode({"Naam": ["x" * 100_000], "Delen": []})
    (error,) = find_errors(body, Geheel, "x")
    assert len(error.detail) < 120


def test_a_list_of_very_many_mistakes_is_not_gone_through_to_its_end() -> None:
    body = b'{"Naam":"a","Delen":[' + b"0," * 300_000 + b"0]}"
    tracemalloc.start()
    try:
        errors = find_errors(body, Geheel, "x")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(errors) == 100
    assert most < 20 * len(body)

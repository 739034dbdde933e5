"""The form of a text holds for all of it: a line end after it does not slip through, in any API."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.app import APIS
from simulator.brp import api as brp
from simulator.infra.patterns import form_of, whole


def find_patterns(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        for each in node.values():
            yield from find_patterns(each)
    elif isinstance(node, list):
        for each in node:
            yield from find_patterns(each)


# Those of Haal Centraal are published as they are; the BRP reads them in its own way, and tests that itself.
PATTERNS = sorted({pattern for api in APIS if api is not brp for pattern in find_patterns(api.openapi())})


def test_every_pattern_of_the_apis_is_about_the_whole_text() -> None:
    assert len(PATTERNS) > 5
    loose = [each for each in PATTERNS if each != whole(form_of(each)) and not each.endswith(r"\Z")]
    assert loose == []


@pytest.mark.parametrize("pattern", [each for each in PATTERNS if not re.search(each, "more\nlines")])
@settings(max_examples=25, derandomize=True, database=None)
@given(data=st.data())
def test_a_line_end_after_a_good_text_is_refused(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    assert re.search(pattern, text)
    assert not re.search(pattern, text + "\n")


def test_people_read_the_form_and_not_how_it_is_written() -> None:
    assert form_of(whole("[0-9]{9}")) == "[0-9]{9}"
    assert form_of("^[0-9]{9}$") == "^[0-9]{9}$"

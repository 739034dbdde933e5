"""Ids: growing, unique over threads and workers, and opaque outside."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from simulator.infra.ids import MAX_SLOT, IdSource, from_public_id, new_ids, public_id, seeded


@given(st.integers(0, (1 << 62) - 1))
def test_a_public_id_is_a_uuid_that_only_we_can_read_back(number: int) -> None:
    text = public_id(number)
    assert UUID(text).version == 8
    assert from_public_id(text) == number


@given(st.uuids())
def test_somebody_elses_uuid_is_not_ours(guid: UUID) -> None:
    assert from_public_id(str(guid)) is None


def test_text_that_is_no_uuid_is_not_ours() -> None:
    for text in ("", "x", "1" * 36, public_id(1).upper(), public_id(1) + "\n"):
        assert from_public_id(text) is None


def test_ids_of_many_threads_are_unique_and_of_one_call_contiguous() -> None:
    with ThreadPoolExecutor(8) as pool:
        blocks = list(pool.map(lambda _: new_ids(50), range(200)))
    numbers = [number for block in blocks for number in block]
    assert len(set(numbers)) == 10_000
    assert all(len(block) == 50 for block in blocks)


def test_workers_with_their_own_slot_never_make_the_same_id() -> None:
    first, last = IdSource(0), IdSource(MAX_SLOT)
    assert not set(first.take(10_000)) & set(last.take(10_000))
    assert max(last.take(1)) < 1 << 62


def test_what_is_seeded_is_the_same_in_every_process() -> None:
    assert seeded(1, "actief", 999990019) == 16124384845411584672
    assert seeded(1, "a", 12) != seeded(1, "a1", 2) != seeded(2, "a", 12)

"""What docs/scale.md says about sharding, tried: on Citus not, on the partitions of PostgreSQL, which have its law."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, NotSupportedError
from werkzeug.test import TestResponse

from simulator.app import create_app
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.settings import Settings
from tests.architecture import daden
from tests.architecture.asking import Explained, explain_all
from tests.architecture.daden import BURGERS, STAD
from tests.architecture.sharding import (
    PARTS,
    STATEMENTS,
    Place,
    declared,
    declared_functions,
    spread,
    spread_places,
    touched,
    walk,
)
from tests.berichtenbox.documents import bericht_json, bijlage_json, guid
from tests.lopende_zaken.documents import status_json, zaak_json

pytestmark = pytest.mark.postgres
TABLES = [place.table.name for place in spread_places()]
MOVED = {moved.table: place.table.name for place in spread_places() for moved in place.moved}
"""By the table that keeps a unique key, the one that it is about."""
BINDS: dict[str, Any] = {
    "sleutels": [7], "bsns": [999990019], "eerste": 0, "laatste": 2**62, "tot": 2**62, "inbox": "inbox",
    "archief": "archief",
}  # fmt: skip
"""What a statement at module level is asked with; of a list one."""


@dataclass(frozen=True)
class Wereld:
    """One omgeving of an application in this process, and what its database was asked."""

    app: Flask
    naam: str
    log: list[Explained]

    @property
    def omgeving(self) -> Omgeving:
        """Its data."""
        omgeving: Omgeving = self.app.extensions["omgevingen"].get(self.naam)
        return omgeving

    @property
    def omgevingen(self) -> Omgevingen:
        found: Omgevingen = self.app.extensions["omgevingen"]
        return found

    @contextmanager
    def connection(self, *, writes: bool = False) -> Iterator[Connection]:
        """A transaction in which anything may be tried; what it does is kept only if it ``writes``."""
        with self.omgevingen.get(self.naam).current_database().connection(writes=True) as connection:
            yield connection
            transaction = connection.get_transaction()
            if transaction is not None and not writes:
                transaction.rollback()

    def ask(self, method: str, path: str, wie: dict[str, str], **options: Any) -> TestResponse:
        headers = wie | options.pop("headers", {})
        url = f"/omgevingen/{self.naam}{path}"
        answer = self.app.test_client().open(url, method=method, headers=headers, **options)
        assert answer.status_code < 300, answer.text
        return answer

    def log_in(self) -> dict[str, str]:
        answer = self.ask("POST", "/__admin/v1/sessies", BEHEER, json={"persona": "actief"})
        return {"Authorization": f"Bearer {answer.get_json()['token']}"}


BEHEER = {"Authorization": "Bearer geheim"}


@pytest.fixture(scope="module")
def heel(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Wereld]:
    """An omgeving as it is, on PostgreSQL."""
    data = tmp_path_factory.mktemp("heel")
    app = create_app(Settings(data=data, database_url=new_database(), admin_token="geheim", log_level="error"))
    yield Wereld(app, "standaard", [])
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="module")
def verdeeld(heel: Wereld) -> Wereld:
    """One with something in every table that a citizen reads, and then its tables in parts as the page has them."""
    wereld = Wereld(heel.app, "verdeeld", heel.log)
    wereld.omgevingen.create(NieuweOmgeving("verdeeld"))
    for bsn in BURGERS * 3:
        daden.deliver_json(wereld, bericht_json(GebruikerID=bsn, Bijlagen=[bijlage_json()]))
        zaak = wereld.ask("PUT", f"/api/lopende-zaken/v1/zaken/{guid()}", STAD, json=zaak_json(bsn)).get_json()
        path = f"/api/lopende-zaken/v1/zaken/{zaak['identificatie']}/statussen"
        wereld.ask("POST", path, STAD, json=status_json())
    burger = wereld.log_in()
    kenmerk = wereld.ask("GET", "/api/portaal/v1/berichten", burger).get_json()["berichten"][0]["id"]
    wereld.ask("PATCH", f"/api/portaal/v1/berichten/{kenmerk}", burger, json={"map": "archief", "gelezen": True})
    with wereld.connection(writes=True) as connection:
        before = count_rows(connection, *TABLES)
        for place in spread_places():
            spread(connection, place)
        assert count_rows(connection, *TABLES) == before
        assert count_rows(connection, *MOVED) == count_rows(connection, *MOVED.values())
    explain_all(wereld.omgevingen.get(wereld.naam).current_database().engine, wereld.log)
    return wereld


def count_rows(connection: Connection, *names: str) -> list[int]:
    return [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names]


def explain(connection: Connection, sql: str) -> Any:
    ((found,),) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", BINDS).all()
    return found[0]["Plan"]


@pytest.mark.parametrize("place", spread_places(), ids=lambda place: place.table.name)
def test_the_engine_refuses_the_keys_as_they_are_exactly_where_the_page_asks_for_others(
    heel: Wereld, place: Place
) -> None:
    name = place.table.name
    refused = pytest.raises(NotSupportedError, match="unique constraint on partitioned table must include")
    with heel.connection() as connection, refused if declared()[name][1] else nullcontext():
        connection.exec_driver_sql(f"CREATE TABLE proef (LIKE {name} INCLUDING INDEXES) PARTITION BY HASH ({place.by})")


def test_what_was_stored_is_in_several_parts_and_that_of_one_person_in_one(verdeeld: Wereld) -> None:
    query = "SELECT tableoid::regclass::text, bsn FROM "
    with verdeeld.connection() as connection:
        tables = ("berichten", "zaken", "zaakstatussen")
        found = {name: connection.exec_driver_sql(query + name).all() for name in tables}
    for rows in found.values():
        assert len({part for part, _ in rows}) > 1
        assert len({part for part, bsn in rows if bsn == 999990019}) == 1
    (numbers,) = {frozenset(part.rpartition("_")[2] for part, _ in rows) for rows in found.values()}
    assert len(numbers) <= PARTS


@pytest.mark.parametrize("keys", MOVED)
def test_a_key_that_moved_is_held_over_all_parts(verdeeld: Wereld, keys: str) -> None:
    again = f"INSERT INTO {keys} SELECT * FROM {keys} LIMIT 1"
    with verdeeld.connection() as connection:
        assert (
            connection.exec_driver_sql(f"{again} ON CONFLICT DO NOTHING").rowcount
            == 0
            < count_rows(connection, keys)[0]
        )
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(again)


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_a_statement_asked_often_reads_one_part_or_the_page_says_why_not(verdeeld: Wereld, name: str) -> None:
    with verdeeld.connection() as connection:
        parts = touched(explain(connection, STATEMENTS[name]))
    assert any(len(each) > 1 for each in parts.values()) == (name in declared()), parts


def excepted(needs: str) -> list[str]:
    """The statements that the page excepts, by what they need."""
    return sorted(name for name in STATEMENTS if name in declared() and re.match(needs, declared()[name][1]))


@pytest.mark.parametrize("name", excepted("to ask `"))
def test_what_is_unique_over_all_is_found_in_one_part_of_the_table_of_its_keys(verdeeld: Wereld, name: str) -> None:
    (keys,) = re.findall("`([^`]+)`", declared()[name][1])
    with verdeeld.connection() as connection:
        parts = touched(explain(connection, re.sub(rf"\b{MOVED[keys]}\b", keys, STATEMENTS[name])))
    assert [len(each) for each in parts.values()] == [1], parts
    assert set(parts) == {keys}


@pytest.mark.parametrize("name", excepted("nothing"))
def test_what_asks_all_parts_joins_each_with_its_own(verdeeld: Wereld, name: str) -> None:
    with verdeeld.connection() as connection:
        connection.exec_driver_sql("SET LOCAL enable_partitionwise_join = on")
        plan = explain(connection, STATEMENTS[name])
    assert all(len(each) == PARTS for each in touched(plan).values())
    for join in (node for node in walk(plan) if node["Node Type"].endswith(("Join", "Nested Loop"))):
        assert len(set.union(*touched(join).values())) == 1


@pytest.mark.parametrize(
    "name", [name for name in excepted("nothing") if "by its index on `id`" in declared()[name][0]]
)
def test_what_asks_all_parts_for_a_range_of_ids_finds_it_in_each_by_an_index(verdeeld: Wereld, name: str) -> None:
    with verdeeld.connection() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # there is so little here that it would not matter
        plan = explain(connection, STATEMENTS[name])
    scans = [node.get("Index Cond", "") for node in walk(plan) if node["Node Type"].endswith("Scan")]
    assert len(scans) == PARTS
    assert all(each.startswith("((id >= ") for each in scans), scans


VAN_EEN_BURGER = (
    "/api/portaal/v1/overzicht", "/api/portaal/v1/berichten", "/api/portaal/v1/berichten?map=archief",
    "/api/portaal/v1/berichten?zoek=aanslag", "/api/portaal/v1/instellingen", "/api/portaal/v1/zaken",
    "/api/portaal/v1/gegevens", "/api/portaal/v1/kennisgevingen", "/api/portaal/v1/verwerkingen",
)  # fmt: skip


def asked(wereld: Wereld, ask: Callable[[], object]) -> list[Explained]:
    """The statements that something sends which read more parts than they name keys."""
    wereld.log.clear()
    ask()
    assert any(each.parts for each in wereld.log), "it asked nothing of what is in parts"
    return [each for each in wereld.log if each.is_wide]


@pytest.mark.parametrize("path", VAN_EEN_BURGER)
def test_what_a_citizen_asks_is_in_one_part(verdeeld: Wereld, path: str) -> None:
    burger = verdeeld.log_in()
    assert [each for each in asked(verdeeld, lambda: verdeeld.ask("GET", path, burger)) if not each.row[0]] == []


def test_one_bericht_and_one_zaak_are_in_one_part_with_all_that_belongs_to_them(verdeeld: Wereld) -> None:
    burger, base = verdeeld.log_in(), "/api/portaal/v1"
    bericht = verdeeld.ask("GET", f"{base}/berichten", burger).get_json()["berichten"][0]["id"]
    zaak = verdeeld.ask("GET", f"{base}/zaken", burger).get_json()["zaken"][0]["id"]
    for path in (f"/berichten/{bericht}", f"/berichten/{bericht}/bijlagen/1", f"/zaken/{zaak}"):
        assert asked(verdeeld, lambda path=path: verdeeld.ask("GET", base + path, burger)) == []  # type: ignore[misc]


ZAAK = {"lopende_zaken.find_zaakbericht", "lopende_zaken.hold_zaak", "lopende_zaken.find_zaak"}
GROOT = {"_BY_DEDUPE", "berichtenbox.list_porties"}
DADEN: list[tuple[Callable[[daden.Wereld], daden.Daad], set[str]]] = [
    (daden.deliver, {"_BY_SLEUTEL"}),
    (daden.show_status, set()),
    (daden.deliver_large, {"_BY_SLEUTEL", *GROOT}),
    (daden.deliver_large_after_one_that_failed, {"_BY_SLEUTEL", *GROOT, "berichtenbox.clear_portie"}),
    (daden.deliver_batch, set()),
    (daden.deliver_large_batch, GROOT),
    (daden.show_resultaat, {"berichtenbox.get_latest_batch"}),
    (daden.validate_one, set()),
    (daden.validate_some, set()),
    (daden.mark_read, set()),
    (daden.archive, set()),
    (daden.throw_away, set()),
    (daden.delete_for_good, set()),
    (daden.empty_prullenbak, set()),
    (daden.put_instellingen, set()),
    (daden.put_new_zaak, ZAAK),
    (daden.put_known_zaak, ZAAK),
    (daden.post_status, ZAAK),
    (daden.check_postbussen, set()),
]
"""What is done most, and which statements of it read more parts than they name keys."""


@pytest.mark.parametrize(("daad", "wide"), DADEN, ids=[daad.__name__ for daad, _ in DADEN])
def test_what_is_done_most_reads_the_parts_of_its_keys_or_the_page_says_why_not(
    verdeeld: Wereld, daad: Callable[[daden.Wereld], daden.Daad], wide: set[str]
) -> None:
    found = asked(verdeeld, daad(verdeeld))
    assert {each.name or each.asker for each in found} == wide, found
    for each in found:
        keys = re.findall(r"to ask `(\w+)`", each.row[1])
        assert each.row[0], f"docs/scale.md says nothing of {each}"
        assert {MOVED[key] for key in keys} <= set(each.parts)


def test_the_page_excepts_no_function_that_reads_the_parts_of_its_keys() -> None:
    assert set(declared_functions()) == {name for _, wide in DADEN for name in wide if "." in name}

"""Reports over many deliveries: in order over all workers, bounded in what they look at, and by the primary key."""

import re
from datetime import datetime

import pytest
from sqlalchemy import event, insert, text

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.berichtenbox.models import AANLEVERINGEN, BERICHTEN, BERICHTSTANDEN
from simulator.berichtenbox.queries.aanleveringen import BerichtResultaat, Resultaat, encode_resultaat
from simulator.berichtenbox.queries.rapportage import Gang, count_gelezen, find_stuk, walk_aanleveringen
from simulator.berichtenbox.usecases.rapportage import Rapportvraag, Uitkomst, list_rapport, walk_rapport
from simulator.berichtenbox.values import Verwerkingscode
from simulator.infra.ids import AGE_MASK, from_public_id
from simulator.infra.omgeving import Omgeving

SLOT = AGE_MASK + 1
BY_KEY = re.compile(r"SEARCH aanleveringen( USING INTEGER PRIMARY KEY .*)?$|pk_aanleveringen", re.MULTILINE)


def get_afnemers(omgeving: Omgeving) -> list[AfnemerRecord]:
    return sorted(afnemer_index(omgeving).by_id.values(), key=lambda each: each.id)


def put_aanleveringen(omgeving: Omgeving, afnemer_id: int, *ids: int, code: str = "Verwerkt") -> None:
    """Rows as workers of several slots would leave them."""
    moment = omgeving.now()
    resultaat = encode_resultaat(Resultaat("x", 1, [BerichtResultaat(bytes(16), "ALGEMEEN", Verwerkingscode(code))]))
    rows = [
        {"id": key, "afnemer_id": afnemer_id, "namens_id": afnemer_id, "soort": "json", "sleutel": key,
         "extern_id": bytes(16), "inhoud_hash": bytes(32), "ontvangen_op": moment, "verwerkt_op": moment,
         "resultaat": resultaat}
        for key in ids
    ]  # fmt: skip
    with omgeving.unit_of_work() as uow:
        uow.session.execute(insert(AANLEVERINGEN), rows)


def list_ids(omgeving: Omgeving, gang: Gang) -> tuple[list[int], int | None]:
    with omgeving.reading() as session:
        stuk = find_stuk(session, gang)
        return [rij.aanlevering.id for rij in walk_aanleveringen(session, gang, stuk)], stuk.verder


def test_deliveries_of_all_workers_come_in_the_order_of_time(omgeving: Omgeving) -> None:
    afnemer = get_afnemers(omgeving)[0]
    put_aanleveringen(omgeving, afnemer.id, 10, 30, 50, SLOT + 20, SLOT + 40, 5 * SLOT + 30, 5 * SLOT + 60)
    found, verder = list_ids(omgeving, Gang(afnemer.id))
    assert found == [5 * SLOT + 60, 50, SLOT + 40, 5 * SLOT + 30, 30, SLOT + 20, 10]
    assert verder is None
    assert list_ids(omgeving, Gang(afnemer.id, na=5 * SLOT + 30))[0] == [30, SLOT + 20, 10]
    assert list_ids(omgeving, Gang(afnemer.id, na=30))[0] == [SLOT + 20, 10]


@pytest.mark.parametrize("stap", [1, 2, 3, 7, 100])
def test_however_short_its_steps_a_walk_meets_each_delivery_once(omgeving: Omgeving, stap: int) -> None:
    afnemer, other = get_afnemers(omgeving)[:2]
    mine = [10, 30, 50, SLOT + 20, SLOT + 40, 5 * SLOT + 30, 5 * SLOT + 60]
    put_aanleveringen(omgeving, afnemer.id, *mine)
    put_aanleveringen(omgeving, other.id, *range(100, 110), *range(SLOT + 41, SLOT + 50))
    found: list[int] = []
    na: int | None = None
    for _ in range(40):
        part, na = list_ids(omgeving, Gang(afnemer.id, na=na, stap=stap))
        found += part
        if na is None:
            break
    assert found == sorted(mine, key=lambda key: (key & AGE_MASK, key // SLOT), reverse=True)


def test_pages_of_one_outcome_miss_none_and_repeat_none(omgeving: Omgeving) -> None:
    afnemer = get_afnemers(omgeving)[0]
    put_aanleveringen(omgeving, afnemer.id, *range(1, 60))
    put_aanleveringen(omgeving, afnemer.id, *range(100, 160), code="BerichtBestaatAl")
    vraag = Rapportvraag(aantal=7)
    for uitkomst, expected in ((None, 119), (Uitkomst.VERWERKT, 59), (Uitkomst.AFGEWEZEN, 60)):
        regels = list(walk_rapport(omgeving, afnemer, Rapportvraag(uitkomst=uitkomst, aantal=7)))
        ids = [from_public_id(regel.kenmerk) for regel in regels]
        assert len(set(ids)) == len(ids) == expected
    pagina = list_rapport(omgeving, afnemer, vraag)
    assert (pagina.aanleveringen, pagina.codes.total(), pagina.volledig) == (119, 119, True)


def test_a_report_asks_as_many_questions_over_many_deliveries_as_over_few_each_by_the_primary_key(
    omgeving: Omgeving,
) -> None:
    afnemer, other = get_afnemers(omgeving)[:2]
    put_aanleveringen(omgeving, afnemer.id, 1)
    few = _watch(omgeving, afnemer)
    put_aanleveringen(omgeving, other.id, *range(1000, 3000))
    many = _watch(omgeving, afnemer)
    assert len(many) == len(few) <= 6
    for plan in many:
        assert BY_KEY.search(plan), plan
        assert not re.search(r"Seq Scan|SCAN|TEMP B-TREE", plan)


def _watch(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[str]:
    """How the database goes about each question of a report."""
    plans: list[str] = []
    with omgeving.reading() as session:
        connection = session.connection()
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:  # on tables this small it would not bother with an index
            session.execute(text("SET LOCAL enable_seqscan = off"))
        asked: list[tuple[str, object]] = []

        def note(_c: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
            asked.append((statement, parameters))

        event.listen(connection.engine, "before_cursor_execute", note)
        try:
            gang = Gang(afnemer.id, datetime.fromtimestamp(0, omgeving.now().tzinfo), omgeving.now())
            list(walk_aanleveringen(session, gang, find_stuk(session, gang)))
        finally:
            event.remove(connection.engine, "before_cursor_execute", note)
        for statement, parameters in asked:
            explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            rows = connection.exec_driver_sql(explain + statement, parameters)  # type: ignore[arg-type]  # as it was
            plans.append("\n".join(str(row[-1]) for row in rows))
    return plans


def test_what_is_read_is_counted_of_the_latest_berichten_and_of_one_afnemer(omgeving: Omgeving) -> None:
    afnemer, other = get_afnemers(omgeving)[:2]
    moment = omgeving.now()
    rows = [
        {"id": key, "bsn": key, "zichtbaar_vanaf": moment, "afnemer_id": (afnemer if key % 2 else other).id,
         "aanlevering_id": 1, "bericht_id": bytes(16), "dedupe": key, "berichttype": "ALGEMEEN", "onderwerp": "A",
         "aantal_bijlagen": 0, "gewist": False}
        for key in range(1, 21)
    ]  # fmt: skip
    with omgeving.unit_of_work() as uow:
        uow.session.execute(insert(BERICHTEN), rows)
        for key in (1, 2, 19):
            stand = {"bericht_id": key, "bsn": key, "zichtbaar_vanaf": moment, "map": "inbox", "gelezen_op": moment}
            uow.session.execute(insert(BERICHTSTANDEN), stand)
    with omgeving.reading() as session:
        assert count_gelezen(session, afnemer.id, omgeving.now()) == (10, 2)
        assert count_gelezen(session, afnemer.id, omgeving.now(), stap=4) == (2, 1)

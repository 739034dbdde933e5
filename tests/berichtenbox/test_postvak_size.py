"""A box of 100,000 berichten: what the lists cost is told by the plan of the database and by the clock."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import Bericht, Berichtstand
from simulator.berichtenbox.queries.postvak import Bladzijde, fetch_koppen, select_koppen
from simulator.berichtenbox.usecases import postvak
from simulator.berichtenbox.usecases.postvak import Lijstvraag
from simulator.berichtenbox.values import Map
from simulator.infra.clock import stopwatch
from simulator.infra.ids import new_ids
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.postvak_builder import ANNA

AANTAL = 100_000
FAST_ENOUGH = 0.5
"""Seconds on a busy machine with two cores; measured alone a page takes 2 to 30 ms."""


def fill(omgeving: Omgeving) -> None:
    """Four fifths in the inbox, of which half is read; one fifth in the archief."""
    now = omgeving.now()
    ids = new_ids(AANTAL)
    moments = [now - timedelta(minutes=AANTAL - place) for place in range(AANTAL)]
    berichten = [
        {
            "id": number, "bsn": int(ANNA), "zichtbaar_vanaf": moment, "afnemer_id": 1, "aanlevering_id": 1,
            "bericht_id": number.to_bytes(16, "big"), "dedupe": number, "berichttype": "ALGEMEEN", "onderwerp": "Post",
            "tekst": "Tekst", "referentie": None, "einddatum_handelingstermijn": None, "aantal_bijlagen": 0,
            "gewist": False,
        }
        for number, moment in zip(ids, moments, strict=True)
    ]  # fmt: skip
    standen = [
        {
            "bericht_id": number, "bsn": int(ANNA), "zichtbaar_vanaf": moment,
            "map": "archief" if place % 5 == 0 else "inbox", "gelezen_op": now,
        }
        for place, (number, moment) in enumerate(zip(ids, moments, strict=True))
        if place % 5 in {0, 1, 2}
    ]  # fmt: skip
    with omgeving.unit_of_work() as uow:
        uow.session.execute(insert(Bericht), berichten)
        uow.session.execute(insert(Berichtstand), standen)
    if not omgeving.is_shared:
        return
    with omgeving.unit_of_work() as uow:  # what autovacuum would have done by now
        uow.session.execute(text("ANALYZE berichten"))
        uow.session.execute(text("ANALYZE berichtstanden"))


def plan(session: Session, naar_map: Map, nu: datetime, voor: tuple[datetime, int] | None) -> str:
    """How the database says it will read a page."""
    dialect = session.get_bind().dialect
    query = select_koppen(ANNA, naar_map, nu, Bladzijde(voor, 26))
    compiled = query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if dialect.name == "sqlite" else "EXPLAIN"
    rows = session.connection().exec_driver_sql(f"{explain} {compiled}".replace("%%", "%"))
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.slow
def test_a_box_of_a_hundred_thousand_is_read_by_its_index_a_page_at_a_time(omgeving: Omgeving) -> None:
    fill(omgeving)
    nu = omgeving.now()
    with omgeving.reading() as session:
        half_way = fetch_koppen(session, ANNA, Map.INBOX, nu - timedelta(minutes=AANTAL // 2), Bladzijde(None, 1))[0]
        place = (half_way.zichtbaar_vanaf, half_way.id)
        plans = {
            (naar_map, voor is None): plan(session, naar_map, nu, voor)
            for naar_map in (Map.INBOX, Map.ARCHIEF)
            for voor in (None, place)
        }
    for (naar_map, _), steps in plans.items():
        index = "ix_berichten_bsn" if naar_map is Map.INBOX else "ix_berichtstanden_bsn_map"
        assert index in steps, steps
        assert "Seq Scan" not in steps, steps
        assert "SCAN" not in steps, steps
        assert "USE TEMP B-TREE FOR ORDER BY" not in steps, steps

    for vraag in (
        Lijstvraag(ANNA),
        Lijstvraag(ANNA, na=half_way.kenmerk),
        Lijstvraag(ANNA, Map.ARCHIEF),
        Lijstvraag(ANNA, Map.ARCHIEF, na=half_way.kenmerk),
        Lijstvraag(ANNA, zoek="komt niet voor"),
    ):
        started = stopwatch()
        postvak.list_berichten(omgeving, vraag)
        assert stopwatch() - started < FAST_ENOUGH, vraag
    started = stopwatch()
    standen = postvak.summarise_postvak(omgeving, ANNA)
    assert stopwatch() - started < FAST_ENOUGH
    assert (standen[Map.INBOX].aantal, standen[Map.INBOX].ongelezen) == (80_000, 40_000)

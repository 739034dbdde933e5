"""The checklist is alive: each point ticks when the Afnemer's own traffic shows it, and not a moment before."""

from collections.abc import Sequence

import pytest

from simulator.afnemers import Dienst
from simulator.app import REGELS
from simulator.conformiteit import list_ontbrekend
from simulator.conformiteit.rules.bereik import BUITEN_BEREIK, is_bereikbaar
from simulator.conformiteit.rules.checklist import PUNTEN
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.documents import bericht_json, guid
from tests.conformiteit.verkeer import NU, Stap, Verkeer, berichtenbox, gegevens, zaken
from tests.journeys.actors import advance, hold_clock
from tests.persoonlijke_gegevens.bronserver import running_bronserver
from tests.running import Wereld
from tests.weblinks.website import website

LOOKED_AT = 20
"""Of large deliveries the newest, of each process: there is one on SQLite, and there are two on PostgreSQL."""


@pytest.fixture
def verkeer(wereld: Wereld) -> Verkeer:
    hold_clock(wereld, NU)
    return Verkeer(wereld)


def walk(verkeer: Verkeer, dienst: Dienst, stappen: Sequence[Stap]) -> None:
    """Take the steps one by one; each shows exactly what it should, and what was shown stays so."""
    shown: set[str] = set()
    for doe, nieuw in stappen:
        doe()
        advance(verkeer.wereld, "PT1S")  # what goes out by itself has gone
        found = verkeer.shown(dienst.value)
        assert found - shown == nieuw
        assert shown <= found
        shown = found
    assert shown == {punt.id for punt in PUNTEN[dienst]}


def test_every_point_of_the_berichtenbox_ticks_when_it_is_shown(verkeer: Verkeer) -> None:
    walk(verkeer, Dienst.BERICHTENBOX, berichtenbox(verkeer))


def test_every_point_of_lopende_zaken_ticks_when_it_is_shown(verkeer: Verkeer) -> None:
    with website() as site:
        verkeer.follow_weblinks(site)
        walk(verkeer, Dienst.LOPENDE_ZAKEN, zaken(verkeer, site))


def test_every_point_of_persoonlijke_gegevens_ticks_when_it_is_shown(verkeer: Verkeer) -> None:
    verkeer.wereld.control("PATCH", "/instellingen", json={"bronnenToegestaan": ["127.0.0.1"]}).raise_for_status()
    with running_bronserver() as server:
        walk(verkeer, Dienst.PERSOONLIJKE_GEGEVENS, gegevens(verkeer, server))


def test_what_was_tried_stays_in_sight_after_a_load_test_with_batches(verkeer: Verkeer) -> None:
    verkeer.restore()
    before = verkeer.shown(Dienst.BERICHTENBOX.value)
    for _ in range(2 * LOOKED_AT + 2):
        verkeer.deliver(*(bericht_json(BerichtID=guid()) for _ in range(20)))
    assert verkeer.shown(Dienst.BERICHTENBOX.value) >= before | {"bb-hersteld"}
    (punt,) = [each for each in verkeer.points(Dienst.BERICHTENBOX.value) if each["id"] == "bb-batch"]
    assert LOOKED_AT <= punt["bewijs"]["aantal"] <= 2 * LOOKED_AT


def test_what_another_afnemer_shows_is_not_ones_own(verkeer: Verkeer) -> None:
    verkeer.deliver()
    other = verkeer.wereld.afnemer("GET", "/api/conformiteit/v1/checklist", "demo-voorbeeldmeer").json()
    assert [each["dienst"] for each in other["diensten"]] == ["berichtenbox"]
    assert other["diensten"][0]["getoond"] == 0
    assert "bb-aangeleverd" in other["diensten"][0]["ontbrekend"]
    assert not other["geslaagd"]


def test_what_is_missing_says_how_to_show_it(verkeer: Verkeer) -> None:
    checklist = verkeer.ask("GET", "/api/conformiteit/v1/checklist").json()
    punten = [punt for dienst in checklist["diensten"] for punt in dienst["punten"]]
    assert len(punten) == sum(map(len, PUNTEN.values()))
    assert all(punt["hoe"].endswith(".") and punt["bewijs"] is None for punt in punten)


def test_the_step_to_production_waits_for_what_is_missing_of_that_dienst(omgeving: Omgeving) -> None:
    with omgeving.reading() as session:
        missing = {dienst: list_ontbrekend(session, 1, dienst) for dienst in Dienst}
    assert missing == {dienst: tuple(each for each in punten if each.verplicht) for dienst, punten in PUNTEN.items()}


def test_the_points_name_rules_that_exist_and_that_the_dienst_can_reach() -> None:
    for dienst, punten in PUNTEN.items():
        for punt in punten:
            assert [naam for naam in punt.regels if naam not in REGELS or not is_bereikbaar(naam, {dienst})] == []
    ids = [punt.id for punten in PUNTEN.values() for punt in punten]
    assert len(ids) == len(set(ids))


def test_what_is_out_of_reach_exists_and_says_why() -> None:
    assert set(BUITEN_BEREIK) <= set(REGELS)
    assert all(BUITEN_BEREIK.values())

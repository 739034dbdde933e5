"""Checks in simulated time, past a real server."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from simulator.infra.agenda import Extern, list_agenda, run_due
from simulator.infra.clock import stopwatch, to_micros
from simulator.infra.http_client import Outbound
from simulator.infra.omgeving import Omgeving, count_regels
from simulator.infra.outbound import Limits
from simulator.infra.pacing import Pace
from simulator.weblinks.queries.controles import count_per_dag, count_standen, count_wachtend
from simulator.weblinks.queries.links import get_weblink_standen, take_due
from simulator.weblinks.usecases.beheer import register_domein, remove_domein
from simulator.weblinks.usecases.controle import Netwerk, build_handlers
from simulator.weblinks.usecases.uitkomst import store_bevindingen
from simulator.weblinks.usecases.volgen import Tocht, Volger
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.stand import Stand
from tests.weblinks import website as web
from tests.weblinks.website import HOST, website
from tests.weblinks.world import BEGIN, SECONDS, SHORT, Wereld


@pytest.fixture
def wereld(omgeving: Omgeving) -> Iterator[Wereld]:
    with website() as site:
        yield Wereld(omgeving, site)


def test_a_new_weblink_is_checked_at_once_and_then_every_day(wereld: Wereld) -> None:
    (weblink,) = wereld.register("/dossier")
    wereld.advance(seconds=0)
    assert (wereld.controle().stand, wereld.controle().gecontroleerd_op) == (Stand.IN_ORDE, BEGIN)
    wereld.advance(days=10)
    assert len(wereld.site.requests) == 11
    assert [each.moment for each in wereld.site.requests] == [BEGIN + timedelta(days=day) for day in range(11)]
    (periode,) = wereld.perioden(weblink)
    assert (periode.controles, periode.van, periode.laatst) == (11, BEGIN, BEGIN + timedelta(days=10))
    assert periode.tot is None
    assert [item.soort for item in list_agenda(wereld.omgeving)] == ["weblinks.inplannen"]


@pytest.mark.artikel("7.1")
def test_a_page_that_is_gone_after_ten_days_is_found_on_that_day_and_kept_from_the_citizen(wereld: Wereld) -> None:
    gone = BEGIN + timedelta(days=10)
    wereld.site.pages["/dossier"] = web.gone_from(gone)
    (weblink,) = wereld.register("/dossier")
    wereld.advance(days=9, hours=23)
    assert wereld.controle().stand is Stand.IN_ORDE
    wereld.advance(days=20)
    good, bad = wereld.perioden(weblink)
    assert (good.stand, good.controles, good.tot) == (Stand.IN_ORDE, 10, gone)
    assert (bad.stand, bad.http_status, bad.van) == (Stand.KAPOT, 404, gone)
    with wereld.omgeving.reading() as session:
        stand = get_weblink_standen(session, [weblink])[weblink]
    assert (stand.bruikbaar, stand.sinds) == (False, gone)
    assert stand.reden == "De pagina bestaat niet (meer) (status 404)."
    (melding,) = wereld.meldingen()
    assert (melding.soort.value, melding.moment, melding.vorige_stand) == ("slecht", gone, Stand.IN_ORDE)


def test_a_failure_is_looked_at_again_soon_and_then_ever_later_until_it_is_daily(wereld: Wereld) -> None:
    wereld.site.pages["/dossier"] = 503
    wereld.register("/dossier")
    wereld.advance(days=5)
    moments = [each.moment for each in wereld.site.requests if each.method == "HEAD"]
    hours = [(after - before) / timedelta(hours=1) for before, after in pairwise(moments)]
    assert hours == [0.25, 0.5, 1, 2, 4, 8, 16, 24, 24, 24]


def test_a_weblink_that_recovers_is_shown_again_and_told(wereld: Wereld) -> None:
    wereld.site.pages["/dossier"] = web.away_between(BEGIN + timedelta(days=2), BEGIN + timedelta(days=2, hours=3))
    (weblink,) = wereld.register("/dossier")
    wereld.advance(days=4)
    assert [each.stand for each in wereld.perioden(weblink)] == [Stand.IN_ORDE, Stand.KAPOT, Stand.IN_ORDE]
    slecht, hersteld = wereld.meldingen()
    assert (slecht.soort.value, hersteld.soort.value) == ("slecht", "hersteld")
    assert hersteld.moment - slecht.moment == timedelta(hours=3, minutes=45)  # after 15, 30, 60 and 120 minutes
    assert wereld.controle().sinds == hersteld.moment


def test_slow_weblinks_do_not_wait_for_each_other(omgeving: Omgeving) -> None:
    with website() as site:
        impatient = Wereld(omgeving, site, seconds=SHORT)
        for number in range(4):
            site.pages[f"/{number}"] = web.hang
        impatient.register(*(f"/{number}" for number in range(4)))
        started = stopwatch()
        impatient.advance(seconds=0)
        assert stopwatch() - started < 20  # a page hangs for as long by itself
        with omgeving.reading() as session:
            assert count_standen(session, impatient.afnemer.id) == {Stand.ONBEREIKBAAR: 4}


def move_klok(omgeving: Omgeving, **step: float) -> None:
    target = omgeving.now() + timedelta(**step)
    with omgeving.unit_of_work() as uow:
        uow.change_state(omgeving.state.klok.moved_to(to_micros(target)))


def test_a_weblink_that_comes_while_a_batch_is_followed_is_checked_after_it(wereld: Wereld) -> None:
    class Onderbroken(Volger):
        """Sees another weblink come while it follows the first."""

        def follow(self, url: str, tocht: Tocht) -> Bevinding:
            if url.endswith("/dossier"):
                move_klok(wereld.omgeving, seconds=1)
                wereld.register("/later")
                run_due(wereld.omgeving, inside, wereld.omgeving.now())
            return super().follow(url, tocht)

    wereld.handlers = build_handlers(Onderbroken(Outbound(Limits(SECONDS)), Pace(100_000)), Netwerk(seconds=SECONDS))
    inside = {soort: handler for soort, handler in wereld.handlers.items() if not isinstance(handler, Extern)}
    wereld.register("/dossier")
    run_due(wereld.omgeving, wereld.handlers, BEGIN)
    run_due(wereld.omgeving, wereld.handlers, wereld.omgeving.now())
    assert [each.stand for each in wereld.controles()] == [Stand.IN_ORDE, Stand.IN_ORDE]


class Struikelend(Volger):
    """Falls over one address, as over a mistake of our own."""

    def follow(self, url: str, tocht: Tocht) -> Bevinding:
        if url.endswith("/steen"):
            raise ValueError(url)
        return super().follow(url, tocht)


class Vergeetachtig(Volger):
    """Falls over what it knows of one address already."""

    def recall(self, url: str, tocht: Tocht) -> Bevinding | None:
        if url.endswith("/steen"):
            raise ValueError(url)
        return super().recall(url, tocht)


@pytest.mark.parametrize("soort", [Struikelend, Vergeetachtig])
def test_a_weblink_that_we_fall_over_does_not_stop_the_others(wereld: Wereld, soort: type[Volger]) -> None:
    volger = soort(Outbound(Limits(SECONDS)), Pace(100_000))
    wereld.handlers = build_handlers(volger, Netwerk(seconds=SECONDS))
    wereld.register("/een", "/steen", "/twee")
    wereld.advance(seconds=0)
    assert [each.stand for each in wereld.controles()] == [Stand.IN_ORDE, Stand.ONBEREIKBAAR, Stand.IN_ORDE]


def test_a_weblink_that_cannot_be_asked_for_does_not_stop_the_others(wereld: Wereld) -> None:
    wereld.register("?naam=é")
    wereld.advance(minutes=1)
    wereld.register("?naam=é#deel", "/goed")
    wereld.advance(minutes=2)
    assert [each.stand for each in wereld.controles()] == [Stand.KAPOT, Stand.KAPOT, Stand.IN_ORDE]


def test_many_weblinks_go_in_batches_and_each_is_checked_once(wereld: Wereld) -> None:
    wereld.register(*(f"/{number}" for number in range(150)))
    assert len(list_agenda(wereld.omgeving, 1000)) == 150
    wereld.advance(seconds=0)
    assert sorted(wereld.site.paths()) == sorted(f"HEAD /{number}" for number in range(150))
    assert len(list_agenda(wereld.omgeving, 1000)) <= 10  # gathered, and not a row for each
    wereld.advance(days=1)
    assert len(wereld.site.requests) == 300


def test_one_batch_is_in_hand_at_a_time_so_that_other_work_outside_gets_its_turn(wereld: Wereld) -> None:
    wereld.register(*(f"/{number}" for number in range(1_100)))
    inside = {soort: handler for soort, handler in wereld.handlers.items() if not isinstance(handler, Extern)}
    run_due(wereld.omgeving, inside, BEGIN)
    assert [item.soort for item in list_agenda(wereld.omgeving)] == ["weblinks.controleren"]
    with wereld.omgeving.reading() as session:
        assert count_wachtend(session, wereld.afnemer.id, to_micros(BEGIN)) == 1_100


def test_a_domain_that_is_taken_back_takes_its_weblinks_along_and_gives_them_back(wereld: Wereld) -> None:
    wereld.register("/dossier")
    wereld.advance(seconds=0)
    remove_domein(wereld.omgeving, wereld.afnemer, "voorbeeldstad.example")
    wereld.advance(seconds=0)
    assert (wereld.controle().stand, wereld.controle().volgende_controle) == (Stand.BUITEN_DOMEIN, None)
    assert [each.soort.value for each in wereld.meldingen()] == ["slecht"]
    assert [each.stand for each in wereld.perioden(wereld.controle().id)] == [Stand.IN_ORDE, Stand.BUITEN_DOMEIN]
    asked = len(wereld.site.requests)
    wereld.advance(days=2)
    assert len(wereld.site.requests) == asked
    register_domein(wereld.omgeving, wereld.afnemer, "voorbeeldstad.example")
    wereld.advance(seconds=0)
    assert wereld.controle().stand is Stand.IN_ORDE


def test_a_redirect_into_a_domain_that_is_registered_later_is_looked_at_again(wereld: Wereld) -> None:
    wereld.site.pages["/dossier"] = "https://elders.example/"
    wereld.register("/dossier")
    wereld.advance(seconds=0)
    assert wereld.controle().stand is Stand.BUITEN_DOMEIN
    wereld.site.pages["/dossier"] = 200
    register_domein(wereld.omgeving, wereld.afnemer, "elders.example")
    wereld.advance(minutes=6)
    assert wereld.controle().stand is Stand.IN_ORDE


def test_the_same_batch_done_twice_is_written_down_once(wereld: Wereld) -> None:
    (weblink,) = wereld.register("/dossier")
    wereld.advance(seconds=0)
    work = wereld.handlers["weblinks.controleren"].work  # type: ignore[union-attr]  # it is an Extern
    with wereld.omgeving.unit_of_work() as uow:
        assert take_due(uow.session, 10**18, 7, 10) == 1
    asked = len(wereld.site.requests)
    for _ in range(2):
        work(wereld.omgeving, {"partij": 7, "moment": 0})
    assert len(wereld.site.requests) == asked + 1
    assert wereld.perioden(weblink)[0].controles == 2


def test_an_outcome_that_was_overtaken_is_not_written_down(wereld: Wereld) -> None:
    (weblink,) = wereld.register("/dossier")
    with wereld.omgeving.unit_of_work() as uow:
        assert store_bevindingen(uow, 7, {weblink: Bevinding(Stand.KAPOT, "van een ander")}).momenten == set()
    assert wereld.controle().stand is Stand.NIET_GECONTROLEERD


def test_how_many_were_of_which_stand_is_known_for_each_day(wereld: Wereld) -> None:
    wereld.site.pages["/a"] = web.gone_from(BEGIN + timedelta(days=3))
    wereld.register("/a", "/b")
    now = wereld.advance(days=5)
    with wereld.omgeving.reading() as session:
        days = count_per_dag(session, wereld.afnemer.id, now, 7)
    assert [day.day for day in days] == [26, 27, 28, 29, 30, 1, 2]
    assert [counts.get(Stand.IN_ORDE, 0) for counts in days.values()] == [0, 2, 2, 2, 1, 1, 1]
    assert [counts.get(Stand.KAPOT, 0) for counts in days.values()] == [0, 0, 0, 0, 1, 1, 1]


def test_every_check_counts_for_the_rule_of_the_article(wereld: Wereld) -> None:
    wereld.site.pages["/kapot"] = 404
    wereld.register("/goed", "/kapot")
    wereld.advance(seconds=0)
    with wereld.omgeving.reading() as session:
        counts = count_regels(session)["VW-7.1-weblink-werkt"]
    assert {uitkomst.lower(): aantal for uitkomst, aantal in counts.items()} == {"geslaagd": 1, "geweigerd": 1}


def test_a_name_below_the_own_one_is_asked_where_the_omgeving_says(wereld: Wereld) -> None:
    wereld.register("/dossier", host=f"www.{HOST}")
    wereld.advance(seconds=0)
    assert (wereld.controle().stand, wereld.controle().reden) == (
        Stand.KAPOT,
        "Het certificaat is van een andere website.",
    )

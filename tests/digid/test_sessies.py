from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from simulator.digid import Niveau, decide_niveau, end_sessie, start_sessie
from simulator.digid.errors import (
    DigidGeblokkeerd,
    GegevensOnjuist,
    InloggerOnbekend,
    InloggerOverleden,
    NiveauTeLaag,
    SessieOntbreekt,
    SessieStil,
    SessieVerlopen,
    SmsControleOntbreekt,
)
from simulator.digid.models import Sessie
from simulator.digid.usecases.inloggen import Inlogverzoek, submit_gegevens
from simulator.digid.usecases.niveau import required_niveau
from simulator.digid.usecases.sessies import enter_mijnoverheid, use_sessie
from simulator.gebruikers import Bsn
from simulator.infra.omgevingen import NieuweOmgeving, Omgeving, Omgevingen
from tests.digid.world import ACTIEF, ALLEEN_BASIS, BEGIN, OVERLEDEN, pass_time, set_klok


@pytest.fixture(autouse=True)
def _stil(omgeving: Omgeving) -> None:
    set_klok(omgeving, BEGIN)


def start(omgeving: Omgeving, niveau: Niveau = Niveau.MIDDEN) -> str:
    return start_sessie(omgeving, Bsn(ACTIEF), niveau)


def only_sessie(omgeving: Omgeving) -> Sessie:
    with omgeving.reading() as session:
        sessie = session.scalars(select(Sessie)).one()
        session.expunge(sessie)
        return sessie


def test_a_program_gets_a_session_without_pages(omgeving: Omgeving) -> None:
    burger = enter_mijnoverheid(omgeving, start(omgeving))
    assert (burger.bsn, burger.niveau) == (ACTIEF, Niveau.MIDDEN)
    assert str(burger.bsn) not in repr(burger)


def test_only_the_hash_of_a_session_is_stored(omgeving: Omgeving) -> None:
    token = start(omgeving)
    assert token.encode() not in only_sessie(omgeving).token_hash
    assert len(only_sessie(omgeving).token_hash) == 32


@pytest.mark.parametrize("token", ["", "bestaat-niet", "x" * 5000, "é\x00"])
def test_an_unknown_token_is_no_session(omgeving: Omgeving, token: str) -> None:
    with pytest.raises(SessieOntbreekt):
        use_sessie(omgeving, token)


def test_the_rules_on_people_hold_for_programs_too(omgeving: Omgeving) -> None:
    with pytest.raises(InloggerOverleden):
        start_sessie(omgeving, Bsn(OVERLEDEN), Niveau.BASIS)
    with pytest.raises(SmsControleOntbreekt):
        start_sessie(omgeving, Bsn(ALLEEN_BASIS), Niveau.MIDDEN)
    with pytest.raises(InloggerOnbekend):
        start_sessie(omgeving, Bsn(111222333), Niveau.BASIS)


def test_fifteen_idle_minutes_end_a_session(omgeving: Omgeving) -> None:
    token = start(omgeving)
    pass_time(omgeving, timedelta(minutes=14, seconds=59))
    use_sessie(omgeving, token)
    pass_time(omgeving, timedelta(minutes=15))
    with pytest.raises(SessieStil):
        use_sessie(omgeving, token)


def test_two_hours_end_a_session_however_busy(omgeving: Omgeving) -> None:
    token = start(omgeving)
    for _ in range(11):
        pass_time(omgeving, timedelta(minutes=10))
        use_sessie(omgeving, token)
    pass_time(omgeving, timedelta(minutes=10))
    with pytest.raises(SessieVerlopen):
        use_sessie(omgeving, token)


def test_the_fifteen_minutes_begin_at_the_last_use(omgeving: Omgeving) -> None:
    token = start(omgeving)
    pass_time(omgeving, timedelta(seconds=59))
    use_sessie(omgeving, token)
    pass_time(omgeving, timedelta(minutes=14, seconds=31))
    use_sessie(omgeving, token)


def test_last_use_is_written_at_most_once_a_second(omgeving: Omgeving) -> None:
    token = start(omgeving)
    pass_time(omgeving, timedelta(milliseconds=999))
    use_sessie(omgeving, token)
    assert only_sessie(omgeving).laatst_gebruikt_op == BEGIN
    pass_time(omgeving, timedelta(milliseconds=1))
    use_sessie(omgeving, token)
    assert only_sessie(omgeving).laatst_gebruikt_op == BEGIN + timedelta(seconds=1)


def test_a_session_of_before_the_clock_was_set_back_ends_by_the_clock_of_now(omgeving: Omgeving) -> None:
    token = start(omgeving)
    pass_time(omgeving, -timedelta(days=30))
    use_sessie(omgeving, token)
    assert only_sessie(omgeving).aangemaakt_op == BEGIN - timedelta(days=30)
    pass_time(omgeving, timedelta(minutes=15))
    with pytest.raises(SessieStil):
        use_sessie(omgeving, token)


def test_two_hours_end_a_session_of_before_the_clock_was_set_back(omgeving: Omgeving) -> None:
    token = start(omgeving)
    pass_time(omgeving, -timedelta(days=30))
    for _ in range(12):
        use_sessie(omgeving, token)
        pass_time(omgeving, timedelta(minutes=10))
    with pytest.raises(SessieVerlopen):
        use_sessie(omgeving, token)


def test_who_goes_on_stays_logged_in_however_soon_a_session_ends(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(digid_sessie_stil=45)
    token = start(omgeving)
    for _ in range(3):
        pass_time(omgeving, timedelta(seconds=30))
        use_sessie(omgeving, token)
    pass_time(omgeving, timedelta(seconds=45))
    with pytest.raises(SessieStil):
        use_sessie(omgeving, token)


def test_logging_out_ends_the_session(omgeving: Omgeving) -> None:
    token = start(omgeving)
    end_sessie(omgeving, token)
    end_sessie(omgeving, token)
    with pytest.raises(SessieOntbreekt):
        use_sessie(omgeving, token)
    assert only_sessie(omgeving).beeindigd_op == BEGIN


def test_basis_is_too_low_for_mijnoverheid_of_today(omgeving: Omgeving) -> None:
    with pytest.raises(NiveauTeLaag):
        enter_mijnoverheid(omgeving, start(omgeving, Niveau.BASIS))


@pytest.mark.artikel("3.4")
def test_a_decision_on_the_level_holds_from_its_moment_on(omgeving: Omgeving) -> None:
    token = start(omgeving, Niveau.BASIS)
    with omgeving.unit_of_work() as uow:
        decide_niveau(uow, Niveau.BASIS, BEGIN + timedelta(minutes=1))
        decide_niveau(uow, Niveau.MIDDEN, BEGIN + timedelta(minutes=2))
    with pytest.raises(NiveauTeLaag):
        enter_mijnoverheid(omgeving, token)
    pass_time(omgeving, timedelta(minutes=1))
    assert enter_mijnoverheid(omgeving, token).niveau is Niveau.BASIS
    pass_time(omgeving, timedelta(minutes=1))
    with pytest.raises(NiveauTeLaag):
        enter_mijnoverheid(omgeving, token)
    with omgeving.reading() as session:
        assert required_niveau(session, BEGIN + timedelta(minutes=1)) is Niveau.BASIS


def test_a_later_decision_on_the_same_moment_replaces_the_earlier(omgeving: Omgeving) -> None:
    for niveau in (Niveau.MIDDEN, Niveau.BASIS):
        with omgeving.unit_of_work() as uow:
            decide_niveau(uow, niveau, BEGIN)
    with omgeving.reading() as session:
        assert required_niveau(session, BEGIN) is Niveau.BASIS


def test_a_session_of_one_omgeving_is_nothing_in_another(omgevingen: Omgevingen, omgeving: Omgeving) -> None:
    ander = omgevingen.create(NieuweOmgeving(omgeving.naam + "-ander"))
    try:
        with pytest.raises(SessieOntbreekt):
            use_sessie(ander, start(omgeving))
    finally:
        omgevingen.drop(ander.naam)


def test_guesses_at_the_same_time_do_not_slip_past_the_blockade(omgeving: Omgeving) -> None:
    def guess(nummer: int) -> str:
        try:
            submit_gegevens(omgeving, Inlogverzoek("actief", Niveau.BASIS), f"Gok-{nummer}!")
        except (GegevensOnjuist, DigidGeblokkeerd) as refusal:
            return type(refusal).__name__
        return "binnen"

    with ThreadPoolExecutor(8) as pool:
        uitkomsten = list(pool.map(guess, range(16)))
    assert uitkomsten.count("GegevensOnjuist") == 2
    assert uitkomsten.count("DigidGeblokkeerd") == 14

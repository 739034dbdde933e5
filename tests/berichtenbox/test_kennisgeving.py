import re
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import event

from simulator.berichtenbox.rules.kennisgeving import Aanleiding, Mailsoort, dutch_date, mail_onderwerp, mail_tekst
from simulator.berichtenbox.usecases import inzage, postvak
from simulator.berichtenbox.usecases.kennisgeving import HERHALEN, VERSTUREN, build_agenda, list_kennisgevingen
from simulator.berichtenbox.usecases.postvak import Keuze
from simulator.berichtenbox.usecases.verwerking import KENNISGEVEN, PUBLICEREN
from simulator.berichtenbox.values import Map
from simulator.gebruikers import Bsn, get_gebruiker, instellingen, ontvangst
from simulator.infra.agenda import Extern, Handler, list_agenda, run_due
from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving
from simulator.infra.smtp import SmtpUrlInvalid
from simulator.infra.tracing import begin_trace
from tests.berichtenbox.postvak_builder import ANNA, Post, put_berichten
from tests.berichtenbox.smtp_server import mail_server

ZONDER_EMAIL = Bsn("999990111")
DIAKRIETEN = Bsn("999990123")
STUITERT = Bsn("999990147")
DRIE_WEKEN = timedelta(days=21, hours=1)


def notify(omgeving: Omgeving, post: Post | None = None, smtp_url: str = "") -> list[int]:
    """Put post in the box and do what the delivery put on the agenda."""
    ids = put_berichten(omgeving, post)
    plan(omgeving, ids)
    run(omgeving, smtp_url=smtp_url)
    return ids


def plan(omgeving: Omgeving, ids: list[int], soort: str = KENNISGEVEN, later: timedelta = timedelta(0)) -> None:
    with omgeving.unit_of_work() as uow:
        uow.plan(soort, uow.moment + later, {"van": ids[0], "tot": ids[-1]})


def run(omgeving: Omgeving, later: timedelta = timedelta(0), smtp_url: str = "") -> None:
    run_due(omgeving, build_agenda(smtp_url), omgeving.now() + later)


def mails(omgeving: Omgeving, bsn: Bsn = ANNA) -> list[tuple[str, str]]:
    return [(mail.soort.value, mail.status.value) for mail in list_kennisgevingen(omgeving, bsn)]


def test_each_new_bericht_gives_one_kennisgeving(omgeving: Omgeving) -> None:
    notify(omgeving, Post(("a", "b")))

    assert mails(omgeving) == [("nieuw", "verzonden")] * 2


def test_who_has_no_email_address_gets_no_kennisgeving(omgeving: Omgeving) -> None:
    notify(omgeving, Post(bsn=ZONDER_EMAIL))

    assert mails(omgeving, ZONDER_EMAIL) == []
    assert list_agenda(omgeving) == []


def test_who_switched_kennisgevingen_off_gets_none(omgeving: Omgeving) -> None:
    contact = instellingen.ContactInvoer(ANNA, "anna@voorbeeld.example", kennisgeving=False, herhaling=False)
    instellingen.change_contact(omgeving, contact)

    notify(omgeving)

    assert mails(omgeving) == []


def test_a_bericht_that_is_published_later_is_notified_then(omgeving: Omgeving) -> None:
    ids = put_berichten(omgeving, Post(laatste=timedelta(days=2)))
    plan(omgeving, ids, PUBLICEREN, timedelta(days=2))

    run(omgeving, timedelta(days=1))
    assert mails(omgeving) == []

    run(omgeving, timedelta(days=2, minutes=1))
    assert mails(omgeving) == [("nieuw", "verzonden")]


def test_after_three_weeks_unread_there_is_one_herhaling(omgeving: Omgeving) -> None:
    notify(omgeving)

    run(omgeving, timedelta(days=20))
    assert mails(omgeving) == [("nieuw", "verzonden")]

    run(omgeving, DRIE_WEKEN)
    run(omgeving, 3 * DRIE_WEKEN)
    assert mails(omgeving) == [("herhaling", "verzonden"), ("nieuw", "verzonden")]


def test_what_was_read_or_thrown_away_is_not_repeated(omgeving: Omgeving) -> None:
    ids = [public_id(number) for number in notify(omgeving, Post(("gelezen", "weg", "archief")))]
    inzage.read_bericht(omgeving, ANNA, ids[0], begin_trace())
    postvak.delete_bericht(omgeving, ANNA, ids[1])
    postvak.move_berichten(omgeving, Keuze(ANNA, (ids[2],)), Map.ARCHIEF)

    run(omgeving, DRIE_WEKEN)

    assert mails(omgeving).count(("herhaling", "verzonden")) == 1


def test_who_was_never_told_is_not_reminded_whoever_else_was(omgeving: Omgeving) -> None:
    told, untold = put_berichten(omgeving, Post()), put_berichten(omgeving, Post(bsn=ZONDER_EMAIL))
    plan(omgeving, told)
    plan(omgeving, untold)
    run(omgeving)
    contact = instellingen.ContactInvoer(ZONDER_EMAIL, "nu@voorbeeld.example", kennisgeving=True, herhaling=True)
    instellingen.change_contact(omgeving, contact)

    run(omgeving, DRIE_WEKEN)

    assert mails(omgeving) == [("herhaling", "verzonden"), ("nieuw", "verzonden")]
    assert mails(omgeving, ZONDER_EMAIL) == []


def test_who_wants_no_herhaling_gets_none(omgeving: Omgeving) -> None:
    notify(omgeving)
    contact = instellingen.ContactInvoer(ANNA, "anna@voorbeeld.example", kennisgeving=True, herhaling=False)
    instellingen.change_contact(omgeving, contact)

    run(omgeving, DRIE_WEKEN)

    assert mails(omgeving) == [("nieuw", "verzonden")]


def test_a_bounce_is_tried_once_more_and_then_contact_is_lost(omgeving: Omgeving) -> None:
    notify(omgeving, Post(bsn=STUITERT))
    assert mails(omgeving, STUITERT) == [("nieuw", "gestuiterd")]

    run(omgeving, timedelta(hours=2))

    assert mails(omgeving, STUITERT) == [("nieuw", "opgegeven"), ("nieuw", "gestuiterd")]
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, STUITERT)
    assert gebruiker is not None
    assert gebruiker.contact_verloren


def test_after_contact_was_lost_nothing_is_sent(omgeving: Omgeving) -> None:
    notify(omgeving, Post(bsn=STUITERT))
    run(omgeving, timedelta(hours=2))

    notify(omgeving, Post(bsn=STUITERT))

    assert len(mails(omgeving, STUITERT)) == 2


def test_one_herhaling_is_planned_for_a_whole_delivery(omgeving: Omgeving) -> None:
    notify(omgeving, Post(tuple("abcdef")))

    assert [item.soort for item in list_agenda(omgeving)] == [HERHALEN]


def test_the_number_of_statements_does_not_grow_with_the_number_of_berichten(omgeving: Omgeving) -> None:
    counts = []
    for size in (1, 200):
        ids = put_berichten(omgeving, Post(("post",) * size))
        statements: list[str] = []
        with omgeving.unit_of_work() as uow:
            event.listen(
                uow.session.connection(), "before_cursor_execute", lambda *args, seen=statements: seen.append(args[2])
            )
            handler = cast("Handler", build_agenda()[KENNISGEVEN])
            handler(omgeving, uow, [{"van": ids[0], "tot": ids[-1]}])
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_with_a_mail_server_each_kennisgeving_is_sent_to_it(omgeving: Omgeving) -> None:
    with mail_server() as (url, taken):
        notify(omgeving, Post(tuple("abc")), url)

    assert len(taken) == 3
    message = taken[0]
    assert message["To"] == list_kennisgevingen(omgeving, ANNA)[0].adres
    assert re.fullmatch(r"Bericht van .+ \(document ontvangen\)", message["Subject"])
    assert "SIMULATIE" in message.get_content()
    assert str(int(ANNA)) not in message.as_string()
    assert len({each["Message-ID"] for each in taken}) == 3


def test_an_address_that_is_refused_keeps_the_kennisgeving_from_nobody_else(omgeving: Omgeving) -> None:
    ids = put_berichten(omgeving) + put_berichten(omgeving, Post(bsn=DIAKRIETEN))
    plan(omgeving, ids)
    with omgeving.reading() as session:
        adres = ontvangst.get_contacten(omgeving, session, {ANNA})[ANNA].adres
    with mail_server(refused=[adres]) as (url, taken):
        run(omgeving, timedelta(hours=3), url)

    assert len(taken) == 1
    assert taken[0]["To"] != adres
    assert [item.soort for item in list_agenda(omgeving)] == [HERHALEN]


def test_a_mail_server_that_is_down_loses_no_mail(omgeving: Omgeving) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"smtp://127.0.0.1:{free.getsockname()[1]}"
    notify(omgeving, smtp_url=nobody)
    assert mails(omgeving) == [("nieuw", "verzonden")]
    assert "berichtenbox.versturen" in [item.soort for item in list_agenda(omgeving)]

    with mail_server() as (url, taken):
        run(omgeving, timedelta(hours=1), url)

    assert len(taken) == 1


def test_a_mail_server_that_hangs_holds_up_no_delivery(omgeving: Omgeving) -> None:
    plan(omgeving, put_berichten(omgeving))
    with ThreadPoolExecutor(1) as pool, socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"smtp://127.0.0.1:{deaf.getsockname()[1]}"
        sending = pool.submit(run, omgeving, smtp_url=url)
        caller, _ = deaf.accept()
        plan(omgeving, put_berichten(omgeving))
        assert not sending.done()
        caller.close()
    assert ("berichtenbox.versturen", 1) in [(item.soort, item.pogingen) for item in list_agenda(omgeving)]


def test_what_was_sent_by_a_simulator_that_died_is_sent_again_with_the_same_message_id(omgeving: Omgeving) -> None:
    plan(omgeving, put_berichten(omgeving, Post(("a", "b"))))
    with mail_server() as (url, taken):
        agenda = build_agenda(url)
        versturen = agenda[VERSTUREN]
        assert isinstance(versturen, Extern)

        def send_and_die(omgeving: Omgeving, row: Mapping[str, Any]) -> None:
            versturen.work(omgeving, row)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_due(omgeving, {**agenda, VERSTUREN: replace(versturen, work=send_and_die)}, omgeving.now())
        first = [message["Message-ID"] for message in taken]
        run(omgeving, smtp_url=url)
        assert len(taken) == 2
        run(omgeving, versturen.lease + timedelta(seconds=1), url)

    assert [message["Message-ID"] for message in taken] == first * 2
    assert VERSTUREN not in [item.soort for item in list_agenda(omgeving)]


def test_who_switches_kennisgevingen_off_before_the_second_try_keeps_contact(omgeving: Omgeving) -> None:
    notify(omgeving, Post(bsn=STUITERT))
    instellingen.change_gebruiker(omgeving, instellingen.GebruikerInvoer(STUITERT, kennisgeving=False))

    run(omgeving, timedelta(hours=2))

    assert mails(omgeving, STUITERT) == [("nieuw", "gestuiterd")]
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, STUITERT)
    assert gebruiker is not None
    assert not gebruiker.contact_verloren


def test_what_bounces_is_not_sent(omgeving: Omgeving) -> None:
    with mail_server() as (url, taken):
        notify(omgeving, Post(bsn=STUITERT), url)

    assert taken == []


@pytest.mark.parametrize("url", ["http://x", "smtp://", "localhost:25", "smtp://x:99999", "smtp://x:0", "smtp://[::1"])
def test_an_address_that_is_no_mail_server_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(SmtpUrlInvalid):
        build_agenda(url)


MOMENT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def aanleiding(soort: Mailsoort = Mailsoort.NIEUW, termijn: datetime | None = None) -> Aanleiding:
    return Aanleiding(soort, "Gemeente Voorbeeldstad", "Anna de Vries", MOMENT, termijn)


def test_dates_are_those_of_the_netherlands() -> None:
    assert dutch_date(MOMENT) == "24 november 2026"


def test_the_text_names_sender_and_term() -> None:
    tekst = mail_tekst(aanleiding(termijn=MOMENT + timedelta(days=14)))

    assert "Gemeente Voorbeeldstad" in tekst
    assert "uiterlijk op 8 december 2026" in tekst
    assert tekst.startswith("SIMULATIE")


@pytest.mark.parametrize("soort", list(Mailsoort))
def test_there_is_never_a_link_in_it(soort: Mailsoort) -> None:
    text = mail_onderwerp(aanleiding(soort)) + mail_tekst(aanleiding(soort, MOMENT))

    assert not re.search(r"https?:|www\.|\w\.(nl|com|example)\b", text)

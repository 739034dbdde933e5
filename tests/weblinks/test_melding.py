"""Alerts by e-mail, at a real mail server."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest

from simulator.infra.agenda import list_agenda
from simulator.infra.http_client import Outbound
from simulator.infra.omgeving import Omgeving
from simulator.infra.outbound import Limits
from simulator.infra.pacing import Pace
from simulator.infra.smtp import Mailserver
from simulator.weblinks.usecases.beheer import read_contact, set_contact
from simulator.weblinks.usecases.controle import Netwerk, build_handlers
from simulator.weblinks.usecases.volgen import Volger
from tests.berichtenbox.smtp_server import mail_server
from tests.weblinks import website as web
from tests.weblinks.website import HOST, website
from tests.weblinks.world import BEGIN, SECONDS, Wereld


@dataclass(frozen=True)
class Brievenbus:
    """A running mail server and what it took in."""

    url: str
    messages: list[EmailMessage]


@pytest.fixture
def mail() -> Iterator[Brievenbus]:
    with mail_server() as (url, messages):
        yield Brievenbus(url, messages)


@pytest.fixture
def wereld(omgeving: Omgeving, mail: Brievenbus) -> Iterator[Wereld]:
    with website() as site:
        yield Wereld(omgeving, site, Mailserver(mail.url))


def test_all_that_goes_bad_at_once_is_one_email_to_the_contact(wereld: Wereld, mail: Brievenbus) -> None:
    for number in range(30):
        wereld.site.pages[f"/{number}"] = 404
    wereld.register(*(f"/{number}" for number in range(30)), "/goed")
    wereld.advance(minutes=4)
    assert mail.messages == []
    wereld.advance(minutes=2)
    (message,) = mail.messages
    assert message["To"] == "webbeheer@voorbeeldstad.example"
    assert message["Subject"] == "Weblinks naar uw dossiers: 30 werken niet meer"
    text = message.get_content().replace("\r\n", "\n")
    assert "SIMULATIE" in text
    assert f"https://{HOST}/0\n  De pagina bestaat niet (meer) (status 404)." in text
    assert "en nog 5 andere" in text
    assert "/goed" not in text
    assert all(each.gemaild_op for each in wereld.meldingen())


def test_recovery_is_told_too_and_nothing_is_told_twice(wereld: Wereld, mail: Brievenbus) -> None:
    wereld.site.pages["/dossier"] = web.away_between(BEGIN, BEGIN + timedelta(hours=1))
    wereld.register("/dossier")
    wereld.advance(days=3)
    assert [each["Subject"] for each in mail.messages] == [
        "Weblinks naar uw dossiers: 1 werkt niet meer",
        "Weblinks naar uw dossiers: 1 werkt weer",
    ]


def test_who_wants_no_email_reads_the_alerts_only(wereld: Wereld, mail: Brievenbus) -> None:
    set_contact(wereld.omgeving, wereld.afnemer, None)
    assert read_contact(wereld.omgeving, wereld.afnemer) is None
    wereld.site.pages["/dossier"] = 404
    wereld.register("/dossier")
    wereld.advance(days=1)
    assert mail.messages == []
    assert [each.gemaild_op for each in wereld.meldingen()] == [None]


def test_a_mail_server_that_is_away_gets_the_alerts_later(omgeving: Omgeving) -> None:
    with mail_server() as (url, _):
        pass
    with website() as site:
        wereld = Wereld(omgeving, site, Mailserver(url))
        site.pages["/dossier"] = 404
        wereld.register("/dossier")
        wereld.advance(minutes=6)
        assert [each.gemaild_op for each in wereld.meldingen()] == [None]
        assert "weblinks.melden" in [item.soort for item in list_agenda(omgeving)]
        wereld.advance(days=2)
        assert "mislukt" in [item.status for item in list_agenda(omgeving) if item.soort == "weblinks.melden"]
        with mail_server() as (again, messages):
            recover(wereld, again)
            wereld.advance(days=2)
            assert [each["Subject"] for each in messages] == [
                "Weblinks naar uw dossiers: 1 werkt niet meer, 1 werkt weer"
            ]
        assert all(each.gemaild_op for each in wereld.meldingen())


def test_another_address_is_told_although_the_old_one_was_given_up(omgeving: Omgeving) -> None:
    with mail_server() as (url, _):
        pass
    with website() as site, mail_server() as (again, messages):
        wereld = Wereld(omgeving, site, Mailserver(url))
        site.pages["/dossier"] = 404
        wereld.register("/dossier")
        wereld.advance(hours=4)
        assert "mislukt" in [item.status for item in list_agenda(omgeving) if item.soort == "weblinks.melden"]
        set_contact(omgeving, wereld.afnemer, "ander@voorbeeldstad.example")
        recover(wereld, again)
        wereld.advance(hours=6)
        assert [each["To"] for each in messages] == ["ander@voorbeeldstad.example"]


def recover(wereld: Wereld, mail_url: str) -> None:
    """The website works again, and there is a mail server."""
    wereld.site.pages["/dossier"] = 200
    volger = Volger(Outbound(Limits(SECONDS)), Pace(100_000))
    wereld.handlers = build_handlers(volger, Netwerk(seconds=SECONDS), Mailserver(mail_url))

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from simulator.gebruikers import Bsn, get_gebruiker, instellingen
from simulator.infra.agenda import list_agenda, run_due
from simulator.infra.omgeving import Omgeving
from simulator.lopende_zaken import build_agenda
from simulator.lopende_zaken.rules.kennisgeving import BUNDELEN, Wijziging, mail_onderwerp, mail_tekst
from simulator.lopende_zaken.usecases.kennisgeving import Mailbericht, list_kennisgevingen
from tests.berichtenbox.smtp_server import mail_server
from tests.lopende_zaken.zaken_builder import ANNA, BELASTINGEN, afnemer, deliver, deliver_status, rollen, status, zaak

STUITERT, ZONDER_EMAIL = Bsn("999990147"), Bsn("999990111")


def run(omgeving: Omgeving, later: timedelta = BUNDELEN, smtp_url: str = "") -> None:
    run_due(omgeving, build_agenda(smtp_url), omgeving.now() + later)


def mails(omgeving: Omgeving, bsn: Bsn = ANNA) -> Sequence[Mailbericht]:
    return list_kennisgevingen(omgeving, bsn)


def test_one_email_tells_of_several_changes(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    deliver_status(omgeving, "In behandeling", dagen=1)
    deliver(omgeving, identificatie="Z-2", status=status())
    bezwaar = zaak(zaaktype="BEZWAAR", omschrijving="Bezwaar aanslag")
    deliver(omgeving, zaak=bezwaar, afnemer=afnemer(omgeving, BELASTINGEN), status=status())
    run(omgeving)
    (mail,) = mails(omgeving)
    assert (mail.soort, mail.status, mail.adres) == ("zaak", "verzonden", "actief@voorbeeld.example")
    assert "- Gemeente Voorbeeldstad: 2 zaken, 3 wijzigingen\n" in mail.tekst
    assert "- Voorbeelddienst Belastingen: 1 zaak, 1 wijziging\n" in mail.tekst


def test_nothing_goes_out_while_changes_are_gathered(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    run(omgeving, BUNDELEN - timedelta(minutes=1))
    assert mails(omgeving) == []


def test_a_later_change_gives_an_email_of_its_own(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    run(omgeving)
    deliver_status(omgeving, "In behandeling", dagen=1)
    run(omgeving, 2 * BUNDELEN)
    assert len(mails(omgeving)) == 2


def test_a_status_that_citizens_are_not_told_about_gives_no_email(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status("Intern getoetst"))
    run(omgeving)
    assert mails(omgeving) == []


def test_who_wants_no_email_gets_none_and_is_not_told_later_of_what_was(omgeving: Omgeving) -> None:
    deliver(omgeving, zaak=zaak(rollen=rollen(ZONDER_EMAIL)), status=status())
    run(omgeving)
    contact = instellingen.ContactInvoer(ZONDER_EMAIL, "nu@voorbeeld.example", kennisgeving=True, herhaling=False)
    instellingen.change_contact(omgeving, contact)
    deliver(omgeving, identificatie="Z-2", zaak=zaak(rollen=rollen(ZONDER_EMAIL)), status=status())
    run(omgeving, 2 * BUNDELEN)
    (mail,) = mails(omgeving, ZONDER_EMAIL)
    assert "1 zaak, 1 wijziging" in mail.tekst


def test_a_bounce_is_tried_once_more_and_then_contact_is_lost(omgeving: Omgeving) -> None:
    deliver(omgeving, zaak=zaak(rollen=rollen(STUITERT)), status=status())
    run(omgeving)
    assert [mail.status.value for mail in mails(omgeving, STUITERT)] == ["gestuiterd"]
    run(omgeving, timedelta(hours=2))
    assert [mail.status.value for mail in mails(omgeving, STUITERT)] == ["opgegeven", "gestuiterd"]
    assert {mail.tekst for mail in mails(omgeving, STUITERT)} == {mails(omgeving, STUITERT)[0].tekst}
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, STUITERT)
    assert gebruiker is not None
    assert gebruiker.contact_verloren
    assert list_agenda(omgeving) == []


def test_with_a_mail_server_the_email_is_sent_to_it(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    with mail_server() as (url, taken):
        run(omgeving, smtp_url=url)
        run(omgeving, smtp_url=url)
    (message,) = taken
    assert message["Subject"] == "Uw zaak bij Gemeente Voorbeeldstad is gewijzigd"
    assert "SIMULATIE" in message.get_content()
    assert str(int(ANNA)) not in message.as_string()


@pytest.mark.parametrize(
    ("wijzigingen", "onderwerp"),
    [
        ([Wijziging("A", 1)], "Uw zaak bij A is gewijzigd"),
        ([Wijziging("A", 1), Wijziging("A", 1)], "Uw zaak bij A is gewijzigd"),
        ([Wijziging("A", 1), Wijziging("A", 2)], "Uw zaken bij A zijn gewijzigd"),
        ([Wijziging("A", 1), Wijziging("B", 2)], "Uw lopende zaken zijn gewijzigd"),
    ],
)
def test_the_subject_says_whose_zaken_changed(wijzigingen: list[Wijziging], onderwerp: str) -> None:
    assert mail_onderwerp(wijzigingen) == onderwerp


def test_the_email_has_no_link_and_tells_nothing_of_the_zaak(omgeving: Omgeving) -> None:
    deliver(omgeving, zaak=zaak(omschrijving="Schuldhulp", startdatum=date(2026, 11, 1)), status=status())
    run(omgeving)
    (mail,) = mails(omgeving)
    text = mail.onderwerp + mail_tekst([Wijziging("A", 1)], "Anna") + mail.tekst
    assert not re.search(r"https?://|www\.|Schuldhulp|parkeer", text)

"""Article 8.1: the notice is in writing, and goes to the contacts of the Afnemer as e-mail."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from simulator.afnemers import afnemer_index
from simulator.infra.agenda import list_agenda, run_due
from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgeving import Omgeving
from simulator.voorwaarden import build_agenda, overleg, wijzigingen
from tests.berichtenbox.smtp_server import mail_server

NU = datetime(2026, 12, 1, 9, tzinfo=UTC)
STAD = "00000099000000001000"


def announce(omgeving: Omgeving) -> wijzigingen.Wijziging:
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=start_klok(Modus.STIL, NU))
    with omgeving.unit_of_work(NU) as uow:
        held = overleg.add_overleg(uow, date(2026, 11, 30), "Voorwaarden")
        overleg.record_besluit(uow, overleg.Besluitinvoer(held.id, overleg.Voorwaardenkeuze(versie="3.0")), {})
        return wijzigingen.announce_wijziging(
            uow, wijzigingen.Aankondiging("3.0", date(2027, 1, 1), "De termijnen zijn korter.")
        )


@pytest.mark.artikel("8.1")
def test_the_contacts_of_an_afnemer_get_the_notice_once_each(omgeving: Omgeving) -> None:
    stad = afnemer_index(omgeving).by_oin[STAD].id

    def find_adressen(session: Session, afnemer_id: int) -> Collection[str]:
        del session
        return ("b@stad.example", "a@stad.example", "a@stad.example") if afnemer_id == stad else ()

    announce(omgeving)
    with mail_server() as (url, taken):
        run_due(omgeving, build_agenda(url, find_adressen), NU)
    assert [each["To"] for each in taken] == ["a@stad.example", "b@stad.example"]
    assert len({each["Message-ID"] for each in taken}) == 2
    assert taken[0]["Subject"] == "Voorwaarden MijnOverheid: versie 3.0 vanaf 1 januari 2027"
    text = taken[0].get_content()
    for part in (
        "De termijnen zijn korter.",
        "levert Logius tot 1 maart 2027",
        "aanvaardt u de wijziging op 1 januari",
    ):
        assert part in text
    assert "http" not in text
    assert list_agenda(omgeving) == []


@pytest.mark.artikel("8.1")
def test_an_address_that_is_refused_keeps_the_notice_from_nobody_else(omgeving: Omgeving) -> None:
    afnemers = sorted(afnemer_index(omgeving).by_id)
    adressen = dict(
        zip(afnemers, ["a@stad.example", "weg@stad.example", "b@stad.example", "ré@stad.example"], strict=False)
    )

    def find_adressen(session: Session, afnemer_id: int) -> Collection[str]:
        del session
        return (adressen.get(afnemer_id, "c@stad.example"),)

    announce(omgeving)
    with mail_server(refused=["weg@stad.example"]) as (url, taken):
        run_due(omgeving, build_agenda(url, find_adressen), NU + timedelta(hours=3))
    assert {each["To"] for each in taken} == {"a@stad.example", "b@stad.example", "c@stad.example"}
    assert len({each["Message-ID"] for each in taken}) == len(taken) == len(afnemers) - 2
    assert list_agenda(omgeving) == []


def test_without_a_mail_server_the_notice_can_be_read_only(omgeving: Omgeving) -> None:
    announce(omgeving)
    run_due(omgeving, build_agenda(), NU)
    assert list_agenda(omgeving) == []


def test_a_mail_server_that_is_away_gets_the_notice_later(omgeving: Omgeving) -> None:
    with mail_server() as (url, _):
        pass
    announce(omgeving)
    run_due(omgeving, build_agenda(url, lambda _session, _id: ("a@stad.example",)), NU)
    (waiting,) = list_agenda(omgeving)
    assert (waiting.soort, waiting.pogingen) == ("voorwaarden.melden", 1)


@pytest.mark.artikel("8.1")
def test_a_long_summary_is_told_as_it_was_written() -> None:
    wijziging = wijzigingen.Wijziging(1, "3.0", date(2027, 12, 31), "Regel één.\n\nRegel twee.", NU)
    onderwerp, tekst = wijzigingen.write_kennisgeving(wijziging)
    assert onderwerp.endswith("vanaf 31 december 2027")
    assert "Regel één.\n\nRegel twee." in tekst
    assert "tot 29 februari 2028" in tekst

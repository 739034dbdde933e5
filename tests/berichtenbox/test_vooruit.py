"""Bijlagen of large deliveries: stored in portions before the berichten, and never left without one."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from simulator.berichtenbox.errors.aanlevering import MessageIdAlGebruikt
from simulator.berichtenbox.models import Bericht, Bijlage
from simulator.berichtenbox.queries.vooruit import Portie, list_porties, store_portie
from simulator.berichtenbox.usecases import aanlevering, vooruit
from simulator.berichtenbox.usecases.aanlevering import submit_aanlevering
from simulator.berichtenbox.usecases.controle import check_bijlagen
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer
from simulator.berichtenbox.usecases.vooruit import GROOT, bijlagen_vooruit
from simulator.berichtenbox.values import AangebodenBericht, AangebodenBijlage
from simulator.gebruikers import Bsn, instellingen
from simulator.infra.clock import to_micros
from simulator.infra.ids import new_ids
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen
from tests.berichtenbox.aanbieden import (
    aanbod,
    afnemer,
    assert_consistent,
    batch,
    bericht,
    codes,
    deliver,
    ids_per_moment,
    maak_berichttypes,
    stand_still,
)

HALF = GROOT // 8
PER_PORTIE = 4
"""Berichten with two bijlagen of ``HALF`` that fit in one portion."""


@pytest.fixture(autouse=True)
def berichttypes(omgeving: Omgeving) -> None:
    maak_berichttypes(omgeving)


def brief(gebruiker: str = "999990019", **velden: Any) -> AangebodenBericht:
    """With two bijlagen that nobody else has."""
    bijlagen = tuple(
        AangebodenBijlage(b"%PDF-1.4 pdfaid:part" + os.urandom(HALF - 20), f"Bijlage {nummer}", nummer)
        for nummer in (1, 2)
    )
    return bericht(gebruiker, bijlagen=bijlagen, **velden)


def assert_only_bijlagen_of(omgeving: Omgeving, *brieven: AangebodenBericht) -> None:
    """Those of each bericht as they were offered, and no others; no portion waits for its berichten."""
    with omgeving.reading() as session:
        query = select(Bericht.bericht_id, Bijlage.volgorde, Bijlage.omschrijving, Bijlage.inhoud)
        rows = session.execute(query.join(Bijlage, Bijlage.bericht_id == Bericht.id)).all()
        assert session.scalar(select(func.count()).select_from(Bijlage)) == len(rows)
        assert list_porties(session) == []
    expected = {(each.bericht_id, bijlage.volgorde): bijlage for each in brieven for bijlage in each.bijlagen}
    assert len(rows) == len(expected)
    for bericht_id, volgorde, omschrijving, inhoud in rows:
        bijlage = expected[bytes(bericht_id), volgorde]
        assert (omschrijving, bytes(inhoud) == bijlage.inhoud) == (bijlage.omschrijving, True)
    assert check_bijlagen(omgeving) == []
    assert_consistent(omgeving, len(brieven))


@pytest.mark.parametrize("soort", [aanbod, batch])
def test_a_large_delivery_is_stored_in_portions_with_what_belongs_to_each(
    omgeving: Omgeving, soort: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    porties: list[int] = []

    def store(session: Any, portie: Portie, inhoud: list[Any]) -> None:
        porties.append(len(inhoud))
        store_portie(session, portie, inhoud)

    monkeypatch.setattr(vooruit, "store_portie", store)
    brieven = [brief() for _ in range(2 * PER_PORTIE + 1)]
    levering = aanbod(*brieven, bericht()) if soort is aanbod else batch(omgeving, *brieven, bericht())
    assert codes(deliver(omgeving, levering)) == ["Verwerkt"] * (len(brieven) + 1)
    assert sum(porties) == len(brieven) + 1
    assert len(porties) == 3
    assert_only_bijlagen_of(omgeving, *levering.berichten)


def test_what_is_refused_leaves_nothing_behind(omgeving: Omgeving) -> None:
    dubbel = brief()
    deliver(omgeving, aanbod(dubbel))
    goed, ook = brief(), brief()
    resultaten = deliver(
        omgeving,
        aanbod(goed, brief("999990020"), dubbel._replace(bijlagen=goed.bijlagen), brief(berichttype="GEEN"), ook,
               ook._replace(bijlagen=brief().bijlagen), brief(), brief()),
    )  # fmt: skip
    assert codes(resultaten) == [
        "Verwerkt", "NietActiefOfGeabonneerd", "BerichtBestaatAl", "BerichtTypeNietOndersteund", "Verwerkt",
        "BerichtBestaatAl", "Verwerkt", "Verwerkt",
    ]  # fmt: skip
    with omgeving.reading() as session:
        assert session.scalar(select(func.count()).select_from(Bijlage)) == 2 * 5
        assert list_porties(session) == []
    assert_consistent(omgeving, 5)


def test_a_large_delivery_again_gets_the_same_answer_and_stores_nothing(
    omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch
) -> None:
    brieven = [brief() for _ in range(PER_PORTIE + 1)]
    levering = aanbod(*brieven)
    eerst = deliver(omgeving, levering)
    monkeypatch.setattr(vooruit, "store_portie", lambda *_: pytest.fail("stored again"))
    assert deliver(omgeving, levering) == eerst
    with pytest.raises(MessageIdAlGebruikt):
        deliver(omgeving, levering._replace(inhoud_hash=b"\x01" * 32))
    assert_only_bijlagen_of(omgeving, *brieven)


def test_what_becomes_visible_at_one_moment_has_ids_in_one_range(omgeving: Omgeving) -> None:
    stand_still(omgeving)
    nu = omgeving.now()
    morgen = nu + timedelta(days=1)
    brieven = [
        brief(publicatiedatum=moment)
        for moment in (morgen, None, nu - timedelta(days=2), morgen, nu - timedelta(days=5), None)
    ]
    deliver(omgeving, aanbod(*brieven))
    with omgeving.reading() as session:
        per_moment = ids_per_moment(session)
        rows = session.execute(select(AgendaItem.moment, AgendaItem.gegevens).where(
            AgendaItem.soort.like("berichtenbox.%"))).all()  # fmt: skip
    assert {moment: len(ids) for moment, ids in per_moment.items()} == {nu: 4, morgen: 2}
    assert dict(rows) == {
        to_micros(moment): f'{{"van": {min(ids)}, "tot": {max(ids)}, "aantal": {len(ids)}}}'
        for moment, ids in per_moment.items()
    }
    assert max(per_moment[nu]) < min(per_moment[morgen])
    assert_only_bijlagen_of(omgeving, *brieven)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_omgeving_that_is_emptied_half_way_has_the_delivery_with_all_its_bijlagen(
    omgeving: Omgeving, omgevingen: Omgevingen, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """What was stored ahead is gone with the old database; the delivery comes in the new one, so all of it must."""
    stored: list[Portie] = []
    emptied: list[int] = []
    lease = Omgeving.lease

    def store(session: Any, portie: Portie, inhoud: Any) -> None:
        store_portie(session, portie, inhoud)
        stored.append(portie)

    def empty_first(self: Omgeving) -> Any:
        if len(stored) == after and not emptied:
            emptied.append(after)
            omgevingen.reset(omgeving.naam)
            maak_berichttypes(omgeving)
        return lease(self)

    monkeypatch.setattr(vooruit, "store_portie", store)
    brieven = [brief() for _ in range(2 * PER_PORTIE + 1)]
    monkeypatch.setattr(Omgeving, "lease", empty_first)
    assert codes(deliver(omgeving, aanbod(*brieven))) == ["Verwerkt"] * len(brieven)
    assert emptied
    assert_only_bijlagen_of(omgeving, *brieven)


def test_a_delivery_that_fails_leaves_nothing_behind(omgeving: Omgeving) -> None:
    brieven = [brief() for _ in range(PER_PORTIE + 1)]

    def fail() -> None:
        with bijlagen_vooruit(omgeving, brieven, range(len(brieven))) as klaar:
            with omgeving.reading() as session:
                assert sorted(list_porties(session)) == sorted(klaar.porties)
                assert session.scalar(select(func.count()).select_from(Bijlage)) == 2 * len(brieven)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert_only_bijlagen_of(omgeving)


def test_what_is_offered_under_another_batch_is_not_stored_again(
    omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch that comes once more is nothing but berichten that are there."""
    brieven = [brief() for _ in range(PER_PORTIE + 1)]
    assert set(codes(deliver(omgeving, batch(omgeving, *brieven)))) == {"Verwerkt"}
    monkeypatch.setattr(vooruit, "store_portie", lambda *_: pytest.fail("stored again"))
    assert set(codes(deliver(omgeving, batch(omgeving, *brieven)))) == {"BerichtBestaatAl"}
    assert_only_bijlagen_of(omgeving, *brieven)


def test_of_two_with_one_berichtid_the_first_is_stored_as_in_a_small_delivery(omgeving: Omgeving) -> None:
    eerste = brief(publicatiedatum=omgeving.now() - timedelta(days=1))
    tweede = brief()._replace(bericht_id=eerste.bericht_id)
    rest = [brief() for _ in range(PER_PORTIE)]
    resultaten = deliver(omgeving, aanbod(eerste, tweede, *rest))
    assert codes(resultaten) == ["Verwerkt", "BerichtBestaatAl", *["Verwerkt"] * PER_PORTIE]
    assert_only_bijlagen_of(omgeving, eerste, *rest)


def test_what_people_change_while_it_is_stored_ahead_counts(
    omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is judged once to choose what to store ahead, and once more when it counts."""

    @contextmanager
    def change(*args: Any) -> Iterator[vooruit.Vooruit]:
        with bijlagen_vooruit(*args) as klaar:
            geen_post = {afnemer(omgeving).id: False}
            instellingen.change_voorkeur(omgeving, instellingen.VoorkeurInvoer(Bsn(999990019), geen_post))
            instellingen.activate_box(omgeving, Bsn(999990032))
            yield klaar

    monkeypatch.setattr(aanlevering, "bijlagen_vooruit", change)
    niet_meer, nu_wel, steeds = brief(), brief("999990032"), [brief("999990044") for _ in range(PER_PORTIE)]
    resultaten = deliver(omgeving, aanbod(niet_meer, *steeds, nu_wel))
    assert codes(resultaten) == ["NietActiefOfGeabonneerd", *["Verwerkt"] * (PER_PORTIE + 1)]
    assert_only_bijlagen_of(omgeving, nu_wel, *steeds)


def test_two_who_bring_the_same_large_delivery_at_once_store_it_once(omgeving: Omgeving) -> None:
    brieven = [brief() for _ in range(2 * PER_PORTIE)]
    invoer = AanleveringInvoer(afnemer(omgeving), aanbod(*brieven))
    with ThreadPoolExecutor(4) as pool:
        bewijzen = list(pool.map(lambda _: submit_aanlevering(omgeving, invoer).status_id, range(8)))
    assert len(set(bewijzen)) == 1
    assert_only_bijlagen_of(omgeving, *brieven)


def test_what_was_left_is_cleared_by_the_next_large_delivery(omgeving: Omgeving) -> None:
    """Of this process, which is killed and begun again, at once; of another, which may still be busy, after an hour."""
    (nu,), uur, ander = new_ids(), 3_600_000_000, 7 << 52
    eigen, jong, oud = nu - 60_000_000, nu - uur + 60_000_000 + ander, nu - uur - 60_000_000 + ander
    with omgeving.unit_of_work() as uow:
        for key in (eigen, jong, oud):
            store_portie(uow.session, Portie(key, key), [(key, brief().bijlagen)])
    brieven = [brief() for _ in range(PER_PORTIE + 1)]
    deliver(omgeving, aanbod(*brieven))
    with omgeving.reading() as session:
        assert [portie.van for portie in list_porties(session)] == [jong]
        loos = select(Bijlage.bericht_id).outerjoin(Bericht, Bericht.id == Bijlage.bericht_id)
        assert set(session.scalars(loos.where(Bericht.id.is_(None)))) == {jong}
        assert session.scalar(select(func.count()).select_from(Bijlage)) == 2 * (len(brieven) + 1)
    assert_consistent(omgeving, len(brieven))


def test_what_could_not_be_cleared_is_cleared_by_the_next_large_delivery(
    omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    dubbel = [brief() for _ in range(PER_PORTIE + 1)]
    with monkeypatch.context() as patch:
        patch.setattr(vooruit, "clear_portie", fail)
        patch.setattr(aanlevering, "_submit", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(omgeving, aanbod(*dubbel))
    with omgeving.reading() as session:
        assert len(list_porties(session)) == 2
    deliver(omgeving, aanbod(*dubbel))
    assert_only_bijlagen_of(omgeving, *dubbel)

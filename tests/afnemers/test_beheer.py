from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from simulator.afnemers.errors import (
    AfnemerBestaatAl,
    AfnemerNaamOngeldig,
    AfnemerNotFound,
    MandaatOngeldig,
    SleutelNotFound,
)
from simulator.afnemers.models import Afnemer, ApiSleutel
from simulator.afnemers.usecases import beheer
from simulator.afnemers.usecases.beheer import AfnemerInvoer, AfnemerWijziging
from simulator.afnemers.usecases.seed import seed_afnemers
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst
from simulator.afnemers.values.fixture import load_afnemers
from simulator.afnemers.values.oin import OinOngeldig
from simulator.infra.ids import hash_token
from simulator.infra.omgeving import Omgeving
from simulator.settings import Settings

STAD, MEER, VERZENDHUIS = "00000099000000001000", "00000099000000004000", "00000099000000009000"
NIEUW = "00000099000000005000"


def afnemer_of(omgeving: Omgeving, oin: str) -> AfnemerRecord:
    return beheer.afnemer_index(omgeving).by_oin[oin]


def holder_of(omgeving: Omgeving, sleutel: str) -> str | None:
    afnemer = beheer.afnemer_index(omgeving).by_key_hash.get(hash_token(sleutel))
    return afnemer.oin if afnemer else None


def test_an_omgeving_begins_with_the_afnemers_of_the_fixtures(omgeving: Omgeving) -> None:
    assert holder_of(omgeving, "demo-voorbeeldstad") == STAD
    assert afnemer_of(omgeving, VERZENDHUIS).mandaten == {afnemer_of(omgeving, STAD).id}
    assert afnemer_of(omgeving, VERZENDHUIS).privaat
    assert afnemer_of(omgeving, MEER).diensten == {Dienst.BERICHTENBOX}


def test_seeding_again_adds_nothing(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        assert not seed_afnemers(uow, load_afnemers(Settings().fixtures_dir / "afnemers"))
        assert uow.session.scalar(select(func.count()).select_from(Afnemer)) == 5


def test_a_key_works_at_once_and_is_stored_as_a_hash_only(omgeving: Omgeving) -> None:
    added = beheer.add_afnemer(
        omgeving, AfnemerInvoer(NIEUW, " Provincie Voorbeeld ", frozenset({Dienst.BERICHTENBOX}))
    )
    nieuw = beheer.issue_sleutel(omgeving, NIEUW)
    assert added.naam == "Provincie Voorbeeld"
    assert holder_of(omgeving, nieuw.sleutel) == NIEUW
    with omgeving.reading() as session:
        stored = session.scalars(select(ApiSleutel).where(ApiSleutel.id == nieuw.id)).one()
        assert (stored.hash, stored.hint) == (hash_token(nieuw.sleutel), nieuw.sleutel[-4:])
        assert [each.hint for each in beheer.list_sleutels(session, added.id)] == [nieuw.sleutel[-4:]]


def test_a_revoked_key_is_useless_at_once(omgeving: Omgeving) -> None:
    nieuw = beheer.issue_sleutel(omgeving, STAD)
    beheer.revoke_sleutel(omgeving, nieuw.id)
    beheer.revoke_sleutel(omgeving, nieuw.id)
    assert holder_of(omgeving, nieuw.sleutel) is None
    assert holder_of(omgeving, "demo-voorbeeldstad") == STAD
    with pytest.raises(SleutelNotFound):
        beheer.revoke_sleutel(omgeving, 10_000)


def test_what_changes_of_an_afnemer_is_in_force_at_once(omgeving: Omgeving) -> None:
    diensten = frozenset({Dienst.LOPENDE_ZAKEN})
    beheer.change_afnemer(omgeving, AfnemerWijziging(MEER, naam="Waterschap Anders", diensten=diensten, actief=False))
    changed = afnemer_of(omgeving, MEER)
    assert (changed.naam, changed.diensten, changed.actief) == ("Waterschap Anders", diensten, False)
    assert beheer.change_afnemer(omgeving, AfnemerWijziging(MEER, actief=True)).diensten == diensten


def test_a_mandaat_is_given_and_taken_back(omgeving: Omgeving) -> None:
    beheer.add_mandaat(omgeving, VERZENDHUIS, MEER)
    beheer.add_mandaat(omgeving, VERZENDHUIS, MEER)
    assert afnemer_of(omgeving, MEER).id in afnemer_of(omgeving, VERZENDHUIS).mandaten
    beheer.remove_mandaat(omgeving, VERZENDHUIS, MEER)
    beheer.remove_mandaat(omgeving, VERZENDHUIS, MEER)
    assert afnemer_of(omgeving, VERZENDHUIS).mandaten == {afnemer_of(omgeving, STAD).id}
    with pytest.raises(MandaatOngeldig):
        beheer.add_mandaat(omgeving, MEER, MEER)


def test_what_cannot_be_is_refused_and_nothing_is_stored(omgeving: Omgeving) -> None:
    with pytest.raises(AfnemerBestaatAl):
        beheer.add_afnemer(omgeving, AfnemerInvoer(STAD, "Nog een"))
    with pytest.raises(OinOngeldig):
        beheer.add_afnemer(omgeving, AfnemerInvoer("123", "Kort"))
    with pytest.raises(AfnemerNaamOngeldig):
        beheer.add_afnemer(omgeving, AfnemerInvoer(NIEUW, "  "))
    with pytest.raises(AfnemerNotFound):
        beheer.issue_sleutel(omgeving, NIEUW)
    with omgeving.reading() as session:
        assert len(beheer.list_afnemers(session)) == 5


def test_of_many_who_add_one_oin_at_once_one_succeeds(omgeving: Omgeving) -> None:
    def add(turn: int) -> bool:
        try:
            beheer.add_afnemer(omgeving, AfnemerInvoer(NIEUW, f"Poging {turn}"))
        except AfnemerBestaatAl:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(8))) == 1

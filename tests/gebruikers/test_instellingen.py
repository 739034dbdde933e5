from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from simulator.afnemers import afnemer_index
from simulator.gebruikers.errors import BoxNietActief, BoxNietMogelijk, GebruikerNotFound, KennisgevingZonderAdres
from simulator.gebruikers.models import VOORKEUREN, WIJZIGINGEN
from simulator.gebruikers.queries import find_wijzigingen, get_gebruiker
from simulator.gebruikers.usecases import instellingen
from simulator.gebruikers.usecases.instellingen import ContactInvoer, VoorkeurInvoer, lose_contact
from simulator.gebruikers.values.bsn import Bsn
from simulator.gebruikers.values.gebruiker import Gebruiker, Wijziging
from simulator.infra.omgeving import GroupTransaction, Omgeving

ACTIEF, NIET_ACTIEF, OVERLEDEN, NIEMAND = map(Bsn, (999990019, 999990032, 999990081, 123456782))
OIN = "00000099000000001000"


def gebruiker_of(omgeving: Omgeving, bsn: Bsn) -> Gebruiker:
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, bsn)
    assert gebruiker is not None
    return gebruiker


def wijzigingen_of(omgeving: Omgeving, bsns: Sequence[int]) -> dict[int, Wijziging]:
    def apply(transaction: GroupTransaction, items: Sequence[Sequence[int]]) -> list[dict[int, Wijziging]]:
        return [dict(find_wijzigingen(transaction, item)) for item in items]

    return omgeving.group_commit(apply, bsns)


def test_a_box_that_is_activated_stays_so(omgeving: Omgeving) -> None:
    assert not gebruiker_of(omgeving, NIET_ACTIEF).box_actief
    assert instellingen.activate_box(omgeving, NIET_ACTIEF).box_actief
    assert instellingen.activate_box(omgeving, NIET_ACTIEF).box_actief
    assert gebruiker_of(omgeving, NIET_ACTIEF).box_actief
    assert wijzigingen_of(omgeving, [NIET_ACTIEF, ACTIEF]) == {NIET_ACTIEF: Wijziging(box_actief=True)}
    assert not instellingen.deactivate_box(omgeving, NIET_ACTIEF).box_actief


def test_who_died_or_does_not_live_here_cannot_activate_a_box(omgeving: Omgeving) -> None:
    with pytest.raises(BoxNietMogelijk):
        instellingen.activate_box(omgeving, OVERLEDEN)
    with pytest.raises(GebruikerNotFound):
        instellingen.activate_box(omgeving, NIEMAND)


def test_a_voorkeur_is_seen_by_the_hot_path_and_by_instellingen(omgeving: Omgeving) -> None:
    afnemer = afnemer_index(omgeving).by_oin[OIN]
    instellingen.change_voorkeur(omgeving, VoorkeurInvoer(ACTIEF, {afnemer.id: False}))
    assert wijzigingen_of(omgeving, [ACTIEF]) == {ACTIEF: Wijziging(voorkeuren={afnemer.id: False})}
    with omgeving.reading() as session:
        oins = {each.id: str(each.oin) for each in afnemer_index(omgeving).by_id.values()}
        voorkeuren = instellingen.list_voorkeuren(omgeving, session, ACTIEF, oins)
    assert [key for key, aan in voorkeuren.items() if not aan] == [afnemer.id]


def test_a_voorkeur_needs_an_active_box(omgeving: Omgeving) -> None:
    with pytest.raises(BoxNietActief):
        instellingen.change_voorkeur(omgeving, VoorkeurInvoer(NIET_ACTIEF, {1: False}))
    with omgeving.reading() as session:
        assert session.scalar(select(func.count()).select_from(VOORKEUREN)) == 0


def test_another_address_is_kept_and_restores_a_lost_contact(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        lose_contact(uow, ACTIEF)
    assert gebruiker_of(omgeving, ACTIEF).contact_verloren
    assert gebruiker_of(omgeving, ACTIEF).kennisgeving_adres is None
    invoer = ContactInvoer(ACTIEF, " nieuw@voorbeeld.example", kennisgeving=True, herhaling=False)
    gebruiker = instellingen.change_contact(omgeving, invoer)
    assert gebruiker.kennisgeving_adres == "nieuw@voorbeeld.example"
    assert not gebruiker.herhaling_aan
    assert gebruiker_of(omgeving, ACTIEF) == gebruiker


def test_no_address_means_no_email_and_cannot_go_with_kennisgevingen(omgeving: Omgeving) -> None:
    assert (
        instellingen.change_contact(omgeving, ContactInvoer(ACTIEF, "", kennisgeving=False, herhaling=False)).email
        is None
    )
    with pytest.raises(KennisgevingZonderAdres):
        instellingen.change_contact(omgeving, ContactInvoer(ACTIEF, None, kennisgeving=True, herhaling=False))


def test_the_same_person_can_be_changed_by_many_at_once(omgeving: Omgeving) -> None:
    afnemers = list(afnemer_index(omgeving).by_id)

    def change(turn: int) -> None:
        instellingen.activate_box(omgeving, ACTIEF)
        instellingen.change_voorkeur(omgeving, VoorkeurInvoer(ACTIEF, {each: bool(turn % 2) for each in afnemers}))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(16)))
    with omgeving.reading() as session:
        assert session.scalar(select(func.count()).select_from(WIJZIGINGEN)) == 1
        assert session.scalar(select(func.count()).select_from(VOORKEUREN)) == len(afnemers)

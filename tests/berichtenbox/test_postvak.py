from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest

from simulator.afnemers import afnemer_index
from simulator.berichtenbox.rules.postvak import (
    BerichtNotFound,
    BijlageNotFound,
    BladwijzerOngeldig,
    NietInPrullenbak,
    VerplaatsenNietMogelijk,
)
from simulator.berichtenbox.usecases import inzage, postvak
from simulator.berichtenbox.usecases.postvak import Berichtenlijst, Keuze, Lijstvraag, Verandering
from simulator.berichtenbox.values import Map
from simulator.infra.ids import from_public_id, public_id
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import begin_trace
from tests.berichtenbox.postvak_builder import ANNA, BRAM, PDF, Post, put_bericht, put_berichten, stored_bericht
from tests.digid.world import set_klok


def onderwerpen(lijst: Berichtenlijst) -> list[str]:
    return [regel.kop.onderwerp for regel in lijst.berichten]


def test_the_inbox_shows_the_newest_first_and_unread(omgeving: Omgeving) -> None:
    put_berichten(omgeving, Post(("oud", "nieuw")))

    lijst = postvak.list_berichten(omgeving, Lijstvraag(ANNA))

    assert onderwerpen(lijst) == ["nieuw", "oud"]
    assert not any(regel.kop.gelezen for regel in lijst.berichten)
    assert lijst.verder == ""


def test_a_bericht_shows_the_name_of_the_afnemer_in_whose_name_it_was_sent(omgeving: Omgeving) -> None:
    afnemer = next(iter(afnemer_index(omgeving).by_id.values()))
    put_berichten(omgeving, Post(afnemer_id=afnemer.id))

    assert postvak.list_berichten(omgeving, Lijstvraag(ANNA)).berichten[0].afzender == afnemer.naam


def test_a_bericht_that_is_not_yet_published_is_nowhere(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving, Post(laatste=timedelta(days=1)))

    assert postvak.list_berichten(omgeving, Lijstvraag(ANNA)).berichten == ()
    assert postvak.summarise_postvak(omgeving, ANNA)[Map.INBOX].aantal == 0
    with pytest.raises(BerichtNotFound):
        inzage.read_bericht(omgeving, ANNA, kenmerk, begin_trace())


def test_after_the_clock_was_set_back_the_counts_are_those_of_the_lists(omgeving: Omgeving) -> None:
    nu = omgeving.now()
    put_bericht(omgeving)
    set_klok(omgeving, nu + timedelta(days=30))
    ids = [public_id(number) for number in put_berichten(omgeving, Post(tuple("abc")))]
    postvak.mark_berichten(omgeving, Keuze(ANNA, tuple(ids)), gelezen=True)
    postvak.move_berichten(omgeving, Keuze(ANNA, (ids[0],)), Map.ARCHIEF)
    postvak.move_berichten(omgeving, Keuze(ANNA, (ids[1],)), Map.PRULLENBAK)
    set_klok(omgeving, nu)

    standen = postvak.summarise_postvak(omgeving, ANNA)

    listed = {each: postvak.list_berichten(omgeving, Lijstvraag(ANNA, each)).berichten for each in standen}
    assert {each: stand.aantal for each, stand in standen.items()} == {each: len(page) for each, page in listed.items()}
    assert (standen[Map.INBOX].aantal, standen[Map.INBOX].ongelezen) == (1, 1)
    assert all(stand.ongelezen >= 0 for stand in standen.values())
    assert postvak.empty_prullenbak(omgeving, ANNA) == 0
    set_klok(omgeving, nu + timedelta(days=30))
    assert postvak.empty_prullenbak(omgeving, ANNA) == 1


def test_pages_show_every_bericht_once_also_when_the_last_of_a_page_is_moved_meanwhile(omgeving: Omgeving) -> None:
    put_berichten(omgeving, Post(tuple(str(n) for n in range(7))))

    first = postvak.list_berichten(omgeving, Lijstvraag(ANNA, aantal=3))
    postvak.move_berichten(omgeving, Keuze(ANNA, (first.verder,)), Map.ARCHIEF)
    second = postvak.list_berichten(omgeving, Lijstvraag(ANNA, na=first.verder, aantal=3))
    third = postvak.list_berichten(omgeving, Lijstvraag(ANNA, na=second.verder, aantal=3))

    assert onderwerpen(first) + onderwerpen(second) + onderwerpen(third) == list("6543210")
    assert third.verder == ""


@pytest.mark.parametrize("na", ["x", "00000000-0000-8000-8000-000000000000"])
def test_a_place_in_the_list_that_was_never_given_is_refused(omgeving: Omgeving, na: str) -> None:
    with pytest.raises(BladwijzerOngeldig):
        postvak.list_berichten(omgeving, Lijstvraag(ANNA, na=na))


def test_a_place_in_the_list_of_somebody_else_is_refused(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving, Post(bsn=BRAM))

    with pytest.raises(BladwijzerOngeldig):
        postvak.list_berichten(omgeving, Lijstvraag(ANNA, na=kenmerk))


def test_opening_a_bericht_marks_it_as_read_and_looking_at_it_does_not(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving)

    postvak.get_bericht(omgeving, ANNA, kenmerk)
    assert postvak.summarise_postvak(omgeving, ANNA)[Map.INBOX].ongelezen == 1

    inzage.read_bericht(omgeving, ANNA, kenmerk, begin_trace())
    assert postvak.summarise_postvak(omgeving, ANNA)[Map.INBOX].ongelezen == 0


def test_a_read_bericht_can_be_marked_as_unread(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving)
    inzage.read_bericht(omgeving, ANNA, kenmerk, begin_trace())

    postvak.mark_berichten(omgeving, Keuze(ANNA, (kenmerk,)), gelezen=False)

    assert postvak.summarise_postvak(omgeving, ANNA)[Map.INBOX].ongelezen == 1


ACTIONS: dict[str, Callable[[Omgeving, str], object]] = {
    "get": lambda omgeving, kenmerk: postvak.get_bericht(omgeving, ANNA, kenmerk),
    "open": lambda omgeving, kenmerk: inzage.read_bericht(omgeving, ANNA, kenmerk, begin_trace()),
    "bijlage": lambda omgeving, kenmerk: postvak.open_bijlage(omgeving, ANNA, kenmerk, 1),
    "move": lambda omgeving, kenmerk: postvak.move_berichten(omgeving, Keuze(ANNA, (kenmerk,)), Map.ARCHIEF),
    "mark": lambda omgeving, kenmerk: postvak.mark_berichten(omgeving, Keuze(ANNA, (kenmerk,)), gelezen=True),
    "delete": lambda omgeving, kenmerk: postvak.delete_bericht(omgeving, ANNA, kenmerk),
    "erase": lambda omgeving, kenmerk: postvak.erase_keuze(omgeving, Keuze(ANNA, (kenmerk,))),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_the_bericht_of_somebody_else_does_not_exist(omgeving: Omgeving, action: str) -> None:
    kenmerk = put_bericht(omgeving, Post(bsn=BRAM, bijlagen=1))

    with pytest.raises(BerichtNotFound):
        ACTIONS[action](omgeving, kenmerk)

    _, bijlagen, naar_map = stored_bericht(omgeving, from_public_id(kenmerk) or 0)
    assert (bijlagen, naar_map) == (1, None)


def test_one_foreign_bericht_in_a_choice_leaves_all_where_they_are(omgeving: Omgeving) -> None:
    own, foreign = put_bericht(omgeving), put_bericht(omgeving, Post(bsn=BRAM))

    with pytest.raises(BerichtNotFound):
        postvak.move_berichten(omgeving, Keuze(ANNA, (own, foreign)), Map.PRULLENBAK)

    assert postvak.get_bericht(omgeving, ANNA, own).kop.map is Map.INBOX


@pytest.mark.parametrize(
    ("van", "naar", "mag"),
    [
        (Map.INBOX, Map.ARCHIEF, True),
        (Map.INBOX, Map.PRULLENBAK, True),
        (Map.ARCHIEF, Map.INBOX, True),
        (Map.ARCHIEF, Map.PRULLENBAK, True),
        (Map.PRULLENBAK, Map.INBOX, True),
        (Map.PRULLENBAK, Map.ARCHIEF, False),
        (Map.INBOX, Map.INBOX, True),
        (Map.INBOX, Map.GEWIST, False),
    ],
)
def test_a_bericht_goes_only_where_the_box_lets_it(omgeving: Omgeving, van: Map, naar: Map, mag: bool) -> None:
    keuze = Keuze(ANNA, (put_bericht(omgeving),))
    postvak.move_berichten(omgeving, keuze, van)

    if mag:
        postvak.move_berichten(omgeving, keuze, naar)
    else:
        with pytest.raises(VerplaatsenNietMogelijk):
            postvak.move_berichten(omgeving, keuze, naar)

    assert postvak.get_bericht(omgeving, ANNA, keuze.kenmerken[0]).kop.map is (naar if mag else van)


def test_moving_leaves_read_as_it_was(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving)
    inzage.read_bericht(omgeving, ANNA, kenmerk, begin_trace())

    postvak.move_berichten(omgeving, Keuze(ANNA, (kenmerk,)), Map.ARCHIEF)

    assert postvak.get_bericht(omgeving, ANNA, kenmerk).kop.gelezen


def test_moving_and_marking_are_one_change(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving)

    postvak.change_berichten(omgeving, Keuze(ANNA, (kenmerk,)), Verandering(Map.ARCHIEF, gelezen=True))

    kop = postvak.get_bericht(omgeving, ANNA, kenmerk).kop
    assert (kop.map, kop.gelezen) == (Map.ARCHIEF, True)


def test_counts_are_kept_per_map(omgeving: Omgeving) -> None:
    ids = [public_id(number) for number in put_berichten(omgeving, Post(tuple("abcdef")))]
    put_berichten(omgeving, Post(bsn=BRAM))
    inzage.read_bericht(omgeving, ANNA, ids[0], begin_trace())
    inzage.read_bericht(omgeving, ANNA, ids[1], begin_trace())
    postvak.move_berichten(omgeving, Keuze(ANNA, (ids[1], ids[2])), Map.ARCHIEF)
    postvak.delete_bericht(omgeving, ANNA, ids[3])

    standen = postvak.summarise_postvak(omgeving, ANNA)

    assert {naam.value: (stand.aantal, stand.ongelezen) for naam, stand in standen.items()} == {
        "inbox": (3, 2),
        "archief": (2, 1),
        "prullenbak": (1, 1),
    }


def test_deleting_for_good_blanks_the_bericht_and_keeps_that_it_was_delivered(omgeving: Omgeving) -> None:
    number = put_berichten(omgeving, Post(bijlagen=2))[0]
    kenmerk = public_id(number)
    postvak.delete_bericht(omgeving, ANNA, kenmerk)

    postvak.delete_bericht(omgeving, ANNA, kenmerk)

    bericht, bijlagen, naar_map = stored_bericht(omgeving, number)
    assert (bericht.onderwerp, bericht.tekst, bericht.referentie, bericht.gewist) == ("", None, None, True)
    assert (bijlagen, naar_map, bericht.dedupe) == (0, "gewist", number)
    assert postvak.summarise_postvak(omgeving, ANNA)[Map.PRULLENBAK].aantal == 0
    with pytest.raises(BerichtNotFound):
        postvak.get_bericht(omgeving, ANNA, kenmerk)


def test_only_what_lies_in_the_prullenbak_can_be_deleted_for_good(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving)

    with pytest.raises(NietInPrullenbak):
        postvak.erase_keuze(omgeving, Keuze(ANNA, (kenmerk,)))


def test_emptying_the_prullenbak_touches_nobody_else_and_nothing_else(omgeving: Omgeving) -> None:
    ids = [public_id(number) for number in put_berichten(omgeving, Post(tuple("abc"), bijlagen=1))]
    foreign = put_bericht(omgeving, Post(bsn=BRAM, bijlagen=1))
    postvak.move_berichten(omgeving, Keuze(ANNA, (ids[0], ids[1])), Map.PRULLENBAK)
    postvak.move_berichten(omgeving, Keuze(BRAM, (foreign,)), Map.PRULLENBAK)

    assert postvak.empty_prullenbak(omgeving, ANNA) == 2

    assert postvak.open_bijlage(omgeving, BRAM, foreign, 1).inhoud == PDF
    assert onderwerpen(postvak.list_berichten(omgeving, Lijstvraag(ANNA))) == ["c"]


def test_what_is_restored_while_the_prullenbak_is_emptied_is_there_whole(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving, Post(bijlagen=1))
    postvak.delete_bericht(omgeving, ANNA, kenmerk)

    with ThreadPoolExecutor() as threads:
        with omgeving.unit_of_work() as uow:
            postvak.change_in(uow, Keuze(ANNA, (kenmerk,)), Verandering(Map.INBOX))
            emptied = threads.submit(postvak.empty_prullenbak, omgeving, ANNA)
            wait([emptied], timeout=0.3)
        assert emptied.result() == 0

    assert postvak.get_bericht(omgeving, ANNA, kenmerk).kop.map is Map.INBOX
    assert postvak.open_bijlage(omgeving, ANNA, kenmerk, 1).inhoud == PDF


def test_what_is_erased_while_it_is_restored_is_gone_from_every_map(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving)
    postvak.delete_bericht(omgeving, ANNA, kenmerk)

    with ThreadPoolExecutor() as threads:
        with omgeving.unit_of_work() as uow:
            assert postvak.empty_in(uow, ANNA) == 1
            restored = threads.submit(postvak.move_berichten, omgeving, Keuze(ANNA, (kenmerk,)), Map.INBOX)
            wait([restored], timeout=0.3)
        with pytest.raises(BerichtNotFound):
            restored.result()

    assert postvak.list_berichten(omgeving, Lijstvraag(ANNA)).berichten == ()


def test_a_bijlage_is_given_with_a_name_that_a_file_can_have(omgeving: Omgeving) -> None:
    kenmerk = put_bericht(omgeving, Post(bijlagen=1))

    bijlage = postvak.open_bijlage(omgeving, ANNA, kenmerk, 1)

    assert (bijlage.inhoud, bijlage.bestandsnaam) == (PDF, "Bijlage 1.pdf")


@pytest.mark.parametrize("volgorde", [0, 2, 99, 10**30])
def test_a_bijlage_that_is_not_there_is_not_found(omgeving: Omgeving, volgorde: int) -> None:
    kenmerk = put_bericht(omgeving, Post(bijlagen=1))

    with pytest.raises(BijlageNotFound):
        postvak.open_bijlage(omgeving, ANNA, kenmerk, volgorde)


@pytest.mark.parametrize("zoek", ["ÉÉN", "een melding", "melding zaak-1", "voorbeeldstad", "BALIE  "])
def test_a_search_finds_words_in_sender_subject_text_and_reference(omgeving: Omgeving, zoek: str) -> None:
    gemeente = next(a for a in afnemer_index(omgeving).by_id.values() if "Voorbeeldstad" in a.naam)
    put_berichten(omgeving, Post(("Uw één melding",), afnemer_id=gemeente.id))
    put_berichten(omgeving, Post(("Iets anders",), tekst=None, afnemer_id=gemeente.id + 999))

    assert onderwerpen(postvak.list_berichten(omgeving, Lijstvraag(ANNA, zoek=zoek))) == ["Uw één melding"]


def test_a_search_stays_in_its_map_and_with_its_person(omgeving: Omgeving) -> None:
    put_berichten(omgeving, Post(("melding",), bsn=BRAM))
    postvak.delete_bericht(omgeving, ANNA, put_bericht(omgeving, Post(("melding",))))

    assert postvak.list_berichten(omgeving, Lijstvraag(ANNA, zoek="melding")).berichten == ()
    gevonden = postvak.list_berichten(omgeving, Lijstvraag(ANNA, Map.PRULLENBAK, zoek="melding"))
    assert onderwerpen(gevonden) == ["melding"]


def test_a_search_looks_through_a_bounded_number_and_says_where_to_go_on(omgeving: Omgeving) -> None:
    put_berichten(omgeving, Post(("speld", *["hooi"] * (postvak.ZOEKBEREIK + 5))))

    first = postvak.list_berichten(omgeving, Lijstvraag(ANNA, zoek="speld"))
    second = postvak.list_berichten(omgeving, Lijstvraag(ANNA, zoek="speld", na=first.verder))

    assert first.berichten == ()
    assert onderwerpen(second) == ["speld"]
    assert second.verder == ""

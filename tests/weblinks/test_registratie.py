import pytest

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.infra.agenda import list_agenda
from simulator.infra.omgeving import Omgeving, count_regels
from simulator.infra.regels import Uitkomst
from simulator.weblinks import (
    Weblinkbeleid,
    get_weblink_standen,
    weblinkbeleid,
)
from simulator.weblinks.errors import DomeinNotFound, DomeinOngeldig, TeVeelDomeinen
from simulator.weblinks.usecases.beheer import list_registered, register_domein, remove_domein
from simulator.weblinks.usecases.registratie import judge_weblink, register_weblink
from simulator.weblinks.values.stand import Stand

GOED = "https://mijn.voorbeeldstad.example/dossiers/1"


def stad(omgeving: Omgeving) -> AfnemerRecord:
    return afnemer_index(omgeving).by_oin["00000099000000001000"]


def deliver(omgeving: Omgeving, url: str) -> int:
    """What a delivery of a zaak does with its weblink, under the policy to accept and mark."""
    with omgeving.unit_of_work() as uow:
        bezwaren = judge_weblink(omgeving, uow.session, stad(omgeving), url)
        return register_weblink(uow, stad(omgeving).id, url, bezwaren)


def stand_of(omgeving: Omgeving, weblink_id: int) -> tuple[Stand, bool, str]:
    with omgeving.reading() as session:
        found = get_weblink_standen(session, [weblink_id])[weblink_id]
    return found.stand, found.bruikbaar, found.reden


def test_a_weblink_is_remembered_once_and_its_first_check_is_planned_once(omgeving: Omgeving) -> None:
    first, again = deliver(omgeving, GOED), deliver(omgeving, GOED)
    assert first == again
    assert stand_of(omgeving, first) == (Stand.NIET_GECONTROLEERD, True, "Deze weblink is nog niet gecontroleerd.")
    assert [item.soort for item in list_agenda(omgeving)] == ["weblinks.inplannen"]


def test_the_same_address_of_another_afnemer_is_another_weblink(omgeving: Omgeving) -> None:
    first = deliver(omgeving, GOED)
    with omgeving.unit_of_work() as uow:
        other = register_weblink(uow, 2, GOED, ())
    assert first != other


def test_a_marked_weblink_is_kept_from_the_citizen_with_the_reason_and_never_asked(omgeving: Omgeving) -> None:
    weblink = deliver(omgeving, "https://kwaad.example/dossier")
    stand, bruikbaar, reden = stand_of(omgeving, weblink)
    assert (stand, bruikbaar) == (Stand.BUITEN_DOMEIN, False)
    assert "kwaad.example" in reden
    assert list_agenda(omgeving) == []


def test_a_number_that_could_be_a_bsn_is_not_even_stored(omgeving: Omgeving) -> None:
    weblink = deliver(omgeving, "https://mijn.voorbeeldstad.example/999990019/x")
    with omgeving.reading() as session:
        found = get_weblink_standen(session, [weblink])[weblink]
    assert found.url == "https://mijn.voorbeeldstad.example/•••••••••/x"
    assert not found.bruikbaar


def test_a_weblink_delivered_again_after_its_domain_was_registered_is_in_use_from_then_on(omgeving: Omgeving) -> None:
    url = "https://nieuw.example/dossier"
    weblink = deliver(omgeving, url)
    register_domein(omgeving, stad(omgeving), "nieuw.example")
    assert deliver(omgeving, url) == weblink
    assert stand_of(omgeving, weblink)[0] is Stand.NIET_GECONTROLEERD
    assert "weblinks.inplannen" in [item.soort for item in list_agenda(omgeving)]


@pytest.mark.artikel("7.1")
def test_every_rule_is_counted_with_how_it_ended(omgeving: Omgeving) -> None:
    deliver(omgeving, GOED)
    deliver(omgeving, "https://kwaad.example/")
    with omgeving.reading() as session:
        counts = count_regels(session)
    assert counts["VW-7.1-weblink-domein"] == {Uitkomst.GESLAAGD: 1, Uitkomst.GEWEIGERD: 1}
    assert counts["VW-7.1-weblink-https"] == {Uitkomst.GESLAAGD: 2}


def test_an_omgeving_refuses_unless_it_was_told_to_mark(omgeving: Omgeving) -> None:
    assert weblinkbeleid(omgeving) is Weblinkbeleid.WEIGEREN
    with omgeving.unit_of_work() as uow:
        uow.change_state(weblink_beleid="markeren")
    assert weblinkbeleid(omgeving) is Weblinkbeleid.MARKEREN


def test_domains_are_registered_in_their_one_form_and_count_at_once(omgeving: Omgeving) -> None:
    before = [each.naam for each in list_registered(omgeving, stad(omgeving))]
    assert before == ["voorbeeldstad.example", "voorbeeldstad.invalid"]
    with omgeving.reading() as session:
        assert judge_weblink(omgeving, session, stad(omgeving), "https://súdwest.example/")
    assert register_domein(omgeving, stad(omgeving), " SÚDWEST.example. ").naam == "xn--sdwest-pya.example"
    assert register_domein(omgeving, stad(omgeving), "xn--sdwest-pya.example").naam == "xn--sdwest-pya.example"
    with omgeving.reading() as session:
        assert judge_weblink(omgeving, session, stad(omgeving), "https://súdwest.example/") == ()
    remove_domein(omgeving, stad(omgeving), "xn--sdwest-pya.example")
    with omgeving.reading() as session:
        assert judge_weblink(omgeving, session, stad(omgeving), "https://súdwest.example/")
    with pytest.raises(DomeinNotFound):
        remove_domein(omgeving, stad(omgeving), "xn--sdwest-pya.example")


@pytest.mark.parametrize(
    "text",
    ["", "nl", "localhost", "10.0.0.1", "[::1]", "a..nl", "-a.nl", "a b.nl", "x" * 64 + ".nl", "github.io",
     "voorbeeldstаd.example", "https://voorbeeldstad.example", "dossiers.internal"],  # noqa: RUF001 - Cyrillic, that is the test
)  # fmt: skip
def test_what_no_organisation_can_have_for_itself_is_no_domain(omgeving: Omgeving, text: str) -> None:
    with pytest.raises(DomeinOngeldig):
        register_domein(omgeving, stad(omgeving), text)


def test_an_internal_name_can_be_registered_where_the_omgeving_allows_it(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(weblink_lokaal={"localhost": "", "127.0.0.1": ""})
    assert register_domein(omgeving, stad(omgeving), "localhost").naam == "localhost"
    assert register_domein(omgeving, stad(omgeving), "127.0.0.1").naam == "127.0.0.1"
    with omgeving.reading() as session:
        assert judge_weblink(omgeving, session, stad(omgeving), "https://localhost:8443/dossier") == ()


def test_an_afnemer_has_at_most_a_hundred_domains(omgeving: Omgeving) -> None:
    for number in range(98):
        register_domein(omgeving, stad(omgeving), f"d{number}.example")
    with pytest.raises(TeVeelDomeinen):
        register_domein(omgeving, stad(omgeving), "te-veel.example")
    assert len(list_registered(omgeving, stad(omgeving))) == 100

from simulator.gebruikers.queries import (
    find_inlogger,
    get_contacten,
    get_gebruiker,
    get_gebruikers,
    list_personas,
    load_ontvangers,
)
from simulator.gebruikers.usecases import instellingen
from simulator.infra.omgeving import Omgeving


def test_a_persona_logs_in_under_its_name_and_anybody_under_a_name_that_hides_the_bsn(omgeving: Omgeving) -> None:
    with omgeving.reading() as session:
        persona = find_inlogger(omgeving, session, " Actief ")
        somebody = get_gebruiker(omgeving, session, 999_000_858)
        assert persona is not None
        assert persona.persona == "actief"
        assert somebody is not None
        assert find_inlogger(omgeving, session, somebody.gebruikersnaam) == somebody
        assert find_inlogger(omgeving, session, "niemand") is None
        assert find_inlogger(omgeving, session, "gebruiker-000000") is None


def test_people_can_be_asked_for_together_and_who_is_not_here_is_left_out(omgeving: Omgeving) -> None:
    with omgeving.reading() as session:
        people = get_gebruikers(omgeving, session, [999990019, 123456782, 999000858])
    assert sorted(people) == [999000858, 999990019]


def test_the_personas_are_listed_by_bsn(omgeving: Omgeving) -> None:
    names = [persona.naam for persona in list_personas(omgeving)]
    assert names[0] == "actief"
    assert len(names) == 12


def test_who_lives_here_follows_the_seed_of_the_omgeving(omgeving: Omgeving) -> None:
    assert load_ontvangers(omgeving) is load_ontvangers(omgeving)
    assert load_ontvangers(omgeving).population.seed == omgeving.seed


def test_who_is_told_and_where_is_what_the_whole_person_says(omgeving: Omgeving) -> None:
    bsns = [bsn for _, bsn in zip(range(300), load_ontvangers(omgeving).population.bsns(), strict=False)]
    bsns += [persona.nummer for persona in list_personas(omgeving)]
    changed = instellingen.ContactInvoer(bsns[0], "nieuw@voorbeeld.example", kennisgeving=True, herhaling=False)
    instellingen.change_contact(omgeving, changed)
    instellingen.activate_box(omgeving, bsns[0])
    with omgeving.unit_of_work() as uow:
        instellingen.lose_contact(uow, bsns[1])
    with omgeving.reading() as session:
        people = get_gebruikers(omgeving, session, bsns)
        contacten = get_contacten(omgeving, session, [*bsns, 123456782])
    assert contacten == {bsn: people[bsn].contact for bsn in bsns if people[bsn].contact}
    assert contacten[bsns[0]].adres == "nieuw@voorbeeld.example"
    assert bsns[1] not in contacten
    assert 200 < len(contacten) < 260

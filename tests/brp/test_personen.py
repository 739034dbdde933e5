from typing import Any

import pytest

from simulator.verwerkingen import Activiteit
from simulator.verwerkingen.queries import list_verwerkingen
from tests.brp.conftest import Brp

ACTIEF, MINDERJARIG, OVERLEDEN, WEDUWNAAR, GEHEIM = "999990019", "999990093", "999990081", "999990044", "999990135"
ZOEK_NAAM, ZOEK_POSTCODE = "ZoekMetGeslachtsnaamEnGeboortedatum", "ZoekMetPostcodeEnHuisnummer"
ALLES = (
    "aNummer", "burgerservicenummer", "naam", "geboorte", "verblijfplaats", "adressering", "ouders", "kinderen",
    "partners", "nationaliteiten", "overlijden", "gezag", "leeftijd", "geslacht", "gemeenteVanInschrijving",
)  # fmt: skip


def test_only_what_was_asked_is_given(brp: Brp) -> None:
    assert brp.look_up(ACTIEF, "burgerservicenummer") == {"burgerservicenummer": ACTIEF}
    assert brp.look_up(ACTIEF, "naam.geslachtsnaam", "geboorte.datum.jaar") == {
        "naam": {"geslachtsnaam": "Actief"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1980-04-12", "langFormaat": "12 april 1980"}},
    }


@pytest.mark.parametrize("path", ["geslacht", "geslacht.code", "geslacht.omschrijving"])
def test_of_a_code_all_is_given_or_nothing(brp: Brp, path: str) -> None:
    assert brp.look_up(ACTIEF, path) == {"geslacht": {"code": "V", "omschrijving": "vrouw"}}


def test_a_group_that_was_asked_comes_whole(brp: Brp) -> None:
    assert brp.look_up(ACTIEF, "naam") == {
        "naam": {
            "voornamen": "Johanna Maria",
            "geslachtsnaam": "Actief",
            "voorletters": "J.M.",
            "volledigeNaam": "Johanna Maria Actief",
            "aanduidingNaamgebruik": {"code": "E", "omschrijving": "eigen geslachtsnaam"},
        }
    }


def test_what_has_no_value_is_not_there(brp: Brp) -> None:
    assert brp.look_up(ACTIEF, "naam.adellijkeTitelPredicaat", "verblijfstitel", "partners") == {}


def test_a_group_that_comes_in_kinds_says_which_kind(brp: Brp) -> None:
    found = brp.look_up(ACTIEF, "verblijfplaats.verblijfadres.postcode", "nationaliteiten.nationaliteit")
    assert found["verblijfplaats"] == {"type": "Adres", "verblijfadres": {"postcode": "1010AA"}}
    assert found["nationaliteiten"] == [
        {"type": "Nationaliteit", "nationaliteit": {"code": "0001", "omschrijving": "Nederlandse"}}
    ]


def test_dates_say_how_much_of_them_is_known(brp: Brp) -> None:
    ouders = brp.look_up(MINDERJARIG, "ouders.geboorte.datum", "ouders.naam.voornamen")["ouders"]
    assert ouders[0]["geboorte"]["datum"]["type"] == "Datum"
    assert ouders[1] == {
        "naam": {"voornamen": "Ruben"},
        "geboorte": {"datum": {"type": "JaarDatum", "jaar": 1978, "langFormaat": "1978"}},
    }
    pieter = brp.look_up("999990020", "ouders")["ouders"]
    assert pieter[1]["geboorte"]["datum"] == {
        "type": "JaarMaandDatum", "jaar": 1940, "maand": 11, "langFormaat": "november 1940"
    }  # fmt: skip


def test_geheimhouding_and_death_are_told_without_being_asked(brp: Brp) -> None:
    assert brp.look_up(GEHEIM, "burgerservicenummer")["geheimhoudingPersoonsgegevens"] is True
    assert "geheimhoudingPersoonsgegevens" not in brp.look_up(ACTIEF, "burgerservicenummer")
    deceased = brp.look_up(OVERLEDEN, "overlijden.datum", "leeftijd")
    assert deceased["opschortingBijhouding"]["reden"] == {"code": "O", "omschrijving": "overlijden"}
    assert deceased["overlijden"]["datum"]["datum"] == "2026-01-15"
    assert "leeftijd" not in deceased


def test_a_parent_names_its_child_and_the_child_that_parent(brp: Brp) -> None:
    assert [each["burgerservicenummer"] for each in brp.look_up(ACTIEF, "kinderen")["kinderen"]] == [MINDERJARIG]
    assert brp.look_up(MINDERJARIG, "ouders.burgerservicenummer")["ouders"] == [{"burgerservicenummer": ACTIEF}]
    gezag = {
        "type": "EenhoofdigOuderlijkGezag",
        "minderjarige": {"burgerservicenummer": MINDERJARIG},
        "ouder": {"burgerservicenummer": ACTIEF},
    }
    assert brp.look_up(MINDERJARIG, "gezag")["gezag"] == brp.look_up(ACTIEF, "gezag")["gezag"] == [gezag]


def test_a_widower_has_a_marriage_that_ended(brp: Brp) -> None:
    (partner,) = brp.look_up(WEDUWNAAR, "partners")["partners"]
    assert partner["burgerservicenummer"] == OVERLEDEN
    assert partner["soortVerbintenis"] == {"code": "H", "omschrijving": "huwelijk"}
    assert partner["ontbindingHuwelijkPartnerschap"]["datum"]["datum"] == "2026-01-15"
    (back,) = brp.look_up(OVERLEDEN, "partners.aangaanHuwelijkPartnerschap")["partners"]
    assert back["aangaanHuwelijkPartnerschap"] == partner["aangaanHuwelijkPartnerschap"]


def test_families_of_the_population_agree_over_the_api(brp: Brp) -> None:
    bsns = [f"9990{number:05d}" for number in range(858, 2500)]
    known = [
        bsn for bsn in bsns if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), bsn, strict=True)) % 11 == 0
    ]
    found = brp.find(
        "RaadpleegMetBurgerservicenummer", "burgerservicenummer", "ouders", "kinderen", "partners",
        burgerservicenummer=known[:20],
    )  # fmt: skip
    assert len(found) == 20
    pairs = [("ouders", "kinderen"), ("kinderen", "ouders"), ("partners", "partners")]
    checked = 0
    for persoon in found:
        for there, back in pairs:
            for each in persoon.get(there, ()):
                if "burgerservicenummer" in each:
                    relatives = brp.look_up(each["burgerservicenummer"], back)[back]
                    assert persoon["burgerservicenummer"] in {one.get("burgerservicenummer") for one in relatives}
                    checked += 1
    assert checked > 10


def test_who_is_not_there_is_left_out(brp: Brp) -> None:
    found = brp.find(
        "RaadpleegMetBurgerservicenummer", "burgerservicenummer", burgerservicenummer=[ACTIEF, "123456782", "000000012"]
    )
    assert found == [{"burgerservicenummer": ACTIEF}]


def _where(persoon: dict[str, Any]) -> dict[str, Any]:
    adres: dict[str, Any] = persoon["verblijfplaats"]["verblijfadres"]
    return adres


@pytest.mark.parametrize("bsn", [ACTIEF, "999000858", "999993653"])
def test_everybody_is_found_by_each_kind_of_search(brp: Brp, bsn: str) -> None:
    persoon = brp.look_up(bsn, *ALLES)
    naam, adres, place = persoon["naam"], _where(persoon), persoon["gemeenteVanInschrijving"]["code"]
    geboren = persoon["geboorte"]["datum"]["datum"]
    searches: list[tuple[str, dict[str, Any]]] = [
        (ZOEK_NAAM, {"geslachtsnaam": naam["geslachtsnaam"].upper(), "geboortedatum": geboren}),
        (ZOEK_NAAM, {"geslachtsnaam": naam["geslachtsnaam"][:4] + "*", "geboortedatum": geboren, "geslacht": "v"}
         if persoon["geslacht"]["code"] == "V" else {"geslachtsnaam": naam["geslachtsnaam"], "geboortedatum": geboren}),
        ("ZoekMetNaamEnGemeenteVanInschrijving",
         {"geslachtsnaam": naam["geslachtsnaam"], "voornamen": naam["voornamen"], "gemeenteVanInschrijving": place}),
        (ZOEK_POSTCODE, {"postcode": adres["postcode"].lower(), "huisnummer": adres["huisnummer"]}),
        ("ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
         {"straat": adres["officieleStraatnaam"], "huisnummer": adres["huisnummer"], "gemeenteVanInschrijving": place}),
        ("ZoekMetNummeraanduidingIdentificatie",
         {"nummeraanduidingIdentificatie": persoon["verblijfplaats"]["nummeraanduidingIdentificatie"]}),
        ("ZoekMetAdresseerbaarObjectIdentificatie",
         {"adresseerbaarObjectIdentificatie": persoon["verblijfplaats"]["adresseerbaarObjectIdentificatie"]}),
    ]  # fmt: skip
    for soort, parameters in searches:
        found = brp.find(soort, "burgerservicenummer", "naam.volledigeNaam", **parameters)
        assert {"burgerservicenummer": bsn, "naam": {"volledigeNaam": naam["volledigeNaam"]}} in found, soort


def test_who_lives_together_is_found_at_one_address(brp: Brp) -> None:
    found = brp.find(ZOEK_POSTCODE, "burgerservicenummer", postcode="1010 AA", huisnummer=1)
    assert {each["burgerservicenummer"] for each in found} == {ACTIEF, MINDERJARIG}


def test_the_deceased_are_found_only_by_who_asks_for_them(brp: Brp) -> None:
    search = {"geslachtsnaam": "Vroeger", "geboortedatum": "1938-08-14", "voorvoegsel": "van"}
    assert brp.find(ZOEK_NAAM, "burgerservicenummer", **search) == []
    found = brp.find(ZOEK_NAAM, "burgerservicenummer", inclusiefOverledenPersonen=True, **search)
    assert found[0]["burgerservicenummer"] == OVERLEDEN


def test_each_person_that_is_given_is_in_the_log_before_the_answer(brp: Brp) -> None:
    caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    body = {
        "type": "RaadpleegMetBurgerservicenummer", "fields": ["naam.voornamen", "adressering"],
        "burgerservicenummer": [ACTIEF, GEHEIM, "123456782"],
    }  # fmt: skip
    answer = brp.ask(body, key="demo-wegverkeer", traceparent=caller)
    assert answer.headers["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")
    for bsn in (ACTIEF, GEHEIM):
        with brp.omgeving.reading() as session:
            (regel,) = list_verwerkingen(session, int(bsn))
        assert regel.activiteit is Activiteit.BRP_BEVRAGEN
        assert regel.verantwoordelijke == "00000099000000003000"
        assert regel.omschrijving == "naam, adres"
        assert regel.trace_id == "0af7651916cd43dd8448eb211c80319c"


def test_what_is_refused_gives_nothing_and_logs_nothing(brp: Brp) -> None:
    brp.ask({"type": "RaadpleegMetBurgerservicenummer", "fields": ["bestaatniet"], "burgerservicenummer": [ACTIEF]})
    with brp.omgeving.reading() as session:
        assert list_verwerkingen(session, int(ACTIEF)) == []

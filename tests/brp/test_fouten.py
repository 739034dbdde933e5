from typing import Any

import pytest

from simulator.brp.errors import PATH, TeveelResultaten
from simulator.brp.rules import address, check_aantal, voorletters_of
from simulator.brp.schemas.velden import boom_of
from simulator.brp.values import Soort, split_huisnummer
from simulator.gebruikers.values.bsn import Bsn
from simulator.gebruikers.values.population import Population
from tests.brp.conftest import Brp

RAADPLEEG, ZOEK = "RaadpleegMetBurgerservicenummer", "ZoekMetGeslachtsnaamEnGeboortedatum"
GOED: dict[str, dict[str, Any]] = {
    RAADPLEEG: {"type": RAADPLEEG, "fields": ["naam"], "burgerservicenummer": ["999990019"]},
    ZOEK: {"type": ZOEK, "fields": ["naam"], "geslachtsnaam": "Actief", "geboortedatum": "1980-04-12"},
    "ZoekMetPostcodeEnHuisnummer": {
        "type": "ZoekMetPostcodeEnHuisnummer", "fields": ["naam"], "postcode": "1010AA", "huisnummer": 1,
    },
}  # fmt: skip
ONTBREEKT = "Minimale combinatie van parameters moet worden opgegeven."
ONJUIST = "Een of meerdere parameters zijn niet correct."


@pytest.mark.parametrize(
    ("soort", "changes", "title", "invalid"),
    [
        (RAADPLEEG, {"fields": None}, ONTBREEKT, [("fields", "required")]),
        (RAADPLEEG, {"fields": []}, ONJUIST, [("fields", "minItems")]),
        (RAADPLEEG, {"fields": "naam,geslacht"}, ONJUIST, [("fields", "array")]),
        (RAADPLEEG, {"fields": ["naam"] * 131}, ONJUIST, [("fields", "maxItems")]),
        (RAADPLEEG, {"fields": ["a*nummer"]}, ONJUIST, [("fields[0]", "pattern")]),
        (RAADPLEEG, {"fields": ["naam", "anummer"]}, ONJUIST, [("fields[1]", "fields")]),
        (RAADPLEEG, {"fields": ["geheimhoudingPersoonsgegevens"]}, ONJUIST, [("fields[0]", "fields")]),
        (ZOEK, {"fields": ["burgerservicenummer", "aNummer"]}, ONJUIST, [("fields[1]", "fields")]),
        (RAADPLEEG, {"burgerservicenummer": None}, ONTBREEKT, [("burgerservicenummer", "required")]),
        (RAADPLEEG, {"burgerservicenummer": "999990019"}, ONJUIST, [("burgerservicenummer", "array")]),
        (RAADPLEEG, {"burgerservicenummer": ["1234"]}, ONJUIST, [("burgerservicenummer[0]", "pattern")]),
        (RAADPLEEG, {"burgerservicenummer": ["999990019"] * 21}, ONJUIST, [("burgerservicenummer", "maxItems")]),
        (RAADPLEEG, {"bestaat": "niet"}, ONJUIST, [("bestaat", "unknownParam")]),
        (ZOEK, {"geslachtsnaam": "", "geboortedatum": None}, ONTBREEKT,
         [("geboortedatum", "required"), ("geslachtsnaam", "required")]),
        (ZOEK, {"geslachtsnaam": "*sen"}, ONJUIST, [("geslachtsnaam", "pattern")]),
        (ZOEK, {"geslachtsnaam": "<script>", "geboortedatum": "26 mei 1983"}, ONJUIST,
         [("geboortedatum", "date"), ("geslachtsnaam", "pattern")]),
        (ZOEK, {"geboortedatum": "19830526"}, ONJUIST, [("geboortedatum", "date")]),
        (ZOEK, {"inclusiefOverledenPersonen": "ja"}, ONJUIST, [("inclusiefOverledenPersonen", "boolean")]),
        ("ZoekMetPostcodeEnHuisnummer", {"huisnummer": "een"}, ONJUIST, [("huisnummer", "integer")]),
        ("ZoekMetPostcodeEnHuisnummer", {"huisnummer": 0}, ONJUIST, [("huisnummer", "minimum")]),
        ("ZoekMetPostcodeEnHuisnummer", {"huisnummer": 100000}, ONJUIST, [("huisnummer", "maximum")]),
        (RAADPLEEG, {"type": "ZoekMetSchoenmaat"}, ONJUIST, [("type", "value")]),
        (RAADPLEEG, {"type": None}, ONTBREEKT, [("type", "required")]),
    ],
)  # fmt: skip
def test_every_parameter_that_is_wrong_is_named_with_its_code(
    brp: Brp, soort: str, changes: dict[str, Any], title: str, invalid: list[tuple[str, str]]
) -> None:
    body = {name: value for name, value in (GOED[soort] | changes).items() if value is not None}
    answer = brp.ask(body)
    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert problem["title"] == title
    assert problem["code"] == ("paramsCombination" if title == ONTBREEKT else "paramsValidation")
    assert [(each["name"], each["code"]) for each in problem["invalidParams"]] == invalid
    assert all(each["reason"].endswith(".") for each in problem["invalidParams"])
    assert problem["detail"] == f"De foutieve parameter(s) zijn: {', '.join(name for name, _ in invalid)}."
    assert problem["instance"] == PATH
    assert problem["type"].startswith("https://datatracker.ietf.org/doc/html/rfc7231")
    assert problem["regel"]["id"].startswith("BRP-")


def test_a_search_that_finds_more_than_ten_is_refused() -> None:
    check_aantal(10)
    with pytest.raises(TeveelResultaten) as refused:
        check_aantal(11)
    assert refused.value.title == "Teveel zoekresultaten."
    assert refused.value.extensions["code"] == "tooManyResults"
    assert refused.value.detail == "Meer dan maximum van 10 zoekresultaten gevonden. Verfijn de zoekopdracht."


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [("", 401, "authentication"), ("onzin", 401, "authentication"), ("demo-voorbeeldmeer", 403, "authorization")],
)
def test_who_may_not_ask_is_told_so_in_the_codes_of_haal_centraal(brp: Brp, key: str, status: int, code: str) -> None:
    answer = brp.ask(GOED[RAADPLEEG], key=key)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_another_content_type_or_language_is_refused(brp: Brp) -> None:
    answer = brp.ask(GOED[RAADPLEEG], Accept="text/xml")
    assert (answer.status_code, answer.get_json()["code"]) == (406, "notAcceptable")
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Simulator-Omgeving": brp.omgeving.naam}
    answer = brp.app.test_client().post(PATH, data="<a/>", content_type="text/xml", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (415, "unsupportedMediaType")


def test_a_search_knows_fewer_fields_than_looking_up() -> None:
    assert boom_of(Soort.BURGERSERVICENUMMER).has("partners.aangaanHuwelijkPartnerschap.plaats.code")
    assert boom_of(Soort.BURGERSERVICENUMMER).has("verblijfplaats.verblijfadres.regel1")
    assert not boom_of(Soort.POSTCODE).has("partners")
    assert not boom_of(Soort.POSTCODE).has("gezag")
    assert boom_of(Soort.ADRESSEERBAAR_OBJECT).has("gezag")


@pytest.mark.parametrize(
    ("text", "parts"),
    [("1", (1, "", "")), ("10-bis", (10, "", "bis")), ("12A", (12, "A", "")), ("7 hs", (7, "", "hs"))],
)
def test_a_house_number_has_parts(text: str, parts: tuple[int, str, str]) -> None:
    assert split_huisnummer(text) == parts


def test_somebody_is_addressed_with_a_capital_and_initials() -> None:
    found = Population(1).build_gebruiker(999_000_858)
    spoken = address(found, None)
    assert (spoken.aanhef, spoken.naam, spoken.lopende_tekst) == (
        "Geachte mevrouw Spaan", "L. Spaan", "mevrouw Spaan",
    )  # fmt: skip
    assert voorletters_of("IJsbrand Jan") == "IJ.J."
    assert Bsn(found.bsn) == 999_000_858

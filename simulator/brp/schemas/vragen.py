"""Questions as they are sent, checked as Haal Centraal does: every parameter that is wrong, by name and code."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from simulator.brp.errors import FoutieveParameter, ParametersOnjuist, ParametersOntbreken
from simulator.brp.schemas.velden import Boom, boom_of
from simulator.brp.values import Soort, Vraag

_LETTERS = r"a-zA-Z0-9À-ž"
NAAM = rf"^[{_LETTERS} \.\-\']{{1,200}}$|^[{_LETTERS} \.\-\']{{3,199}}\*{{1}}$"
VOORNAMEN = rf"^[{_LETTERS} \.\-\']{{1,199}}\*{{0,1}}$"
VOORVOEGSEL = r"^[a-zA-Z \']{1,10}$"
STRAAT = rf"^[{_LETTERS} \-\'\.]{{1,80}}$|^[{_LETTERS} \-\'\.]{{7,79}}\*{{1}}$|^\*{{1}}[{_LETTERS} \-\'\.]{{7,79}}$"
GESLACHT = r"^([Mm]|[Vv]|[Oo])$"
POSTCODE = r"^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$"
HUISLETTER = r"^[a-zA-Z]{1}$"
TOEVOEGING = r"^[a-zA-Z0-9 \-]{1,4}$"
GEMEENTE = r"^[0-9]{4}$"
BSN = r"^[0-9]{9}$"
BAG = r"^[0-9]{16}$"
VELD = r"^[a-zA-Z0-9\._]{1,200}$"
HOOGSTE_HUISNUMMER = 99_999
MEESTE_VELDEN, MEESTE_BSNS = 130, 20
_DATUM = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_VERPLICHT = "Parameter is verplicht."

Velden = Annotated[
    list[Annotated[str, Meta(pattern=VELD)]], Meta(min_length=1, max_length=MEESTE_VELDEN)
]  # fmt: skip
Naam = Annotated[str, Meta(pattern=NAAM)]
Huisnummer = Annotated[int, Meta(ge=1, le=HOOGSTE_HUISNUMMER)]
Gemeente = Annotated[str, Meta(pattern=GEMEENTE)]


class Vraagschema(Struct, frozen=True, kw_only=True, rename="camel"):
    fields: Velden
    gemeente_van_inschrijving: Gemeente | None = None


class RaadpleegMetBurgerservicenummer(Vraagschema, frozen=True, kw_only=True, tag_field="type"):
    burgerservicenummer: Annotated[list[Annotated[str, Meta(pattern=BSN)]], Meta(min_length=1, max_length=MEESTE_BSNS)]


class _Zoekvraag(Vraagschema, frozen=True, kw_only=True):
    inclusief_overleden_personen: bool | None = None


class ZoekMetGeslachtsnaamEnGeboortedatum(_Zoekvraag, frozen=True, kw_only=True, tag_field="type"):
    geslachtsnaam: Naam
    geboortedatum: date
    geslacht: Annotated[str, Meta(pattern=GESLACHT)] | None = None
    voorvoegsel: Annotated[str, Meta(pattern=VOORVOEGSEL)] | None = None
    voornamen: Annotated[str, Meta(pattern=VOORNAMEN)] | None = None


class ZoekMetNaamEnGemeenteVanInschrijving(_Zoekvraag, frozen=True, kw_only=True, tag_field="type"):
    geslachtsnaam: Naam
    voornamen: Naam
    gemeente_van_inschrijving: Gemeente
    geslacht: Annotated[str, Meta(pattern=GESLACHT)] | None = None
    voorvoegsel: Annotated[str, Meta(pattern=VOORVOEGSEL)] | None = None


class _Adresvraag(_Zoekvraag, frozen=True, kw_only=True):
    huisnummer: Huisnummer
    huisletter: Annotated[str, Meta(pattern=HUISLETTER)] | None = None
    huisnummertoevoeging: Annotated[str, Meta(pattern=TOEVOEGING)] | None = None


class ZoekMetPostcodeEnHuisnummer(_Adresvraag, frozen=True, kw_only=True, tag_field="type"):
    postcode: Annotated[str, Meta(pattern=POSTCODE)]
    geboortedatum: date | None = None


class ZoekMetStraatHuisnummerEnGemeenteVanInschrijving(
    _Adresvraag, frozen=True, kw_only=True, rename="camel", tag_field="type"
):
    straat: Annotated[str, Meta(pattern=STRAAT)]
    gemeente_van_inschrijving: Gemeente


class ZoekMetNummeraanduidingIdentificatie(_Zoekvraag, frozen=True, kw_only=True, tag_field="type"):
    nummeraanduiding_identificatie: Annotated[str, Meta(pattern=BAG)]


class ZoekMetAdresseerbaarObjectIdentificatie(_Zoekvraag, frozen=True, kw_only=True, tag_field="type"):
    adresseerbaar_object_identificatie: Annotated[str, Meta(pattern=BAG)]


SCHEMAS: Mapping[Soort, type[Vraagschema]] = {
    Soort.BURGERSERVICENUMMER: RaadpleegMetBurgerservicenummer,
    Soort.NAAM_GEBOORTEDATUM: ZoekMetGeslachtsnaamEnGeboortedatum,
    Soort.NAAM_GEMEENTE: ZoekMetNaamEnGemeenteVanInschrijving,
    Soort.POSTCODE: ZoekMetPostcodeEnHuisnummer,
    Soort.STRAAT: ZoekMetStraatHuisnummerEnGemeenteVanInschrijving,
    Soort.NUMMERAANDUIDING: ZoekMetNummeraanduidingIdentificatie,
    Soort.ADRESSEERBAAR_OBJECT: ZoekMetAdresseerbaarObjectIdentificatie,
}
PersonenQuery = (
    RaadpleegMetBurgerservicenummer
    | ZoekMetGeslachtsnaamEnGeboortedatum
    | ZoekMetNaamEnGemeenteVanInschrijving
    | ZoekMetPostcodeEnHuisnummer
    | ZoekMetStraatHuisnummerEnGemeenteVanInschrijving
    | ZoekMetNummeraanduidingIdentificatie
    | ZoekMetAdresseerbaarObjectIdentificatie
)
_PATRONEN = {
    "gemeenteVanInschrijving": GEMEENTE, "geslachtsnaam": NAAM, "voornamen": NAAM, "voorvoegsel": VOORVOEGSEL,
    "geslacht": GESLACHT, "huisletter": HUISLETTER, "huisnummertoevoeging": TOEVOEGING, "postcode": POSTCODE,
    "straat": STRAAT,
    "nummeraanduidingIdentificatie": BAG, "adresseerbaarObjectIdentificatie": BAG,
}  # fmt: skip
_COMPILED = {
    pattern: re.compile(pattern.replace("$", r"\Z")) for pattern in (*_PATRONEN.values(), VOORNAMEN, BSN, VELD)
}


def read_vraag(document: Mapping[str, Any]) -> Vraag:
    """The question that was sent; raises ``ParametersOntbreken`` or ``ParametersOnjuist`` with all that is wrong."""
    soort = _read_soort(document)
    members = {each.encode_name: each for each in structs.fields(SCHEMAS[soort])}
    missing = [
        FoutieveParameter(name, "required", _VERPLICHT)
        for name, member in sorted(members.items())
        if member.required and _is_empty(document.get(name))
    ]
    if missing:
        raise ParametersOntbreken(missing)
    wrong = [
        FoutieveParameter(name[:60], "unknownParam", "Parameter is niet verwacht.")
        for name in document
        if name not in members and name != "type"
    ]
    values: dict[str, Any] = {}
    for name, member in members.items():
        value = document.get(name)
        if value is not None:
            values[member.name] = _read(name, value, soort, wrong)
    if wrong:
        raise ParametersOnjuist(sorted(wrong))
    return Vraag(soort=soort, **values)


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _read_soort(document: Mapping[str, Any]) -> Soort:
    soort = document.get("type")
    if _is_empty(soort):
        raise ParametersOntbreken([FoutieveParameter("type", "required", _VERPLICHT)])
    if not isinstance(soort, str) or soort not in set(Soort):
        raise ParametersOnjuist([FoutieveParameter("type", "value", "Waarde is geen geldig zoek type.")])
    return Soort(soort)


def _read(name: str, value: Any, soort: Soort, wrong: list[FoutieveParameter]) -> Any:
    if name == "fields":
        return _read_fields(value, boom_of(soort), wrong)
    if name == "burgerservicenummer":
        return _read_list(name, value, (BSN, MEESTE_BSNS), wrong)
    if name == "geboortedatum":
        return _read_datum(value, wrong)
    if name == "huisnummer":
        return _read_huisnummer(value, wrong)
    if name == "inclusiefOverledenPersonen":
        if not isinstance(value, bool):
            wrong.append(FoutieveParameter(name, "boolean", "Waarde is geen boolean."))
        return value
    optional = name == "voornamen" and soort is Soort.NAAM_GEBOORTEDATUM
    _check_pattern(name, value, VOORNAMEN if optional else _PATRONEN[name], wrong)
    return value


def _check_pattern(name: str, value: Any, pattern: str, wrong: list[FoutieveParameter]) -> bool:
    if isinstance(value, str) and _COMPILED[pattern].match(value):
        return True
    wrong.append(FoutieveParameter(name, "pattern", f"Waarde voldoet niet aan patroon {pattern}."))
    return False


def _read_list(name: str, value: Any, limits: tuple[str, int], wrong: list[FoutieveParameter]) -> tuple[str, ...]:
    pattern, most = limits
    if not isinstance(value, list):
        wrong.append(FoutieveParameter(name, "array", "Parameter is geen array."))
        return ()
    if not value:
        wrong.append(FoutieveParameter(name, "minItems", "Array bevat minder dan 1 items."))
    if len(value) > most:
        wrong.append(FoutieveParameter(name, "maxItems", f"Array bevat meer dan {most} items."))
        return ()
    return tuple(each for place, each in enumerate(value) if _check_pattern(f"{name}[{place}]", each, pattern, wrong))


def _read_fields(value: Any, boom: Boom, wrong: list[FoutieveParameter]) -> tuple[str, ...]:
    fields = _read_list("fields", value, (VELD, MEESTE_VELDEN), wrong)
    if not wrong:
        wrong += [
            FoutieveParameter(f"fields[{place}]", "fields", "Parameter bevat een niet bestaande veldnaam.")
            for place, each in enumerate(fields)
            if not boom.has(each)
        ]
    return fields


def _read_datum(value: Any, wrong: list[FoutieveParameter]) -> date | None:
    try:
        return date.fromisoformat(value if isinstance(value, str) and _DATUM.match(value) else "")
    except ValueError:
        wrong.append(FoutieveParameter("geboortedatum", "date", "Waarde is geen geldige datum."))
        return None


def _read_huisnummer(value: Any, wrong: list[FoutieveParameter]) -> int | None:
    number = int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else value
    if isinstance(number, bool) or not isinstance(number, int):
        wrong.append(FoutieveParameter("huisnummer", "integer", "Waarde is geen geldig getal."))
        return None
    if number < 1:
        wrong.append(FoutieveParameter("huisnummer", "minimum", "Waarde is lager dan minimum 1."))
    if number > HOOGSTE_HUISNUMMER:
        reason = f"Waarde is hoger dan maximum {HOOGSTE_HUISNUMMER}."
        wrong.append(FoutieveParameter("huisnummer", "maximum", reason))
    return number

"""Everything that is wrong with a JSON document, in Dutch, with where it is and what was probably meant."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from simulator.infra.errors import FieldError
from simulator.infra.patterns import form_of

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_MOST = 100
_LOOKED_AT = 10 * _MOST
"""Before what is the same is told once: a list of a million mistakes is not gone through to its end."""
_SHOWN = 60
_TYPES = {"string": "tekst", "integer": "een geheel getal", "number": "een getal", "boolean": "true of false",
          "array": "een lijst", "object": "een object", "null": "null"}  # fmt: skip
ONBEKEND_VELD = "onbekend veld"


def find_errors(body: bytes | bytearray, struct_type: type, first: str) -> list[FieldError]:
    """All errors of a document that msgspec refused with ``first``: msgspec stops at one, people want them all."""
    try:
        document = msgspec.json.decode(body)
        errors = islice(_validator(struct_type).iter_errors(document), _LOOKED_AT)
        found = [each for error in errors for each in _list_errors(error)]
    except UnicodeDecodeError as error:  # msgspec looks into a text only when it is asked for
        return [FieldError("", f"de inhoud is geen UTF-8 (byte {error.start} van een tekst)")]
    except (msgspec.DecodeError, RecursionError):
        found = []
    # A field that is missing is told once for each that is, with the names of all: once is enough.
    return list(dict.fromkeys(found))[:_MOST] or [FieldError("", first)]


@lru_cache(maxsize=128)
def _validator(struct_type: type) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 40 ms of every start, for mistakes only

    return Draft202012Validator(msgspec.json.schema(struct_type))


class _Fout(NamedTuple):
    """One broken keyword of the schema: which, what it says, and what was sent."""

    keyword: str
    limit: Any
    instance: Any
    known: Mapping[str, Any]


def _list_errors(error: "ValidationError") -> Iterator[FieldError]:
    if error.validator == "anyOf" and error.context:  # a field that may be absent: explain the other possibility
        yield from _list_errors(min(error.context, key=lambda each: (each.validator == "type", len(each.schema_path))))
        return
    pointer = "".join(f"/{_escape(part)}" for part in error.absolute_path)
    schema = cast("Mapping[str, Any]", error.schema)
    fout = _Fout(str(error.validator), error.validator_value, error.instance, schema.get("properties", {}))
    if fout.keyword == "additionalProperties":
        unknown = sorted(set(fout.instance) - set(fout.known))
        yield from (FieldError(pointer, _explain_unknown(naam, fout.known)) for naam in unknown)
    else:
        yield FieldError(pointer, _EXPLAIN.get(fout.keyword, _explain_other)(fout))


def _explain_unknown(naam: str, known: Iterable[str]) -> str:
    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(naam.lower(), by_lower, n=1)
    return f"{ONBEKEND_VELD} {_show(naam)}" + (f"; bedoelt u {by_lower[close[0]]}?" if close else "")


def _explain_required(fout: _Fout) -> str:
    return "verplicht veld ontbreekt: " + ", ".join(naam for naam in fout.limit if naam not in fout.instance)


def _explain_type(fout: _Fout) -> str:
    wanted = fout.limit if isinstance(fout.limit, list) else [fout.limit]
    return f"{_show(fout.instance)} is niet {' of '.join(_TYPES.get(str(each), str(each)) for each in wanted)}"


def _explain_other(fout: _Fout) -> str:
    return f"{_show(fout.instance)} voldoet niet aan {fout.keyword} {_show(fout.limit)}"


def _count(what: str, limit: str) -> Callable[[_Fout], str]:
    return lambda fout: f"{what} {len(fout.instance)} is {limit} {fout.limit}"


_EXPLAIN: dict[str, Callable[[_Fout], str]] = {
    "required": _explain_required,
    "type": _explain_type,
    "minLength": _count("lengte", "te kort; de ondergrens is"),
    "maxLength": _count("lengte", "te lang; de bovengrens is"),
    "minItems": _count("aantal", "te klein; de ondergrens is"),
    "maxItems": _count("aantal", "te groot; de bovengrens is"),
    "minimum": lambda fout: f"{_show(fout.instance)} is te klein; de ondergrens is {fout.limit}",
    "maximum": lambda fout: f"{_show(fout.instance)} is te groot; de bovengrens is {fout.limit}",
    "pattern": lambda fout: f"{_show(fout.instance)} heeft niet de vorm {form_of(fout.limit)}",
    "format": lambda fout: f"{_show(fout.instance)} is geen geldige {fout.limit}",
    "enum": lambda fout: f"{_show(fout.instance)} is geen van {', '.join(map(str, fout.limit))}",
}


def _escape(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 20] + " … " + text[-15:]

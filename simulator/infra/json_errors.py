"""Everything that is wrong with a JSON document, in Dutch, with where it is and what was probably meant."""

import json
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from simulator.infra.errors import FieldError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_MOST = 100
_SHOWN = 60
_TYPES = {"string": "tekst", "integer": "een geheel getal", "number": "een getal", "boolean": "true of false",
          "array": "een lijst", "object": "een object", "null": "null"}  # fmt: skip
ONBEKEND_VELD = "onbekend veld"


def find_errors(body: bytes, struct_type: type, first: str) -> list[FieldError]:
    """All errors of a document that msgspec refused with ``first``: msgspec stops at one, people want them all."""
    try:
        document = msgspec.json.decode(body)
        found = [each for error in _validator(struct_type).iter_errors(document) for each in _list_errors(error)]
    except (msgspec.DecodeError, RecursionError):
        found = []
    return found[:_MOST] or [FieldError("", first)]


@lru_cache(maxsize=128)
def _validator(struct_type: type) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 40 ms of every start, for mistakes only

    return Draft202012Validator(msgspec.json.schema(struct_type))


def _list_errors(error: "ValidationError") -> Iterator[FieldError]:
    if error.validator == "anyOf" and error.context:  # a field that may be absent: explain the other possibility
        branch = min(error.context, key=lambda each: (each.validator == "type", len(each.schema_path)))
        yield from _list_errors(branch)
        return
    pointer = "".join(f"/{_escape(part)}" for part in error.absolute_path)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        yield from (
            FieldError(pointer, _explain_unknown(naam, known)) for naam in sorted(set(error.instance) - set(known))
        )
    else:
        explain = _EXPLAIN.get(str(error.validator), _explain_other)
        yield FieldError(pointer, explain(error))


def _explain_unknown(naam: str, known: Iterable[str]) -> str:
    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(naam.lower(), by_lower, n=1)
    return f"{ONBEKEND_VELD} {_show(naam)}" + (f"; bedoelt u {by_lower[close[0]]}?" if close else "")


def _explain_required(error: "ValidationError") -> str:
    missing = [naam for naam in error.validator_value if naam not in error.instance]
    return "verplicht veld ontbreekt: " + ", ".join(missing)


def _explain_type(error: "ValidationError") -> str:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return f"{_show(error.instance)} is niet {' of '.join(_TYPES.get(each, each) for each in wanted)}"


def _explain_other(error: "ValidationError") -> str:
    return f"{_show(error.instance)} voldoet niet aan {error.validator} {_show(error.validator_value)}"


def _count(what: str, limit: str) -> Callable[["ValidationError"], str]:
    return lambda error: f"{what} {len(error.instance)} is {limit} {error.validator_value}"


_EXPLAIN: dict[str, Callable[["ValidationError"], str]] = {
    "required": _explain_required,
    "type": _explain_type,
    "minLength": _count("lengte", "te kort; de ondergrens is"),
    "maxLength": _count("lengte", "te lang; de bovengrens is"),
    "minItems": _count("aantal", "te klein; de ondergrens is"),
    "maxItems": _count("aantal", "te groot; de bovengrens is"),
    "minimum": lambda error: f"{_show(error.instance)} is te klein; de ondergrens is {error.validator_value}",
    "maximum": lambda error: f"{_show(error.instance)} is te groot; de bovengrens is {error.validator_value}",
    "pattern": lambda error: f"{_show(error.instance)} heeft niet de vorm {error.validator_value}",
    "format": lambda error: f"{_show(error.instance)} is geen geldige {error.validator_value}",
    "enum": lambda error: f"{_show(error.instance)} is geen van {', '.join(map(str, error.validator_value))}",
}


def _escape(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 20] + " … " + text[-15:]

"""How a refusal looks: RFC 9457 problems in JSON and XML. Building one never raises."""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from simulator.infra.errors import Refusal

PROBLEM_JSON = "application/problem+json"
PROBLEM_XML = "application/problem+xml"
_XML_NAMESPACE = "urn:ietf:rfc:7807"
TYPE_PREFIX = "urn:mijnoverheid-simulator:probleem:"


def describe(refusal: Refusal, instance: str) -> dict[str, Any]:
    """The members of the problem; ``instance`` is the request id."""
    problem: dict[str, Any] = {
        "type": TYPE_PREFIX + refusal.slug,
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "instance": f"urn:mijnoverheid-simulator:verzoek:{instance}",
    }
    if refusal.regel is not None:
        problem["regel"] = {
            "id": refusal.regel.id,
            "titel": refusal.regel.titel,
            "bron": refusal.regel.bron,
            "herkomst": refusal.regel.herkomst.value,
        }
    for name in ("ontvangen", "verwacht"):
        if getattr(refusal, name) is not None:
            problem[name] = getattr(refusal, name)
    if refusal.errors:
        problem["errors"] = [{"pointer": error.pointer, "detail": error.detail} for error in refusal.errors]
    return problem | refusal.extensions


def as_json(problem: Mapping[str, Any]) -> bytes:
    """The problem as ``application/problem+json``."""
    return msgspec.json.encode(problem, enc_hook=str)  # an Oin is a str to Python, but not to msgspec


def as_xml(problem: Mapping[str, Any]) -> bytes:
    """The problem as ``application/problem+xml`` (RFC 9457, appendix B)."""
    members = "".join(_xml_member(name, value) for name, value in problem.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="{_XML_NAMESPACE}">{members}</problem>'.encode()


def _xml_member(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        content = "".join(_xml_member(key, each) for key, each in value.items())
    elif isinstance(value, list):
        content = "".join(_xml_member("i", each) for each in value)
    else:
        content = escape(_printable(str(value)))
    return f"<{name}>{content}</{name}>"


def _printable(text: str) -> str:
    """XML 1.0 cannot carry control characters, not even escaped."""
    return "".join(
        char if char in "\t\n\r" or " " <= char <= "\ud7ff" or char > "\ue000" else "\ufffd" for char in text
    )

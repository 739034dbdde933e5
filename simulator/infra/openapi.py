"""An API that describes itself: one declaration gives the route and its operation in ``openapi.json``."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response

from simulator.infra.errors import Refusal
from simulator.infra.http import json_response

View = TypeVar("View", bound=Callable[..., Response])
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
_PROBLEM = "#/components/schemas/Probleem"
_COMMON = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_WITH_BODY = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "regel": {
            "type": "object",
            "description": "De regel die het verzoek brak; de catalogus staat op /regels.",
            "properties": {name: {"type": "string"} for name in ("id", "titel", "bron", "herkomst")},
        },
        "ontvangen": {"type": "string"},
        "verwacht": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}}},
        },
    },
}
API_KEY = {"ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}
BEARER = {"Bearer": {"type": "http", "scheme": "bearer"}}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A header, query or path parameter; ``schema`` is JSON Schema."""

    name: str
    in_: str = "query"
    required: bool = False
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    description: str = ""

    def describe(self) -> dict[str, object]:
        """The parameter as OpenAPI."""
        return {
            "name": self.name, "in": self.in_, "required": self.required or self.in_ == "path",
            "schema": dict(self.schema), "description": self.description,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route takes and gives; ``body`` and the type in ``answer`` are msgspec Structs, or ``None``."""

    summary: str
    answer: tuple[int, Any] = (200, None)
    body: Any = None
    body_type: str = "application/json"
    answer_types: Sequence[str] = ("application/json",)
    parameters: Sequence[Parameter] = ()
    refusals: Sequence[type[Refusal]] = ()
    description: str = ""
    also: Sequence[int] = ()
    """Other codes that bring the same answer: 201 beside 200."""
    refusal_types: Sequence[str] = ()
    """What a refusal may look like beside problem+json, where a message shape asks so."""


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    path: str
    name: str
    operation: Operation


class Api:
    """One API: a blueprint with its routes, and a second one, open to all, with its ``openapi.json``."""

    def __init__(self, name: str, prefix: str, *, title: str, version: str = "1.0.0", description: str = "") -> None:
        self.name = name
        self.prefix = prefix
        self.version = version
        self.security: Mapping[str, object] = API_KEY
        self.blueprint = Blueprint(f"api-{name}", name, url_prefix=prefix)
        self.document = Blueprint(f"openapi-{name}", name, url_prefix=prefix)
        self.document.add_url_rule("/openapi.json", "openapi", self._answer_document)
        self._title = title
        self._description = description
        self._routes: list[_Route] = []
        self._document: dict[str, Any] | None = None

    def operation(
        self, method: str, path: str, operation: Operation | None = None, **members: Any
    ) -> Callable[[View], View]:
        """Register a view as a route and as an operation; ``members`` are those of ``Operation``."""
        described = operation or Operation(**members)

        def register(view: View) -> View:
            self.blueprint.add_url_rule(path, view.__name__, view, methods=[method], strict_slashes=True)
            self._routes.append(_Route(method, path, view.__name__, described))
            return view

        return register

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document of this API."""
        if self._document is None:
            self._document = self._describe()
        return self._document

    def _answer_document(self) -> Response:
        return json_response(self.openapi())

    def _describe(self) -> dict[str, Any]:
        types = [part for route in self._routes for part in (route.operation.body, route.operation.answer[1]) if part]
        schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
        refs = dict(zip(map(id, types), schemas, strict=True))
        paths: dict[str, dict[str, Any]] = {}
        for route in self._routes:
            described = self._describe_operation(route, refs)
            paths.setdefault(_VARIABLE.sub(_as_template, route.path), {})[route.method.lower()] = described
        return {
            "openapi": "3.1.0",
            "info": {
                "title": self._title,
                "version": self.version,
                "description": self._description,
                "contact": {
                    "name": "MijnOverheid-simulator",
                    "email": "simulator@voorbeeld.example",
                    "url": "https://voorbeeld.example/mijnoverheid-simulator",
                },
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            },
            "servers": [{"url": self.prefix}],
            "security": [{name: []} for name in self.security],
            "paths": paths,
            "components": {
                "schemas": components | {"Probleem": PROBLEM_SCHEMA},
                "securitySchemes": dict(self.security),
            },
        }

    def _describe_operation(self, route: _Route, refs: Mapping[int, Any]) -> dict[str, Any]:
        operation = route.operation
        path_parameters = [Parameter(_as_camel(name), "path") for name in _VARIABLE.findall(route.path)]
        declared = {parameter.name for parameter in operation.parameters}
        parameters = [*operation.parameters, *(each for each in path_parameters if each.name not in declared)]
        described: dict[str, Any] = {
            "operationId": route.name,
            "tags": [self.name],
            "summary": operation.summary,
            "description": operation.description,
            "parameters": [parameter.describe() for parameter in parameters],
            "responses": self._describe_responses(operation, refs),
        }
        if operation.body is not None:
            schema = refs[id(operation.body)]
            described["requestBody"] = {"required": True, "content": {operation.body_type: {"schema": schema}}}
        elif operation.body_type != "application/json":
            content = {operation.body_type: {"schema": {"type": "string", "format": "binary"}}}
            described["requestBody"] = {"required": True, "content": content}
        return described

    def _describe_responses(self, operation: Operation, refs: Mapping[int, Any]) -> dict[str, Any]:
        status, answer = operation.answer
        version = {"API-Version": {"schema": {"type": "string"}, "description": "Versie van deze API."}}
        success: dict[str, Any] = {"description": HTTPStatus(status).phrase, "headers": version}
        if answer is not None:
            success["content"] = {kind: {"schema": refs[id(answer)]} for kind in operation.answer_types}
        elif tuple(operation.answer_types) != ("application/json",):
            success["content"] = {kind: {"schema": {"type": "string"}} for kind in operation.answer_types}
        responses = {
            str(code): success | {"description": HTTPStatus(code).phrase} for code in (status, *operation.also)
        }
        for code in sorted(_problem_codes(operation)):
            content: dict[str, Any] = {
                kind: {"schema": {"$ref": _PROBLEM}} for kind in ("application/problem+json", "application/problem+xml")
            }
            content |= {kind: {"schema": {"type": "string"}} for kind in operation.refusal_types}
            responses[str(code)] = {"description": HTTPStatus(code).phrase, "headers": version, "content": content}
        return responses


def _problem_codes(operation: Operation) -> set[int]:
    codes = {int(code) for code in _COMMON} | {401, 403}
    if operation.body is not None or operation.body_type != "application/json":
        codes |= {int(code) for code in _WITH_BODY}
    return codes | {refusal.status for refusal in operation.refusals}


def _as_camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _as_template(match: re.Match[str]) -> str:
    return "{" + _as_camel(match.group(1)) + "}"

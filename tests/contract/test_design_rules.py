"""The NL API Design Rules that can be tested from outside, for every operation of every API."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.app import APIS
from tests.contract.conftest import Deur

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PROBLEMS = {"application/problem+json", "application/problem+xml"}
SEMVER = re.compile(r"\d+\.\d+\.\d+\Z")
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*\Z")
SEGMENT = re.compile(r"(_?[a-z0-9]+(-[a-z0-9]+)*|\{[a-z][a-zA-Z0-9]*\})\Z")
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
BY_NAME = pytest.mark.parametrize("name", [api.name for api in APIS])
WITHOUT_VERSION_IN_THE_PATH = {"brp"}  # its path is that of a published koppelvlak
DOCUMENTS = {api.name: api.openapi() for api in APIS}
PATHS = [pytest.param(api.name, path, id=f"{api.name} {path}") for api in APIS for path in DOCUMENTS[api.name]["paths"]]
BY_PATH = pytest.mark.parametrize(("name", "path"), PATHS)


def ask(app: Flask, method: str, path: str, headers: Mapping[str, str] | None = None) -> TestResponse:
    return app.test_client().open(path, method=method, headers=dict(headers or {}))


def operations(name: str) -> list[dict[str, Any]]:
    return [operation for methods in DOCUMENTS[name]["paths"].values() for operation in methods.values()]


def own_shape(operation: Mapping[str, Any]) -> set[str]:
    """How a published message says no, where the answer is one: that goes before the shape of problems (StUF Fo03)."""
    return {"application/xml"} if operation["operationId"] == "deliver_zaakbericht" else set()


def assert_headers(answer: TestResponse) -> None:
    """/core/transport/security-headers and /core/version-header, on good answers and bad ones."""
    for header, value in {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Access-Control-Allow-Origin": "*",
    }.items():
        assert answer.headers.getlist(header) == [value], header
    assert SEMVER.match(answer.headers["API-Version"])
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert answer.status_code == 204 or answer.headers["Content-Type"]


def assert_problem(answer: TestResponse, status: int) -> None:
    """/core/error-handling/problem-details."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert_headers(answer)


@BY_NAME
def test_the_document_is_readable_without_a_key_from_anywhere(
    app: Flask, deuren: Mapping[str, Deur], name: str
) -> None:
    answer = ask(app, "GET", f"{deuren[name].prefix}/openapi.json", {"Origin": "https://elders.example"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert_headers(answer)
    document = answer.get_json()
    assert document == msgspec.json.decode(msgspec.json.encode(DOCUMENTS[name]))
    assert document["openapi"].startswith("3.")


@BY_NAME
def test_the_document_says_version_contact_licence_and_server(name: str) -> None:
    info = DOCUMENTS[name]["info"]
    assert SEMVER.match(info["version"])
    assert all(info["contact"][member] for member in ("name", "email", "url"))
    assert info["license"]["name"] == "EUPL-1.2"
    if name not in WITHOUT_VERSION_IN_THE_PATH:
        assert all(re.search(r"/v\d+\Z", server["url"]) for server in DOCUMENTS[name]["servers"])


@BY_NAME
def test_every_operation_is_described_in_dutch_with_a_version_header_and_problems(name: str) -> None:
    ids = [operation["operationId"] for operation in operations(name)]
    assert len(ids) == len(set(ids))
    for operation in operations(name):
        assert operation["summary"]
        assert {"400", "401"} <= set(operation["responses"])
        assert "422" not in operation["responses"]
        for code, response in operation["responses"].items():
            assert "API-Version" in response["headers"]
            if code >= "400":
                assert set(response["content"]) - own_shape(operation) == PROBLEMS


@BY_PATH
def test_path_segments_are_kebab_case_and_no_path_asks_for_a_bsn(name: str, path: str) -> None:
    segments = path.strip("/").split("/")
    assert all(SEGMENT.match(segment) for segment in segments)
    assert not any(segment.startswith("_") for segment in segments[:-1])
    assert "bsn" not in path.lower()
    assert "burgerservicenummer" not in path.lower()


@BY_NAME
def test_query_keys_are_camel_case_and_none_takes_a_bsn(name: str) -> None:
    for operation in operations(name):
        for parameter in operation["parameters"]:
            if parameter["in"] in {"query", "path"}:
                assert CAMEL.match(parameter["name"])
                assert "bsn" not in parameter["name"].lower()
                assert "[0-9]{9}" not in str(parameter["schema"])


@BY_PATH
def test_nobody_gets_in_without_signing_in(app: Flask, deuren: Mapping[str, Deur], name: str, path: str) -> None:
    for method in DOCUMENTS[name]["paths"][path]:
        answer = ask(app, method.upper(), deuren[name].fill(path))
        assert_problem(answer, 401)
        assert answer.get_json()["regel"]["id"]


@BY_PATH
def test_a_trailing_slash_is_another_path_and_not_there(
    app: Flask, deuren: Mapping[str, Deur], name: str, path: str
) -> None:
    for method in DOCUMENTS[name]["paths"][path]:
        assert_problem(ask(app, method.upper(), deuren[name].fill(path) + "/", deuren[name].headers), 404)


@BY_PATH
def test_a_method_that_is_not_in_the_document_is_a_405(
    app: Flask, deuren: Mapping[str, Deur], name: str, path: str
) -> None:
    known = {method.upper() for method in DOCUMENTS[name]["paths"][path]}
    for method in set(METHODS) - known:
        answer = ask(app, method, deuren[name].fill(path), deuren[name].headers)
        assert_problem(answer, 405)
        assert known <= {each.strip() for each in answer.headers["Allow"].split(",")}


@BY_PATH
def test_a_get_answers_moments_in_utc_and_changes_nothing(
    app: Flask, deuren: Mapping[str, Deur], name: str, path: str
) -> None:
    if "get" not in DOCUMENTS[name]["paths"][path]:
        return
    first, again = (ask(app, "GET", deuren[name].fill(path), deuren[name].headers) for _ in range(2))
    assert_headers(first)
    assert first.status_code in {200, 404}
    assert again.status_code == first.status_code
    moments = [text for text in _texts(first.get_json(silent=True)) if A_MOMENT.match(text)]
    assert all(text.endswith("Z") for text in moments)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


@BY_NAME
def test_an_unknown_path_is_a_problem_too(app: Flask, deuren: Mapping[str, Deur], name: str) -> None:
    for path in ("", "/", "/onbekend", "/openapi.yaml", "/openapi.json/"):
        assert_problem(ask(app, "GET", deuren[name].prefix + path, deuren[name].headers), 404)


@BY_NAME
def test_a_problem_comes_in_xml_to_who_asks_for_that(app: Flask, deuren: Mapping[str, Deur], name: str) -> None:
    headers = dict(deuren[name].headers) | {"Accept": "application/problem+xml"}
    answer = ask(app, "GET", f"{deuren[name].prefix}/onbekend", headers)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+xml")
    assert "<status>404</status>" in answer.text
    assert_headers(answer)

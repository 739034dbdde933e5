"""Property-based: whatever is sent to an operation, the answer is one that its ``openapi.json`` tells of."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from simulator.app import APIS
from tests.contract.conftest import Deur

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip


def can_be_wrong(operation: Mapping[str, Any]) -> bool:
    """Whether the document leaves room for a mistake: a body of JSON, or a parameter that is not just any text."""
    takes_json = "application/json" in operation.get("requestBody", {}).get("content", {})
    return takes_json or any(parameter["schema"] != {"type": "string"} for parameter in operation["parameters"])


OPERATIONS = [
    pytest.param(api.name, method, path, mode, id=f"{api.name} {method} {path} {mode.value}")
    for api in APIS
    for path, methods in api.openapi()["paths"].items()
    for method, operation in methods.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or can_be_wrong(operation)
]
VERSIONS = {api.name: api.version for api in APIS}
BOUNDED = settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck), database=None)


@lru_cache
def _schema(app: Flask, prefix: str) -> Any:
    # The key is ours to give: an answer of 401 to a made-up one tells nothing about the operation.
    generation = GenerationConfig(with_security_parameters=False)
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    return schemathesis.openapi.from_wsgi(f"{prefix}/openapi.json", app, config=config)


@pytest.mark.artikel("1-koppelvlakspecificatie")
@pytest.mark.parametrize(("name", "method", "path", "mode"), OPERATIONS)
def test_every_answer_is_as_the_document_says(
    app: Flask, deuren: Mapping[str, Deur], name: str, method: str, path: str, mode: GenerationMode
) -> None:
    deur = deuren[name]
    operation = _schema(app, deur.prefix)[path][method]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode), is_present=st.booleans())
    def check(case: Case[Any], is_present: bool) -> None:
        if is_present and case.path_parameters:
            case.path_parameters |= {key: deur.present[key] for key in case.path_parameters if key in deur.present}
        answer = case.call(headers=dict(deur.headers))
        case.validate_response(answer, checks=CHECKS)
        assert answer.headers["api-version"] == [VERSIONS[name]]
        assert answer.status_code != 422

    check()

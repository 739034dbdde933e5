"""Routes that compile their way back late."""

from collections.abc import Callable
from types import CodeType

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from simulator.infra.routing import LateRule


@pytest.fixture
def routes() -> Flask:
    app = Flask("routes", static_folder=None)
    app.url_rule_class = LateRule
    app.add_url_rule("/berichten/<int:object>", "bericht", str)
    app.add_url_rule("/berichten/", "berichten", lambda: "alle", defaults={"soort": "alle"})
    return app


def test_a_url_is_what_werkzeug_makes_of_it(routes: Flask) -> None:
    with routes.test_request_context():
        for _ in range(2):
            assert url_for("bericht", object=7) == "/berichten/7"
            assert url_for("bericht", object=7, pagina="2") == "/berichten/7?pagina=2"
            assert url_for("berichten", rule="x") == "/berichten/?rule=x"


def test_the_way_back_of_a_route_is_compiled_once_and_only_when_it_is_asked(
    routes: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    get_func_code = Rule._get_func_code

    def get(code: CodeType, name: str) -> Callable[..., tuple[str, str]]:
        compiled.append(name)
        return get_func_code(code, name)

    monkeypatch.setattr(Rule, "_get_func_code", staticmethod(get))
    routes.add_url_rule("/laat", "laat", lambda: "laat")
    assert routes.test_client().get("/laat").text == "laat"
    assert compiled == []
    with routes.test_request_context():
        assert [url_for("laat"), url_for("laat")] == ["/laat", "/laat"]
    assert len(compiled) == 1

import pytest
from flask import Flask

from simulator.app import MOUNTS, create_app
from simulator.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(data=tmp_path_factory.mktemp("data")))


def test_every_route_has_a_guard(app: Flask) -> None:
    guarded = {mount.blueprint.name for mount in MOUNTS}
    routed = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules()} - {"static"}
    assert routed == guarded


def test_every_guard_runs_before_its_blueprint(app: Flask) -> None:
    for mount in MOUNTS:
        assert mount.guard in app.before_request_funcs[mount.blueprint.name]


def test_no_route_takes_a_bsn_in_its_path(app: Flask) -> None:
    assert not [rule.rule for rule in app.url_map.iter_rules() if "bsn" in rule.rule.lower()]


def test_no_route_ends_in_a_slash(app: Flask) -> None:
    may = {"/", "/__admin/"}
    assert not [rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith("/") and rule.rule not in may]


def test_there_is_no_debug_mode(app: Flask) -> None:
    assert not app.debug

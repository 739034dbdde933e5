"""The composition root: what hangs where, and what is not there at all."""

from pathlib import Path

import pytest

from simulator.app import create_app
from simulator.settings import Settings

TOKEN = {"Authorization": "Bearer t"}


@pytest.mark.parametrize("path", ["/__admin/v1/klok", "/__admin/v1/omgevingen", "/__admin/v1/openapi.json"])
def test_without_admin_there_is_no_control_api_even_for_who_has_the_token(tmp_path: Path, path: str) -> None:
    statuses = []
    for admin in (True, False):
        app = create_app(Settings(data=tmp_path, admin=admin, admin_token="t", log_level="error"))
        statuses.append(app.test_client().get(path, headers=TOKEN).status_code)
        assert app.test_client().get("/digid/inloggen").status_code == 200
        app.extensions["omgevingen"].close()
    assert statuses == [200, 404]


def test_an_empty_token_lets_nobody_in(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, admin_token="", log_level="error"))
    for header in ({}, {"Authorization": "Bearer "}, {"X-Admin-Token": ""}):
        assert app.test_client().get("/__admin/v1/klok", headers=header).status_code == 401
    app.extensions["omgevingen"].close()

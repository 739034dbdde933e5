"""Alive, ready, and what it did."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask

from simulator.app import create_app
from simulator.infra.omgevingen import Omgevingen
from simulator.settings import Settings
from tests.running import RunningSimulator


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path, log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.mark.artikel("3.2")
def test_ready_means_migrated_and_seeded(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    worlds: Omgevingen = app.extensions["omgevingen"]
    with worlds.get("standaard").unit_of_work() as uow:
        uow.session.connection().exec_driver_sql("DROP TABLE simulation_state")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert int(answer.headers["Retry-After"]) >= 1
    assert client.get("/livez").status_code == 200, "the process itself is well"


def test_the_metrics_name_routes_and_never_what_was_asked(simulator: RunningSimulator) -> None:
    requests.get(f"{simulator.base}/api/berichtenbox/v1/status/999990019?bsn=999990019", timeout=60)
    requests.get(f"{simulator.base}/berichtenbox/999990019", timeout=60)
    metrics = requests.get(f"{simulator.base}/metrics", timeout=60).text
    assert 'route="/api/berichtenbox/v1/status/<status_id>"' in metrics
    assert "999990019" not in metrics

"""Is it alive, is it ready, and what did it do: for whoever runs the simulator."""

from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from simulator.infra.errors import Unavailable
from simulator.infra.http import HEALTH, json_response
from simulator.infra.late import Late
from simulator.infra.omgevingen import STANDAARD, Omgevingen
from simulator.infra.telemetry import collector

if TYPE_CHECKING:
    import prometheus_client
else:
    prometheus_client = Late("prometheus_client")

pages = Blueprint(HEALTH, __name__)


@pages.get("/livez")
def livez() -> Response:
    """The process answers."""
    return json_response({"status": "ok"})


@pages.get("/readyz")
def readyz() -> Response:
    """Migrated and seeded: an omgeving is created with both in one transaction, so to read its state is proof."""
    try:
        cast("Omgevingen", current_app.extensions["omgevingen"]).get(STANDAARD).refresh()
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable("De database is niet bereikbaar.", retry_after=1) from error
    return json_response({"status": "ok"})


@pages.get("/metrics")
def metrics() -> Response:
    """Counters of this process, for Prometheus."""
    counted: Any = collector  # all that is asked of a registry is to collect
    return Response(prometheus_client.generate_latest(counted), content_type=prometheus_client.CONTENT_TYPE_LATEST)

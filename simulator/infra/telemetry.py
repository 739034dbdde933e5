"""Logs with a request id and without personal data, and the metrics of this process."""

import logging
import re
import sys
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

import msgspec
import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from simulator.infra.ids import current_slot

_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")  # an id of a request may hold nine digits in a row

registry = CollectorRegistry()
requests_total = Counter(
    "simulator_requests",
    "Requests by route, method and status.",
    ("worker", "route", "method", "status"),
    registry=registry,
)
request_seconds = Histogram(
    "simulator_request_seconds",
    "Time to answer, by route.",
    ("worker", "route"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=registry,
)


@lru_cache(maxsize=1024)
def _series(route: str, method: str, status: str) -> tuple[Any, Any]:
    worker = str(current_slot())  # where several workers answer, each scrape finds another one
    return requests_total.labels(worker, route, method, status), request_seconds.labels(worker, route)


def observe_request(route: str, method: str, status: str, seconds: float) -> None:
    """Count a request and how long it took."""
    count, duration = _series(route, method, status)
    count.inc()
    duration.observe(seconds)


def configure_logging(level: str, log_format: str) -> None:
    """Structured logs on standard error: JSON, or coloured lines on a terminal."""
    console = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    plain = structlog.dev.plain_traceback  # the coloured one shows local variables: people, texts and keys
    renderer: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=plain)
        if console
        else structlog.processors.JSONRenderer(_dumps)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,  # before the mask, which reads text
            mask_bsn,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def mask_bsn(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last guard: whatever looks like a BSN (nine digits by themselves) leaves no trace in a log line."""
    for name, value in event.items():
        if isinstance(value, str) and not _UUID.match(value):
            event[name] = _NINE_DIGITS.sub("*********", value)
        elif isinstance(value, int) and not isinstance(value, bool) and 10**8 <= value < 10**9:
            event[name] = "*********"
    return event


def _dumps(event: object, **_kw: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()

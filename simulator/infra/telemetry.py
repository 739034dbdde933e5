"""Logs with a request id and without personal data, and the metrics of this process."""

import logging
import re
import sys
import threading
from bisect import bisect_left
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TextIO, cast

import msgspec

from simulator.infra.ids import current_slot
from simulator.infra.late import Late

if TYPE_CHECKING:
    from prometheus_client import core as prometheus
else:
    prometheus = Late("prometheus_client.core")

# Where rich is installed, structlog imports it for tracebacks in colour: a twentieth of every start, and 4 MB. Ours are
# plain, so to structlog it is not there.
_rich = sys.modules.get("rich")
sys.modules["rich"] = None  # type: ignore[assignment]  # as Python writes down that a module is missing
try:
    import structlog
finally:
    del sys.modules["rich"]
    if _rich is not None:
        sys.modules["rich"] = _rich

get_logger = structlog.get_logger

_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")  # an id of a request may hold nine digits in a row

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class _Requests:
    """A collector for Prometheus; it counts under one lock, where the metrics of the library take three a request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str, str], int] = {}
        self._durations: dict[str, list[float]] = {}

    def observe(self, series: tuple[str, str, str], seconds: float) -> None:
        """Count one request of a route, method and status."""
        with self._lock:
            self._counts[series] = self._counts.get(series, 0) + 1
            durations = self._durations.get(series[0])
            if durations is None:
                durations = self._durations[series[0]] = [0.0] * (len(_BUCKETS) + 2)
            durations[bisect_left(_BUCKETS, seconds)] += 1
            durations[-1] += seconds

    def collect(self) -> "Iterator[prometheus.Metric]":
        """What a scrape gets; where several workers answer, each scrape finds another one."""
        with self._lock:
            counts, durations = dict(self._counts), {route: list(each) for route, each in self._durations.items()}
        worker = str(current_slot())
        labels = ("worker", "route", "method", "status")
        total = prometheus.CounterMetricFamily(
            "simulator_requests", "Requests by route, method and status.", labels=labels
        )
        for series, count in counts.items():
            total.add_metric((worker, *series), count)
        yield total
        time = prometheus.HistogramMetricFamily(
            "simulator_request_seconds", "Time to answer, by route.", labels=labels[:2]
        )
        for route, (*numbers, seconds) in durations.items():
            bounds = (*map(str, _BUCKETS), "+Inf")
            time.add_metric((worker, route), list(zip(bounds, accumulate(numbers), strict=True)), seconds)
        yield time


collector = _Requests()
observe_request = collector.observe


class _Forgiving:
    """Where log lines go. On a disk that is full, or with nobody who reads, a line is lost and nothing else is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # a ValueError when it was closed
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


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
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Forgiving(sys.stderr))),
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

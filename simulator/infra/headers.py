"""The headers that every answer carries."""

from datetime import datetime
from email.utils import format_datetime

_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
)
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_HEADERS = (
    *_ALWAYS,
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Access-Control-Allow-Origin", "*"),
)
PAGE_HEADERS = (
    *_ALWAYS,
    ("Content-Security-Policy", _PAGE_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
DEMO_AGENT = "mosim-demo"
"""Who delivers what a start with ``--demo`` brings: a hundred requests that nobody asked to read about."""
PATHS_OF_PROBES = ("/livez", "/readyz", "/metrics")
PATHS_FOR_PROGRAMS = ("/api/", "/haalcentraal/", "/__admin/v1", *PATHS_OF_PROBES)


def is_for_programs(path: str) -> bool:
    """Whether a path speaks problem+json (programs) or pages (people)."""
    return path.startswith(PATHS_FOR_PROGRAMS)


def describe_retirement(deprecated: datetime, sunset: datetime) -> list[list[str]]:
    """What answers of a version that makes way say of it: ``Deprecation`` (RFC 9745) and ``Sunset`` (RFC 8594)."""
    return [
        ["Deprecation", f"@{int(deprecated.timestamp())}"],
        ["Sunset", format_datetime(sunset, usegmt=True)],
    ]

"""The headers that every answer carries."""

API_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Access-Control-Allow-Origin": "*",
    "Referrer-Policy": "no-referrer",
}
PAGE_HEADERS = API_HEADERS | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
del PAGE_HEADERS["Access-Control-Allow-Origin"]
PATHS_FOR_PROGRAMS = ("/api/", "/__admin/v1", "/livez", "/readyz", "/metrics")


def is_for_programs(path: str) -> bool:
    """Whether a path speaks problem+json (programs) or pages (people)."""
    return path.startswith(PATHS_FOR_PROGRAMS)

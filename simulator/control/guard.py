"""Who may steer: whoever has the token."""

import hmac
from typing import cast

from flask import current_app, request

from simulator.control.errors import TokenMissing
from simulator.settings import Settings

_BEARER = "Bearer "


def require_beheerder() -> None:
    """Let in who sends the token (``Authorization: Bearer`` or ``X-Admin-Token``); raises ``TokenMissing``."""
    sent = request.headers.get("X-Admin-Token", "")
    header = request.headers.get("Authorization", "")
    if header.startswith(_BEARER):
        sent = header[len(_BEARER) :]
    expected = cast("Settings", current_app.extensions["settings"]).admin_token
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise TokenMissing(headers={"WWW-Authenticate": "Bearer"})

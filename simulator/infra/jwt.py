"""JSON Web Tokens that we sign ourselves (RFC 7519, HS256), for services that want one."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping


def sign_hs256(claims: Mapping[str, object], secret: str) -> str:
    """The token with these claims."""
    header = _encode(json.dumps({"typ": "JWT", "alg": "HS256"}, separators=(",", ":")).encode())
    payload = _encode(json.dumps(dict(claims), separators=(",", ":")).encode())
    signature = hmac.new(secret.encode(), f"{header}.{payload}".encode("ascii"), hashlib.sha256).digest()
    return f"{header}.{payload}.{_encode(signature)}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")

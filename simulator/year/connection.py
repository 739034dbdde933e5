"""The running simulator as the year sees it: over HTTP, on a few connections at once, in an omgeving of its own."""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from simulator.year.errors import Refused, Unreachable

ADMIN = "/__admin/v1"
STANDAARD = "standaard"
# A day of a large year may take minutes: the clock answers when all that was due is done.
_TIMEOUT = (10, 7200)
_REFUSED = 400
# Everything that is asked here may be asked again: it has an id of its own, or says how things must be. A simulator
# that is too busy says when.
_RETRY = Retry(
    total=10, connect=2, read=2, status=8, status_forcelist=(503,), raise_on_status=False, backoff_factor=0.2,
    allowed_methods=None,
)  # fmt: skip


class Connection:
    """One simulator and one omgeving; used by several threads. Close it, or use it in a ``with``."""

    def __init__(self, url: str, token: str, omgeving: str, connections: int) -> None:
        self.url = url.rstrip("/")
        self.omgeving = omgeving
        self._token = token
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy or .netrc stands between us and a simulator
        self._session.mount("http", HTTPAdapter(pool_maxsize=connections, pool_block=True, max_retries=_RETRY))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def admin(self, method: str, path: str, body: object = None, *, omgeving: str = "") -> Any:
        """Ask the control API; answers the decoded JSON, ``None`` when there is none."""
        headers = {"Authorization": f"Bearer {self._token}", "X-Simulator-Omgeving": omgeving or self.omgeving}
        return _decode(self.ask(method, ADMIN + path, headers, body))

    def afnemer(self, method: str, path: str, sleutel: str, body: object = None, message_id: str = "") -> Any:
        """Ask an API as the Afnemer with this key; answers the decoded JSON."""
        return _decode(self.ask(method, path, self.sign(sleutel, message_id), body))

    def burger(self, method: str, path: str, sessie: str, body: object = None) -> Any:
        """Ask the API of the portaal in this session; answers the decoded JSON."""
        headers = {"Authorization": f"Bearer {sessie}", "X-Simulator-Omgeving": self.omgeving}
        return _decode(self.ask(method, "/api/portaal/v1" + path, headers, body))

    def sign(self, sleutel: str, message_id: str = "") -> dict[str, str]:
        """The headers of an Afnemer."""
        headers = {"X-API-Key": sleutel, "X-Simulator-Omgeving": self.omgeving}
        return headers | {"X-Message-ID": message_id} if message_id else headers

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: object = None) -> requests.Response:
        """One request with JSON, or with ``bytes`` that are JSON; raises ``Unreachable`` or ``Refused``."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        sent = {"Accept": "application/json", **headers}
        if content is not None:
            sent["Content-Type"] = "application/json"
        try:
            answer = self._session.request(method, self.url + path, data=content, headers=sent, timeout=_TIMEOUT)
        except requests.RequestException as error:
            raise Unreachable(f"{self.url} does not answer: {error}") from error
        if answer.status_code >= _REFUSED:
            raise Refused(f"{method} {path.partition('?')[0]}", answer.status_code, _problem(answer))
        return answer


def _decode(answer: requests.Response) -> Any:
    return answer.json() if answer.content else None


def _problem(answer: requests.Response) -> Mapping[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    return problem if isinstance(problem, dict) else {"title": answer.reason}

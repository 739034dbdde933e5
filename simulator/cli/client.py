"""The HTTP client that the commands share: talks to the running simulator and says in one line what went wrong."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from simulator.cli.options import server_options

if TYPE_CHECKING:
    import requests

ADMIN = "/__admin/v1"
REFUSED = 1
UNREACHABLE = 3
_TIMEOUT = 120.0
_PATIENT = (10.0, 7200.0)
"""Seconds to be connected, and to be answered, for what takes as long as there is to do."""
_SERVER_ERROR = 500
Command = TypeVar("Command", bound=Callable[..., Any])


class Unreachable(click.ClickException):
    """Nothing answers there; exit code 3."""

    exit_code = UNREACHABLE

    def __init__(self, url: str) -> None:
        super().__init__(f"no simulator answers on {url}; start one with: mosim serve  (or say where it is: --url)")


class Refused(click.ClickException):
    """The simulator refused; says title, detail, rule and all errors. Exit code 1."""

    exit_code = REFUSED

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__("\n".join(describe_problem(status, problem)))
        self.status = status
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Client:
    """One running simulator, and the omgeving in it that a command works on."""

    url: str
    omgeving: str
    token: str
    as_json: bool
    timeout: float | tuple[float, float]

    def patient(self) -> "Client":
        """The same for a leap of the clock: all that falls due on the way is done before the answer comes."""
        return replace(self, timeout=_PATIENT)

    def admin(self, method: str, path: str, body: object = None) -> Any:
        """Ask the control API; answers the decoded JSON, ``None`` when there is none."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return _decode(self.send(method, ADMIN + path, body=body, headers=headers))

    def api(self, method: str, path: str, key: str, **given: Any) -> Any:
        """Ask an API as the Afnemer with this key; answers the decoded JSON."""
        headers = {"X-API-Key": key} | given.pop("headers", {})
        return _decode(self.send(method, path, headers=headers, **given))

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: object = None, content: bytes | None = None
    ) -> "requests.Response":
        """One request, JSON (``body``) or raw (``content``); raises ``Unreachable`` or ``Refused``."""
        import requests

        url = path if "://" in path else self.url.rstrip("/") + path
        sent = {"X-Simulator-Omgeving": self.omgeving, "Accept": "application/json", **headers}
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy or .netrc stands between us and a simulator
                answer = session.request(method, url, json=body, data=content, headers=sent, timeout=self.timeout)
        except requests.ConnectionError as error:
            raise Unreachable(self.url) from error
        except requests.RequestException as error:
            raise click.ClickException(f"{method} {url} failed: {error}") from error
        except UnicodeEncodeError as error:
            raise click.UsageError(f"{error.object!r} has a character that no key, token or omgeving has") from error
        if not answer.ok:
            raise Refused(answer.status_code, _problem(answer))
        return answer


def with_client(command: Command) -> Command:
    """Give a command the flags that say where the simulator is, and as its first argument a ``Client`` for it."""

    @wraps(command)
    def run(*args: Any, url: str, omgeving: str, token: str | None, data: Path, as_json: bool, **flags: Any) -> Any:
        client = Client(url, omgeving, token or read_token(data), as_json, _TIMEOUT)
        return command(client, *args, **flags)

    option = click.option(
        "--data", envvar="SIMULATOR_DATA", type=click.Path(path_type=Path), default=Path("data"), show_default=True,
        help="Data directory of the simulator; holds the token.",
    )  # fmt: skip
    return server_options(option(run))  # type: ignore[return-value]  # click turns it into a command all the same


def read_token(data: Path) -> str:
    """The token that ``serve`` left in its data directory; empty when there is none."""
    try:
        return (data / "admin-token").read_text("utf-8").strip()
    except OSError:
        return ""


def describe_problem(status: int, problem: Mapping[str, Any]) -> list[str]:
    """A problem+json in lines for people: title and detail, what was expected, the rule, and each error."""
    title, detail = str(problem.get("title", "")), str(problem.get("detail", ""))
    lines = [f"{title or 'refused'} (HTTP {status})" + (f": {detail}" if detail and detail != title else "")]
    lines += [f"  {name}: {problem[name]}" for name in ("ontvangen", "verwacht") if problem.get(name)]
    regel = problem.get("regel") or {}
    if regel:
        lines.append(f"  regel: {regel.get('id')}, {regel.get('titel')} ({regel.get('bron')})")
    lines += [f"  {each}" for each in list_errors(problem)]
    if regel.get("id") == "SIM-beheer-token":
        lines.append("  hint: run this where serve was started, or give its --data (DATA/admin-token) or --token")
    return lines


def list_errors(problem: Mapping[str, Any]) -> list[str]:
    """Where and what each error of a problem+json is, the same only once."""
    return list(
        dict.fromkeys(f"{each.get('pointer') or '/'}: {each.get('detail')}" for each in problem.get("errors", []))
    )


def _problem(answer: "requests.Response") -> Mapping[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    if isinstance(problem, dict):
        return problem
    hint = "is this a MijnOverheid simulator?" if answer.status_code < _SERVER_ERROR else "see the log of the simulator"
    return {"title": answer.reason, "detail": f"no problem+json in the answer; {hint}"}


def _decode(answer: "requests.Response") -> Any:
    if not answer.content:
        return None
    try:
        return answer.json()
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"{answer.url} did not answer with JSON; is this a MijnOverheid simulator?"
        ) from error

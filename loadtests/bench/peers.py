"""The general mock servers, each told to answer a delivery with a canned 201, and set up to be as fast as it can be."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

import click
import psutil
import requests

from loadtests.bench.deliveries import PATH, TEXT
from loadtests.bench.simulator import on_core
from loadtests.bench.wrk import BERICHT, Request

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mijnoverheid-simulator-peers"
_ANSWER = {"statusID": "0192f0c4-5a3c-7d60-9c1e-3f2a1b4c5d6e", "statusURI": "/api/berichtenbox/v1/status/0192f0c4"}
_FIRST_ID = "6f1f0f2e-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Peer:
    """A mock server: where it comes from, how it starts, and what it does for each request."""

    name: str
    package: str
    """``npm:name`` or ``pip:name`` of what is installed into the cache; a program that must be there already."""
    version: str
    does: str
    needs: tuple[str, ...]
    command: "Callable[[Path, Path, int], list[str]]"
    """From where it is installed, an empty folder for its configuration, and the port."""
    request: Request = BERICHT
    prepare: Callable[[str], None] = lambda _base: None
    jvm: bool = False

    @property
    def home(self) -> Path:
        return CACHE / f"{self.package.split(':')[-1].replace('/', '_')}-{self.version}"

    def missing(self) -> str:
        """What keeps it from being measured here; empty if nothing does."""
        absent = [program for program in self.needs if not shutil.which(program)]
        return f"{', '.join(absent)} not installed" if absent else ""

    def is_here(self) -> bool:
        """Whether it can start without anything being installed first."""
        return not self.missing() and (self.home.exists() or ":" not in self.package)

    def install(self) -> None:
        """Into the cache, once; a half installation is no installation."""
        kind, _, name = self.package.partition(":")
        if self.home.exists() or kind not in {"npm", "pip"}:
            return
        draft = self.home.with_name(f"{self.home.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        if kind == "npm":
            _run(
                "npm",
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--prefix",
                str(draft),
                f"{name}@{self.version}",
            )
        else:
            _run(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(draft), f"{name}=={self.version}")
        draft.rename(self.home)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


@dataclass(frozen=True)
class Started:
    """A running peer."""

    base: str
    process: subprocess.Popen[bytes]

    def processes(self) -> list[psutil.Process]:
        main = psutil.Process(self.process.pid)
        return [main, *main.children(recursive=True)]


@contextlib.contextmanager
def serving(peer: Peer, work: Path, core: int | None, *, patience: float = 60.0) -> Iterator[Started]:
    """Start it on a free port, and wait at most ``patience`` seconds until it answers a delivery as it should."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = peer.command(peer.home, work, port)
    environ = os.environ | {"PYTHONPATH": str(peer.home)} if peer.package.startswith("pip:") else None
    log = work / "output.log"
    with on_core(core), log.open("wb") as output:
        process = subprocess.Popen(command, cwd=work, stdout=output, stderr=subprocess.STDOUT, env=environ)
    started = Started(f"http://127.0.0.1:{port}", process)
    try:
        answer = _wait(peer, started, time.perf_counter() + patience)
        if answer != peer.request.status:
            said = f"{peer.name} did not answer {peer.request.status} but {answer or 'nothing'}"
            raise click.ClickException(f"{said}:\n{log.read_text('utf-8')[-2000:]}")
        yield started
    finally:
        _stop(started)


def _wait(peer: Peer, started: Started, until: float) -> int:
    """The status of the latest answer to a delivery, as soon as it is the right one; 0 if there was none."""
    status, request = 0, peer.request
    headers = request.headers | {"X-Message-ID": _FIRST_ID}
    while time.perf_counter() < until and started.process.poll() is None:
        with contextlib.suppress(requests.ConnectionError):
            peer.prepare(started.base)
            body = request.fill(_FIRST_ID, "999000012")
            status = requests.post(started.base + request.path, body, headers=headers, timeout=30).status_code
            if status == request.status:
                break
        time.sleep(0.1)
    return status


def _stop(started: Started) -> None:
    processes = started.processes() if started.process.poll() is None else []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(processes, 5)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    started.process.wait(10)


def _wiremock(home: Path, work: Path, port: int) -> list[str]:
    body = _ANSWER | {"statusID": "{{randomValue type='UUID'}}"}
    mapping = {
        "request": {"method": "POST", "urlPath": PATH},
        "response": {
            "status": 201, "jsonBody": body, "headers": {"Content-Type": "application/json"},
            "transformers": ["response-template"],
        },
    }  # fmt: skip
    (work / "mappings").mkdir()
    (work / "mappings" / "bericht.json").write_text(json.dumps(mapping), "utf-8")
    (jar,) = home.glob("node_modules/wiremock/build/wiremock-standalone-*.jar")
    quiet = ["--no-request-journal", "--disable-request-logging", "--disable-banner"]
    return ["java", "-jar", str(jar), "--port", str(port), "--root-dir", str(work), *quiet]


def _mountebank(home: Path, work: Path, port: int) -> list[str]:
    answer = {"statusCode": 201, "headers": {"Content-Type": "application/json"}, "body": _ANSWER}
    stub = {"predicates": [{"equals": {"method": "POST", "path": PATH}}], "responses": [{"is": answer}]}
    imposter = {"port": port, "protocol": "http", "recordRequests": False, "stubs": [stub]}
    (work / "imposters.json").write_text(json.dumps({"imposters": [imposter]}), "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        own = probe.getsockname()[1]
    start = [str(home / "node_modules" / ".bin" / "mb"), "start", "--port", str(own), "--localOnly"]
    return [*start, "--configfile", "imposters.json", "--nologfile", "--loglevel", "error"]


def _prism(home: Path, work: Path, port: int) -> list[str]:
    text = {"type": "string"}
    bericht = {
        "type": "object",
        "required": ["BerichtID", "BerichtType", "Onderwerp", "GebruikerID"],
        "properties": {
            "BerichtID": text | {"format": "uuid"}, "BerichtType": text | {"maxLength": 200},
            "Onderwerp": text | {"minLength": 1, "maxLength": 50}, "Berichttekst": text,
            "GebruikerID": text | {"pattern": "^[0-9]{9}$"},
        },
    }  # fmt: skip
    berichten = {"type": "array", "minItems": 1, "maxItems": 1000, "items": bericht}
    schema = {
        "type": "object",
        "required": ["BerichtLeverancierID", "Berichten"],
        "properties": {"BerichtLeverancierID": text, "Berichten": berichten},
    }
    header = {"name": "X-Message-ID", "in": "header", "required": True, "schema": text | {"format": "uuid"}}
    operation = {
        "parameters": [header],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"201": {"description": "Created", "content": {"application/json": {"example": _ANSWER}}}},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Berichten", "version": "1"},
        "paths": {PATH: {"post": operation}},
    }
    (work / "openapi.json").write_text(json.dumps(document), "utf-8")
    start = [str(home / "node_modules" / ".bin" / "prism"), "mock", "openapi.json", "--port", str(port)]
    return [*start, "--host", "127.0.0.1", "--errors", "--verboseLevel", "silent"]


def _mockoon(home: Path, work: Path, port: int) -> list[str]:
    response = {
        "uuid": "r1", "body": json.dumps(_ANSWER | {"statusID": "{{uuid}}"}), "latency": 0, "statusCode": 201,
        "label": "", "headers": [{"key": "Content-Type", "value": "application/json"}], "bodyType": "INLINE",
        "filePath": "", "databucketID": "", "sendFileAsBody": False, "rules": [], "rulesOperator": "OR",
        "disableTemplating": False, "fallbackTo404": False, "default": True, "crudKey": "id", "callbacks": [],
    }  # fmt: skip
    route = {
        "uuid": "a1", "type": "http", "documentation": "", "method": "post", "endpoint": PATH.lstrip("/"),
        "responses": [response], "responseMode": None, "streamingMode": None, "streamingInterval": 0,
    }  # fmt: skip
    environment = {
        "uuid": "e1", "lastMigration": 33, "name": "berichten", "endpointPrefix": "", "latency": 0, "port": port,
        "hostname": "127.0.0.1", "folders": [], "routes": [route], "rootChildren": [{"type": "route", "uuid": "a1"}],
        "proxyMode": False, "proxyHost": "", "proxyRemovePrefix": False, "tlsOptions": {"enabled": False},
        "cors": False, "headers": [], "proxyReqHeaders": [], "proxyResHeaders": [], "data": [], "callbacks": [],
    }  # fmt: skip
    (work / "berichten.json").write_text(json.dumps(environment), "utf-8")
    start = [str(home / "node_modules" / ".bin" / "mockoon-cli"), "start", "--data", "berichten.json", "--repair"]
    return [*start, "--port", str(port), "--hostname", "127.0.0.1", "--disable-log-to-file", "--disable-admin-api"]


_SES_HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Host": "email.eu-west-1.amazonaws.com",
    "Authorization": "AWS4-HMAC-SHA256 Credential=k/20261101/eu-west-1/ses/aws4_request, SignedHeaders=host, "
    "Signature=0",
}
_SES_BODY = (
    "Action=SendEmail&Source=afzender%40voorbeeld.example&Destination.ToAddresses.member.1={bsn}%40voorbeeld.example"
    f"&Message.Subject.Data=Uw+aanvraag+is+ontvangen&Message.Body.Text.Data={{id}}+{quote_plus(TEXT)}"
)


def _moto(_home: Path, _work: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]


def _verify_sender(base: str) -> None:
    form = {"Action": "VerifyEmailIdentity", "EmailAddress": "afzender@voorbeeld.example"}
    requests.post(base, form, headers=_SES_HEADERS, timeout=30).raise_for_status()


def _nginx(_home: Path, work: Path, port: int) -> list[str]:
    server = f"listen 127.0.0.1:{port}; location {PATH} {{ return 201 '{json.dumps(_ANSWER)}'; }}"
    (work / "nginx.conf").write_text(
        "worker_processes 1; daemon off; pid nginx.pid; error_log stderr; events { worker_connections 256; }\n"
        "http { access_log off; keepalive_requests 1000000000; client_body_temp_path body; "
        f"server {{ {server} }} }}\n",
        "utf-8",
    )
    return ["nginx", "-p", str(work), "-c", "nginx.conf"]


PEERS = (
    Peer("nginx", "nginx", "", "a fixed answer and no look at the body: the limit of the machine with this client",
         ("nginx",), _nginx),
    Peer("WireMock", "npm:wiremock", "3.13.2", "matches method and path, templates an id; journal and log off",
         ("java", "npm"), _wiremock, jvm=True),
    Peer("mountebank", "npm:mountebank", "2.9.1", "matches method and path, fixed answer; records nothing",
         ("node", "npm"), _mountebank),
    Peer("Prism", "npm:@stoplight/prism-cli", "5.16.0", "validates against OpenAPI, fixed answer; log off",
         ("node", "npm"), _prism),
    Peer("Mockoon", "npm:@mockoon/cli", "9.9.0", "matches method and path, templates an id", ("node", "npm"), _mockoon),
    Peer("moto SES", "pip:moto[server]", "5.2.5", "SendEmail: keeps each message in memory", (), _moto,
         Request("/", _SES_HEADERS, _SES_BODY, 200), _verify_sender),
)  # fmt: skip

"""A plain delivery is answered before Flask; whoever sends it cannot tell, whatever is in it."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from simulator.app import create_app
from simulator.infra.clock import Modus
from simulator.infra.edge import RETIRED
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.settings import Settings
from tests.berichtenbox.documents import PDF, aanlevering_json, bericht_json, bijlage_json

PATH = "/api/berichtenbox/v1/berichten"
KEY = "demo-voorbeeldstad"
PLAIN = "application/json"
BY_FLASK = "application/json; charset=utf-8"
"""The same to every reader, and not plain: so the request takes the long road."""
MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEHEER = {"Authorization": "Bearer t"}
SUNSET = {"/api/berichtenbox/v1": [["Deprecation", "@1798761600"], ["Sunset", "Thu, 01 Jul 2027 00:00:00 GMT"]]}
EIGEN = "verzoek-1"
Answer = tuple[str, dict[str, str], Any]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(Settings(data=tmp_path_factory.mktemp("lane"), admin_token="t", log_level="error"))
    worlds: Omgevingen = made.extensions["omgevingen"]
    for naam in ("kort", "lang", "derde", "kort-oud", "lang-oud"):
        omgeving = worlds.create(NieuweOmgeving(naam, moment=MOMENT, modus=Modus.STIL))
        if naam.endswith("-oud"):
            with omgeving.unit_of_work() as uow:
                uow.change_state(None, None, **{RETIRED: SUNSET})
    yield made
    worlds.close()


def _send(
    app: Flask, content_type: str, body: bytes, headers: dict[str, str], path: str = PATH, **around: Any
) -> tuple[bool, Answer]:
    """Whether Flask saw the request, and the answer without what differs between any two."""
    path, _, query = path.partition("?")
    builder = EnvironBuilder(
        path=path, query_string=query, method="POST", data=body, content_type=content_type, headers=[*headers.items()]
    )
    environ = builder.get_environ() | around
    started: list[Any] = []

    def start_response(*line: Any) -> Any:
        started.append(line)

    content = b"".join(app.wsgi_app(environ, start_response))
    [(status, answered, *_)] = started
    own = dict(answered)
    assert len(own) == len(answered), "a header is there twice"
    request_id = own.pop("X-Request-ID")
    assert request_id == EIGEN if headers.get("X-Request-ID") == EIGEN else UUID(request_id)
    if "Content-Length" in own:
        assert int(own["Content-Length"]) == len(content)
    parsed = json.loads(content)
    parsed.pop("instance", None)
    return "werkzeug.request" in environ, (status, own, parsed)


bsns = st.sampled_from(["999990019", "999990020", "999990032", "999990056", "999990068", "123456789", "1"])
moments = st.sampled_from(["2026-01-01T00:00:00Z", "2099-01-01T00:00:00+01:00", "2026-01-01T00:00:00", "gisteren"])
berichten = st.fixed_dictionaries(
    {"GebruikerID": bsns, "BerichtType": st.sampled_from(["ALGEMEEN", "OUD", "ONBEKEND", "TELANGVOORDIT"])},
    optional={
        "BerichtID": st.sampled_from([str(uuid4()), "geen-guid"]),
        "Onderwerp": st.text(max_size=60),
        "Berichttekst": st.text(max_size=30) | st.just("x" * 4001) | st.just("bel\u0007"),
        "PublicatieDatum": moments,
        "Bijlagen": st.sampled_from([[], [bijlage_json()], [bijlage_json()] * 3]),
        "Onbekend": st.just(1),
    },
)
bodies = st.one_of(
    st.lists(berichten, max_size=3).map(
        lambda some: json.dumps(aanlevering_json(*(bericht_json(**each) for each in some))).encode()
    ),
    st.sampled_from([b"", b"{", b"[]", b"null", b'{"BerichtLeverancierID": 1}', b"\xff\xfe", b"[" * 2000]),
)
sleutels = st.sampled_from([KEY] * 5 + ["demo-belastingen", "demo-verzendhuis", "fout", ""])
message_ids = st.sampled_from([str(uuid4()) for _ in range(4)]) | st.uuids().map(str) | st.sampled_from(["", "1"])


@dataclass(frozen=True)
class Way:
    """What may be around a delivery: an API to be retired, the omgeving by path, a query, an id of the sender."""

    is_retired: bool
    by_path: bool
    query: str
    request_id: str

    def send(self, app: Flask, road: str, body: bytes, headers: dict[str, str]) -> tuple[str, bool, Answer]:
        """The omgeving of this road, whether Flask saw the request, and the answer without the name of the omgeving."""
        naam = f"{road}-oud" if self.is_retired else road
        where = {} if self.by_path else {"X-Simulator-Omgeving": naam}
        own = {"X-Request-ID": self.request_id} if self.request_id else {}
        path = (f"/omgevingen/{naam}" if self.by_path else "") + PATH + self.query
        content_type = PLAIN if road == "kort" else BY_FLASK
        by_flask, answer = _send(app, content_type, body, headers | where | own, path)
        return naam, by_flask, json.loads(json.dumps(answer).replace(f"/omgevingen/{naam}/", "/omgevingen/…/"))


ways = st.builds(
    Way,
    is_retired=st.booleans(),
    by_path=st.booleans(),
    query=st.sampled_from(["", "?", "?bron=test", "?a=1&a=%2F&%"]),
    request_id=st.sampled_from(["", EIGEN, "geen geldig kenmerk", "x" * 65]),
)


@given(data=st.tuples(bodies, sleutels, message_ids), way=ways)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_roads_give_the_same_answer(app: Flask, data: tuple[bytes, str, str], way: Way) -> None:
    body, sleutel, message_id = data
    headers = {"X-API-Key": sleutel, "X-Message-ID": message_id}
    kort, passed_by_flask, short = way.send(app, "kort", body, headers)
    lang, through_flask, long = way.send(app, "lang", body, headers)
    assert _without_id(short) == _without_id(long)
    assert (passed_by_flask, through_flask) == (short[0] != "201 CREATED", True)
    assert ("Sunset" in short[1]) == way.is_retired or short[0] != "201 CREATED"
    assert _shown(app, kort, short, sleutel) == _shown(app, lang, long, sleutel)
    assert _counted(app, kort) == _counted(app, lang)


def _without_id(answer: Answer) -> Answer:
    own = answer[2].get("statusID")
    if own is None:
        return answer
    return json.loads(json.dumps(answer).replace(own, "statusID"))  # type: ignore[no-any-return]


def _shown(app: Flask, naam: str, answer: Answer, sleutel: str) -> object:
    """What became of each bericht, as the Afnemer reads it."""
    if "statusURI" not in answer[2]:
        return None
    path = f"/api/berichtenbox/v1/status/{answer[2]['statusID']}"
    shown = app.test_client().get(path, headers={"X-API-Key": sleutel, "X-Simulator-Omgeving": naam}).get_json()
    return shown["context"]["Verwerkt"]


def _counted(app: Flask, naam: str) -> object:
    client, here = app.test_client(), {"X-Simulator-Omgeving": naam}
    regels = client.get("/__admin/v1/regels", headers=BEHEER | here).get_json()["regels"]
    verbruik = client.get("/api/verbruik/v1/verbruik", headers={"X-API-Key": KEY} | here).get_json()
    return [(each["id"], each["geslaagd"], each["geweigerd"]) for each in regels], verbruik


def test_a_plain_delivery_never_reaches_flask_and_anything_else_does(app: Flask) -> None:
    def reaches_flask(content_type: str = PLAIN, path: str = PATH, **headers: str) -> bool:
        given = {"X-API-Key": KEY, "X-Message-ID": str(uuid4())} | {
            name.replace("_", "-"): each for name, each in headers.items()
        }
        body = json.dumps(aanlevering_json(bericht_json())).encode()
        seen, (status, _, _) = _send(app, content_type, body, given, path)
        assert status == ("201 CREATED" if headers.get("X_API_Key", KEY) == KEY else "401 UNAUTHORIZED")
        return seen

    assert not reaches_flask()
    assert not reaches_flask(X_Simulator_Omgeving="derde")
    assert not reaches_flask(path=f"/omgevingen/derde{PATH}")
    assert reaches_flask(BY_FLASK)
    assert reaches_flask(Host="voorbeeld_stad.example")
    assert reaches_flask(X_API_Key="fout")


IN_PIECES = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
"""As the server says that a body comes in pieces; whoever sends it may still say a length, which then means nothing."""


@pytest.mark.parametrize(
    ("bijlage", "around"),
    [
        (PDF, IN_PIECES),
        (PDF, IN_PIECES | {"CONTENT_LENGTH": "10"}),
        (PDF.ljust(50_000), {}),
        (PDF.ljust(50_000), IN_PIECES),
    ],
    ids=["in pieces", "in pieces, with a length", "over 64 KiB", "over 64 KiB, in pieces"],
)
def test_a_body_in_pieces_or_over_64_kib_goes_to_flask_and_is_answered_alike(
    app: Flask, bijlage: bytes, around: dict[str, Any]
) -> None:
    bericht = bericht_json(Bijlagen=[bijlage_json(Inhoud=base64.b64encode(bijlage).decode())])
    body, headers = json.dumps(aanlevering_json(bericht)).encode(), {"X-API-Key": KEY, "X-Message-ID": str(uuid4())}
    assert (len(body) > 1 << 16) == (bijlage != PDF)
    for sent, status in ((body[:-1], "400 BAD REQUEST"), (body, "201 CREATED")):
        by_flask, answer = _send(app, PLAIN, sent, headers, **around)
        assert (by_flask, answer[0]) == (True, status)
        assert _send(app, BY_FLASK, sent, headers) == (True, answer), "the same, whole and by the long road"


class _Half:
    """A body of which the rest never comes; who reads it waits for ever."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("a thread would wait here")


@pytest.mark.parametrize("headers", [{"X-API-Key": "fout"}, {}, {"X-API-Key": KEY, "X-Simulator-Omgeving": "nergens"}])
def test_the_body_of_who_is_not_let_in_is_not_waited_for(app: Flask, headers: dict[str, str]) -> None:
    given = {"X-Message-ID": str(uuid4()), **headers}
    builder = EnvironBuilder(path=PATH, method="POST", content_type=PLAIN, headers=[*given.items()])
    environ = builder.get_environ() | {"CONTENT_LENGTH": "100", "wsgi.input": _Half()}
    started: list[Any] = []

    def start_response(*line: Any) -> Any:
        started.append(line)

    b"".join(app.wsgi_app(environ, start_response))
    assert started[0][0].split()[0] in {"401", "404"}


def test_the_same_delivery_again_gets_the_same_answer_on_either_road(app: Flask) -> None:
    body = json.dumps(aanlevering_json(bericht_json())).encode()
    headers = {"X-API-Key": KEY, "X-Message-ID": str(uuid4())}
    answers = [_send(app, content_type, body, headers)[1] for content_type in (PLAIN, BY_FLASK, PLAIN)]
    assert answers[0] == answers[1] == answers[2]
    other = json.dumps(aanlevering_json(bericht_json())).encode()
    refused = [_send(app, content_type, other, headers)[1] for content_type in (PLAIN, BY_FLASK)]
    assert refused[0] == refused[1]
    assert refused[0][0] == "409 CONFLICT"

"""Bad requests that are not about a document: names, cookies, forms, paths, parameters."""

import re
from itertools import product
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.bad_input.conftest import STAD, TOKEN, Ingang, as_json, assert_refused
from tests.berichtenbox.documents import aanlevering_json, bericht_json

ADMIN = {"Authorization": f"Bearer {TOKEN}"}
KEY = {"X-API-Key": STAD}
NAMES = (
    "onbekend",
    "..",
    "../standaard",
    "Standaard",
    "standaard ",
    "a/b",
    "a b",
    "-",
    "x" * 1000,
    "é",
    "%00",
    "'; --",
    "*",
)
SECRETS = ("", "x", "\x00", "é", "x" * 8000, "'; --", "Bearer", "null")


def _names_in_the_header(ingang: Ingang, naam: str) -> TestResponse:
    headers = KEY | {"X-Simulator-Omgeving": naam}
    return ingang.app.test_client().get("/api/berichtenbox/v1/berichttypes", headers=headers)


@pytest.mark.parametrize("naam", NAMES)
def test_an_omgeving_that_is_not_there_is_a_404_by_header_and_by_path(ingang: Ingang, naam: str) -> None:
    assert_refused(_names_in_the_header(ingang, naam), 404, regel="SIM-omgeving-bestaat")
    if "/" not in naam and naam != "..":
        path = f"/omgevingen/{naam}/api/berichtenbox/v1/berichttypes"
        assert_refused(ingang.app.test_client().get(path, headers=KEY), 404, regel="SIM-omgeving-bestaat")


@pytest.mark.parametrize(
    "naam", ["", "A", "a_b", "-a", "a-", "a" * 41, "a/b", "a\x00b", "é", ".", "..", " ", "a\n", None, 1, []]
)
def test_an_omgeving_is_not_made_with_a_name_that_cannot_be(ingang: Ingang, naam: Any) -> None:
    answer = ingang.ask("POST", "/__admin/v1/omgevingen", ADMIN, json={"naam": naam})
    assert assert_refused(answer, 400)["regel"]["id"] in {"SIM-omgeving-naam", "SIM-json-schema"}


@pytest.mark.parametrize("secret", SECRETS)
def test_a_wrong_key_token_or_session_is_a_401_with_its_rule(ingang: Ingang, secret: str) -> None:
    key = ingang.ask("GET", "/api/berichtenbox/v1/berichttypes", {"X-API-Key": secret})
    assert assert_refused(key, 401)["regel"]["id"]
    for value in (secret, f"Bearer {secret}"):
        token = ingang.ask("GET", "/__admin/v1/klok", {"Authorization": value})
        assert_refused(token, 401, regel="SIM-beheer-token")
        session = ingang.ask("GET", "/api/portaal/v1/overzicht", {"Authorization": value})
        assert assert_refused(session, 401)["regel"]["id"]


@pytest.mark.parametrize("cookie", [*SECRETS, "../../x", "a=b; c", '"', "%00", "eyJhIjoxfQ.x.y"])
@pytest.mark.parametrize("naam", ["sessie-{}", "digid-poging-{}", "simulator"])
def test_a_bad_cookie_is_as_good_as_none(ingang: Ingang, naam: str, cookie: str) -> None:
    headers = {"Cookie": f"{naam.format(ingang.naam)}={cookie}"}
    for path in ("/berichtenbox", "/instellingen", "/digid/sms"):
        answer = ingang.ask("GET", path, headers)
        assert answer.status_code == 303
        assert "/digid/inloggen" in answer.headers["Location"]
    assert ingang.ask("GET", "/", headers).status_code == 200
    assert ingang.ask("GET", "/digid/telefoon", headers).status_code == 200
    assert_refused(ingang.ask("GET", "/api/portaal/v1/overzicht", headers), 401)


FORMS = (
    "/digid/inloggen", "/digid/sms", "/digid/annuleren", "/digid/uitloggen", "/instellingen", "/instellingen/activeren",
    "/berichtenbox/verplaatsen", "/berichtenbox/ongelezen", "/berichtenbox/wissen", "/berichtenbox/prullenbak/legen",
)  # fmt: skip


def _log_in(ingang: Ingang, persona: str = "actief") -> str:
    answer = ingang.ask("POST", "/__admin/v1/sessies", ADMIN, json={"persona": persona}).get_json()
    return f"{answer['cookie']}={answer['token']}"


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", [None, "", "x", "é", "eyJhIjoxfQ.x.y"])
def test_a_form_without_its_csrf_token_changes_nothing(ingang: Ingang, path: str, token: str | None) -> None:
    ingang.deliver(aanlevering_json())
    cookie = {"Cookie": _log_in(ingang)}
    before = ingang.rows()
    form = {"kenmerk": "x", "email": "ander@voorbeeld.example", "persona": "actief"}
    answer = ingang.ask("POST", path, cookie, data=form if token is None else form | {"csrf_token": token})
    assert answer.status_code == 400, answer.text
    assert answer.mimetype == "text/html"
    assert "verlopen" in answer.text
    assert ingang.rows() == before


@pytest.mark.parametrize(
    "path",
    [
        "/portaal/static/../pages.py", "/portaal/static/..%2fpages.py", "/portaal/static/%2e%2e/%2e%2e/settings.py",
        "/portaal/static//etc/passwd", "/portaal/static/....//pages.py", "/portaal/static/%00", "/etc/passwd",
        "/%2e%2e/%2e%2e/x", "/portaal/static/..\\pages.py", "/portaal/static/C:%5cx",
        "/berichtenbox/berichten/..%2f..%2fx",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_static_files(ingang: Ingang, path: str) -> None:
    answer = ingang.ask("GET", path, {"Cookie": _log_in(ingang)})
    assert answer.status_code in {303, 308, 404}, answer.text
    assert "import" not in answer.text
    assert "root:" not in answer.text


PARAMETERS = (
    ("/berichtenbox", "zoek"), ("/berichtenbox", "na"), ("/digid/inloggen", "naar"), ("/digid/inloggen", "reden"),
    ("/digid/geannuleerd", "naar"), ("/api/portaal/v1/berichten", "zoek"), ("/api/portaal/v1/berichten", "cursor"),
    ("/api/portaal/v1/berichten", "map"),
)  # fmt: skip
TEXTS = ("\x00", "a\x00b", "%", "_", "\\", "' OR 1=1 --", "<script>alert(1)</script>", "\U0001f600", "\x1f", "x" * 5000)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:20]))
def test_bad_texts_in_parameters_and_forms_break_no_page(ingang: Ingang, text: str) -> None:
    cookie = {"Cookie": _log_in(ingang)}
    before = ingang.rows()
    for path, name in PARAMETERS:
        answer = ingang.ask("GET", path, cookie, query_string={name: text})
        assert answer.status_code in {200, 303, 400, 404}, (path, answer.status_code, answer.text[:300])
        assert answer.mimetype != "text/html" or "<script>alert" not in answer.text
    for path in (
        "/berichtenbox/berichten/{}",
        "/api/portaal/v1/berichten/{}",
        "/api/portaal/v1/berichten/{}/bijlagen/1",
    ):
        answer = ingang.ask("GET", path.format(text.replace("/", "").replace("%", "%25")), cookie)
        assert answer.status_code == 404, (path, answer.status_code, answer.text[:300])
    shown = ingang.rows()["verwerkingen"]  # the list of berichten was shown, and that is written down
    assert ingang.rows() == {**before, "verwerkingen": shown}


@pytest.mark.parametrize("raw", ["%ff", "%c0%af", "%ed%a0%80", "%", "%zz", "&&&", "a=b&a=c"])
@pytest.mark.parametrize(
    "path",
    ["/berichtenbox?zoek=", "/berichtenbox/berichten/", "/api/portaal/v1/berichten?zoek=",
     "/api/portaal/v1/berichten?cursor=", "/api/portaal/v1/berichten/"],
)  # fmt: skip
def test_bytes_that_are_no_text_in_a_path_or_parameter_break_nothing(ingang: Ingang, path: str, raw: str) -> None:
    answer = ingang.ask("GET", path + raw, {"Cookie": _log_in(ingang)})
    assert answer.status_code in {200, 303, 400, 404}, answer.text[:300]


def _form_token(ingang: Ingang, client: Any, path: str) -> str:
    page = client.get(f"/omgevingen/{ingang.naam}{path}").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:20]))
def test_bad_texts_in_the_forms_of_digid_log_nobody_in(ingang: Ingang, text: str) -> None:
    client = ingang.app.test_client()
    token = _form_token(ingang, client, "/digid/inloggen")
    fields = ("gebruikersnaam", "wachtwoord", "persona", "niveau", "naar")
    for field in fields:
        form = {"csrf_token": token, "gebruikersnaam": "actief", "wachtwoord": "fout", field: text}
        answer = client.post(f"/omgevingen/{ingang.naam}/digid/inloggen", data=form)
        assert answer.status_code in range(400, 500), (field, answer.status_code, answer.text[:300])
        assert "<script>alert" not in answer.text
    answer = client.post(f"/omgevingen/{ingang.naam}/digid/sms", data={"csrf_token": token, "code": text})
    assert answer.status_code in {303, *range(400, 500)}, answer.text[:300]


@pytest.mark.parametrize(
    "text",
    [*TEXTS, "geen-adres", "a@b@c", "a@voorbeeld.example\nBcc: b@voorbeeld.example"],
    ids=lambda text: repr(text[:20]),
)
def test_bad_texts_in_the_instellingen_are_refused_and_change_nothing(ingang: Ingang, text: str) -> None:
    sent = {"Cookie": _log_in(ingang)}
    good = ingang.ask("GET", "/api/portaal/v1/instellingen", sent).get_json()
    for field, value in product(("email", "organisaties"), (text,)):
        bad = good | ({"email": value} if field == "email" else {"organisaties": [{"oin": value, "ontvangen": True}]})
        answer = ingang.ask("PUT", "/api/portaal/v1/instellingen", sent, json=bad)
        assert assert_refused(answer, 400, 404)["regel"]["id"]
    assert ingang.ask("GET", "/api/portaal/v1/instellingen", sent).get_json() == good


@pytest.mark.parametrize(
    "query",
    ["van=x", "van=2026-13-01", "van=2026-02-30", "tot=0000-00-00", "van=2026-12-31&tot=2026-01-01", "per=jaar",
     "formaat=pdf", "van=%00", "van=0001-01-01&tot=9999-12-31", "van=20260101", "van=2026-01-01T00:00:00Z",
     "van=" + "9" * 5000],
)  # fmt: skip
def test_a_bad_period_is_a_400_with_its_rule(ingang: Ingang, query: str) -> None:
    answer = ingang.ask("GET", f"/api/verbruik/v1/verbruik?{query}", KEY)
    if answer.status_code != 200:
        assert assert_refused(answer, 400)["regel"]["id"]
    else:
        assert "0001" in query


@pytest.mark.parametrize("value", [None, 0, 1.5, "", "archief2", [], {}, "\x00", "inbox\n", 10**30, True])
def test_a_bericht_is_not_changed_into_what_cannot_be(ingang: Ingang, value: Any) -> None:
    sent = {"Cookie": _log_in(ingang), "Content-Type": "application/json"}
    ingang.deliver(aanlevering_json(bericht_json()))
    kenmerk = ingang.ask("GET", "/api/portaal/v1/berichten", sent).get_json()["berichten"][0]["id"]
    before = ingang.rows()
    for field in ("map", "gelezen", "onbekend"):
        if field == "gelezen" and value is True:
            continue
        answer = ingang.ask("PATCH", f"/api/portaal/v1/berichten/{kenmerk}", sent, data=as_json({field: value}))
        assert_refused(answer, 400, regel="SIM-json-schema")
    assert ingang.rows() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "ONZIN"])
def test_a_method_that_a_path_does_not_know_is_a_405_that_says_what_it_knows(ingang: Ingang, method: str) -> None:
    answer = ingang.ask(method, "/api/berichtenbox/v1/berichten", KEY)
    assert_refused(answer, 405)
    assert "POST" in answer.headers["Allow"]

import pytest

from tests.control.conftest import Beheer

NUL = "%00"
HUGE = 10**30
STAD = "00000099000000001000"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/afnemers/{NUL}", None),
        ("PATCH", f"/afnemers/{NUL}", {"naam": "x"}),
        ("POST", f"/afnemers/{NUL}/sleutels", None),
        ("DELETE", f"/afnemers/00000099000000001000/sleutels/{NUL}", None),
        ("DELETE", f"/afnemers/00000099000000001000/sleutels/{HUGE}", None),
        ("PUT", f"/afnemers/00000099000000001000/mandaten/{NUL}", None),
        ("DELETE", f"/afnemers/{NUL}/mandaten/{NUL}", None),
        ("POST", "/afnemers", {"oin": "00000099000000005000", "naam": "a\x00b"}),
        ("PATCH", "/afnemers/00000099000000001000", {"naam": "a\x00b"}),
        ("POST", "/afnemers", {"oin": "\x00" * 20, "naam": "x"}),
        ("POST", "/omgevingen", {"naam": "a\x00b"}),
        ("POST", "/omgevingen", {"naam": "te-groot", "seed": HUGE}),
        ("GET", f"/omgevingen/{NUL}", None),
        ("DELETE", f"/omgevingen/{NUL}", None),
        ("POST", f"/omgevingen/{NUL}/_legen", {}),
        ("POST", "/sessies", {"persona": "\x00"}),
        ("POST", "/gebruikers/_tonen", {"bsn": None}),
        ("POST", "/gebruikers/_tonen", []),
        ("POST", "/gebruikers/_wijzigen", {"bsn": "999990019", "email": "a\x00@voorbeeld.example"}),
        ("POST", "/gebruikers/_wijzigen", {"bsn": "999990019", "voorkeuren": {"\x00": True}}),
        ("POST", "/kennisgevingen/_zoeken", {"aantal": HUGE}),
        ("POST", "/zekerheidsniveaus", {"niveau": "basis", "vanaf": "2026-01-01"}),
        ("PATCH", "/instellingen", {"verwerkingstijd": -1}),
        ("PATCH", "/instellingen", {"weblinkBeleid": "negeren"}),
        ("PATCH", "/instellingen", {"weblinkCertificaten": "geen certificaat"}),
        ("PATCH", "/instellingen", {"weblinkLokaal": {"localhost": "1.2.3"}}),
        ("PATCH", "/instellingen", {"weblinkLokaal": {"localhost": "127.0.0.1:99999"}}),
        ("PATCH", "/instellingen", {"weblinkLokaal": {"a b": ""}}),
        ("POST", "/voorwaarden", {"versie": "3.0", "ingangsdatum": "9999-12-31", "samenvatting": "x"}),
        ("POST", "/facturatie/creditnotas", {"nummer": "\x00"}),
        ("POST", f"/aansluitingen/{STAD}/berichtenbox/beeindiging", {"toelichting": "a\x00b"}),
        ("POST", f"/aansluitingen/{STAD}/berichtenbox/beeindiging", {"door": "a\x00b"}),
        ("PATCH", "/instellingen", {"weblinkLokaal": {"x": "[1:2]"}}),
        ("POST", "/afnemersoverleggen", {"datum": "2026-01-01", "onderwerp": "a\x00b"}),
        ("POST", "/voorwaarden", {"versie": "2.0", "ingangsdatum": "2090-01-01", "samenvatting": "a\x00b"}),
        ("POST", "/zekerheidsniveaus", {"niveau": "midden", "vanaf": "9999-12-31T23:59:59Z"}),
        ("POST", "/zekerheidsniveaus", {"niveau": "midden", "vanaf": "0001-01-01T00:00:00+14:00"}),
        ("PUT", "/klok", {"modus": "versneld", "factor": 1e400}),
        ("POST", "/klok/_vooruit", {"duur": "P99999D"}),
    ],
)
def test_bad_input_is_a_clear_refusal_and_never_an_error_of_ours(
    beheer: Beheer, method: str, path: str, body: object
) -> None:
    answer = beheer.ask(method, path, body)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json["title"]
    assert answer.json["detail"]


def test_a_reason_that_no_xml_can_carry_is_refused_as_such(beheer: Beheer) -> None:
    for reden in ("\ufffe", "\uffff"):
        answer = beheer.ask("POST", "/facturatie/creditnotas", {"nummer": "2022-00001", "reden": reden})
        assert (answer.status_code, [each["pointer"] for each in answer.json["errors"]]) == (400, ["/reden"])

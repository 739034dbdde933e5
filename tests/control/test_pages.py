from tests.control.conftest import Beheer


def test_the_rules_are_shown_to_anybody_with_what_this_omgeving_did_with_them(beheer: Beheer) -> None:
    beheer.ask("POST", "/klok/_vooruit", {})
    answer = beheer.get("/regels")
    assert answer.status_code == 200
    assert f"omgeving <strong>{beheer.naam}</strong>" in answer.text
    assert 'id="SIM-klok-stand"' in answer.text
    assert 'id="BB-onderwerp-lengte"' in answer.text or "BB-" in answer.text


def test_the_rules_of_one_group_can_be_shown(beheer: Beheer) -> None:
    text = beheer.get("/regels?groep=DD").text
    assert 'id="DD-' in text
    assert 'id="BB-' not in text


def test_an_odd_group_shows_everything(beheer: Beheer) -> None:
    text = beheer.get("/regels?groep=%00%3Cscript%3E").text
    assert "<script" not in text
    assert 'id="BB-' in text


def test_the_page_needs_no_inline_script_or_style(beheer: Beheer) -> None:
    answer = beheer.get("/regels")
    assert "style=" not in answer.text
    assert "unsafe" not in answer.headers["Content-Security-Policy"]

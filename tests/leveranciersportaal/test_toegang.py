"""Signing in at the portal of the Afnemer: with which key, for how long, where to, and in which omgeving."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.leveranciersportaal.conftest import PAD, Leverancier
from tests.running import Wereld

VOORBEELDSTAD = "00000099000000001000"


def issue_sleutel(wereld: Wereld, oin: str = VOORBEELDSTAD) -> dict[str, str]:
    answer = wereld.control("POST", f"/afnemers/{oin}/sleutels")
    answer.raise_for_status()
    return dict(answer.json())


def asks_to_sign_in(answer: requests.Response) -> bool:
    return answer.status_code == 303 and urlsplit(answer.headers["Location"]).path.endswith(f"{PAD}/aanmelden")


def test_with_its_key_an_afnemer_comes_to_its_own_overview(leverancier: Leverancier) -> None:
    answer = leverancier.sign_in()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/omgevingen/{leverancier.wereld.naam}{PAD}")
    page = leverancier.get().text
    assert "<h1>Gemeente Voorbeeldstad</h1>" in page
    assert VOORBEELDSTAD in page


def test_a_key_of_the_demo_is_one_button(leverancier: Leverancier) -> None:
    assert 'value="demo-belastingen"' in leverancier.get("/aanmelden").text
    assert leverancier.post("/aanmelden", demo="demo-belastingen", sleutel="").status_code == 303
    assert "<h1>Voorbeelddienst Belastingen</h1>" in leverancier.get().text


def test_a_key_of_the_demo_that_was_revoked_is_not_offered(leverancier: Leverancier) -> None:
    keys = leverancier.wereld.control("GET", f"/afnemers/{VOORBEELDSTAD}").json()["sleutels"]
    leverancier.wereld.control("DELETE", f"/afnemers/{VOORBEELDSTAD}/sleutels/{keys[0]['id']}").raise_for_status()
    assert 'value="demo-voorbeeldstad"' not in leverancier.get("/aanmelden").text


@pytest.mark.parametrize("sleutel", ["", "verkeerd", "demo-voorbeeldstad-en-meer", "é☃", "x" * 5000])
def test_a_wrong_key_is_refused_with_the_form_again_and_is_never_repeated(
    leverancier: Leverancier, sleutel: str
) -> None:
    answer = leverancier.sign_in(sleutel)
    assert answer.status_code == 401
    assert "Met deze sleutel kunt u niet aanmelden" in answer.text
    assert not sleutel or sleutel not in answer.text.replace("demo-voorbeeldstad<", "")
    assert asks_to_sign_in(leverancier.get())


def test_the_session_is_a_secret_of_its_own_out_of_reach_for_scripts_and_other_paths(leverancier: Leverancier) -> None:
    cookie = next(
        each for each in leverancier.sign_in().raw.headers.getlist("Set-Cookie") if each.startswith("leverancier-")
    )
    assert "demo-voorbeeldstad" not in cookie
    assert {"HttpOnly", "SameSite=Lax", f"Path=/omgevingen/{leverancier.wereld.naam}"} <= set(cookie.split("; "))


def test_the_session_opens_no_api(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    token = leverancier.session.cookies[f"leverancier-{leverancier.wereld.naam}"]
    assert leverancier.wereld.afnemer("GET", "/api/verbruik/v1/verbruik", key=token).status_code == 401
    with_cookie = leverancier.session.get(leverancier.wereld.base + "/api/verbruik/v1/verbruik", timeout=30)
    assert with_cookie.status_code == 401


def test_after_signing_in_one_comes_where_one_was_going(leverancier: Leverancier) -> None:
    answer = leverancier.get("", periode="2026-11")
    (terug,) = parse_qs(urlsplit(answer.headers["Location"]).query)["terug"]
    assert terug == f"{PAD}?periode=2026-11"
    assert leverancier.sign_in(terug=terug).headers["Location"].endswith(terug)


@pytest.mark.parametrize(
    "terug",
    [
        "https://elders.example/",
        "//elders.example",
        "/\\elders.example",
        f"{PAD}.elders.example",
        f"{PAD}\\@elders.example",
        f"{PAD}/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/digid/uitloggen",
        f"{PAD}/" + "a" * 600,
    ],
)
def test_nobody_is_sent_out_of_the_portal_by_an_address_from_outside(leverancier: Leverancier, terug: str) -> None:
    assert terug not in leverancier.get("/aanmelden", terug=terug).text
    answer = leverancier.sign_in(terug=terug)
    assert answer.headers["Location"] == f"/omgevingen/{leverancier.wereld.naam}{PAD}"


def test_a_form_of_another_site_signs_nobody_in_or_out(leverancier: Leverancier) -> None:
    base = leverancier.wereld.base + PAD
    forged = requests.post(f"{base}/aanmelden", data={"sleutel": "demo-voorbeeldstad"}, timeout=30)
    assert forged.status_code == 400
    assert not [each for each in forged.cookies if each.name.startswith("leverancier-")]
    leverancier.sign_in()
    assert leverancier.session.post(f"{base}/afmelden", timeout=30).status_code == 400
    assert leverancier.get().status_code == 200


def test_who_signs_out_is_out_also_with_the_cookie_that_was(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    cookie = f"leverancier-{leverancier.wereld.naam}"
    token = leverancier.session.cookies[cookie]
    answer = leverancier.post("/afmelden", van="")
    assert (
        "U bent afgemeld."
        in leverancier.session.get(leverancier.wereld.simulator.base + answer.headers["Location"], timeout=30).text
    )
    assert asks_to_sign_in(leverancier.get())
    headers = {"Cookie": f"{cookie}={token}"}
    assert asks_to_sign_in(
        requests.get(leverancier.wereld.base + PAD, headers=headers, timeout=30, allow_redirects=False)
    )


def test_signing_in_as_another_ends_the_session_that_was(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    cookie = f"leverancier-{leverancier.wereld.naam}"
    first = leverancier.session.cookies[cookie]
    leverancier.sign_in("demo-belastingen")
    headers = {"Cookie": f"{cookie}={first}"}
    assert asks_to_sign_in(
        requests.get(leverancier.wereld.base + PAD, headers=headers, timeout=30, allow_redirects=False)
    )


def test_a_session_ends_at_once_with_the_key_it_began_with_and_only_then(leverancier: Leverancier) -> None:
    sleutel, other = issue_sleutel(leverancier.wereld), issue_sleutel(leverancier.wereld)
    leverancier.sign_in(sleutel["sleutel"])
    path = f"/afnemers/{VOORBEELDSTAD}/sleutels"
    leverancier.wereld.control("DELETE", f"{path}/{other['id']}").raise_for_status()
    assert leverancier.get().status_code == 200
    leverancier.wereld.control("DELETE", f"{path}/{sleutel['id']}").raise_for_status()
    answer = leverancier.get()
    assert asks_to_sign_in(answer)
    page = leverancier.session.get(leverancier.wereld.simulator.base + answer.headers["Location"], timeout=30).text
    assert "de sleutel waarmee u was aangemeld, is ingetrokken" in page


def test_whose_connection_is_closed_comes_in_and_reads_so(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    leverancier.wereld.control("PATCH", f"/afnemers/{VOORBEELDSTAD}", json={"actief": False}).raise_for_status()
    page = leverancier.get()
    assert page.status_code == 200
    assert "De aansluiting van Gemeente Voorbeeldstad is uitgezet." in page.text
    assert leverancier.sign_in().status_code == 303


def test_a_session_ends_when_the_omgeving_is_reset(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    leverancier.wereld.control("POST", f"/omgevingen/{leverancier.wereld.naam}/_legen").raise_for_status()
    assert asks_to_sign_in(leverancier.get())


def test_a_session_is_of_one_omgeving(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    token = leverancier.session.cookies[f"leverancier-{leverancier.wereld.naam}"]
    for naam in ("leverancier-standaard", f"leverancier-{leverancier.wereld.naam}"):
        answer = requests.get(
            leverancier.wereld.simulator.base + PAD,
            headers={"Cookie": f"{naam}={token}"},
            timeout=30,
            allow_redirects=False,
        )
        assert asks_to_sign_in(answer)


def test_a_session_lasts_eight_hours_of_the_clock_of_its_omgeving(leverancier: Leverancier) -> None:
    leverancier.wereld.control("PUT", "/klok", json={"modus": "stil"}).raise_for_status()
    leverancier.sign_in()
    leverancier.wereld.control("POST", "/klok/_vooruit", json={"seconden": 8 * 3600 - 1}).raise_for_status()
    assert leverancier.get().status_code == 200
    leverancier.wereld.control("POST", "/klok/_vooruit", json={"seconden": 1}).raise_for_status()
    answer = leverancier.get()
    assert asks_to_sign_in(answer)
    assert "reden=verlopen" in answer.headers["Location"]


def test_what_is_not_there_is_said_inside_the_portal(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    answer = leverancier.get("/bestaat-niet")
    assert answer.status_code == 404
    assert "Leveranciersportaal, simulator" in answer.text

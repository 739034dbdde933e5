from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.infra.outbound import Failure
from simulator.weblinks.errors import WEBLINK_REGELS, WeblinkBuitenDomein, WeblinkGeweigerd, WeblinkMetBsn
from simulator.weblinks.rules.uitslag import judge_failure
from simulator.weblinks.rules.weblink import (
    Weblinkkader,
    bears_bsn,
    conceal,
    judge,
    name_host,
    refuse_weblink,
    stand_of_bezwaren,
)
from simulator.weblinks.values.stand import Stand

STAD = Weblinkkader(frozenset({"voorbeeldstad.example"}))
GOED = "https://mijn.voorbeeldstad.example/dossiers/ZAAK-2026-000123"


def broken(url: str, kader: Weblinkkader = STAD) -> set[str]:
    return {each.regel.id.removeprefix("VW-7.1-weblink-") for each in judge(url, kader)}


@pytest.mark.artikel("7.1")
@pytest.mark.parametrize(
    "url",
    [
        GOED,
        "https://voorbeeldstad.example",
        "https://voorbeeldstad.example/",
        "HTTPS://MIJN.Voorbeeldstad.EXAMPLE:8443/a?zaak=ZAAK-1&taal=nl#stap-2",
        "https://mijn.voorbeeldstad.example./dossier",
        "https://mijn.voorbeeldstad.example/app#/dossiers/ZAAK-1",
        "https://mijn.voorbeeldstad.example/caf%C3%A9/123456789",  # nine digits, but no elfproef
        "https://mijn.voorbeeldstad.example/zaak/2026999990019",  # thirteen digits are one number
    ],
)
def test_a_plain_link_into_the_own_domain_is_as_it_should_be(url: str) -> None:
    assert broken(url) == set()


@pytest.mark.artikel("7.1")
@pytest.mark.parametrize(
    ("url", "rules"),
    [
        ("http://mijn.voorbeeldstad.example/", {"https"}),
        ("javascript://mijn.voorbeeldstad.example/%0aalert(1)", {"https"}),
        ("javascript:alert(1)", {"vorm"}),
        ("//mijn.voorbeeldstad.example/", {"vorm"}),
        ("/dossiers/1", {"vorm"}),
        ("", {"vorm"}),
        ("https:///dossiers", {"vorm"}),
        ("https://mijn.voorbeeldstad.example/a b", {"vorm"}),
        ("https://mijn.voorbeeldstad.example/a\nb", {"vorm"}),
        ("https://mijn.voorbeeldstad.example/café", {"vorm"}),
        ("https://mijn.voorbeeldstad.example?naam=café", {"vorm"}),
        ("https://mijn.voorbeeldstad.example?naam=café/1", {"vorm"}),
        ("https://mijn.voorbeeldstad.example#café", {"vorm", "fragment"}),
        ("https://mijn.voorbeeldstad.example/%zz", {"vorm"}),
        ("https://mijn.voorbeeldstad.example:99999/", {"vorm"}),
        ("https://mijn.voorbeeldstad.example:80:80/", {"vorm"}),
        ("https://kwaad.example\\@mijn.voorbeeldstad.example/", {"vorm", "inloggegevens"}),
        ("https://jan@mijn.voorbeeldstad.example/", {"inloggegevens"}),
        ("https://jan:geheim@mijn.voorbeeldstad.example/", {"inloggegevens"}),
        ("https://@mijn.voorbeeldstad.example/", {"inloggegevens"}),
        ("https://mijn.voorbeeldstad.example@kwaad.example/", {"inloggegevens", "domein"}),
        ("https://kwaad.example/", {"domein"}),
        ("https://kwaadvoorbeeldstad.example/", {"domein"}),
        ("https://voorbeeldstad.example.kwaad.nl/", {"domein"}),
        ("https://kwaad.example#.voorbeeldstad.example", {"domein"}),
        ("https://mijn.voorbeeldstad.example/#https://kwaad.example/", {"fragment"}),
        ("https://mijn.voorbeeldstad.example/#:~:text=u%20krijgt%20geld", {"fragment"}),
        ("https://mijn.voorbeeldstad.example/#token=abc&x=1", {"fragment"}),
        ("https://mijn.voorbeeldstad.example/#" + "a" * 201, {"fragment"}),
        ("https://mijn.voorbeeldstad.example/" + "a" * 1000, {"lengte"}),
    ],
)
def test_a_link_that_is_not_what_it_should_be_breaks_its_rule(url: str, rules: set[str]) -> None:
    assert broken(url) == rules


@pytest.mark.artikel("7.1")
@pytest.mark.parametrize(
    "url",
    [
        "https://mijn.voorbeeldstad.example/burger/999990019",
        "https://mijn.voorbeeldstad.example/?bsn=999990019&x=1",
        "https://mijn.voorbeeldstad.example/#999990019",
        "https://999990019.voorbeeldstad.example/",
        "https://mijn.voorbeeldstad.example/id999990019x",
        "https://mijn.voorbeeldstad.example/9999.90.019",
        "https://mijn.voorbeeldstad.example/999-990-019",
        "https://mijn.voorbeeldstad.example/999+990+019",
        "https://mijn.voorbeeldstad.example/99999001%39",
        "https://mijn.voorbeeldstad.example/99999001%2539",
        "https://mijn.voorbeeldstad.example/" + quote("９９９９９００１９"),  # noqa: RUF001 - wide digits
    ],
)
def test_a_number_that_could_be_a_bsn_is_found_wherever_it_hides_and_shown_nowhere(url: str) -> None:
    bezwaren = judge(url, STAD)
    assert "VW-7.1-weblink-bsn" in {each.regel.id for each in bezwaren}
    refusal = refuse_weblink(url, bezwaren, "/url")
    told = " ".join([refusal.detail, refusal.ontvangen or "", *(each.detail for each in refusal.errors)])
    assert not bears_bsn(told)
    assert not bears_bsn(conceal(url))


@pytest.mark.artikel("7.1")
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254",
        "[::1]", "[fe80::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost",
        "www.localhost", "intranet", "dossiers.internal", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_an_internal_host_is_refused_in_every_spelling(host: str) -> None:
    assert {"adres", "domein"} <= broken(f"https://{host}/")


@pytest.mark.artikel("7.1")
def test_an_internal_name_is_allowed_when_the_omgeving_says_so_by_name() -> None:
    kader = Weblinkkader(frozenset({"localhost", "127.0.0.1"}), {"localhost": "", "127.0.0.1": ""})
    assert broken("https://localhost:8443/dossier", kader) == set()
    assert broken("https://127.0.0.1:8443/dossier", kader) == set()
    assert broken("https://127.0.0.2/", kader) == {"adres", "domein"}
    assert broken("https://localhost/", Weblinkkader(frozenset({"localhost"}))) == {"adres"}


@pytest.mark.artikel("7.1")
@pytest.mark.parametrize(
    "host",
    [
        "mijn.voorbeeldstаd.example",  # noqa: RUF001 - a Cyrillic letter, that is the test
        "mijn.xn--voorbeeldstd-79j.example",
        "mijn.voorbee1dstad.example",
        "mijn.vo0rbeeldstad.example",
        "mijn.voörbeeldstad.example",
        "mijn.xn--vorbeeldstad-5ib.example",
        "xn--a.example",
    ],
)  # fmt: skip
def test_a_host_that_people_take_for_another_is_refused(host: str) -> None:
    assert "naamverwarring" in broken(f"https://{host}/")


@pytest.mark.artikel("7.1")
def test_a_strange_spelling_of_the_own_host_is_refused_and_a_registered_idn_is_not() -> None:
    assert broken("https://ｍijn.voorbeeldstad.example/") == {"naamverwarring"}  # noqa: RUF001 - a wide letter
    sudwest = Weblinkkader(frozenset({"xn--sdwest-pya.example"}))
    assert broken("https://mijn.súdwest.example/zaak", sudwest) == set()
    assert broken("https://mijn.xn--sdwest-pya.example/zaak", sudwest) == set()


def test_every_rule_about_weblinks_has_a_refusal_of_its_own() -> None:
    assert {each.regel for each in WeblinkGeweigerd.__subclasses__()} == set(WEBLINK_REGELS)


def test_a_refusal_cites_the_gravest_rule_and_names_them_all() -> None:
    url = "https://kwaad.example/999990019"
    refusal = refuse_weblink(url, judge(url, STAD), "/dossierUrl")
    assert isinstance(refusal, WeblinkMetBsn)
    assert [each.pointer for each in refusal.errors] == ["/dossierUrl", "/dossierUrl"]
    assert "VW-7.1-weblink-domein" in refusal.errors[1].detail
    assert isinstance(
        refuse_weblink("https://kwaad.example/", judge("https://kwaad.example/", STAD)), WeblinkBuitenDomein
    )


def test_what_leads_elsewhere_is_outside_the_domain_and_anything_else_is_broken() -> None:
    assert stand_of_bezwaren(judge("https://kwaad.example/", STAD)) is Stand.BUITEN_DOMEIN
    assert stand_of_bezwaren(judge("http://mijn.voorbeeldstad.example/", STAD)) is Stand.KAPOT
    assert not Stand.KAPOT.bruikbaar
    assert Stand.OMGELEID.bruikbaar


def test_the_host_is_named_as_it_travels() -> None:
    assert name_host("https://Mijn.SÚDWEST.example:8443/x") == "mijn.xn--sdwest-pya.example"
    assert name_host("geen adres") == ""


@settings(max_examples=300, database=None, derandomize=True)
@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://mijn.voorbeeldstad.example/", "https://["]))
def test_whatever_is_sent_is_judged_without_an_error(tail: str, head: str) -> None:
    bezwaren = judge(head + tail, STAD)
    assert not bezwaren or refuse_weblink(head + tail, bezwaren).detail
    conceal(head + tail)


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_has_its_reason_and_leaves_no_weblink_usable(failure: Failure) -> None:
    stand, reden = judge_failure(failure)
    assert not stand.bruikbaar
    assert reden.endswith(".")

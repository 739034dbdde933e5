"""The way of a weblink, past a real server with every misbehaviour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.infra.clock import stopwatch
from simulator.infra.http_client import Answer, Outbound
from simulator.infra.outbound import Failure, Limits
from simulator.infra.pacing import Pace
from simulator.weblinks.rules.weblink import Weblinkkader
from simulator.weblinks.usecases.volgen import Geheugen, Tocht, Volger
from simulator.weblinks.values.bevinding import Bevinding
from simulator.weblinks.values.stand import Stand
from tests.weblinks import website as web
from tests.weblinks.certificates import authority
from tests.weblinks.website import HOST, Website, website

NU = datetime(2026, 11, 27, 12, tzinfo=UTC)
BASE = f"https://{HOST}"
SECONDS, SHORT = 30.0, 0.3
"""Of patience: enough for any machine, and for what never answers."""
GISTEREN = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with website() as running:
        yield running


def tocht(site: Website, moment: datetime = NU, geheugen: Geheugen | None = None, **lokaal: str) -> Tocht:
    kader = Weblinkkader(frozenset({"voorbeeldstad.example"}), web.lokaal(site) | lokaal)
    return Tocht(moment, kader, authority().pem, geheugen or Geheugen())


def volger(seconds: float = SECONDS, body: int = 100_000) -> Volger:
    return Volger(Outbound(Limits(seconds, body)), Pace(100_000))


def follow(site: Website, path: str, page: web.Page | int | str = 200, **pages: int | str) -> Bevinding:
    site.requests.clear()
    site.pages = {path.partition("?")[0].partition("#")[0]: page} | {f"/{name}": each for name, each in pages.items()}
    slow = page in {web.hang, web.drip, web.drip_body}
    started = stopwatch()
    found = volger(SHORT if slow else SECONDS).follow(BASE + path, tocht(site))
    assert stopwatch() - started < 15
    return found


def test_a_page_that_is_there_is_in_orde_after_one_small_question(site: Website) -> None:
    found = follow(site, "/dossier?zaak=1#stap")
    assert (found.stand, found.reden, found.http_status) == (Stand.IN_ORDE, "De pagina is er.", 200)
    assert found.certificaat_tot is not None
    assert found.certificaat_tot > NU
    assert site.paths() == ["HEAD /dossier?zaak=1"]
    assert site.requests[0].headers["host"] == HOST
    assert "simulator" in site.requests[0].headers["user-agent"].lower()


@pytest.mark.parametrize("page", [web.only_get, web.reset_head])
def test_a_server_that_does_not_know_head_is_asked_for_the_page(site: Website, page: web.Page) -> None:
    assert follow(site, "/dossier", page).stand is Stand.IN_ORDE
    assert site.paths() == ["HEAD /dossier", "GET /dossier"]


@pytest.mark.parametrize(
    ("page", "stand", "woord"),
    [
        pytest.param(web.hang, Stand.ONBEREIKBAAR, "niet op tijd", id="hang"),
        pytest.param(web.drip, Stand.ONBEREIKBAAR, "niet op tijd", id="drip"),
        pytest.param(web.drip_body, Stand.ONBEREIKBAAR, "niet op tijd", id="drip body"),
        pytest.param(web.endless, Stand.KAPOT, "geen einde", id="endless body"),
        pytest.param(web.endless_head, Stand.KAPOT, "geen begrijpelijk", id="endless head"),
        pytest.param(web.reset, Stand.ONBEREIKBAAR, "breekt", id="reset"),
        pytest.param(web.cut_off, Stand.ONBEREIKBAAR, "breekt", id="cut off"),
        pytest.param(web.mumble, Stand.KAPOT, "geen begrijpelijk", id="no http"),
        pytest.param(404, Stand.KAPOT, "404", id="404"),
        pytest.param(410, Stand.KAPOT, "410", id="410"),
        pytest.param(500, Stand.KAPOT, "storing", id="500"),
        pytest.param(429, Stand.KAPOT, "429", id="429"),
        pytest.param(401, Stand.IN_ORDE, "in te loggen", id="401"),
        pytest.param("/dossier", Stand.KAPOT, "kring", id="redirect to itself"),
        pytest.param("http://" + HOST + "/dossier", Stand.KAPOT, "niet met https", id="redirect to http"),
        pytest.param("https://kwaad.example/", Stand.BUITEN_DOMEIN, "kwaad.example", id="redirect elsewhere"),
        pytest.param("https://10.0.0.1/", Stand.BUITEN_DOMEIN, "binnen een netwerk", id="redirect to private address"),
        pytest.param("https://169.254.169.254/", Stand.BUITEN_DOMEIN, "binnen een netwerk", id="redirect to metadata"),
        pytest.param("https://localhost/", Stand.BUITEN_DOMEIN, "binnen een netwerk", id="redirect to loopback"),
        pytest.param("//jan@kwaad.example/", Stand.BUITEN_DOMEIN, "gebruikersnaam", id="redirect with user"),
        pytest.param("/?bsn=999990019", Stand.KAPOT, "BSN", id="redirect with a BSN"),
        pytest.param("javascript:alert(1)", Stand.KAPOT, "geen volledig adres", id="redirect to script"),
        pytest.param("https://[::1", Stand.KAPOT, "geen volledig adres", id="redirect to nonsense"),
    ],
)
def test_whatever_a_server_does_the_weblink_gets_its_stand_in_time(
    site: Website, page: web.Page | int | str, stand: Stand, woord: str
) -> None:
    found = follow(site, "/dossier", page)
    assert found.stand is stand
    assert woord in found.reden
    assert "999990019" not in f"{found.reden} {found.eind_url}"


def test_a_redirect_within_the_domain_is_followed_and_told(site: Website) -> None:
    found = follow(site, "/oud", "/nieuw", nieuw="/nog-nieuwer?naam=J%C3%B6rg")
    assert (found.stand, found.omleidingen) == (Stand.OMGELEID, 2)
    assert found.eind_url == f"{BASE}/nog-nieuwer?naam=J%C3%B6rg"
    assert site.paths() == ["HEAD /oud", "HEAD /nieuw", "HEAD /nog-nieuwer?naam=J%C3%B6rg"]


def test_a_redirect_that_forgot_to_encode_is_read_as_a_browser_does(site: Website) -> None:
    assert follow(site, "/oud", "/caf\xe9 1").stand is Stand.OMGELEID
    assert site.paths()[1] == "HEAD /caf%E9%201"


@settings(max_examples=150, database=None, derandomize=True)
@given(
    st.sampled_from(["", "/", "https://", f"https://{HOST}", f"https://{HOST}/", "//", "https://[", "?", "#", "%"]),
    st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40),
)
def test_wherever_a_server_sends_somebody_the_way_has_an_end(site: Website, head: str, tail: str) -> None:
    site.pages = {"/dossier": head + tail}
    found = volger().follow(f"{BASE}/dossier", tocht(site))
    assert found.reden
    assert found.eind_url is None or found.omleidingen


def test_circles_and_long_ways_end(site: Website) -> None:
    assert "kring" in follow(site, "/a", "/b", b="/c", c="/a").reden
    found = follow(site, "/1", "/2", **{str(n): f"/{n + 1}" for n in range(2, 12)})
    assert (found.stand, len(site.requests)) == (Stand.KAPOT, 6)
    assert "meer dan 5 keer" in found.reden


def test_the_way_stops_at_the_door_of_digid(site: Website) -> None:
    found = follow(site, "/dossier", "https://digid.nl/saml/idp?SAMLRequest=x")
    assert (found.stand, found.reden) == (Stand.OMGELEID, "De website vraagt om in te loggen met DigiD.")
    assert len(site.requests) == 1


def test_names_from_documentation_are_not_asked_and_some_can_never_exist(site: Website) -> None:
    kader = Weblinkkader(frozenset({"voorbeeldstad.example", "voorbeeldstad.invalid"}))
    without_dns = Volger(Outbound(Limits(SECONDS), lookup=lambda _host, _port: pytest.fail("asked DNS")), Pace(1))
    assert without_dns.follow(f"{BASE}/", Tocht(NU, kader)).stand is Stand.NIET_GECONTROLEERD
    found = without_dns.follow("https://mijn.voorbeeldstad.invalid/", Tocht(NU, kader))
    assert (found.stand, found.reden) == (Stand.ONBEREIKBAAR, "De naam van de website is niet te vinden.")


def test_nothing_listens_there() -> None:
    with website() as gone:
        pass
    found = volger().follow(f"{BASE}/", tocht(gone))
    assert (found.stand, found.reden) == (Stand.ONBEREIKBAAR, "De website neemt geen verbinding aan.")


@pytest.mark.parametrize(
    ("context", "woord"),
    [
        pytest.param(
            authority().context([HOST], until=datetime.now(UTC) - timedelta(days=1)), "verlopen", id="expired"
        ),
        pytest.param(authority().context(["elders.example"]), "andere website", id="of another"),
        pytest.param(authority("Kwaad CA").context([HOST]), "niet te vertrouwen", id="untrusted"),
    ],
)
def test_a_certificate_that_a_browser_would_not_take_breaks_the_weblink(context: object, woord: str) -> None:
    with website(context) as site:  # type: ignore[arg-type]  # a parametrised context
        found = volger().follow(f"{BASE}/", tocht(site))
    assert found.stand is Stand.KAPOT
    assert woord in found.reden
    assert site.requests == []


def test_a_certificate_that_ends_soon_is_a_warning_and_one_that_ended_in_simulated_time_is_an_end() -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=60)
    with website(authority().context([HOST], until=until)) as site:
        found = [volger().follow(f"{BASE}/", tocht(site, until + timedelta(days=days))) for days in (-15, -13, 0)]
    assert [each.stand for each in found] == [Stand.IN_ORDE, Stand.CERTIFICAAT_VERLOOPT, Stand.KAPOT]
    assert all(each.certificaat_tot == until for each in found)


def test_a_plain_server_on_the_port_makes_no_secure_connection() -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            visitor, _ = listener.accept()
            with visitor:
                visitor.recv(10)
                visitor.sendall(b"HTTP/1.1 400 Nee\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        found = volger().follow(f"{BASE}/", tocht(Website(listener.getsockname()[1])))
        thread.join(5)
    assert (found.stand, found.reden) == (Stand.KAPOT, "De website maakt geen beveiligde verbinding.")


def test_what_was_asked_a_moment_ago_is_not_asked_again(site: Website) -> None:
    geheugen = Geheugen()
    site.requests.clear()
    site.pages = {"/a": "/login", "/b": "/login"}
    for path, minutes in (("/a", 0), ("/b", 1), ("/a", 2), ("/a", 10)):
        volger().follow(BASE + path, tocht(site, NU + timedelta(minutes=minutes), geheugen))
    assert site.paths() == ["HEAD /a", "HEAD /login", "HEAD /b", "HEAD /a", "HEAD /login"]


def test_a_host_that_takes_no_connection_is_tried_once_for_all_its_pages() -> None:
    geheugen = Geheugen()
    with website(authority("Kwaad CA").context([HOST])) as site:
        for number in range(5):
            assert volger().follow(f"{BASE}/{number}", tocht(site, geheugen=geheugen)).stand is Stand.KAPOT
        assert site.connections == 1


def test_on_the_public_internet_simulated_days_that_take_no_time_share_a_visit() -> None:
    geheugen, found = Geheugen(), Answer(200, "", NU, 0.1)
    geheugen.keep("https://voorbeeld.nl/", NU, found)
    for days in range(8):
        assert geheugen.find("https://voorbeeld.nl/", NU + timedelta(days=days), is_local=False) == found
    assert geheugen.find("https://voorbeeld.nl/", NU + timedelta(days=1), is_local=True) is None
    assert geheugen.find("https://elders.nl/", NU, is_local=False) is None


def test_the_oldest_is_forgotten_before_memory_grows() -> None:
    geheugen = Geheugen()
    for number in range(5_000):
        geheugen.keep(str(number), NU, Failure.NAME_UNKNOWN)
    held = [number for number in range(5_000) if geheugen.find(str(number), NU, is_local=True)]
    assert held == list(range(5_000 - 2_048, 5_000))

from collections.abc import Iterator

import pytest

from simulator.persoonlijke_gegevens.usecases.vraag import Reden, Vraag, VraagMislukt, ask_bron
from tests.persoonlijke_gegevens.bronserver import Bronserver, running_bronserver

HERE = frozenset({"127.0.0.1", "localhost"})


@pytest.fixture
def server() -> Iterator[Bronserver]:
    with running_bronserver() as running:
        yield running


def ask(url: str, allowed: frozenset[str] = HERE, seconds: float = 5) -> bytes:
    return ask_bron(Vraag(url, b"{}", {"Content-Type": "application/json"}, seconds, allowed))


def reden_of(url: str, allowed: frozenset[str] = HERE, seconds: float = 5) -> Reden:
    with pytest.raises(VraagMislukt) as refused:
        ask(url, allowed, seconds)
    return refused.value.reden


@pytest.mark.parametrize(
    "url",
    ["https://10.1.2.3/", "https://[::ffff:127.0.0.1]/", "https://localhost/", "http://93.184.216.34/",
     "https://jan@bron.example/"],
)  # fmt: skip
def test_an_address_that_is_not_allowed_is_not_asked(url: str) -> None:
    assert reden_of(url, frozenset({"127.0.0.1"})) is Reden.ADRES


def test_the_address_that_was_checked_is_called_and_the_name_is_in_the_host_header(server: Bronserver) -> None:
    assert b"Wiskunde" in ask(server.url(host="localhost"))
    assert server.asked[0]["headers"]["Host"] == f"localhost:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("path", "reden"),
    [
        ("/groot", Reden.TE_GROOT),
        ("/fout", Reden.STATUS),
        ("/negatief", Reden.ONBEREIKBAAR),
        ("/rond", Reden.DOORVERWEZEN),
        ("/elders", Reden.DOORVERWEZEN),
    ],
)
def test_each_misbehaviour_has_its_reason(server: Bronserver, path: str, reden: Reden) -> None:
    assert reden_of(server.url(path)) is reden


@pytest.mark.parametrize("path", ["/hangt", "/druppelt"])
def test_time_is_limited_in_all_and_not_per_piece(server: Bronserver, path: str) -> None:
    assert reden_of(server.url(path), seconds=0.1) is Reden.TE_LAAT


def test_a_certificate_is_asked_for_by_name(server: Bronserver) -> None:
    assert reden_of(server.url(host="localhost").replace("http://", "https://")) is Reden.ONBEREIKBAAR

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simulator.afnemers import Dienst, beheer
from simulator.infra.agenda import list_agenda, run_due
from simulator.lopende_zaken import build_agenda
from simulator.lopende_zaken.errors import ZgwAdresOngeldig
from simulator.lopende_zaken.rules.zgw import check_basis, check_verwijzing
from simulator.lopende_zaken.usecases.document import MAX_BYTES, FetchFailed, fetch_document
from simulator.lopende_zaken.usecases.zgw import OPHALEN
from simulator.lopende_zaken.values import Fase
from simulator.verwerkingen import Logvraag, export_verwerkingen
from tests.lopende_zaken.conftest import Deur
from tests.lopende_zaken.open_zaak import OpenZaak, open_zaak
from tests.lopende_zaken.zaken_builder import ANNA, STAD, counted, history, shown

ZAAK = "ZAAK-2026-0000000001"


@pytest.fixture
def bron(deur: Deur) -> Iterator[OpenZaak]:
    """A Zaken API with a zaak in it, that Gemeente Voorbeeldstad registered."""
    with deur.omgeving.unit_of_work() as uow:
        uow.change_state(zgw_lokaal=["127.0.0.1"])
    with open_zaak() as served:
        served.fill()
        answer = deur.ask("PUT", "/zgw-koppeling", json=served.koppeling())
        assert answer.status_code == 200, answer.text
        assert "secret" not in answer.get_json()
        yield served


def notify(deur: Deur, notificatie: dict[str, Any], **options: Any) -> int:
    answer = deur.ask("POST", "/notificaties", json=notificatie, **options)
    if answer.status_code < 300:
        assert answer.get_json()["resourceUrl"] == notificatie["resourceUrl"]
    return answer.status_code


def fetch_all(deur: Deur) -> None:
    run_due(deur.omgeving, build_agenda(), deur.omgeving.now())


def outcome(deur: Deur) -> tuple[str, str | None]:
    """What became of the last notification, and by which rule."""
    (last, *_) = deur.ask("GET", "/notificaties").get_json()["notificaties"]
    return last["stand"], last["regel"]


def test_after_a_notification_the_zaak_is_fetched_with_a_token_and_shown(deur: Deur, bron: OpenZaak) -> None:
    assert notify(deur, bron.notificatie()) == 200
    assert bron.asked == []  # not while the sender waits
    fetch_all(deur)
    (seen,) = shown(deur.omgeving)
    assert (seen.identificatie, seen.onderwerp, seen.status) == (
        ZAAK, "Aanvraag parkeervergunning", "Uw aanvraag is ontvangen",
    )  # fmt: skip
    assert outcome(deur) == ("verwerkt", None)
    assert (bron.refused, counted(deur.omgeving)) == (0, (1, 1))


def test_what_was_fetched_is_in_the_processing_log_in_the_trace_of_the_notification(deur: Deur, bron: OpenZaak) -> None:
    caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    notify(deur, bron.notificatie(), headers={"traceparent": caller})
    fetch_all(deur)
    (line,) = export_verwerkingen(deur.omgeving, Logvraag(bsn=int(ANNA)), str)
    assert (line["name"], line["trace_id"]) == ("zaak-aanleveren", "0af7651916cd43dd8448eb211c80319c")
    assert line["foreign_operation"] == {
        "trace_id": line["trace_id"], "operation_id": "b7ad6b7169203331", "entity": f"urn:oin:{STAD}",
    }  # fmt: skip


def test_at_the_end_the_citizen_reads_the_result(deur: Deur, bron: OpenZaak) -> None:
    notify(deur, bron.notificatie())
    fetch_all(deur)
    bron.close_zaak()
    notify(deur, bron.notificatie(2))
    fetch_all(deur)
    (seen,) = shown(deur.omgeving)
    assert (seen.fase, seen.status) == (Fase.AFGEHANDELD, "Verleend (tot 1 juli)")
    assert history(deur.omgeving, ZAAK) == ["Uw aanvraag is ontvangen", "Verleend (tot 1 juli)"]


def test_a_notification_that_comes_twice_counts_once(deur: Deur, bron: OpenZaak) -> None:
    for _ in range(2):
        notify(deur, bron.notificatie())
        fetch_all(deur)
    assert counted(deur.omgeving) == (1, 1)
    assert outcome(deur) == ("verwerkt", None)


@pytest.mark.parametrize("given", [{"kanaal": "documenten"}, {"resource": "zaak"}, {"actie": "update"}])
def test_what_is_no_new_status_is_accepted_and_left(deur: Deur, bron: OpenZaak, given: dict[str, Any]) -> None:
    assert notify(deur, bron.notificatie(**given)) == 202
    fetch_all(deur)
    assert (bron.asked, shown(deur.omgeving)) == ([], [])


def test_a_notification_component_may_send_the_key_in_authorization(deur: Deur, bron: OpenZaak) -> None:
    headers = {"X-API-Key": "", "Authorization": "Bearer demo-voorbeeldstad"}
    assert notify(deur, bron.notificatie(), headers=headers) == 200
    assert notify(deur, bron.notificatie(), headers=headers | {"Authorization": "Bearer fout"}) == 401


def test_without_a_koppeling_there_is_nowhere_to_fetch(deur: Deur, bron: OpenZaak) -> None:
    assert notify(deur, bron.notificatie(), key="demo-belastingen") == 409
    assert deur.ask("DELETE", "/zgw-koppeling").status_code == 204
    assert deur.ask("GET", "/zgw-koppeling").status_code == 404


@pytest.mark.parametrize("elders", ["http://127.0.0.1:1/zaken/1", "https://elders.example/zaken/api/v1/zaken/1"])
def test_a_reference_to_elsewhere_is_refused(deur: Deur, bron: OpenZaak, elders: str) -> None:
    assert notify(deur, bron.notificatie(hoofdObject=elders)) == 400
    assert notify(deur, bron.notificatie(resourceUrl=elders)) == 400


def _silence(bron: OpenZaak) -> None:
    bron.documents["/catalogi/api/v1/statustypen/1"]["informeren"] = False


def _other_zaaktype(bron: OpenZaak) -> None:
    bron.documents["/catalogi/api/v1/zaaktypen/1"]["identificatie"] = "B9999"


def _two_initiators(bron: OpenZaak) -> None:
    results = bron.documents["/zaken/api/v1/rollen"]["results"]
    results.append(results[-1])


def _company(bron: OpenZaak) -> None:
    bron.documents["/zaken/api/v1/rollen"]["results"][-1]["betrokkeneType"] = "niet_natuurlijk_persoon"


def _elsewhere(bron: OpenZaak) -> None:
    bron.documents["/zaken/api/v1/zaken/1"]["zaaktype"] = "http://169.254.169.254/latest/meta-data"


def _slash(bron: OpenZaak) -> None:
    bron.documents["/zaken/api/v1/zaken/1"]["identificatie"] = "2026/0012"


def _nul_identificatie(bron: OpenZaak) -> None:
    bron.documents["/zaken/api/v1/zaken/1"]["identificatie"] = "2026\x00"


def _nul_omschrijving(bron: OpenZaak) -> None:
    bron.documents["/zaken/api/v1/zaken/1"]["omschrijving"] = "Aanvraag\x00parkeervergunning"


def _nul_status(bron: OpenZaak) -> None:
    bron.documents["/zaken/api/v1/statussen/1"]["statustoelichting"] = "\x00"


def _nonsense(bron: OpenZaak) -> None:
    bron.body = b"<html>Inloggen</html>"


def _endless(bron: OpenZaak) -> None:
    bron.body = b" " * (MAX_BYTES + 10)


def _forbidden(bron: OpenZaak) -> None:
    bron.answer_with = 403


ENDS = [
    (_silence, "genegeerd", None),
    (_other_zaaktype, "genegeerd", "LZ-zaaktype"),
    (_two_initiators, "geweigerd", "LZ-initiator"),
    (_company, "geweigerd", "LZ-initiator"),
    (_elsewhere, "geweigerd", "LZ-zgw-adres"),
    (_slash, "geweigerd", "LZ-zgw-antwoord"),
    (_nul_identificatie, "geweigerd", "LZ-zgw-antwoord"),
    (_nul_omschrijving, "geweigerd", "LZ-zgw-antwoord"),
    (_nul_status, "geweigerd", "LZ-zgw-antwoord"),
    (_nonsense, "geweigerd", "LZ-zgw-antwoord"),
    (_endless, "geweigerd", "LZ-zgw-antwoord"),
    (_forbidden, "geweigerd", "LZ-zgw-antwoord"),
]


@pytest.mark.parametrize(("spoil", "stand", "regel"), ENDS, ids=[spoil.__name__ for spoil, _, _ in ENDS])
def test_what_cannot_be_shown_says_why(
    deur: Deur, bron: OpenZaak, spoil: Callable[[OpenZaak], None], stand: str, regel: str | None
) -> None:
    spoil(bron)
    notify(deur, bron.notificatie())
    fetch_all(deur)
    assert outcome(deur) == (stand, regel)
    assert (shown(deur.omgeving), counted(deur.omgeving)) == ([], (0, 0))
    assert OPHALEN not in [item.soort for item in list_agenda(deur.omgeving)]


def test_nothing_is_fetched_for_who_lost_the_dienst_since_the_notification(deur: Deur, bron: OpenZaak) -> None:
    notify(deur, bron.notificatie())
    beheer.change_afnemer(deur.omgeving, beheer.AfnemerWijziging(STAD, diensten=frozenset({Dienst.BERICHTENBOX})))
    fetch_all(deur)
    assert (bron.asked, shown(deur.omgeving), counted(deur.omgeving)) == ([], [], (0, 0))
    assert OPHALEN not in [item.soort for item in list_agenda(deur.omgeving)]


def test_a_zaken_api_that_is_down_is_asked_again(deur: Deur, bron: OpenZaak) -> None:
    bron.answer_with = 503
    notify(deur, bron.notificatie())
    fetch_all(deur)
    assert outcome(deur) == ("ontvangen", "LZ-zgw-antwoord")
    bron.answer_with = None
    with deur.omgeving.reading():
        run_due(deur.omgeving, build_agenda(), list_agenda(deur.omgeving)[0].moment)
    assert outcome(deur) == ("verwerkt", None)


def test_a_zaken_api_that_hangs_is_left_when_its_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(FetchFailed) as failed:
        fetch_document(f"http://127.0.0.1:{deaf.getsockname()[1]}/zaken/1", {}, ["127.0.0.1"], seconds=0.2)
    assert failed.value.passing


def test_a_name_that_leads_inside_is_not_followed() -> None:
    with pytest.raises(FetchFailed) as failed:
        fetch_document("https://localhost/zaken/1", {}, ())
    assert failed.value.reden == "de naam wijst naar een intern adres"
    assert not failed.value.passing


def test_without_a_name_that_the_omgeving_allows_only_https_is_asked() -> None:
    with pytest.raises(FetchFailed) as failed:
        fetch_document("http://zaken.voorbeeldstad.example/zaken/1", {}, ())
    assert failed.value.reden == "het adres mag niet worden gevraagd"
    assert not failed.value.passing


def test_nothing_that_listens_is_no_answer_yet() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/zaken/1"
    with pytest.raises(FetchFailed) as failed:
        fetch_document(url, {}, ["127.0.0.1"])
    assert (failed.value.reden, failed.value.passing) == ("geen antwoord: ConnectionRefusedError", True)


@pytest.mark.parametrize(
    "adres",
    [
        "http://zaken.voorbeeldstad.example/zaken/api/v1", "https://127.0.0.1/zaken/api/v1", "https://[::1]/x", "https://0x7f.1/x",
        "https://10.0.0.1/x", "https://localhost/x", "https://intranet/x", "https://user:pass@zaken.example/x",
        "https://zaken.example/x?token=1", "ftp://zaken.example/x", "https://", "geen adres", "https://zaken.example:99999999/x",
    ],
)  # fmt: skip
def test_only_https_on_the_public_internet_can_be_registered(adres: str) -> None:
    with pytest.raises(ZgwAdresOngeldig):
        check_basis(adres, ())


def test_a_base_address_is_kept_without_its_last_slash_and_holds_what_is_below() -> None:
    basis = check_basis("https://zaken.voorbeeldstad.example/zaken/api/v1/", ())
    assert check_verwijzing(f"{basis}/zaken/1", basis) == f"{basis}/zaken/1"
    for url in (basis, f"{basis}x/zaken/1", f"{basis}/../geheim", f"{basis}/zaken/1 2"):
        with pytest.raises(ZgwAdresOngeldig):
            check_verwijzing(url, basis)

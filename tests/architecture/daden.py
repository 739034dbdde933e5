"""What Afnemers and citizens do most: each first makes what it needs, and answers what is left to do."""

import base64
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from werkzeug.test import TestResponse

from simulator.berichtenbox.queries.vooruit import Portie, store_portie
from simulator.berichtenbox.values import AangebodenBijlage
from simulator.infra.ids import new_ids
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.documents import (
    PDF,
    aanlevering_json,
    batch_xml,
    bericht_json,
    bericht_xml,
    bijlage_json,
    bijlage_xml,
    guid,
)
from tests.lopende_zaken.documents import status_json, zaak_json

STAD = {"X-API-Key": "demo-voorbeeldstad"}
BURGERS = ("999990019", "999990044", "999990111", "999990123", "999990135", "999990147")
"""The first is who is logged in."""
BERICHTENBOX, ZAKEN, PORTAAL = "/api/berichtenbox/v1", "/api/lopende-zaken/v1", "/api/portaal/v1"
GROTE_BIJLAGE = base64.b64encode(PDF.ljust(490_000)).decode()
"""Of five berichten together more than one portion."""


class Wereld(Protocol):
    """Where it is done."""

    @property
    def omgeving(self) -> Omgeving:
        """Its data."""

    def ask(self, method: str, path: str, wie: dict[str, str], **options: Any) -> TestResponse:
        """The answer, which is of success."""

    def log_in(self) -> dict[str, str]:
        """As the first of ``BURGERS``."""


Daad = Callable[[], object]


def deliver(wereld: Wereld) -> Daad:
    return lambda: deliver_json(wereld, bericht_json(GebruikerID=BURGERS[0], Bijlagen=[bijlage_json()]))


def deliver_json(wereld: Wereld, *berichten: Mapping[str, Any]) -> str:
    """Answers the statusID."""
    body, own = aanlevering_json(*berichten), {"X-Message-ID": guid()}
    return str(wereld.ask("POST", f"{BERICHTENBOX}/berichten", STAD, json=body, headers=own).get_json()["statusID"])


def show_status(wereld: Wereld) -> Daad:
    status = deliver(wereld)()
    return lambda: wereld.ask("GET", f"{BERICHTENBOX}/status/{status}", STAD)


def deliver_large(wereld: Wereld) -> Daad:
    bijlage = bijlage_json(Inhoud=GROTE_BIJLAGE)
    return lambda: deliver_json(wereld, *(bericht_json(GebruikerID=BURGERS[0], Bijlagen=[bijlage]) for _ in range(5)))


def deliver_large_after_one_that_failed(wereld: Wereld) -> Daad:
    with wereld.omgeving.unit_of_work() as uow:
        (key,) = new_ids()
        store_portie(uow.session, Portie(key, key), [(key, [AangebodenBijlage(PDF, "Brief", 1)])])
    return deliver_large(wereld)


def deliver_batch(wereld: Wereld) -> Daad:
    return lambda: _deliver_xml(wereld, 2, bijlage_xml())


def deliver_large_batch(wereld: Wereld) -> Daad:
    return lambda: _deliver_xml(wereld, 5, bijlage_xml(Inhoud=GROTE_BIJLAGE))


def show_resultaat(wereld: Wereld) -> Daad:
    batch_id = _deliver_xml(wereld, 1, bijlage_xml())
    return lambda: wereld.ask("GET", f"{BERICHTENBOX}/batches/{batch_id}/resultaat", STAD)


def _deliver_xml(wereld: Wereld, number: int, bijlage: str) -> str:
    batch_id = guid()
    body = batch_xml(batch_id, *(bericht_xml(batch_id, [bijlage], GebruikerID=BURGERS[0]) for _ in range(number)))
    wereld.ask("POST", f"{BERICHTENBOX}/batches", STAD, data=body, content_type="application/xml")
    return batch_id


def validate_one(wereld: Wereld) -> Daad:
    return lambda: _validate(wereld, BURGERS[0])


def validate_some(wereld: Wereld) -> Daad:
    return lambda: _validate(wereld, *BURGERS[:3])


def _validate(wereld: Wereld, *bsns: str) -> TestResponse:
    body = {"berichtTypeCode": "ALGEMEEN", "gebruikers": bsns}
    return wereld.ask("POST", f"{BERICHTENBOX}/abonnementen/_valideren", STAD, json=body)


def mark_read(wereld: Wereld) -> Daad:
    return _change(wereld, gelezen=True)


def archive(wereld: Wereld) -> Daad:
    return _change(wereld, map="archief")


def throw_away(wereld: Wereld) -> Daad:
    burger, path = _one_bericht(wereld)
    return lambda: wereld.ask("DELETE", path, burger)


def delete_for_good(wereld: Wereld) -> Daad:
    burger, path = _one_bericht(wereld)
    wereld.ask("DELETE", path, burger)
    return lambda: wereld.ask("DELETE", path, burger)


def empty_prullenbak(wereld: Wereld) -> Daad:
    burger, path = _one_bericht(wereld)
    wereld.ask("DELETE", path, burger)
    return lambda: wereld.ask("POST", f"{PORTAAL}/prullenbak/_legen", burger)


def put_instellingen(wereld: Wereld) -> Daad:
    burger = wereld.log_in()
    wens = wereld.ask("GET", f"{PORTAAL}/instellingen", burger).get_json()
    wens["kennisgeving"] = not wens["kennisgeving"]
    return lambda: wereld.ask("PUT", f"{PORTAAL}/instellingen", burger, json=wens)


def _change(wereld: Wereld, **wijziging: object) -> Daad:
    burger, path = _one_bericht(wereld)
    return lambda: wereld.ask("PATCH", path, burger, json=wijziging)


def _one_bericht(wereld: Wereld) -> tuple[dict[str, str], str]:
    """Whose it is, and where: the newest one, with a bijlage."""
    deliver(wereld)()
    burger = wereld.log_in()
    kenmerk = wereld.ask("GET", f"{PORTAAL}/berichten", burger).get_json()["berichten"][0]["id"]
    return burger, f"{PORTAAL}/berichten/{kenmerk}"


def put_new_zaak(wereld: Wereld) -> Daad:
    return lambda: _put_zaak(wereld, guid())


def put_known_zaak(wereld: Wereld) -> Daad:
    identificatie = _put_zaak(wereld, guid())
    return lambda: _put_zaak(wereld, identificatie, omschrijving="Aanvraag van een andere vergunning")


def _put_zaak(wereld: Wereld, identificatie: str, **given: Any) -> str:
    wereld.ask("PUT", f"{ZAKEN}/zaken/{identificatie}", STAD, json=zaak_json(BURGERS[0], **given))
    return identificatie


def post_status(wereld: Wereld) -> Daad:
    path = f"{ZAKEN}/zaken/{_put_zaak(wereld, guid())}/statussen"
    return lambda: wereld.ask("POST", path, STAD, json=status_json())


def check_postbussen(wereld: Wereld) -> Daad:
    body = {"gebruikers": BURGERS[:3]}
    return lambda: wereld.ask("POST", f"{ZAKEN}/postbussen/_controleren", STAD, json=body)

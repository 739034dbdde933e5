"""The simulated mailbox in the portaal for programs; the routes register themselves on the API of the portaal."""

from datetime import datetime

from flask import Response
from msgspec import Struct

from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, json_response
from simulator.portaal.api import api
from simulator.portaal.usecases.mailbox import list_mails

_MAILS = 25


class Kennisgeving(Struct, frozen=True):
    """Een e-mail zoals die is verstuurd, of zou zijn verstuurd."""

    onderwerp: str
    tekst: str
    adres: str
    soort: str
    status: str
    moment: datetime


class Kennisgevingen(Struct, frozen=True):
    """De nieuwste e-mails, de laatste eerst."""

    kennisgevingen: list[Kennisgeving]


@api.operation(
    "GET", "/kennisgevingen", summary="De gesimuleerde e-mail, nieuwste eerst", answer=(200, Kennisgevingen),
    description=f"De nieuwste {_MAILS} van alle diensten samen.",
)  # fmt: skip
def list_kennisgevingen() -> Response:
    mails = list_mails(current_omgeving(), current_burger().bsn, _MAILS)
    return json_response(
        Kennisgevingen(
            [
                Kennisgeving(each.onderwerp, each.tekst, each.adres, each.soort, each.status, each.moment)
                for each in mails
            ]
        )
    )

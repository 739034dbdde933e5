"""Change the settings of an omgeving: all that were given, or none."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from simulator.control.errors import InstellingOngeldig
from simulator.infra.errors import FieldError
from simulator.infra.omgeving import Omgeving
from simulator.infra.outbound import is_pem, read_place

_MAX_PORT = 65_535


def change_instellingen(omgeving: Omgeving, changed: Mapping[str, Any]) -> None:
    """Change these settings, in force at once; raises ``InstellingOngeldig``."""
    errors = [*_check_certificaten(changed), *_check_lokaal(changed)]
    if errors:
        raise InstellingOngeldig(" ".join(each.detail for each in errors), errors=errors)
    with omgeving.unit_of_work() as uow:
        uow.change_state(None, None, **changed)


def _check_certificaten(changed: Mapping[str, Any]) -> Iterator[FieldError]:
    if not is_pem(changed.get("weblink_certificaten", "")):
        yield FieldError("/weblinkCertificaten", "Dit zijn geen certificaten in PEM.")


def _check_lokaal(changed: Mapping[str, Any]) -> Iterator[FieldError]:
    for naam, text in changed.get("weblink_lokaal", {}).items():
        place = None
        try:
            place = read_place(text)
            ip_address(place[0] if place else "127.0.0.1")
        except ValueError:
            yield FieldError(f"/weblinkLokaal/{naam}", f"{text} is geen adres.")
        if place and place[1] is not None and not 0 < place[1] <= _MAX_PORT:
            yield FieldError(f"/weblinkLokaal/{naam}", f"Poort {place[1]} bestaat niet.")

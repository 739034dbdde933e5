"""The omgeving in which a year is played: made anew, its clock at New Year, with every Afnemer of the plan."""

from collections.abc import Mapping
from datetime import datetime

from simulator.infra.clock import NEDERLAND
from simulator.year.connection import STANDAARD, Connection
from simulator.year.errors import Unusable
from simulator.year.plan import Afnemer, Jaarplan

_BERICHTTYPES = "/api/berichtenbox/v1/berichttypes"
_LOPENDE_ZAKEN = "lopende-zaken"


def make_world(connection: Connection, plan: Jaarplan, jaar: int, seed: int) -> Mapping[str, str]:
    """Throw away the omgeving of an earlier year, make it anew, and answer a key of each Afnemer by OIN."""
    if connection.omgeving == STANDAARD:
        raise Unusable("omgeving: a year begins with an empty omgeving; standaard stays as it is, choose another name")
    known = connection.admin("GET", "/omgevingen", omgeving=STANDAARD)["omgevingen"]
    if any(each["naam"] == connection.omgeving for each in known):
        connection.admin("DELETE", f"/omgevingen/{connection.omgeving}", omgeving=STANDAARD)
    new_year = datetime(jaar, 1, 1, tzinfo=NEDERLAND)
    klok = {"modus": "stil", "moment": new_year.isoformat()}
    connection.admin(
        "POST", "/omgevingen", {"naam": connection.omgeving, "seed": seed, "klok": klok}, omgeving=STANDAARD
    )
    connected = {each["oin"] for each in connection.admin("GET", "/afnemers")["afnemers"]}
    return {each.oin: _connect(connection, each, is_known=each.oin in connected) for each in plan.afnemers}


def _connect(connection: Connection, afnemer: Afnemer, *, is_known: bool) -> str:
    if not is_known:
        sinds = afnemer.sinds.isoformat()
        made = {"oin": afnemer.oin, "naam": afnemer.naam, "sector": afnemer.sector, "sinds": sinds}
        connection.admin("POST", "/afnemers", made)
    sleutel = str(connection.admin("POST", f"/afnemers/{afnemer.oin}/sleutels")["sleutel"])
    if afnemer.berichttypes:
        has = {each["code"] for each in connection.afnemer("GET", _BERICHTTYPES, sleutel)["berichttypes"]}
        for each in afnemer.berichttypes:
            if each.code not in has:
                body = {"code": each.code, "omschrijving": each.omschrijving}
                connection.afnemer("POST", _BERICHTTYPES, sleutel, body)
    return sleutel

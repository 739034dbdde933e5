"""How long things last in one omgeving: the defaults of DigiD, or what was set for this omgeving."""

from dataclasses import fields, replace
from datetime import timedelta

from simulator.digid.values import Termijnen
from simulator.infra.omgevingen import Omgeving

INSTELLINGEN = {f"digid_{veld.name}": veld.name for veld in fields(Termijnen) if veld.type is timedelta}
"""Setting of an omgeving (in seconds) and the duration that it replaces, as ``digid_sms_geldig``."""


def get_termijnen(omgeving: Omgeving) -> Termijnen:
    """Give the durations that hold in this omgeving."""
    termijnen = Termijnen()
    for instelling, naam in INSTELLINGEN.items():
        seconden = omgeving.instelling(instelling, 0.0)
        if seconden > 0:
            termijnen = replace(termijnen, **{naam: timedelta(seconds=seconden)})  # type: ignore[arg-type] # durations
    return termijnen

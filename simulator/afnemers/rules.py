"""The rules about connecting, and what may be done with an Afnemer."""

from simulator.afnemers.errors import (
    AFNEMER_ACTIEF,
    AFNEMER_BEKEND,
    AFNEMER_NAAM,
    DIENST_AFGENOMEN,
    MANDAAT_ZINVOL,
    OIN_UNIEK,
    SLEUTEL_AANWEZIG,
    SLEUTEL_GELDIG,
    AfnemerNaamOngeldig,
    AfnemerNietActief,
    DienstNietAfgenomen,
)
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst
from simulator.afnemers.values.oin import OIN_GELDIG
from simulator.infra.regels import Regel

REGELS: tuple[Regel, ...] = (
    OIN_GELDIG,
    OIN_UNIEK,
    AFNEMER_BEKEND,
    AFNEMER_NAAM,
    AFNEMER_ACTIEF,
    SLEUTEL_AANWEZIG,
    SLEUTEL_GELDIG,
    DIENST_AFGENOMEN,
    MANDAAT_ZINVOL,
)

MAX_NAAM = 200


def check_naam(naam: str) -> str:
    """The name without surrounding spaces; raises ``AfnemerNaamOngeldig``, also for what cannot be printed."""
    stripped = naam.strip()
    if not (1 <= len(stripped) <= MAX_NAAM and stripped.isprintable()):
        raise AfnemerNaamOngeldig(ontvangen=f"{len(stripped)} tekens")
    return stripped


def check_actief(afnemer: AfnemerRecord) -> None:
    """Raise ``AfnemerNietActief`` unless the connection is active."""
    if not afnemer.actief:
        raise AfnemerNietActief(f"De aansluiting van {afnemer.naam} is uitgezet.", ontvangen=afnemer.oin)


def check_dienst(afnemer: AfnemerRecord, dienst: Dienst) -> None:
    """Raise ``DienstNietAfgenomen`` unless the Afnemer is connected to the dienst."""
    if dienst not in afnemer.diensten:
        raise DienstNietAfgenomen(
            f"{afnemer.naam} is niet aangesloten op {dienst.naam}.",
            ontvangen=", ".join(sorted(afnemer.diensten)) or "geen diensten",
            verwacht=dienst.value,
        )

"""The rules about connecting, and what may be done with an Afnemer."""

from collections.abc import Mapping

from simulator.afnemers.errors import (
    AANVAARDING,
    AFNEMER_ACTIEF,
    AFNEMER_BEKEND,
    AFNEMER_NAAM,
    BEEINDIGING,
    DIENST_AFGENOMEN,
    MANDAAT_ZINVOL,
    OIN_UNIEK,
    ONDERTEKENING,
    PRODUCTIE,
    SLEUTEL_AANWEZIG,
    SLEUTEL_GELDIG,
    AansluitingBeeindigd,
    AanvraagNietOndertekend,
    AfnemerNaamOngeldig,
    AfnemerNietActief,
    DienstNietAfgenomen,
    DienstNietInProductie,
    VoorwaardenNietAanvaard,
)
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst, Sluiting
from simulator.afnemers.values.oin import OIN_GELDIG
from simulator.infra.errors import NotPermitted
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
    ONDERTEKENING,
    PRODUCTIE,
    BEEINDIGING,
    AANVAARDING,
    MANDAAT_ZINVOL,
)

MAX_NAAM = 200
_GESLOTEN: Mapping[Sluiting, tuple[type[NotPermitted], str]] = {
    Sluiting.NIET_ONDERTEKEND: (
        AanvraagNietOndertekend,
        "Het Aanvraagformulier van {afnemer} voor {dienst} is nog niet ondertekend.",
    ),
    Sluiting.NIET_IN_PRODUCTIE: (
        DienstNietInProductie,
        "De aansluiting van {afnemer} op {dienst} is nog niet in productie.",
    ),
    Sluiting.BEEINDIGD: (AansluitingBeeindigd, "De aansluiting van {afnemer} op {dienst} is beëindigd."),
    Sluiting.VOORWAARDEN_NIET_AANVAARD: (
        VoorwaardenNietAanvaard,
        "{afnemer} heeft de gewijzigde voorwaarden niet aanvaard; {dienst} wordt niet meer geleverd.",
    ),
}


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
    """Raise unless the dienst is open to the Afnemer, with the article that closes it."""
    if dienst not in afnemer.diensten:
        raise explain_gesloten(afnemer, dienst)


def explain_gesloten(afnemer: AfnemerRecord, dienst: Dienst) -> NotPermitted:
    """The refusal of a dienst that is not open: its reason, or that there is no connection at all."""
    stand = afnemer.aansluitingen.get(dienst)
    if stand is None or stand.sluiting is None:
        return DienstNietAfgenomen(
            f"{afnemer.naam} is niet aangesloten op {dienst.naam}.",
            ontvangen=", ".join(sorted(afnemer.diensten)) or "geen diensten",
            verwacht=dienst.value,
        )
    refusal, zin = _GESLOTEN[stand.sluiting]
    return refusal(zin.format(afnemer=afnemer.naam, dienst=dienst.naam), ontvangen=stand.sluiting.value)

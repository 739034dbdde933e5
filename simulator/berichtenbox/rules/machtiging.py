"""In whose name an Afnemer may deliver, and who may have its post: the neighbours' words in those of the koppelvlak."""

from simulator.afnemers import AfnemerRecord, Dienst, beheer
from simulator.berichtenbox.errors import catalogus
from simulator.berichtenbox.rules.beoordeling import (
    BOX_NIET_ACTIEF,
    NIET_GEABONNEERD,
    ONBEKENDE_GEBRUIKER,
    OPSLAG_FAALT,
    VALIDATIE_FAALT,
    Beoordeling,
)
from simulator.berichtenbox.values import Stadium, Verwerkingscode
from simulator.gebruikers import ontvangst
from simulator.infra.regels import Regel

_VAN_SOORT = {
    ontvangst.OntvangstSoort.ONTVANGT: None,
    ontvangst.OntvangstSoort.NIET_ACTIEF: BOX_NIET_ACTIEF,
    ontvangst.OntvangstSoort.NIET_GEABONNEERD: NIET_GEABONNEERD,
    ontvangst.OntvangstSoort.ONBEKEND: ONBEKENDE_GEBRUIKER,
}


def judge_machtiging(aanleveraar: AfnemerRecord, namens: AfnemerRecord | None) -> Beoordeling | None:
    """Whether the caller may deliver in the name of the OIN in the bericht: its own, or one that gave it a mandate."""
    if namens is None or not namens.actief or Dienst.BERICHTENBOX not in namens.diensten:
        return _niet_aangesloten(aanleveraar, namens)
    if namens.id != aanleveraar.id and namens.id not in aanleveraar.mandaten:
        return _niet_overeen(catalogus.OIN_MANDAAT, f"{aanleveraar.oin} mag niet aanleveren namens {namens.oin}.")
    return None


def _niet_aangesloten(aanleveraar: AfnemerRecord, namens: AfnemerRecord | None) -> Beoordeling:
    """Why a connection was closed is told to who holds a mandate only."""
    if namens is not None and namens.actief and namens.id in aanleveraar.mandaten:
        gesloten = beheer.explain_gesloten(namens, Dienst.BERICHTENBOX)
        if gesloten.regel is not None and Dienst.BERICHTENBOX in namens.aansluitingen:
            return _niet_overeen(gesloten.regel, gesloten.detail)
    return _niet_overeen(
        catalogus.OIN_BEKEND, "BerichtLeverancierID is niet de OIN van een Afnemer van de Berichtenbox."
    )


def _niet_overeen(regel: Regel, toelichting: str) -> Beoordeling:
    return Beoordeling(Verwerkingscode.OIN_KOMT_NIET_OVEREEN, regel=regel, toelichting=toelichting)


def judge_ontvangst(antwoord: ontvangst.Ontvangst) -> Beoordeling | None:
    """What the answer of ``gebruikers`` means for a bericht; a storing ends as the persona says."""
    if antwoord.soort is not ontvangst.OntvangstSoort.STORING:
        return _VAN_SOORT[antwoord.soort]
    storing = OPSLAG_FAALT if antwoord.stadium == Stadium.STORE_MESSAGE else VALIDATIE_FAALT
    return storing._replace(code=Verwerkingscode(antwoord.verwerkingscode), stadium=Stadium(antwoord.stadium))

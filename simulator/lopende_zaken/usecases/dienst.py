"""What the portaal shows of Lopende Zaken on its start page and in its menu."""

from dataclasses import dataclass
from datetime import datetime

from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving
from simulator.lopende_zaken.queries.zaken import Telling
from simulator.lopende_zaken.usecases.zaken import BurgerZaak, Lijstvraag, count_burger_zaken, list_burger_zaken
from simulator.lopende_zaken.values import Fase

PAD = "/lopende-zaken"
_LAATSTE = 3


@dataclass(frozen=True, slots=True)
class Dienstsamenvatting:
    """The dienst in one sentence; ``aantal`` is the badge: the zaken that changed since the citizen looked at them."""

    aantal: int
    zin: str
    laatste: tuple[tuple[str, str, str, datetime], ...]
    """Title, explanation, path and moment."""


def summarize_dienst(omgeving: Omgeving, bsn: Bsn) -> Dienstsamenvatting:
    """The state of Lopende Zaken for one citizen."""
    telling = count_burger_zaken(omgeving, bsn)
    lijst = list_burger_zaken(omgeving, bsn, Lijstvraag(Fase.LOPEND, aantal=_LAATSTE))
    return Dienstsamenvatting(telling.gewijzigd, _zin(telling), tuple(_regel(each) for each in lijst.zaken))


def _zin(telling: Telling) -> str:
    if not telling.lopend:
        afgehandeld = "1 afgehandelde zaak" if telling.afgehandeld == 1 else f"{telling.afgehandeld} afgehandelde zaken"
        return f"U hebt geen lopende zaken, en {afgehandeld}." if telling.afgehandeld else "U hebt geen lopende zaken."
    zin = f"U hebt {'1 lopende zaak' if telling.lopend == 1 else f'{telling.lopend} lopende zaken'}"
    if not telling.gewijzigd:
        return f"{zin}."
    if telling.lopend == 1:
        return f"{zin}, die is gewijzigd."
    return f"{zin}; {'1 daarvan is' if telling.gewijzigd == 1 else f'{telling.gewijzigd} daarvan zijn'} gewijzigd."


def _regel(zaak: BurgerZaak) -> tuple[str, str, str, datetime]:
    return (zaak.onderwerp, f"{zaak.organisatie}: {zaak.status}", f"{PAD}/{zaak.kenmerk}", zaak.laatste_wijziging)

"""Whether a zakLk01 is what it says: from whom, for whom, and of the one kind that Lopende Zaken takes."""

from simulator.afnemers import AfnemerRecord
from simulator.infra.errors import FieldError
from simulator.lopende_zaken.errors import (
    ZaakberichtOngeldig,
    ZaakberichtOntvangerOnjuist,
    ZaakberichtSleutelOnjuist,
    ZaakberichtZenderOnjuist,
)
from simulator.lopende_zaken.values import StufZaakbericht, Stuurgegevens

ONTVANGER = ("00000004003214345001", "MijnOverheid", "Lopende zaken")
"""As the real message says it: organisatie, applicatie, administratie."""


def check_zaakbericht(bericht: StufZaakbericht, afnemer: AfnemerRecord) -> None:
    """Raise the refusal for the first thing in the stuurgegevens that is not as it should be."""
    stuur = bericht.stuurgegevens
    _check_soort(stuur)
    if stuur.zender != afnemer.oin:
        raise ZaakberichtZenderOnjuist(ontvangen=stuur.zender[:40], verwacht=str(afnemer.oin))
    if stuur.ontvanger != ONTVANGER:
        raise ZaakberichtOntvangerOnjuist(ontvangen=", ".join(stuur.ontvanger)[:100])
    if stuur.sleutel_verzendend != bericht.identificatie:
        raise ZaakberichtSleutelOnjuist(ontvangen=f"{stuur.sleutel_verzendend[:40]} en {bericht.identificatie}")


def _check_soort(stuur: Stuurgegevens) -> None:
    expected = {
        "berichtcode": (stuur.berichtcode, "Lk01"),
        "entiteittype": (stuur.entiteittype, "ZAK"),
        "mutatiesoort": (stuur.mutatiesoort, "T"),
        "indicatorOvername": (stuur.indicator_overname, "V"),
    }
    wrong = [
        FieldError("", f"StUF:{naam} is {given[:20]!r}, niet {wanted}")
        for naam, (given, wanted) in expected.items()
        if given != wanted
    ]
    if wrong:
        raise ZaakberichtOngeldig(errors=wrong)

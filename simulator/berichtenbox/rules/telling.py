"""How often each rule of the judgement was asked and how that ended, counted once for a whole group of deliveries."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from simulator.berichtenbox.errors import catalogus
from simulator.berichtenbox.rules.beoordeling import VERWERKT, Beoordeling
from simulator.berichtenbox.values import Soort
from simulator.infra.regels import Regel

_BIJLAGE_REGELS = frozenset({catalogus.BIJLAGE_OMVANG.id, catalogus.BIJLAGE_VOLGORDE.id, catalogus.BIJLAGE_PDF.id})
_ALLEEN_XML = frozenset({catalogus.AANMAAKDATUM.id, catalogus.BATCHID_GELIJK.id})
_ZONDER_BIJLAGEN = {
    Soort.XML: (catalogus.XSD, *(regel for regel in catalogus.OORDEEL if regel.id not in _BIJLAGE_REGELS)),
    Soort.JSON: (
        catalogus.VELDEN,
        *(regel for regel in catalogus.OORDEEL if regel.id not in _BIJLAGE_REGELS | _ALLEEN_XML),
    ),
}
"""What every bericht passes that is Verwerkt and has no bijlagen: nearly all there are."""


class Telling(NamedTuple):
    """How often one rule passed and refused."""

    regel: Regel
    geslaagd: int
    geweigerd: int


def count_regels(beoordelingen: Sequence[Beoordeling], soort: Soort, met_bijlagen: int) -> list[Telling]:
    """A bericht has passed every rule before the one that refused it; the rules on bijlagen only if it had any.

    ``met_bijlagen`` is the number of berichten that passed those.
    """
    aantal = len(beoordelingen)
    if not met_bijlagen and beoordelingen.count(VERWERKT) == aantal:
        return [Telling(regel, aantal, 0) for regel in _ZONDER_BIJLAGEN[soort]] if aantal else []
    geweigerd = Counter(oordeel.regel.id for oordeel in beoordelingen if oordeel.regel is not None)
    vorm = catalogus.XSD if soort is Soort.XML else catalogus.VELDEN
    te_gaan = aantal - geweigerd[catalogus.XSD.id]
    over = list(accumulate((geweigerd[regel.id] for regel in catalogus.OORDEEL), sub, initial=te_gaan))[1:]
    tellingen = [Telling(vorm, te_gaan, geweigerd[catalogus.XSD.id])]
    for regel, geslaagd in zip(catalogus.OORDEEL, over, strict=True):
        if regel.id in _ALLEEN_XML and soort is Soort.JSON:
            continue
        tellingen.append(Telling(regel, met_bijlagen if regel.id in _BIJLAGE_REGELS else geslaagd, geweigerd[regel.id]))
    return [telling for telling in tellingen if telling.geslaagd or telling.geweigerd]

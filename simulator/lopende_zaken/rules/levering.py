"""Whether a delivery may change a zaak, and what its statuses mean for its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from simulator.gebruikers import Bsn
from simulator.infra.clock import dutch_day
from simulator.lopende_zaken.errors import (
    EinddatumTeVroeg,
    InitiatorOngeldig,
    MomentOngeldig,
    StatustypenDubbel,
    StatustypeOnbekend,
    ZaaktypeOnbruikbaar,
)
from simulator.lopende_zaken.values import Kanaal, Rol, StatusInvoer, Statustype, ZaakInvoer, Zaaktype

NATUURLIJK_PERSOON = "natuurlijk_persoon"
INITIATOR = "initiator"
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class GezetteStatus:
    """A status as the history keeps it."""

    datum_status_gezet: datetime
    tekst: str
    toelichting: str = ""
    volgnummer: int | None = None
    informeren: bool = True
    is_eindstatus: bool = False
    actie_vereist: bool = False


def find_initiator(rollen: Sequence[Rol]) -> Bsn:
    """The one natural person with a BSN who asked for the zaak; raises ``InitiatorOngeldig`` or ``BsnOngeldig``."""
    initiators = [each for each in rollen if each.omschrijving_generiek.casefold() == INITIATOR]
    if len(initiators) != 1:
        raise InitiatorOngeldig(ontvangen=f"{len(initiators)} initiators")
    (initiator,) = initiators
    if initiator.betrokkene_type != NATUURLIJK_PERSOON or not initiator.bsn:
        met = "met" if initiator.bsn else "zonder"
        raise InitiatorOngeldig(ontvangen=f"{initiator.betrokkene_type[:40]} {met} BSN")
    return Bsn.parse(initiator.bsn)


def check_datums(zaak: ZaakInvoer) -> None:
    """Raise ``EinddatumTeVroeg`` for a zaak that would end before it began."""
    if zaak.einddatum is not None and zaak.einddatum < zaak.startdatum:
        raise EinddatumTeVroeg(ontvangen=f"van {zaak.startdatum} tot {zaak.einddatum}")


def check_zaaktype(zaaktype: Zaaktype | None, identificatie: str) -> Zaaktype:
    """The zaaktype, if citizens may see its zaken; raises ``ZaaktypeOnbruikbaar``.

    ASSUMPTION: in reality the sender leaves out what is not configured; here that is a refusal, so that it shows.
    """
    if zaaktype is None:
        raise ZaaktypeOnbruikbaar("U hebt geen zaaktype met deze identificatie.", ontvangen=identificatie[:60])
    if not zaaktype.actief:
        raise ZaaktypeOnbruikbaar("Dit zaaktype staat uit.", ontvangen=identificatie)
    return zaaktype


def read_status(invoer: StatusInvoer, zaaktype: Zaaktype, kanaal: Kanaal) -> GezetteStatus:
    """The status as the history keeps it; raises ``StatustypeOnbekend`` for one that the zaaktype does not know.

    ASSUMPTION: the text of a zakLk01 is free, because senders put the result in it when a zaak ends, and the citizen is
    told of a text that is no statustype. Over REST a zaaktype without statustypen takes any text as well.
    """
    if not EARLIEST <= invoer.datum_status_gezet < LATEST:  # so that every zone of every clock has it
        raise MomentOngeldig(ontvangen=invoer.datum_status_gezet.isoformat())
    found = zaaktype.find_statustype(invoer.omschrijving)
    if found is None and zaaktype.statustypen and kanaal is Kanaal.REST:
        bekend = ", ".join(each.omschrijving for each in zaaktype.statustypen)
        raise StatustypeOnbekend(ontvangen=invoer.omschrijving, verwacht=f"Een van: {bekend}.")
    if found is None:
        return GezetteStatus(invoer.datum_status_gezet, invoer.omschrijving, invoer.toelichting)
    return GezetteStatus(
        invoer.datum_status_gezet,
        found.tekst,
        invoer.toelichting,
        found.volgnummer,
        informeren=found.informeren,
        is_eindstatus=found.is_eindstatus,
        actie_vereist=found.actie_vereist,
    )


def decide_einddatum(statussen: Sequence[GezetteStatus]) -> date | None:
    """When a zaak ended of which only the statuses say so: on the day of its last one, if that is an eindstatus.

    A status after an eindstatus opens the zaak again. ``statussen`` in order of ``datum_status_gezet``.
    """
    if not statussen or not statussen[-1].is_eindstatus:
        return None
    return dutch_day(statussen[-1].datum_status_gezet)


def check_statustypen(statustypen: Sequence[Statustype]) -> None:
    """Raise ``StatustypenDubbel`` when a volgnummer, a name or a text stands for two of them."""
    for each in statustypen:
        same = [other for other in statustypen if other.volgnummer == each.volgnummer or _names(other) & _names(each)]
        if len(same) > 1:
            raise StatustypenDubbel(ontvangen=f"volgnummer {each.volgnummer}, {each.omschrijving}")


def _names(statustype: Statustype) -> set[str]:
    return {statustype.omschrijving, statustype.tekst}

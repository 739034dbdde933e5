"""Zaken as they travel: JSON in the vocabulary of the Zaken API."""

from typing import Any

ANNA = "999990019"


def zaak_json(bsn: str = ANNA, **given: Any) -> dict[str, Any]:
    """A zaak with exactly one person as initiator."""
    return {
        "zaaktype": "B0366",
        "omschrijving": "Aanvraag parkeervergunning",
        "startdatum": "2026-11-02",
        "rollen": [
            {
                "betrokkeneType": "natuurlijk_persoon",
                "omschrijvingGeneriek": "initiator",
                "betrokkeneIdentificatie": {"inpBsn": bsn},
            }
        ],
        **given,
    }


def status_json(
    statustype: str = "Ontvangen", moment: str = "2026-11-02T10:00:00+01:00", **given: Any
) -> dict[str, Any]:
    return {"statustype": statustype, "datumStatusGezet": moment, **given}

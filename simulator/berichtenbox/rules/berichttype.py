"""What a berichttype may be called; the schema of the API says the same, with every error at its pointer."""

import re

from simulator.berichtenbox.errors.aanlevering import BerichttypeOngeldig
from simulator.berichtenbox.values import CODE_PATROON, MAX_BERICHTTYPE, MAX_TYPE_OMSCHRIJVING
from simulator.infra.errors import FieldError

_CODE = re.compile(CODE_PATROON)


def check_berichttype(code: str, omschrijving: str) -> None:
    """Raise ``BerichttypeOngeldig``, which names everything that is wrong."""
    errors = []
    if not (len(code) <= MAX_BERICHTTYPE and _CODE.match(code)):
        uitleg = (
            f"Kies een code van 1 tot en met {MAX_BERICHTTYPE} letters, cijfers, punten en streepjes, zonder spatie."
        )
        errors.append(FieldError("/code", uitleg))
    if not (1 <= len(omschrijving) <= MAX_TYPE_OMSCHRIJVING and omschrijving.isprintable()):
        uitleg = f"Schrijf een omschrijving van 1 tot en met {MAX_TYPE_OMSCHRIJVING} tekens, op één regel."
        errors.append(FieldError("/omschrijving", uitleg))
    if errors:
        raise BerichttypeOngeldig(" ".join(each.detail for each in errors), errors=errors)

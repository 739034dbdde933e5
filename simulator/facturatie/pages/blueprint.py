"""What the pages of this room hang on, in the portal of the Afnemer."""

from flask import Blueprint

from simulator.facturatie.documents.html import FILTERS
from simulator.facturatie.documents.woorden import TITELS

pages = Blueprint("facturen", "simulator.facturatie", url_prefix="/leveranciersportaal", template_folder="templates")
"""For an Afnemer who signed in."""
for _naam, _write in FILTERS.items():
    pages.add_app_template_filter(_write, _naam)


@pages.context_processor
def offer_titels() -> dict[str, object]:
    """What each kind of invoice is called."""
    return {"titels": TITELS}

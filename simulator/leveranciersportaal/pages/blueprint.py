"""What the pages hang on, and what each shows around its own content."""

from flask import Blueprint, g

from simulator.leveranciersportaal.values import MENU, PAD, UITKOMSTEN, VERWERKINGSCODES

pages = Blueprint("leveranciersportaal", "simulator.leveranciersportaal", url_prefix=PAD, template_folder="templates")
"""For an Afnemer who signed in."""


@pages.app_context_processor
def offer_menu() -> dict[str, object]:
    """The Afnemer who signed in, if any, and where it can go; for pages of other rooms in this portal too."""
    return {"leverancier": g.get("afnemer"), "leveranciersmenu": MENU}


@pages.context_processor
def offer_namen() -> dict[str, object]:
    """What the codes of the koppelvlak are called here."""
    return {"codenamen": VERWERKINGSCODES, "standen": UITKOMSTEN}

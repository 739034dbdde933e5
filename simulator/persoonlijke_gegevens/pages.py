"""What a citizen sees of Persoonlijke Gegevens: the categories, what each source says, and who saw the data."""

from flask import Blueprint, render_template, request

from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, current_trace
from simulator.persoonlijke_gegevens.rules import read_categorie, read_plaats, show_veld
from simulator.persoonlijke_gegevens.usecases import inzage
from simulator.persoonlijke_gegevens.values import Categorie

pages = Blueprint("persoonlijke-gegevens", __name__, template_folder="templates")
"""For who is logged in."""
pages.add_app_template_filter(show_veld, "veld")


@pages.get("/persoonlijke-gegevens")
def show_overzicht() -> str:
    """The categories, without asking any source."""
    tegels = inzage.list_tegels(current_omgeving(), current_burger().bsn, current_trace())
    return render_template("persoonlijke_gegevens/overzicht.html", tegels=tegels)


@pages.get("/persoonlijke-gegevens/<categorie>")
def show_categorie(categorie: str) -> str:
    """What the sources of one category say; live ones are asked now, all at once."""
    gekozen = read_categorie(categorie)
    blokken = inzage.show_blokken(current_omgeving(), current_burger().bsn, (gekozen,), current_trace())
    return render_template(
        "persoonlijke_gegevens/categorie.html", categorie=gekozen, categorieen=list(Categorie), blokken=blokken
    )


@pages.get("/persoonlijke-gegevens/wie-zag-mijn-gegevens")
def show_verwerkingen() -> str:
    """The processing log of this citizen."""
    eigen = request.args.get("alles") == "ja"
    regels = inzage.list_logregels(
        current_omgeving(),
        current_burger().bsn,
        current_trace(),
        eigen=eigen,
        na=read_plaats(request.args.get("na", "")),
    )
    return render_template("persoonlijke_gegevens/verwerkingen.html", regels=regels, eigen=eigen)

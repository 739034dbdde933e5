"""What a citizen sees of Persoonlijke Gegevens: the categories, what each source says, and who saw the data."""

from datetime import date

from flask import Blueprint, current_app, render_template, request
from flask_babel import format_date

from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, current_trace
from simulator.infra.languages import translate
from simulator.persoonlijke_gegevens.rules import read_categorie, read_plaats, show_veld
from simulator.persoonlijke_gegevens.usecases import inzage, logboek
from simulator.persoonlijke_gegevens.usecases.brp import WOORDEN
from simulator.persoonlijke_gegevens.values import Categorie, Datum, JaNee, Veld

pages = Blueprint("persoonlijke-gegevens", __name__, template_folder="templates")
"""For who is logged in."""
pages.add_app_template_filter(show_veld, "veld")
_DATUMVORMEN = {1: "y", 2: "MMMM y", 3: "d MMMM y"}
"""How a date is written of which the year, the month too, or all is known."""


@pages.app_template_filter("registerveld")
def show_registerveld(veld: Veld) -> str:
    """A field of the register in the language of the page: dates, and words that are no name of anybody."""
    if isinstance(veld, Datum):
        parts = [int(part) for part in veld.waarde.split("-")]
        return str(format_date(date(*[*parts, 1, 1][:3]), _DATUMVORMEN[len(parts)]))
    shown = show_veld(veld)
    return translate(shown) if isinstance(veld, JaNee) or veld.label in WOORDEN else shown


@pages.app_template_filter("delen")
def show_delen(omschrijving: str) -> str:
    """Which data a verwerking was about: what we named ourselves is in the language of the page."""
    return ", ".join(translate(part) for part in omschrijving.split(", "))


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
    keuze = logboek.Logkeuze(
        eigen=request.args.get("alles") == "ja",
        na=read_plaats(request.args.get("na", "")),
        afgeleid=current_app.extensions["verwerkingen"],
    )
    gelezen = logboek.show_logboek(current_omgeving(), current_burger().bsn, current_trace(), keuze)
    return render_template("persoonlijke_gegevens/verwerkingen.html", logboek=gelezen, eigen=keuze.eigen)

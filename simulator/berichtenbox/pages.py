"""The Berichtenbox as the citizen sees it: three mappen, one bericht, its bijlagen, and the simulated e-mail."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from simulator.berichtenbox.rules.postvak import read_tekst
from simulator.berichtenbox.usecases.inzage import read_bericht, show_bijlage, show_lijst
from simulator.berichtenbox.usecases.postvak import (
    Keuze,
    Lijstvraag,
    empty_prullenbak,
    erase_keuze,
    mark_berichten,
    move_berichten,
    summarise_postvak,
)
from simulator.berichtenbox.values import Map
from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, current_trace
from simulator.infra.languages import gettext, ngettext

pages = Blueprint("postvak", __name__, template_folder="templates")
MAX_ZOEK = 100
_MAPPEN = frozenset({Map.INBOX, Map.ARCHIEF, Map.PRULLENBAK})


@pages.get("/berichtenbox", defaults={"naam": "inbox"})
@pages.get("/berichtenbox/<any(archief, prullenbak):naam>")
def show_map(naam: str) -> str:
    omgeving, bsn = current_omgeving(), current_burger().bsn
    zoek = request.args.get("zoek", "")[:MAX_ZOEK]
    vraag = Lijstvraag(bsn, Map(naam), zoek, request.args.get("na", ""))
    lijst = show_lijst(omgeving, vraag, current_trace())
    standen = summarise_postvak(omgeving, bsn)
    return render_template(
        "berichtenbox/map.html", map=Map(naam), lijst=lijst, standen=standen, zoek=zoek, na=request.args.get("na", "")
    )


@pages.get("/berichtenbox/berichten/<kenmerk>")
def show_bericht(kenmerk: str) -> str:
    bericht = read_bericht(current_omgeving(), current_burger().bsn, kenmerk, current_trace())
    return render_template("berichtenbox/bericht.html", bericht=bericht, regels=list(read_tekst(bericht.tekst)))


@pages.get("/berichtenbox/berichten/<kenmerk>/bijlagen/<int:volgorde>")
def download_bijlage(kenmerk: str, volgorde: int) -> Response:
    bijlage = show_bijlage(current_omgeving(), current_burger().bsn, kenmerk, volgorde, current_trace())
    response = Response(bijlage.inhoud, mimetype="application/pdf")
    # A quoted name is for old clients; what is not plain ASCII travels in filename* (RFC 6266).
    response.headers.set("Content-Disposition", "attachment", filename=bijlage.bestandsnaam)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@pages.post("/berichtenbox/verplaatsen")
def move() -> BaseResponse:
    keuze = _keuze()
    naar = Map(request.form["naar"]) if request.form.get("naar") in _MAPPEN else Map.PRULLENBAK
    if keuze.kenmerken:
        flash(_tell_moved(naar, move_berichten(current_omgeving(), keuze, naar)), "ok")
    else:
        flash(gettext("U hebt geen bericht aangevinkt."), "warning")
    return _back()


@pages.post("/berichtenbox/ongelezen")
def mark_unread() -> BaseResponse:
    mark_berichten(current_omgeving(), _keuze(), gelezen=False)
    flash(gettext("Het bericht is gemarkeerd als ongelezen."), "ok")
    return _back()


@pages.post("/berichtenbox/wissen")
def erase() -> BaseResponse | str:
    keuze = _keuze()
    if not keuze.kenmerken:
        flash(gettext("U hebt geen bericht aangevinkt."), "warning")
        return redirect(url_for(".show_map", naam="prullenbak"))
    if "bevestigd" not in request.form:
        return render_template("berichtenbox/wissen.html", kenmerken=keuze.kenmerken, aantal=len(keuze.kenmerken))
    return _erased(erase_keuze(current_omgeving(), keuze))


@pages.get("/berichtenbox/prullenbak/legen")
def ask_empty() -> str:
    aantal = summarise_postvak(current_omgeving(), current_burger().bsn)[Map.PRULLENBAK].aantal
    return render_template("berichtenbox/wissen.html", kenmerken=(), aantal=aantal)


@pages.post("/berichtenbox/prullenbak/legen")
def empty() -> BaseResponse:
    return _erased(empty_prullenbak(current_omgeving(), current_burger().bsn))


def _keuze() -> Keuze:
    return Keuze(current_burger().bsn, tuple(dict.fromkeys(request.form.getlist("kenmerk"))))


def _tell_moved(naar: Map, aantal: int) -> str:
    if naar is Map.INBOX:
        text = ngettext("Het bericht staat weer in de inbox.", "%(num)s berichten staan weer in de inbox.", aantal)
    elif naar is Map.ARCHIEF:
        text = ngettext("Het bericht staat in het archief.", "%(num)s berichten staan in het archief.", aantal)
    else:
        text = ngettext("Het bericht ligt in de prullenbak.", "%(num)s berichten liggen in de prullenbak.", aantal)
    return text % {"num": aantal}


def _back() -> BaseResponse:
    naam = request.form.get("map", "")
    return redirect(url_for(".show_map", naam=naam if naam in _MAPPEN else "inbox"))


def _erased(aantal: int) -> BaseResponse:
    flash(ngettext("Het bericht is gewist.", "%(num)s berichten zijn gewist.", aantal) % {"num": aantal}, "ok")
    return redirect(url_for(".show_map", naam="prullenbak"))

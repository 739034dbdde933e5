"""The pages of DigiD: log in, type the SMS code, cancel, look at the simulated phone, log out."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.digid.errors import (
    DigidGeblokkeerd,
    GegevensOnjuist,
    InloggerOverleden,
    InloggerTeJong,
    PogingOnbekend,
    SmsCodeOnjuist,
    SmsCodeVerlopen,
    SmsControleOntbreekt,
    SmsPogingenOp,
)
from simulator.digid.rules import check_terugkeer
from simulator.digid.usecases.inloggen import (
    Inlogverzoek,
    Stap,
    cancel_poging,
    choose_persona,
    submit_gegevens,
    submit_sms_code,
)
from simulator.digid.usecases.niveau import current_niveau
from simulator.digid.usecases.sessies import end_sessie
from simulator.digid.usecases.telefoon import find_sms, find_smsstand
from simulator.digid.usecases.termijnen import get_termijnen
from simulator.digid.values import WACHTWOORD, Niveau, Reden, cookie_of_poging, cookie_of_sessie, format_duur
from simulator.gebruikers import list_personas
from simulator.infra.errors import Refusal
from simulator.infra.http import current_omgeving, current_trace
from simulator.infra.languages import gettext, translate

pages = Blueprint("digid", __name__, url_prefix="/digid", template_folder="templates")

START = "/"
MAX_TEKEN = 200


@pages.get("/inloggen")
def inloggen() -> ResponseReturnValue:
    """Show the login page, with the reason when somebody was sent here."""
    return _login_page(_requested_naar(request.args.get("naar")))


@pages.post("/inloggen")
def submit_inloggen() -> ResponseReturnValue:
    """Take a persona, or a user name and password."""
    naar = _requested_naar(request.form.get("naar"))
    omgeving = current_omgeving()
    niveau = _chosen_niveau(request.form.get("niveau", ""))
    persona = request.form.get("persona", "")[:MAX_TEKEN]
    gebruikersnaam = persona or request.form.get("gebruikersnaam", "")[:MAX_TEKEN]
    verzoek = Inlogverzoek(gebruikersnaam, niveau, naar, current_trace())
    try:
        if persona:
            return _follow(choose_persona(omgeving, verzoek))
        return _follow(submit_gegevens(omgeving, verzoek, request.form.get("wachtwoord", "")[:MAX_TEKEN]))
    except (GegevensOnjuist, DigidGeblokkeerd, SmsControleOntbreekt, InloggerOverleden, InloggerTeJong) as refusal:
        return _login_page(naar, refusal)


@pages.get("/sms")
def sms() -> ResponseReturnValue:
    """Ask for the SMS code."""
    return _sms_page()


@pages.post("/sms")
def submit_sms() -> ResponseReturnValue:
    """Take the SMS code."""
    try:
        code = request.form.get("code", "")[:MAX_TEKEN]
        return _follow(submit_sms_code(current_omgeving(), _poging_token(), code, current_trace()))
    except SmsCodeOnjuist as refusal:
        return _sms_page(refusal)
    except (SmsCodeVerlopen, SmsPogingenOp, DigidGeblokkeerd, PogingOnbekend) as refusal:
        return _ended_page(refusal)


@pages.post("/annuleren")
def annuleren() -> ResponseReturnValue:
    """Stop logging in."""
    if _poging_token():
        cancel_poging(current_omgeving(), _poging_token())
    naar = _requested_naar(request.form.get("naar"))
    antwoord = make_response(redirect(url_for("digid.geannuleerd", naar=naar), 303))
    return _drop_cookie(antwoord, cookie_of_poging(current_omgeving().naam))


@pages.get("/geannuleerd")
def geannuleerd() -> ResponseReturnValue:
    """Say that the login was cancelled."""
    return render_template("digid/geannuleerd.html", naar=_requested_naar(request.args.get("naar")), hide_login=True)


@pages.get("/telefoon")
def telefoon() -> ResponseReturnValue:
    """Show the simulated phone of whoever is logging in with this browser."""
    sms = find_sms(current_omgeving(), _poging_token())
    return render_template("digid/telefoon.html", sms=sms, hide_login=True)


@pages.get("/uitloggen")
def uitloggen() -> ResponseReturnValue:
    """Ask whether to log out, or say that it happened."""
    is_ingelogd = cookie_of_sessie(current_omgeving().naam) in request.cookies
    return render_template("digid/uitloggen.html", is_ingelogd=is_ingelogd, hide_login=is_ingelogd)


@pages.post("/uitloggen")
def submit_uitloggen() -> ResponseReturnValue:
    """Log out."""
    cookie = cookie_of_sessie(current_omgeving().naam)
    end_sessie(current_omgeving(), request.cookies.get(cookie, ""))
    return _drop_cookie(make_response(redirect(url_for("digid.uitloggen"), 303)), cookie)


def _login_page(naar: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    omgeving = current_omgeving()
    vereist = current_niveau(omgeving)
    gekozen = Niveau.from_text(request.form.get("niveau", "")) or vereist
    pagina = render_template(
        "digid/inloggen.html",
        naar=naar,
        fout=refusal,
        melding=_explain_reden(request.args.get("reden", ""), vereist),
        niveaus=tuple(Niveau),
        gekozen=gekozen,
        vereist=vereist,
        personas=list_personas(omgeving),
        gebruikersnaam=request.form.get("gebruikersnaam", "")[:MAX_TEKEN],
        wachtwoord_van_iedereen=WACHTWOORD,
        hide_login=True,
    )
    return _answer(pagina, refusal)


def _sms_page(refusal: Refusal | None = None) -> ResponseReturnValue:
    omgeving = current_omgeving()
    stand = find_smsstand(omgeving, _poging_token())
    if stand is None or not stand.wacht_op_code:
        return redirect(url_for("digid.inloggen"), 303)
    geldig = format_duur(get_termijnen(omgeving).sms_geldig)
    return _answer(
        render_template("digid/sms.html", stand=stand, fout=refusal, geldig=geldig, hide_login=True), refusal
    )


def _ended_page(refusal: Refusal) -> ResponseReturnValue:
    stand = find_smsstand(current_omgeving(), _poging_token())
    pagina = render_template("digid/gestopt.html", fout=refusal, naar=stand.naar if stand else START, hide_login=True)
    return _drop_cookie(_answer(pagina, refusal), cookie_of_poging(current_omgeving().naam))


def _answer(pagina: str, refusal: Refusal | None) -> Response:
    antwoord = make_response(pagina, refusal.status if refusal else 200)
    antwoord.headers.update(refusal.headers if refusal else {})
    return antwoord


def _follow(stap: Stap) -> ResponseReturnValue:
    naam = current_omgeving().naam
    if stap.sessie_token is None:
        antwoord = make_response(redirect(url_for("digid.sms"), 303))
        return _set_cookie(antwoord, cookie_of_poging(naam), stap.poging_token or "")
    oud = request.cookies.get(cookie_of_sessie(naam))
    if oud:
        end_sessie(current_omgeving(), oud)
    antwoord = make_response(redirect(request.script_root + stap.naar, 303))
    _drop_cookie(antwoord, cookie_of_poging(naam))
    return _set_cookie(antwoord, cookie_of_sessie(naam), stap.sessie_token)


def _explain_reden(reden: str, vereist: Niveau) -> str:
    termijnen = get_termijnen(current_omgeving())
    niveau_te_laag = gettext(
        "MijnOverheid vraagt DigiD-niveau %(niveau)s, zodat uw gegevens extra beschermd zijn. "
        "U was ingelogd op een lager niveau. Log opnieuw in op niveau %(niveau)s."
    )
    te_stil = gettext("U bent uitgelogd, omdat u %(duur)s niets hebt gedaan.")
    te_lang = gettext("U bent uitgelogd, omdat u %(duur)s was ingelogd. Voor uw veiligheid logt u opnieuw in.")
    uitleg = {
        Reden.NIVEAU: niveau_te_laag % {"niveau": vereist.naam},
        Reden.STIL: te_stil % {"duur": translate(format_duur(termijnen.sessie_stil))},
        Reden.DUUR: te_lang % {"duur": translate(format_duur(termijnen.sessie_totaal))},
    }
    return uitleg[Reden(reden)] if reden in set(Reden) else ""


def _requested_naar(naar: str | None) -> str:
    return check_terugkeer(naar) if naar else START


def _chosen_niveau(text: str) -> Niveau:
    return Niveau.from_text(text) or current_niveau(current_omgeving())


def _poging_token() -> str:
    return request.cookies.get(cookie_of_poging(current_omgeving().naam), "")


def _set_cookie(antwoord: Response, naam: str, waarde: str) -> Response:
    pad = request.script_root or "/"
    antwoord.set_cookie(naam, waarde, path=pad, secure=request.is_secure, httponly=True, samesite="Lax")
    return antwoord


def _drop_cookie(antwoord: Response, naam: str) -> Response:
    antwoord.delete_cookie(naam, path=request.script_root or "/", httponly=True, samesite="Lax")
    return antwoord

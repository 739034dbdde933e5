"""Invoices: the list, one of them in every form, what is behind a line, and what all that was metered would cost."""

from flask import Response, render_template, request, url_for

from simulator.afnemers import current_afnemer
from simulator.facturatie.documents.formaten import FORMATEN
from simulator.facturatie.documents.html import as_html, titel_of
from simulator.facturatie.errors import FactuurvraagOngeldig
from simulator.facturatie.pages.blueprint import pages
from simulator.facturatie.rules.vraag import read_bladzijde, read_voorbeeld, read_vraag
from simulator.facturatie.schemas.facturen import as_factuur
from simulator.facturatie.usecases.afspraken import list_tariefjaren
from simulator.facturatie.usecases.berichten import Regelvraag, list_regelaanleveringen
from simulator.facturatie.usecases.inzage import get_eigen_factuur, list_eigen_facturen
from simulator.facturatie.usecases.prognose import make_voorbeeld
from simulator.facturatie.values import Factuur, Factuurregel, Factuursoort
from simulator.infra.clock import dutch_day
from simulator.infra.http import count_refusal, current_omgeving, json_response
from simulator.infra.ids import public_id

_API = "/api/facturatie/v1"
_JSON = "json"


@pages.get("/facturen")
def list_facturen() -> str:
    """The invoices of this Afnemer, the oldest first; a filter that cannot be read is left out."""
    omgeving = current_omgeving()
    try:
        vraag = read_vraag({naam: tekst for naam, tekst in request.args.items() if tekst and naam != "aantal"})
    except FactuurvraagOngeldig as refusal:
        count_refusal(refusal)
        vraag = read_vraag({})
    found = list_eigen_facturen(omgeving, current_afnemer(), vraag)
    return render_template(
        "facturatie/facturen.html",
        facturen=found[: vraag.aantal],
        volgende=found[vraag.aantal - 1].nummer if len(found) > vraag.aantal else "",
        vraag=vraag,
        soorten=tuple(Factuursoort),
        jaren=list_tariefjaren(omgeving),
        dit_jaar=dutch_day(omgeving.now()).year,
    )


@pages.get("/facturen/<nummer>")
def show_factuur(nummer: str) -> str:
    return _show(get_eigen_factuur(current_omgeving(), current_afnemer(), nummer))


@pages.get("/facturen/<nummer>/<any(pdf, ubl, csv, json):formaat>")
def download_factuur(nummer: str, formaat: str) -> Response:
    return _download(get_eigen_factuur(current_omgeving(), current_afnemer(), nummer), formaat)


@pages.get("/facturen/voorbeeld")
def show_voorbeeld() -> str:
    """What everything that was metered here in a year costs by the tariff of a year; nothing is issued."""
    return _show(_make_voorbeeld())


@pages.get("/facturen/voorbeeld/<any(pdf, ubl, csv, json):formaat>")
def download_voorbeeld(formaat: str) -> Response:
    return _download(_make_voorbeeld(), formaat)


@pages.get("/facturen/<nummer>/regels/<int:volgnummer>")
def show_regel(nummer: str, volgnummer: int) -> str:
    """The deliveries behind a line."""
    omgeving, afnemer = current_omgeving(), current_afnemer()
    na, aantal = read_bladzijde({"na": request.args["na"]} if request.args.get("na") else {})
    found = list_regelaanleveringen(omgeving, Regelvraag(afnemer.id, nummer, volgnummer, na, aantal + 1))
    factuur = get_eigen_factuur(omgeving, afnemer, nummer)
    return render_template(
        "facturatie/regel.html",
        factuur=factuur,
        titel=titel_of(factuur),
        regel=next(each for each in factuur.regels if each.volgnummer == volgnummer),
        aanleveringen=[(public_id(each.aanlevering_id), each.berichttypes) for each in found[:aantal]],
        na=na,
        volgende=public_id(found[aantal - 1].aanlevering_id) if len(found) > aantal else "",
    )


def _show(factuur: Factuur) -> str:
    is_voorbeeld = request.endpoint == "facturen.show_voorbeeld"
    return render_template(
        "facturatie/factuur.html",
        factuur=factuur,
        titel=titel_of(factuur),
        inhoud=as_html(factuur, None if is_voorbeeld else lambda regel: _address_behind(factuur, regel)),
        formaten={naam.upper(): _address_of(factuur, naam) for naam in (*FORMATEN, _JSON)},
        is_voorbeeld=is_voorbeeld,
    )


def _address_behind(factuur: Factuur, regel: Factuurregel) -> str:
    """Berichten open as deliveries, what was set off as the other invoice, all else as the agreement behind it."""
    if regel.heeft_berichten:
        return url_for("facturen.show_regel", nummer=factuur.nummer, volgnummer=regel.volgnummer)
    if not regel.tariefregel and factuur.verwijst_naar:
        return url_for("facturen.show_factuur", nummer=factuur.verwijst_naar)
    if not regel.tariefregel:
        return url_for("facturen.list_facturen", jaar=factuur.periode.van.year)
    return url_for("facturen.show_dfa", _anchor=f"tarief-{regel.periode.van.year}")


def _address_of(factuur: Factuur, formaat: str) -> str:
    if request.endpoint == "facturen.show_voorbeeld":
        gevraagd = request.args
        return url_for(
            "facturen.download_voorbeeld", formaat=formaat, jaar=gevraagd.get("jaar"), tarief=gevraagd.get("tarief")
        )
    return url_for("facturen.download_factuur", nummer=factuur.nummer, formaat=formaat)


def _make_voorbeeld() -> Factuur:
    omgeving = current_omgeving()
    gevraagd = {naam: tekst for naam, tekst in request.args.items() if tekst}
    jaar, tariefjaar = read_voorbeeld(gevraagd, dutch_day(omgeving.now()).year)
    return make_voorbeeld(omgeving, current_afnemer(), jaar, tariefjaar)


def _download(factuur: Factuur, formaat: str) -> Response:
    if formaat == _JSON:
        headers = {"Content-Disposition": f'attachment; filename="factuur-{factuur.nummer}.json"'}
        return json_response(as_factuur(factuur, _API), headers=headers)
    form = FORMATEN[formaat]
    headers = {"Content-Disposition": f'attachment; filename="{form.filename(factuur)}"'}
    return Response(form.write(factuur), headers=headers, content_type=form.content_type)

"""Reports of processing: the deliveries of a period, down to the outcome of each bericht."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from simulator.afnemers import AfnemerRecord, afnemer_index, current_afnemer
from simulator.berichtenbox import rapportage
from simulator.infra.http import count_refusal, current_omgeving
from simulator.infra.omgeving import Omgeving
from simulator.leveranciersportaal.errors import PeriodeOnleesbaar
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.rules import check_periode, read_dag
from simulator.leveranciersportaal.schemas import CSV_TYPE, as_csv
from simulator.leveranciersportaal.values import VERWERKINGSCODES

_IN_CSV = 500
"""Deliveries that are read at once for a CSV."""


@pages.get("/rapportages")
def list_rapportages() -> ResponseReturnValue:
    omgeving, afnemer = current_omgeving(), current_afnemer()
    try:
        vraag = _read_vraag()
    except PeriodeOnleesbaar as refusal:
        count_refusal(refusal)
        return _page(rapportage.Rapportvraag(), fout=refusal), refusal.status
    if request.args.get("formaat") == "csv":
        naam = "-".join(["rapportage", *(str(dag) for dag in (vraag.van, vraag.tot) if dag)])
        kop = ["kenmerk", "ontvangen", "koppelvlak", "eigen kenmerk", "aangeleverd door", "namens", "stand", "aantal",
               *VERWERKINGSCODES]  # fmt: skip
        return _csv(naam, as_csv(kop, _list_rijen(omgeving, afnemer, replace(vraag, aantal=_IN_CSV))))
    return _page(vraag)


@pages.get("/rapportages/<kenmerk>")
def show_rapportage(kenmerk: str) -> ResponseReturnValue:
    rapport = rapportage.get_rapport(current_omgeving(), current_afnemer(), kenmerk)
    if request.args.get("formaat") == "csv":
        kop = ["BerichtID", "BerichtType", "VerwerkingsCode", "Stadium", "Regel", "Toelichting", "Waarschuwingen"]
        rijen = (
            [each, uitkomst.berichttype, uitkomst.code, uitkomst.stadium, uitkomst.regel, uitkomst.toelichting,
             " ".join(uitkomst.waarschuwingen)]
            for each, uitkomst in rapport.berichten
        )  # fmt: skip
        return _csv(f"aanlevering-{kenmerk}", as_csv(kop, rijen))
    return render_template(
        "leveranciersportaal/rapportage.html",
        rapport=rapport,
        namen=_list_namen(current_omgeving()),
    )


def _read_vraag() -> rapportage.Rapportvraag:
    van, tot = read_dag(request.args.get("van", "")), read_dag(request.args.get("tot", ""))
    check_periode(van, tot)
    uitkomst = request.args.get("uitkomst", "")
    known = rapportage.Uitkomst(uitkomst) if uitkomst in set(rapportage.Uitkomst) else None
    return rapportage.Rapportvraag(van, tot, known, request.args.get("na", "")[:60])


def _page(vraag: rapportage.Rapportvraag, fout: PeriodeOnleesbaar | None = None) -> str:
    return render_template(
        "leveranciersportaal/rapportages.html",
        vraag=vraag,
        fout=fout,
        pagina=rapportage.list_rapport(current_omgeving(), current_afnemer(), vraag),
        uitkomsten=tuple(rapportage.Uitkomst),
        namen=_list_namen(current_omgeving()),
    )


def _list_namen(omgeving: Omgeving) -> dict[int, str]:
    return {each.id: each.naam for each in afnemer_index(omgeving).by_id.values()}


def _list_rijen(
    omgeving: Omgeving, afnemer: AfnemerRecord, vraag: rapportage.Rapportvraag
) -> Iterator[Sequence[object]]:
    oins = {each.id: str(each.oin) for each in afnemer_index(omgeving).by_id.values()}
    for regel in rapportage.walk_rapport(omgeving, afnemer, vraag):
        tellingen = {code.value: aantal for code, aantal in regel.codes.items()}
        yield [
            regel.kenmerk, f"{regel.ontvangen_op:%Y-%m-%dT%H:%M:%SZ}", regel.soort.value, regel.extern_id,
            oins.get(regel.aanleveraar_id, ""), oins.get(regel.namens_id or 0, ""), regel.uitkomst.value, regel.aantal,
            *(tellingen.get(code, 0) for code in VERWERKINGSCODES),
        ]  # fmt: skip


def _csv(naam: str, lines: Iterator[str]) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{naam}.csv"'}
    return Response(lines, headers=headers, content_type=f"{CSV_TYPE}; charset=utf-8")

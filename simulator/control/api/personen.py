"""People: see and change them, log in for them, read their phone. A BSN travels in a body, never in a URL."""

from flask import Response

from simulator.control.api.document import api
from simulator.control.errors import GebruikerOnbekend, OrganisatieOnbekend, PersonaOnbekend, WieOnduidelijk
from simulator.control.schemas import (
    AdresAnswer,
    BesluitAnswer,
    GebruikerAnswer,
    GebruikerBody,
    KennisgevingAnswer,
    KennisgevingenAnswer,
    KennisgevingenBody,
    NiveauBody,
    NiveausAnswer,
    PersonaAnswer,
    PersonasAnswer,
    SessieAnswer,
    SessieBody,
    SmsAnswer,
    TelefoonAnswer,
    WieBody,
)
from simulator.control.usecases.overleg import decide_zekerheidsniveau
from simulator.control.usecases.personen import (
    GebruikerBeeld,
    GebruikerWijziging,
    change_gebruiker,
    find_bsn,
    show_gebruiker,
)
from simulator.digid import Niveau, beheer
from simulator.gebruikers import Bsn, list_personas
from simulator.infra.errors import Conflict, NotPermitted
from simulator.infra.http import current_omgeving, current_trace, json_response, read_json
from simulator.portaal import list_mails


def _describe(beeld: GebruikerBeeld) -> GebruikerAnswer:
    gebruiker, adres = beeld.gebruiker, beeld.gebruiker.adres
    return GebruikerAnswer(
        bsn=str(gebruiker.bsn),
        gebruikersnaam=gebruiker.gebruikersnaam,
        naam=gebruiker.naam,
        persona=gebruiker.persona,
        geslacht=gebruiker.geslacht,
        geboortedatum=gebruiker.geboortedatum,
        overleden_op=gebruiker.overleden_op,
        adres=AdresAnswer(
            straat=adres.straat, huisnummer=adres.huisnummer, postcode=adres.postcode, woonplaats=adres.woonplaats,
            gemeente=adres.gemeente,
        ),
        geheim=gebruiker.geheim,
        telefoon=gebruiker.telefoon,
        digid_niveau=gebruiker.digid_niveau.naam.lower(),
        box=str(gebruiker.box),
        email=gebruiker.email,
        kennisgeving=gebruiker.kennisgeving_aan,
        herhaling=gebruiker.herhaling_aan,
        contact_verloren=gebruiker.contact_verloren,
        voorkeuren=dict(beeld.voorkeuren),
    )  # fmt: skip


@api.operation(
    "GET", "/personas", summary="Mensen met een eigenschap die een test nodig heeft", answer=(200, PersonasAnswer)
)
def show_personas() -> Response:
    personas = [
        PersonaAnswer(bsn=each.bsn, naam=each.naam, omschrijving=each.omschrijving)
        for each in list_personas(current_omgeving())
    ]
    return json_response(PersonasAnswer(personas=personas))


@api.operation(
    "POST", "/gebruikers/_tonen", summary="Wie is dit", body=WieBody, answer=(200, GebruikerAnswer),
    refusals=(GebruikerOnbekend,),
)  # fmt: skip
def view_gebruiker() -> Response:
    body = read_json(WieBody)
    return json_response(_describe(show_gebruiker(current_omgeving(), Bsn.parse(body.bsn))))


@api.operation(
    "POST", "/gebruikers/_wijzigen", summary="Verander box, e-mail, kennisgevingen en voorkeuren van een Gebruiker",
    description="Alles of niets; ook wat de Gebruiker zelf niet kan, zoals een box weer uitzetten.",
    body=GebruikerBody, answer=(200, GebruikerAnswer), refusals=(GebruikerOnbekend, OrganisatieOnbekend, Conflict),
)  # fmt: skip
def edit_gebruiker() -> Response:
    body = read_json(GebruikerBody)
    wijziging = GebruikerWijziging(
        Bsn.parse(body.bsn), body.box_actief, body.email, body.kennisgeving, body.herhaling, body.voorkeuren
    )
    return json_response(_describe(change_gebruiker(current_omgeving(), wijziging)))


@api.operation(
    "POST", "/sessies", summary="Log in zonder pagina's, voor tests", body=SessieBody, answer=(201, SessieAnswer),
    refusals=(WieOnduidelijk, PersonaOnbekend, NotPermitted),
)  # fmt: skip
def create_sessie() -> Response:
    body, omgeving = read_json(SessieBody), current_omgeving()
    if (body.bsn is None) == (body.persona is None):
        raise WieOnduidelijk("Geef bsn of persona, één van de twee.")
    niveau = Niveau[body.niveau.upper()]
    toegang = beheer.open_toegang(omgeving, find_bsn(omgeving, body.bsn, body.persona), niveau, current_trace())
    answer = SessieAnswer(
        token=toegang.token, cookie=toegang.cookie, niveau=body.niveau, verloopt_op=toegang.verloopt_op
    )
    return json_response(answer, 201)


@api.operation(
    "POST", "/telefoon/_lezen", summary="De laatste sms'jes van een Gebruiker", body=WieBody,
    answer=(200, TelefoonAnswer),
)  # fmt: skip
def read_telefoon() -> Response:
    body = read_json(WieBody)
    smsen = [
        SmsAnswer(moment=sms.moment, code=sms.code, tekst=sms.tekst, telefoon=sms.telefoon)
        for sms in beheer.read_phone(current_omgeving(), Bsn.parse(body.bsn))
    ]
    return json_response(TelefoonAnswer(smsen=smsen))


@api.operation(
    "POST", "/kennisgevingen/_zoeken", summary="De laatste kennisgevingen, aan iedereen of aan één Gebruiker",
    body=KennisgevingenBody, answer=(200, KennisgevingenAnswer),
)  # fmt: skip
def search_kennisgevingen() -> Response:
    body = read_json(KennisgevingenBody)
    bsn = None if body.bsn is None else Bsn.parse(body.bsn)
    mails = [
        KennisgevingAnswer(
            moment=mail.moment, adres=mail.adres, soort=str(mail.soort), status=str(mail.status),
            onderwerp=mail.onderwerp, tekst=mail.tekst,
        )
        for mail in list_mails(current_omgeving(), bsn, body.aantal)
    ]  # fmt: skip
    return json_response(KennisgevingenAnswer(kennisgevingen=mails))


@api.operation(
    "GET",
    "/zekerheidsniveaus",
    summary="Welk niveau MijnOverheid vraagt, en vanaf wanneer",
    answer=(200, NiveausAnswer),
)
def show_niveaus() -> Response:
    omgeving = current_omgeving()
    besluiten = [
        BesluitAnswer(niveau=each.niveau.naam.lower(), vanaf=each.vanaf) for each in beheer.list_besluiten(omgeving)
    ]
    return json_response(NiveausAnswer(niveau=beheer.current_niveau(omgeving).naam.lower(), besluiten=besluiten))


@api.operation(
    "POST", "/zekerheidsniveaus", summary="Besluit welk niveau MijnOverheid vraagt", body=NiveauBody,
    answer=(200, NiveausAnswer),
    description="In één keer, met een eigen Afnemersoverleg in het register. Zonder `vanaf` gaat het nu in.",
)  # fmt: skip
def create_niveau() -> Response:
    body = read_json(NiveauBody)
    decide_zekerheidsniveau(current_omgeving(), body.niveau, body.vanaf)
    return show_niveaus()

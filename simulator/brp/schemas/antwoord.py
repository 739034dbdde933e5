"""From somebody in the register to the person that the koppelvlak gives."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from simulator.brp import rules
from simulator.brp.schemas import persoon as p
from simulator.brp.schemas.velden import select_velden
from simulator.brp.values import (
    Ingeschrevene,
    Vraag,
    a_nummer_of,
    adresseerbaar_object_of,
    geboorteplaats_of,
    ingeschreven_sinds,
    nummeraanduiding_of,
    split_huisnummer,
    woont_sinds,
)
from simulator.gebruikers import Bsn, bevolking

_NEDERLAND = p.Waardetabel(code="6030", omschrijving="Nederland")
_GESLACHT = {"M": "man", "V": "vrouw"}
_VERBINTENIS = {bevolking.Soort.HUWELIJK: "huwelijk", bevolking.Soort.PARTNERSCHAP: "geregistreerd partnerschap"}
_LANGSTE_STRAAT = 24
_MEERDERJARIG = 18


class PersonenQueryResponse(Struct, frozen=True):
    """The kind of question again, and the people it is about."""

    type: str
    personen: Annotated[list[p.Persoon], Meta(description="Bij zoeken met minder velden (PersoonBeperkt).")]


def build_antwoord(vraag: Vraag, gevonden: Sequence[Ingeschrevene]) -> dict[str, Any]:
    """The answer with, of each person, the fields that were asked for."""
    personen = [select_velden(msgspec.to_builtins(build_persoon(each)), vraag.fields, vraag.soort) for each in gevonden]
    return {"type": vraag.soort.value, "personen": personen}


def build_persoon(found: Ingeschrevene) -> p.Persoon:
    """All that the register knows about somebody."""
    gebruiker, gezin, op = found.gebruiker, found.gezin, found.op
    gemeente = _gemeente(gebruiker.gemeente)
    died = gebruiker.overleden_op
    return p.Persoon(
        a_nummer=a_nummer_of(gebruiker.bsn),
        burgerservicenummer=str(gebruiker.bsn),
        datum_eerste_inschrijving_gba=_datum(ingeschreven_sinds(gebruiker)),
        geheimhouding_persoonsgegevens=gebruiker.geheim or None,
        geslacht=_geslacht(gebruiker.geslacht),
        leeftijd=None if died else gebruiker.leeftijd(op),
        naam=_naam(found),
        nationaliteiten=[
            p.Nationaliteit(
                nationaliteit=p.Waardetabel(code="0001", omschrijving="Nederlandse"),
                datum_ingang_geldigheid=_datum(gebruiker.geboortedatum),
            )
        ],
        geboorte=p.Geboorte(
            datum=_datum(gebruiker.geboortedatum), land=_NEDERLAND, plaats=_gemeente(geboorteplaats_of(gebruiker.bsn))
        ),
        opschorting_bijhouding=_opschorting(died),
        overlijden=p.Overlijden(datum=_datum(died), land=_NEDERLAND, plaats=gemeente) if died else None,
        verblijfplaats=_verblijfplaats(found),
        gemeente_van_inschrijving=gemeente,
        datum_inschrijving_in_gemeente=_datum(woont_sinds(gebruiker, op)),
        adressering=_adressering(found),
        gezag=_list_gezag(found),
        kinderen=[_kind(each) for each in gezin.kinderen],
        ouders=[_ouder(each, place, gebruiker.geboortedatum) for place, each in enumerate(gezin.ouders, 1)],
        partners=[] if gezin.verbintenis is None else [_partner(gezin.verbintenis, gebruiker.bsn)],
    )


def as_datum(datum: bevolking.Registerdatum) -> p.Datum:
    """A date in the kind that says how much of it is known."""
    text = rules.format_datum(datum)
    if datum.dag:
        return p.VolledigeDatum(datum=date(*datum), lang_formaat=text)
    if datum.maand:
        return p.JaarMaandDatum(jaar=datum.jaar, maand=datum.maand, lang_formaat=text)
    return p.JaarDatum(jaar=datum.jaar, lang_formaat=text) if datum.jaar else p.DatumOnbekend()


def _datum(dag: date) -> p.Datum:
    return as_datum(bevolking.Registerdatum.of(dag))


def _gemeente(plaats: str) -> p.Waardetabel:
    return p.Waardetabel(code=bevolking.gemeentecode_of(plaats), omschrijving=plaats)


def _geslacht(code: str) -> p.Waardetabel:
    return p.Waardetabel(code=code, omschrijving=_GESLACHT[code])


def _opschorting(died: date | None) -> p.OpschortingBijhouding | None:
    if died is None:
        return None
    return p.OpschortingBijhouding(reden=p.Waardetabel(code="O", omschrijving="overlijden"), datum=_datum(died))


def _naam(found: Ingeschrevene) -> p.NaamPersoon:
    gebruiker, bond = found.gebruiker, found.gezin.verbintenis
    code = rules.naamgebruik_of(gebruiker, bond.partner if bond else None)
    return p.NaamPersoon(
        voornamen=gebruiker.voornamen,
        voorvoegsel=gebruiker.voorvoegsel or None,
        geslachtsnaam=gebruiker.achternaam,
        voorletters=rules.voorletters_of(gebruiker.voornamen),
        volledige_naam=gebruiker.naam,
        aanduiding_naamgebruik=p.Waardetabel(code=code, omschrijving=rules.NAAMGEBRUIK[code]),
    )


def _verblijfplaats(found: Ingeschrevene) -> p.Adres:
    gebruiker, adres = found.gebruiker, found.gebruiker.adres
    nummer, sinds = split_huisnummer(adres.huisnummer), _datum(woont_sinds(found.gebruiker, found.op))
    return p.Adres(
        verblijfadres=p.Verblijfadres(
            officiele_straatnaam=adres.straat,
            korte_straatnaam=adres.straat[:_LANGSTE_STRAAT],
            huisnummer=nummer.nummer,
            huisletter=nummer.letter or None,
            huisnummertoevoeging=nummer.toevoeging or None,
            postcode=adres.postcode.replace(" ", ""),
            woonplaats=adres.woonplaats,
        ),
        functie_adres=p.Waardetabel(code="W", omschrijving="woonadres"),
        adresseerbaar_object_identificatie=adresseerbaar_object_of(gebruiker),
        nummeraanduiding_identificatie=nummeraanduiding_of(gebruiker),
        datum_van=sinds,
        datum_ingang_geldigheid=sinds,
    )


def _adressering(found: Ingeschrevene) -> p.Adressering:
    gebruiker, adres, bond = found.gebruiker, found.gebruiker.adres, found.gezin.verbintenis
    spoken = rules.address(gebruiker, bond.partner if bond else None)
    return p.Adressering(
        adresregel1=f"{adres.straat} {adres.huisnummer}"[:40],
        adresregel2=f"{adres.postcode.replace(' ', '')} {adres.woonplaats}"[:50],
        aanhef=spoken.aanhef,
        aanschrijfwijze=p.Aanschrijfwijze(naam=spoken.naam),
        gebruik_in_lopende_tekst=spoken.lopende_tekst,
    )


def _related(verwant: bevolking.Verwant) -> tuple[str | None, p.NaamGerelateerde]:
    naam = p.NaamGerelateerde(
        voornamen=verwant.voornamen,
        voorvoegsel=verwant.voorvoegsel or None,
        geslachtsnaam=verwant.achternaam,
        voorletters=rules.voorletters_of(verwant.voornamen),
    )
    return None if verwant.bsn is None else str(verwant.bsn), naam


def _geboorte_of(verwant: bevolking.Verwant) -> p.Geboorte:
    plaats = None if verwant.bsn is None else _gemeente(geboorteplaats_of(verwant.bsn))
    return p.Geboorte(datum=as_datum(verwant.geboortedatum), land=_NEDERLAND, plaats=plaats)


def _kind(verwant: bevolking.Verwant) -> p.Kind:
    bsn, naam = _related(verwant)
    return p.Kind(burgerservicenummer=bsn, naam=naam, geboorte=_geboorte_of(verwant))


def _ouder(verwant: bevolking.Verwant, place: int, sinds: date) -> p.Ouder:
    bsn, naam = _related(verwant)
    return p.Ouder(
        burgerservicenummer=bsn, naam=naam, geboorte=_geboorte_of(verwant), geslacht=_geslacht(verwant.geslacht),
        ouder_aanduiding=str(place), datum_ingang_familierechtelijke_betrekking=_datum(sinds),
    )  # fmt: skip


def _partner(bond: bevolking.Verbintenis, bsn: Bsn) -> p.Partner:
    number, naam = _related(bond.partner)
    plaats = geboorteplaats_of(min(bsn, bond.partner.bsn or bsn))  # ASSUMPTION: of one of the two, the same from both
    return p.Partner(
        burgerservicenummer=number,
        naam=naam,
        geboorte=_geboorte_of(bond.partner),
        geslacht=_geslacht(bond.partner.geslacht),
        soort_verbintenis=p.Waardetabel(code=bond.soort.value, omschrijving=_VERBINTENIS[bond.soort]),
        aangaan_huwelijk_partnerschap=p.AangaanHuwelijkPartnerschap(
            datum=_datum(bond.sinds), land=_NEDERLAND, plaats=_gemeente(plaats)
        ),
        ontbinding_huwelijk_partnerschap=None
        if bond.tot is None
        else p.OntbindingHuwelijkPartnerschap(datum=_datum(bond.tot)),
    )


def _list_gezag(found: Ingeschrevene) -> list[p.Gezagsrelatie]:
    """The authority over a minor, said of the minor and of each parent."""
    gebruiker, op = found.gebruiker, found.op
    if gebruiker.leeftijd(op) < _MEERDERJARIG:
        ouders = [str(each.bsn) for each in found.gezin.ouders if each.bsn is not None]
        return [_gezag(str(gebruiker.bsn), ouders)]
    # ASSUMPTION: of the other parent of a child nothing is known here, so it says what holds for this one.
    minors = (each for each in found.gezin.kinderen if op.year - each.geboortedatum.jaar < _MEERDERJARIG)
    return [_gezag(str(each.bsn), [str(gebruiker.bsn)]) for each in minors]


def _gezag(minderjarige: str, ouders: Sequence[str]) -> p.Gezagsrelatie:
    minor, parents = (
        p.GezagPersoon(burgerservicenummer=minderjarige),
        [p.GezagPersoon(burgerservicenummer=each) for each in ouders],
    )
    if len(parents) > 1:
        return p.TweehoofdigOuderlijkGezag(minderjarige=minor, ouders=parents)
    if parents:
        return p.EenhoofdigOuderlijkGezag(minderjarige=minor, ouder=parents[0])
    return p.GezagNietTeBepalen(minderjarige=minor, toelichting="De ouders zijn niet ingeschreven.")

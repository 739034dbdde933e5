"""The blocks that come from the population itself: who somebody is, and who asked for that."""

from collections.abc import Iterable

from simulator.afnemers import afnemer_index
from simulator.brp import geboorteplaats_of, woont_sinds
from simulator.gebruikers import Bsn, Gebruiker, bevolking, get_gebruiker
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving
from simulator.persoonlijke_gegevens.rules import as_registerdatum
from simulator.persoonlijke_gegevens.values import Blok, Blokvorm, Categorie, Datum, Groep, JaNee, Tekst, Veld
from simulator.verwerkingen import Activiteit, count_verwerkingen

BRP = "Basisregistratie Personen"
BRP_OIN = "00000099000000000002"
"""Of the register as it is in this simulation: the free test prefix."""
WOORDEN = frozenset({"Geboren op", "Geslacht", "Nationaliteit", "Hoe vaak", "Waarvoor"})
"""Labels of fields with a word of ours in it, which has its English; in the others stand names and numbers."""
_GESLACHT = {"M": "Man", "V": "Vrouw"}
_VERBINTENIS = {bevolking.Soort.HUWELIJK: "Huwelijk", bevolking.Soort.PARTNERSCHAP: "Geregistreerd partnerschap"}


def build_brp_blok(omgeving: Omgeving, bsn: Bsn) -> Blok | None:
    """Identity, address and family as the BRP has them; ``None`` for who does not live here any more."""
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, bsn)
    if gebruiker is None:
        return None
    today, gezin = dutch_day(omgeving.now()), bevolking.get_gezin(omgeving, bsn)
    groepen = [
        _persoon(gebruiker),
        _adres(gebruiker, woont_sinds(gebruiker, today).isoformat()),
        *(_verwant(f"Ouder {place}", ouder) for place, ouder in enumerate(gezin.ouders, 1)),
        *([_verbintenis(gezin.verbintenis)] if gezin.verbintenis else []),
        *(_verwant(f"Kind {place}" if len(gezin.kinderen) > 1 else "Kind", kind)
          for place, kind in enumerate(gezin.kinderen, 1)),
    ]  # fmt: skip
    return Blok(Categorie.IDENTITEIT, BRP, BRP_OIN, Blokvorm.BRP, BRP, today, tuple(groepen))


def build_verstrekkingen_blok(omgeving: Omgeving, bsn: Bsn) -> Blok:
    """Who asked the BRP about somebody, how often and when last: counted in the processing log."""
    with omgeving.reading() as session:
        counted = count_verwerkingen(session, bsn, Activiteit.BRP_BEVRAGEN)
    names = {oin: afnemer.naam for oin, afnemer in afnemer_index(omgeving).by_oin.items()}
    groepen = [
        Groep(
            titel=names.get(oin, oin),
            velden=[
                Tekst(label="Hoe vaak", waarde="1 keer" if aantal == 1 else f"{aantal} keer"),
                Datum(label="Laatste keer", waarde=dutch_day(laatste).isoformat()),
                Tekst(label="Waarvoor", waarde=Activiteit.BRP_BEVRAGEN.value.doel),
            ],
        )
        for oin, (aantal, laatste) in sorted(counted.items(), key=lambda each: each[1][1], reverse=True)
    ]
    titel = "Op verzoek verstrekt"
    today = dutch_day(omgeving.now())
    return Blok(Categorie.BRP_VERSTREKKINGEN, BRP, BRP_OIN, Blokvorm.BRP, titel, today, tuple(groepen))


def _persoon(gebruiker: Gebruiker) -> Groep:
    velden: list[Veld] = [
        *_naamvelden(gebruiker.voornamen, gebruiker.voorvoegsel, gebruiker.achternaam),
        Tekst(label="Burgerservicenummer (BSN)", waarde=str(gebruiker.bsn)),
        Datum(label="Geboren op", waarde=gebruiker.geboortedatum.isoformat()),
        Tekst(label="Geboren in", waarde=f"{geboorteplaats_of(gebruiker.bsn)}, Nederland"),
        Tekst(label="Geslacht", waarde=_GESLACHT[gebruiker.geslacht]),
        Tekst(label="Nationaliteit", waarde="Nederlandse"),
    ]
    if gebruiker.overleden_op is not None:
        velden.append(Datum(label="Overleden op", waarde=gebruiker.overleden_op.isoformat()))
    return Groep(titel="Persoon", velden=velden)


def _adres(gebruiker: Gebruiker, sinds: str) -> Groep:
    adres = gebruiker.adres
    return Groep(
        titel="Adres",
        velden=[
            Tekst(label="Straat en huisnummer", waarde=f"{adres.straat} {adres.huisnummer}"),
            Tekst(label="Postcode en woonplaats", waarde=f"{adres.postcode} {adres.woonplaats}"),
            Tekst(label="Gemeente", waarde=adres.gemeente),
            Datum(label="U woont hier sinds", waarde=sinds),
            JaNee(label="Geheimhouding van uw gegevens", waarde=gebruiker.geheim),
        ],
    )


def _verwant(titel: str, verwant: bevolking.Verwant) -> Groep:
    return Groep(titel=titel, velden=list(_verwantvelden(verwant)))


def _verbintenis(bond: bevolking.Verbintenis) -> Groep:
    velden = [*_verwantvelden(bond.partner), Datum(label="Sinds", waarde=bond.sinds.isoformat())]
    if bond.tot is not None:
        velden.append(Datum(label="Beëindigd op", waarde=bond.tot.isoformat()))
    return Groep(titel=_VERBINTENIS[bond.soort], velden=velden)


def _verwantvelden(verwant: bevolking.Verwant) -> Iterable[Veld]:
    yield from _naamvelden(verwant.voornamen, verwant.voorvoegsel, verwant.achternaam)
    geboren = as_registerdatum(verwant.geboortedatum)
    yield Datum(label="Geboren op", waarde=geboren) if geboren else Tekst(label="Geboren op", waarde="Onbekend")


def _naamvelden(voornamen: str, voorvoegsel: str, achternaam: str) -> Iterable[Veld]:
    yield Tekst(label="Voornamen", waarde=voornamen)
    yield Tekst(label="Achternaam", waarde=" ".join(part for part in (voorvoegsel, achternaam) if part))

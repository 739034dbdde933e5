"""Who a search finds, and how a person is addressed."""

from dataclasses import dataclass

from simulator.brp.errors import TeveelResultaten
from simulator.brp.values import Vraag, adresseerbaar_object_of, nummeraanduiding_of, split_huisnummer
from simulator.gebruikers import Gebruiker, bevolking
from simulator.infra.ids import stable_hash

MAXIMUM = 10
"""A search that finds more is refused."""
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip
NAAMGEBRUIK = {
    "E": "eigen geslachtsnaam",
    "P": "geslachtsnaam partner",
    "V": "geslachtsnaam partner voor eigen geslachtsnaam",
    "N": "geslachtsnaam partner na eigen geslachtsnaam",
}
# ASSUMPTION: of a hundred women with a partner so many use the name of the partner in some way; men use their own.
_NAAMGEBRUIK_VROUW = ((45, "E"), (85, "V"), (92, "N"), (100, "P"))


def format_datum(datum: bevolking.Registerdatum) -> str:
    """A date as people read it: ``15 november 1956``, ``maart 1978``, ``1968`` or ``onbekend``."""
    if not datum.jaar:
        return "onbekend"
    parts = [str(datum.dag)] if datum.dag else []
    parts += [_MAANDEN[datum.maand - 1]] if datum.maand else []
    return " ".join([*parts, str(datum.jaar)])


def check_aantal(aantal: int) -> None:
    """Raise ``TeveelResultaten`` when a search finds more people than it may give."""
    if aantal > MAXIMUM:
        raise TeveelResultaten(MAXIMUM)


def matches(vraag: Vraag, gebruiker: Gebruiker) -> bool:
    """Whether somebody is meant by a search; what was not asked does not matter."""
    return (
        (vraag.inclusief_overleden_personen or not gebruiker.overleden)
        and _matches_persoon(vraag, gebruiker)
        and _matches_adres(vraag, gebruiker)
    )


def _matches_persoon(vraag: Vraag, gebruiker: Gebruiker) -> bool:
    return (
        _is_like(vraag.geslachtsnaam, gebruiker.achternaam)
        and _is_like(vraag.voorvoegsel, gebruiker.voorvoegsel)
        and _is_like(vraag.voornamen, gebruiker.voornamen)
        and _is_like(vraag.geslacht, gebruiker.geslacht)
        and vraag.geboortedatum in {None, gebruiker.geboortedatum}
    )


def _matches_adres(vraag: Vraag, gebruiker: Gebruiker) -> bool:
    adres, nummer = gebruiker.adres, split_huisnummer(gebruiker.adres.huisnummer)
    postcode = None if vraag.postcode is None else vraag.postcode.replace(" ", "")
    return (
        vraag.gemeente_van_inschrijving in {None, bevolking.gemeentecode_of(adres.gemeente)}
        and _is_like(postcode, adres.postcode.replace(" ", ""))
        and vraag.huisnummer in {None, nummer.nummer}
        and _is_like(vraag.huisletter, nummer.letter)
        and _is_like(vraag.huisnummertoevoeging, nummer.toevoeging)
        and _is_like(vraag.straat, adres.straat)
        and vraag.nummeraanduiding_identificatie in {None, nummeraanduiding_of(gebruiker)}
        and vraag.adresseerbaar_object_identificatie in {None, adresseerbaar_object_of(gebruiker)}
    )


def _is_like(asked: str | None, value: str) -> bool:
    """Searching is not case-sensitive; ``*`` stands for the rest."""
    if asked is None:
        return True
    wanted, found = asked.casefold(), value.casefold()
    if wanted.startswith("*"):
        return found.endswith(wanted[1:])
    return found.startswith(wanted[:-1]) if wanted.endswith("*") else found == wanted


@dataclass(frozen=True, slots=True)
class Aanspreking:
    """How to write to somebody."""

    aanhef: str
    naam: str
    lopende_tekst: str


def voorletters_of(voornamen: str) -> str:
    """``Pieter Jan`` is ``P.J.``; the letters IJ go together."""
    return "".join(("IJ" if each.startswith("IJ") else each[:1]) + "." for each in voornamen.split())


def naamgebruik_of(gebruiker: Gebruiker, partner: bevolking.Verwant | None) -> str:
    """Which surname somebody wants to be addressed by: E, P, V or N."""
    if partner is None or gebruiker.geslacht != "V":
        return "E"
    chance = stable_hash(b"naamgebruik", str(gebruiker.bsn).encode()) % 100
    return next(code for below, code in _NAAMGEBRUIK_VROUW if chance < below)


def address(gebruiker: Gebruiker, partner: bevolking.Verwant | None) -> Aanspreking:
    """How to write to somebody, with the surname that this person wants to be addressed by."""
    own, other = (gebruiker.voorvoegsel, gebruiker.achternaam), ("", "")
    if partner is not None:
        other = (partner.voorvoegsel, partner.achternaam)
    order = {"E": [own], "P": [other], "V": [other, own], "N": [own, other]}[naamgebruik_of(gebruiker, partner)]
    naam = "-".join(" ".join(part for part in each if part) for each in order)
    spoken = naam[:1].upper() + naam[1:]
    heer = gebruiker.geslacht == "M"
    return Aanspreking(
        aanhef=f"Geachte {'heer' if heer else 'mevrouw'} {spoken}",
        naam=f"{voorletters_of(gebruiker.voornamen)} {naam}",
        lopende_tekst=f"{'de heer' if heer else 'mevrouw'} {spoken}",
    )

"""Invoices to write down: one of each kind, and some at the edge."""

from datetime import date

from simulator.facturatie.values import Factuur, Factuurafnemer, Factuurregel, Factuursoort, Post, Tijdvak, bedrag_van

GEMEENTE = Factuurafnemer("00000099000000001000", "Gemeente Voorbeeldstad", "medeoverheid")
RIJKSDIENST = Factuurafnemer("00000099000000002000", "Voorbeelddienst Belastingen", "rijk")
MAART = Tijdvak.of_maand(2022, 3)


def regel(volgnummer: int, aantal: int, prijs: int, btw: int, **anders: object) -> Factuurregel:
    """A line of berichten in March 2022, unless told otherwise."""
    parts: dict[str, object] = {
        "post": Post.GEBRUIK, "omschrijving": "Verwerkte berichten maart 2022", "periode": MAART, "eenheid": "bericht",
        "dienst": "berichtenbox", "tariefregel": "2022/prijs",
    }  # fmt: skip
    return Factuurregel(
        volgnummer, aantal=aantal, prijs=prijs, bedrag_cent=bedrag_van(aantal, prijs), btw_percentage=btw,
        **(parts | anders),  # type: ignore[arg-type]  # the rest of the members, by name
    )  # fmt: skip


def maandfactuur() -> Factuur:
    return Factuur(
        "2022-00012", Factuursoort.MAAND, GEMEENTE, MAART, date(2022, 4, 1),
        (
            regel(1, 12_345, 3_200, 21),
            regel(2, 1_000, 0, 21, post=Post.VRIJ, omschrijving="Vrije berichten", toelichting="De eerste 1.000."),
        ),
        ("Voorschottarief 2022: € 0,32 per bericht. Bron: Logius maakt tarieven voor 2022 bekend.",),
    )  # fmt: skip


def voorschot() -> Factuur:
    jaar = Tijdvak.of_jaar(2022)
    line = regel(
        1, 150_000, 3_200, 0, post=Post.VOORSCHOT, omschrijving="Voorschot op verwerkte berichten 2022", periode=jaar
    )
    return Factuur("2022-00001", Factuursoort.VOORSCHOT, RIJKSDIENST, jaar, date(2022, 1, 3), (line,))


def verrekend() -> Factuur:
    """A month that was paid in advance: nothing is left to pay."""
    back = regel(
        2, -1, 39_504_000, 21, post=Post.VERREKENING, omschrijving="Betaald met voorschot 2022-00001",
        eenheid="factuur", dienst=None, tariefregel="",
    )  # fmt: skip
    return Factuur(
        "2022-00013", Factuursoort.MAAND, GEMEENTE, MAART, date(2022, 4, 1), (regel(1, 12_345, 3_200, 21), back),
        ("Dit is al betaald met voorschotfactuur 2022-00001.",), "2022-00001",
    )  # fmt: skip


def nulfactuur() -> Factuur:
    maand = Tijdvak.of_maand(2026, 11)
    line = regel(1, 8_000, 0, 0, omschrijving="Verwerkte berichten november 2026", periode=maand)
    return Factuur(
        "2026-00003", Factuursoort.MAAND, RIJKSDIENST, maand, date(2026, 12, 1), (line,),
        ("Sinds 2023 wordt MijnOverheid centraal gefinancierd.",),
    )  # fmt: skip


def afrekening() -> Factuur:
    """A year with everything on it, among which a half cent and an amount of four digits before the comma."""
    jaar = Tijdvak.of_jaar(2018)
    return Factuur(
        "2019-00007", Factuursoort.AFREKENING, GEMEENTE, jaar, date(2019, 1, 2),
        (
            regel(1, 1_234_567, 4_540, 21, periode=jaar, omschrijving="Verwerkte berichten 2018"),
            regel(2, 1, 50, 21, periode=jaar, omschrijving="Een halve cent"),
            regel(3, 1, 12_500_000, 21, periode=jaar, post=Post.VAST, omschrijving="Vast bedrag", eenheid="jaar"),
            regel(4, 1, 5_000_000, 21, periode=jaar, post=Post.AANSLUITING, omschrijving="Aansluitkosten Gegevens",
                  eenheid="aansluiting", dienst="persoonlijke-gegevens"),
            regel(5, -1, 5_000_000_000, 21, periode=jaar, post=Post.VERREKENING, omschrijving="Betaald met voorschot",
                  eenheid="factuur", dienst=None, tariefregel=""),
        ),
    )  # fmt: skip


def credit() -> Factuur:
    return Factuur(
        "2022-00020", Factuursoort.CREDIT, GEMEENTE, MAART, date(2022, 5, 2),
        (regel(1, -345, 3_200, 21, omschrijving="Terug: te veel berekend in maart 2022"),),
        ("Correctie van factuur 2022-00012.",), "2022-00012",
    )  # fmt: skip


def gemengd() -> Factuur:
    """Somebody who left the Rijk: what was settled from before has no BTW, the rest does."""
    oud = regel(2, -10, 3_200, 0, omschrijving="Verrekend van voor de overgang")
    return Factuur(
        "2022-00030", Factuursoort.AFREKENING, GEMEENTE, MAART, date(2022, 5, 2), (regel(1, 100, 3_200, 21), oud)
    )


ALLE = (maandfactuur, voorschot, verrekend, nulfactuur, afrekening, credit, gemengd)

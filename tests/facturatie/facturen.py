"""Invoices and a prognosis to make documents of, small enough to check by hand."""

from datetime import date

from simulator.facturatie.values import (
    Factuur,
    Factuurafnemer,
    Factuurregel,
    Factuursoort,
    Post,
    Prognose,
    Prognosemaand,
    Tijdvak,
    bedrag_van,
)

STAD = Factuurafnemer("00000099000000001000", "Gemeente Voorbeeldstad", "medeoverheid")
BELASTINGEN = Factuurafnemer("00000099000000002000", "Voorbeelddienst Belastingen", "rijk")
MAART = Tijdvak.of_maand(2022, 3)
JAAR = Tijdvak.of_jaar(2022)


def gebruik(volgnummer: int = 1, aantal: int = 1_250, periode: Tijdvak = MAART, btw: int = 21) -> Factuurregel:
    """Berichten at the advance tariff of 2022: 1,250 of them are EUR 400.00."""
    return Factuurregel(
        volgnummer, Post.GEBRUIK, f"Verwerkte berichten {periode.naam}", periode, aantal, "bericht", 3200,
        bedrag_van(aantal, 3200), btw, "berichtenbox", "2022/prijs",
    )  # fmt: skip


def verrekening(volgnummer: int, nummer: str, cent: int, btw: int = 21) -> Factuurregel:
    """What another invoice took care of."""
    return Factuurregel(
        volgnummer, Post.VERREKENING, f"Factuur {nummer}", JAAR, -1, "factuur", cent * 100, -cent, btw,
        toelichting="Eerder in rekening gebracht.",
    )  # fmt: skip


def maandfactuur() -> Factuur:
    """EUR 400.00 and 84.00 BTW: 484.00 to pay."""
    return Factuur("2022-00003", Factuursoort.MAAND, STAD, MAART, date(2022, 4, 1), (gebruik(),))


def rijksfactuur() -> Factuur:
    """EUR 400.00 without BTW, because the customer is inside the Rijk."""
    toelichting = ("Binnen het Rijk wordt geen BTW berekend.",)
    return Factuur(
        "2022-00004", Factuursoort.MAAND, BELASTINGEN, MAART, date(2022, 4, 1), (gebruik(btw=0),), toelichting
    )


def nulfactuur() -> Factuur:
    """EUR 0.00: central funding."""
    maart = Tijdvak.of_maand(2024, 3)
    regel = Factuurregel(
        1, Post.GEBRUIK, "Verwerkte berichten maart 2024", maart, 800, "bericht", 0, 0, 21, "berichtenbox", "2023/prijs"
    )
    toelichting = ("Sinds 2023 wordt MijnOverheid centraal gefinancierd: u betaalt niets.",)
    return Factuur("2024-00001", Factuursoort.MAAND, STAD, maart, date(2024, 4, 1), (regel,), toelichting)


def creditnota() -> Factuur:
    """A settlement with money back: 1,250 berichten (EUR 400.00) against an advance of EUR 1,000.00."""
    return Factuur(
        "2023-00001", Factuursoort.CREDIT, STAD, JAAR, date(2023, 1, 2),
        (gebruik(), verrekening(2, "2022-00001", 100_000)),
        ("De afrekening van 2022 is lager dan het voorschot.",), "2022-00001",
    )  # fmt: skip


def prognose() -> Prognose:
    """A thousand berichten a month at EUR 0.32: EUR 3,840.00, and 806.40 BTW."""
    maanden = tuple(Prognosemaand(maand, 1_000, 0, 32_000, 0) for maand in range(1, 13))
    return Prognose(2027, "Tarief 2022", 3200, "medeoverheid", maanden, 21, 3200, ("Tarief van 2022 als aanname.",))

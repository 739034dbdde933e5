"""The report of a year: one HTML file, the same figures as JSON, and apart how fast it went."""

from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.year.figures import MAANDEN, Maandcijfers, Tempo, Verslag
from simulator.year.pictures import BREEDTE, HOOGTE, LINKS, ONDER, Beeld, Reeks, show_number, stack

HTML, JSON, TEMPO = "report.html", "report.json", "tempo.json"
_CODES = {
    "Verwerkt": "Verwerkt",
    "NietActiefOfGeabonneerd": "Geen actieve box of geen abonnement",
    "BerichtBestaatAl": "Bericht was er al",
    "BerichtTypeNietOndersteund": "Berichttype niet actief",
    "TechnischProbleem": "Technisch probleem",
}


def write_report(verslag: Verslag, tempo: Tempo, folder: Path) -> Path:
    """Write the three files; answers where the page is. The first two are the same in each run with one seed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JSON).write_bytes(msgspec.json.format(msgspec.json.encode(verslag), indent=2))
    (folder / TEMPO).write_bytes(msgspec.json.format(msgspec.json.encode(tempo), indent=2))
    page = folder / HTML
    page.write_text(render_report(verslag), "utf-8")
    return page


def render_report(verslag: Verslag) -> str:
    """The page."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("report.html").render(
        verslag=verslag,
        namen={each.oin: each.naam for each in verslag.afnemers},
        beelden={each.id: each for each in _draw(verslag)},
        codes=_name_codes(verslag),
        totaal=_add_up(verslag),
        getal=show_number,
        deel=_share,
        maat={"breedte": BREEDTE, "hoogte": HOOGTE, "links": LINKS, "onder": ONDER},
    )


def _draw(verslag: Verslag) -> list[Beeld]:
    months = [each.naam for each in verslag.maanden]
    year = months[:MAANDEN]
    post = [Reeks(each.naam, each.aangeboden) for each in verslag.afnemers]
    return [
        stack("post", "Berichten per maand, per Afnemer", year, post),
        stack("mail", "E-mails per maand", months, [
            Reeks("Kennisgeving", [each.kennisgevingen for each in verslag.maanden]),
            Reeks("Herhaling na drie weken", [each.herhalingen for each in verslag.maanden]),
        ]),
        stack("gelezen", "Binnen drie weken geopend, naar maand van verschijnen", year, [
            Reeks("Geopend", [_percent(each) for each in verslag.maanden[:MAANDEN]]),
        ], " %"),
        stack("inlogs", "Inlogs per maand van de steekproef", months, [
            Reeks("Ingelogd", [each.inlogs for each in verslag.maanden]),
            Reeks("Kon niet inloggen", [each.niet_ingelogd for each in verslag.maanden]),
        ]),
    ]  # fmt: skip


def _name_codes(verslag: Verslag) -> dict[str, str]:
    """The codes that came, in the order of the koppelvlak, with what they mean."""
    seen = {code for each in verslag.afnemers for code in each.codes}
    return {code: naam for code, naam in _CODES.items() if code in seen} | {
        code: code for code in sorted(seen - _CODES.keys())
    }


def _add_up(verslag: Verslag) -> Maandcijfers:
    """All months together."""
    total = Maandcijfers("totaal")
    for naam in Maandcijfers.__struct_fields__[1:]:
        setattr(total, naam, sum(getattr(each, naam) for each in verslag.maanden))
    return total


def _percent(maand: Maandcijfers) -> float:
    return round(100 * maand.geopend_binnen_drie_weken / maand.ontvangen, 1) if maand.ontvangen else 0.0


def _share(part: float, whole: float) -> str:
    return f"{show_number(round(100 * part / whole, 1))} %" if whole else "–"

"""The report of a year: one HTML file, the same figures as JSON, and apart how fast it went."""

from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.infra.charts import Chart, Column, draw_bars, group_digits
from simulator.year.figures import MAANDEN, Maandcijfers, Tempo, Verslag

HTML, JSON, TEMPO = "report.html", "report.json", "tempo.json"
_HERE = Path(__file__).parent
_PORTAAL = _HERE.parent / "portaal"
"""How pictures are drawn, and in which colours: the same as on the pages of the simulator."""
_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SOORTEN = ("voorschot", "maand", "afrekening", "credit")
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
        loader=FileSystemLoader([_HERE / "templates", _PORTAAL / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("report.html").render(
        verslag=verslag,
        stijl=Markup((_PORTAAL / "static" / "grafiek.css").read_text("utf-8")),  # noqa: S704 - our own style sheet
        namen={each.oin: each.naam for each in verslag.afnemers},
        beelden=_draw(verslag),
        codes=_name_codes(verslag),
        totaal=_add_up(verslag),
        soorten=[each for each in _SOORTEN if any(factuur.soort == each for factuur in verslag.facturen)],
        getal=group_digits,
        euro=_show_cents,
        deel=_share,
    )


def _draw(verslag: Verslag) -> dict[str, Chart]:
    months = [*_KORT, _KORT[0]]
    year = months[:MAANDEN]
    post = [Column(naam, tuple(each.aangeboden[place] for each in verslag.afnemers)) for place, naam in enumerate(year)]
    pairs = list(zip(months, verslag.maanden, strict=True))
    return {
        "post": draw_bars(post, [each.naam for each in verslag.afnemers]),
        "mail": draw_bars(
            [Column(naam, (each.kennisgevingen, each.herhalingen)) for naam, each in pairs],
            ("kennisgeving", "herhaling na drie weken"),
        ),
        "gelezen": draw_bars(
            [Column(naam, (_percent(each),)) for naam, each in pairs[:MAANDEN]], ("geopend",), lambda n: f"{n} %"
        ),
        "inlogs": draw_bars(
            [Column(naam, (each.inlogs, each.niet_ingelogd)) for naam, each in pairs],
            ("ingelogd", "kon niet inloggen"),
        ),
    }


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


def _percent(maand: Maandcijfers) -> int:
    return round(100 * maand.geopend_binnen_drie_weken / maand.ontvangen) if maand.ontvangen else 0


def _show_cents(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{group_digits(whole)},{rest:02d}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "–"

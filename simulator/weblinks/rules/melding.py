"""The words of the e-mail about weblinks."""

from collections import Counter
from collections.abc import Sequence

from simulator.weblinks.values.bevinding import Melding, Meldingsoort

MAX_GENOEMD = 25
_KOPPEN = {
    Meldingsoort.SLECHT: "Deze weblinks werken niet meer. De burger ziet de zaak zonder weblink, met de reden:",
    Meldingsoort.WAARSCHUWING: "Deze weblinks werken nog, maar niet lang meer:",
    Meldingsoort.HERSTELD: "Deze weblinks werken weer:",
}


def mail_onderwerp(meldingen: Sequence[Melding]) -> str:
    """The subject: how many weblinks, and the worst that happened."""
    counts = Counter(each.soort for each in meldingen)
    parts = [
        (counts[Meldingsoort.SLECHT], "werkt niet meer", "werken niet meer"),
        (counts[Meldingsoort.WAARSCHUWING], "vraagt aandacht", "vragen aandacht"),
        (counts[Meldingsoort.HERSTELD], "werkt weer", "werken weer"),
    ]
    told = [f"{number} {one if number == 1 else more}" for number, one, more in parts if number]
    return "Weblinks naar uw dossiers: " + ", ".join(told)


def mail_tekst(afnemer: str, meldingen: Sequence[Melding]) -> str:
    """The text: what happened to which weblink, the first of each kind, and where to read the rest."""
    lines = [
        "SIMULATIE: dit is geen echt bericht van MijnOverheid.", "", f"Aan {afnemer},", "",
        "MijnOverheid volgt elke dag de weblinks naar uw dossiers (Voorwaarden, artikel 7.1).", "",
    ]  # fmt: skip
    for soort, kop in _KOPPEN.items():
        found = [each for each in meldingen if each.soort is soort]
        if found:
            lines += [kop, ""]
            lines += [f"- {each.url}\n  {each.reden}" for each in found[:MAX_GENOEMD]]
            if len(found) > MAX_GENOEMD:
                lines.append(f"- en nog {len(found) - MAX_GENOEMD} andere")
            lines.append("")
    lines += ["Alles wat er is gevonden, staat in de API: GET /api/weblinks/v1/controles en /meldingen."]
    return "\n".join(lines) + "\n"

"""When the Afnemersoverleg may decide, and how long before and after a change of the Voorwaarden what may happen."""

from collections.abc import Mapping
from datetime import date, datetime

from simulator.infra.clock import add_months, dutch_day
from simulator.infra.errors import FieldError
from simulator.voorwaarden.errors import (
    EERSTE_TARIEFJAAR,
    AankondigingTeLaat,
    AntwoordTeLaat,
    BesluitZonderOverleg,
    TariefOngeldig,
    UitfaseringOngeldig,
)
from simulator.voorwaarden.values.overleg import (
    Besluitinhoud,
    Niveaukeuze,
    Overleg,
    Tariefbesluit,
    Uitfasering,
)
from simulator.voorwaarden.values.wijziging import AANKONDIGEN_MAANDEN, Wijziging

_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober"),
    *("november", "december"),
)


def check_besluit(overleg: Overleg, genomen_op: date, ingang: date | None, vandaag: date) -> None:
    """Refuse a decision that was not taken between its meeting and today, or that holds from before its meeting."""
    errors = []
    if overleg.datum > vandaag:
        errors.append(FieldError("/overleg", f"Dit overleg is pas op {overleg.datum.isoformat()}."))
    if genomen_op < overleg.datum:
        errors.append(FieldError("/genomenOp", f"Het overleg is op {overleg.datum.isoformat()}, dus later."))
    if genomen_op > vandaag:
        errors.append(FieldError("/genomenOp", f"Vandaag is het {vandaag.isoformat()}; dit moet nog komen."))
    if ingang is not None and ingang < overleg.datum:
        errors.append(FieldError("/inhoud", f"Het gaat in op {ingang.isoformat()}, en dat is voor het overleg."))
    if errors:
        raise BesluitZonderOverleg(" ".join(each.detail for each in errors), errors=errors)


def ingang_of(inhoud: Besluitinhoud) -> date | None:
    """From which Dutch day a decision holds.

    ASSUMPTION: a tariff may be laid down after its year began, as real costs are settled afterwards; and when a change
    of the Voorwaarden begins, is up to the announcement.
    """
    match inhoud:
        case Niveaukeuze(vanaf=vanaf):
            return dutch_day(vanaf)
        case Uitfasering(uitgefaseerd_op=uitgefaseerd_op):
            return uitgefaseerd_op
        case _:
            return None


def check_tarief(tarief: Tariefbesluit) -> None:
    """Refuse a tariff from before Logius charged anything."""
    if tarief.jaar < EERSTE_TARIEFJAAR:
        raise TariefOngeldig(
            f"Logius brengt pas kosten in rekening vanaf {EERSTE_TARIEFJAAR}.", ontvangen=str(tarief.jaar)
        )


def check_uitfasering(uitfasering: Uitfasering, versies: Mapping[str, str]) -> None:
    """Refuse an API that is not among ``versies``, a version that is not newer, and two that are not side by side."""
    errors = []
    huidig = versies.get(uitfasering.api)
    if huidig is None:
        errors.append(FieldError("/inhoud/api", f"Een API van deze simulator is {', '.join(versies)}."))
    elif _as_numbers(uitfasering.opvolger) <= _as_numbers(huidig):
        errors.append(FieldError("/inhoud/opvolger", f"Nu is het versie {huidig}."))
    if uitfasering.vervalt_op <= uitfasering.uitgefaseerd_op:
        errors.append(FieldError("/inhoud/vervaltOp", "Dit moet na de uitfasering zijn."))
    if errors:
        raise UitfaseringOngeldig(" ".join(each.detail for each in errors), errors=errors)


def check_termijn(ingangsdatum: date, vandaag: date) -> None:
    """Refuse an announcement of less than a calendar month before (article 8.1).

    On 31 January that is 28 February, in a leap year the 29th: a month without such a day ends the term on its last.
    """
    eerste = add_months(vandaag, AANKONDIGEN_MAANDEN)
    if ingangsdatum < eerste:
        raise AankondigingTeLaat(
            f"Wie vandaag ({vandaag.isoformat()}) aankondigt, kan op zijn vroegst op {eerste.isoformat()} wijzigen.",
            ontvangen=ingangsdatum.isoformat(),
            verwacht=f"{eerste.isoformat()} of later",
        )


def check_antwoord(wijziging: Wijziging, moment: datetime) -> None:
    """Refuse an answer once delivery has ended, or would have.

    ASSUMPTION: until then an Afnemer may change its mind, either way; the terms name no day by which it must answer.
    """
    if moment >= wijziging.einde:
        raise AntwoordTeLaat(f"Antwoorden op versie {wijziging.versie} kon tot {wijziging.einddatum.isoformat()}.")


def _as_numbers(versie: str) -> tuple[int, ...]:
    return tuple(map(int, versie.split(".")))


def write_kennisgeving(wijziging: Wijziging) -> tuple[str, str]:
    """Subject and text of the written notice that article 8.1 asks for."""
    vanaf, einde = _in_words(wijziging.ingangsdatum), _in_words(wijziging.einddatum)
    tekst = (
        f"Vanaf {vanaf} geldt versie {wijziging.versie} van de Voorwaarden MijnOverheid productieomgeving.\n\n"
        f"{wijziging.samenvatting}\n\n"
        f"U kunt de wijziging aanvaarden of weigeren. Weigert u, dan levert Logius tot {einde}, twee maanden na de "
        "wijzigingsdatum (artikel 8.2); tot dan kunt u van gedachten veranderen. Antwoordt u niet, dan aanvaardt u "
        f"de wijziging op {vanaf}.\n\nLogius (simulatie)"
    )
    return f"Voorwaarden MijnOverheid: versie {wijziging.versie} vanaf {vanaf}", tekst


def _in_words(dag: date) -> str:
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"

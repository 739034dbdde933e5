"""What the BRP API refuses, in the words and codes of Haal Centraal."""

from collections.abc import Sequence
from typing import NamedTuple

from simulator.infra.errors import FieldError, InvalidInput, Refusal
from simulator.infra.regels import Herkomst, Regel

PATH = "/haalcentraal/api/brp/personen"
_BRON = "Haal Centraal BRP Personen Bevragen 2.7.0, openapi.yaml en features"
_TYPE = "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1"

PARAMETERS_VERPLICHT = Regel(
    "BRP-parameters-verplicht", "Elke soort vraag heeft verplichte parameters", _BRON, Herkomst.GEDOCUMENTEERD,
    "De verplichte parameters van de soort vraag, en fields.",
)  # fmt: skip
PARAMETERS_GELDIG = Regel(
    "BRP-parameters-geldig", "Elke parameter voldoet aan zijn patroon", _BRON, Herkomst.GEDOCUMENTEERD,
    "Waarden volgens openapi.json, en velden die bij deze soort vraag bestaan.",
)  # fmt: skip
MAXIMUM = Regel(
    "BRP-maximum", "Een zoekvraag levert hoogstens 10 personen", _BRON, Herkomst.GEDOCUMENTEERD,
    "Een zoekvraag die hoogstens 10 personen vindt.",
)  # fmt: skip
AANVAARD = Regel(
    "BRP-aanvaard", "Het antwoord is JSON", _BRON, Herkomst.GEDOCUMENTEERD,
    "De header Accept met application/json, of zonder die header.",
)  # fmt: skip
VERSTREKKING_GELOGD = Regel(
    "BRP-verstrekking-gelogd", "Elke verstrekking uit de BRP wordt vastgelegd voor wie het aangaat",
    "Wet BRP, artikel 3.11; Logboek Dataverwerkingen", Herkomst.GEDOCUMENTEERD,
    "Een regel in het logboek per persoon, voordat het antwoord weggaat.",
)  # fmt: skip
REGELS = (PARAMETERS_VERPLICHT, PARAMETERS_GELDIG, MAXIMUM, AANVAARD, VERSTREKKING_GELOGD)


class FoutieveParameter(NamedTuple):
    """A parameter that is wrong; also one member of ``invalidParams``."""

    name: str
    code: str
    reason: str


class _BrpFout(InvalidInput):
    code = "paramsValidation"

    def __init__(self, detail: str, foutief: Sequence[FoutieveParameter] = ()) -> None:
        extensions: dict[str, object] = {"type": _TYPE, "instance": PATH, "code": self.code}
        if foutief:
            extensions["invalidParams"] = [each._asdict() for each in foutief]
        errors = [FieldError(f"/{each.name}", each.reason) for each in foutief]
        super().__init__(detail, errors=errors, extensions=extensions)


class ParametersOnjuist(_BrpFout):
    """One or more parameters have a value that they cannot have."""

    slug = "brp-parameters-onjuist"
    title = "Een of meerdere parameters zijn niet correct."
    regel = PARAMETERS_GELDIG

    def __init__(self, foutief: Sequence[FoutieveParameter]) -> None:
        super().__init__(_detail(foutief), foutief)


class ParametersOntbreken(_BrpFout):
    """Parameters are missing that this kind of question needs."""

    slug = "brp-parameters-ontbreken"
    title = "Minimale combinatie van parameters moet worden opgegeven."
    regel = PARAMETERS_VERPLICHT
    code = "paramsCombination"

    def __init__(self, foutief: Sequence[FoutieveParameter]) -> None:
        super().__init__(_detail(foutief), foutief)


class TeveelResultaten(_BrpFout):
    """More people than a search may give."""

    slug = "brp-teveel-zoekresultaten"
    title = "Teveel zoekresultaten."
    regel = MAXIMUM
    code = "tooManyResults"

    def __init__(self, maximum: int) -> None:
        super().__init__(f"Meer dan maximum van {maximum} zoekresultaten gevonden. Verfijn de zoekopdracht.")


class AntwoordNietAanvaard(Refusal):
    """The caller takes no JSON."""

    status = 406
    slug = "brp-antwoord-niet-aanvaard"
    title = "Gevraagde contenttype wordt niet ondersteund."
    regel = AANVAARD

    def __init__(self) -> None:
        super().__init__("Het antwoord is er alleen als application/json.", extensions={"code": "notAcceptable"})


def _detail(foutief: Sequence[FoutieveParameter]) -> str:
    return f"De foutieve parameter(s) zijn: {', '.join(each.name for each in foutief)}."

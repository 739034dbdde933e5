"""What decides whether a sign-in still holds, where one goes after it, and which periods may be asked for."""

import re
from datetime import date, datetime

from simulator.infra.clock import check_near
from simulator.leveranciersportaal.errors import AanmeldingVerlopen, PeriodeOnleesbaar
from simulator.leveranciersportaal.values import GELDIG, PAD

_MAX_TERUG = 500
_DAG = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_EIGEN_PAD = re.compile(rf"{PAD}(?:[/?][\w/.,;:=&%+~?-]*)?\Z", re.ASCII)


def choose_terug(terug: str) -> str:
    """Where to go after signing in: the page of the portal that was asked for; anything else means the Overzicht."""
    return terug if len(terug) <= _MAX_TERUG and _EIGEN_PAD.match(terug) else PAD


def check_geldig(aangemaakt_op: datetime, moment: datetime) -> None:
    """Raise ``AanmeldingVerlopen`` for a sign-in of too long ago."""
    if moment - aangemaakt_op >= GELDIG:
        raise AanmeldingVerlopen


def read_dag(text: str) -> date | None:
    """A day as a date field sends it; nothing when it was left empty. Raises ``PeriodeOnleesbaar``."""
    if not text:
        return None
    try:
        dag = date.fromisoformat(text if _DAG.match(text) else "")
    except ValueError as error:
        raise PeriodeOnleesbaar(f"{text[:20]} is geen bestaande dag, zoals 2026-11-23.") from error
    try:
        check_near(**{text: dag})
    except ValueError as error:
        raise PeriodeOnleesbaar(f"{error}.") from error
    return dag


def check_periode(van: date | None, tot: date | None, most: int | None = None) -> None:
    """Raise ``PeriodeOnleesbaar`` for a period that runs backwards, or has more than ``most`` days."""
    if van is None or tot is None:
        return
    if tot < van:
        raise PeriodeOnleesbaar("De laatste dag ligt voor de eerste.")
    if most is not None and (tot - van).days >= most:
        raise PeriodeOnleesbaar(f"Dit zijn {(tot - van).days + 1} dagen; kies er hoogstens {most}.")

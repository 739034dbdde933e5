"""The xs:dateTime of the koppelvlak, which allows more than Python's own ISO form."""

import re
from datetime import UTC, datetime, timedelta

_VROEGST = datetime.min.replace(tzinfo=UTC)
_LAATST = datetime.max.replace(tzinfo=UTC)
_BUITEN_BEREIK = re.compile(r"(-)\d{4,}-|\d{5,}-|0000-")
_MIDDERNACHT = "T24:00:00"


def read_moment(text: str) -> datetime:
    """The moment that a valid xs:dateTime means, in UTC; a year that Python has no room for is the nearest it has.

    ASSUMPTION: without a time zone it is UTC, as the koppelvlak asks for Zulu time.
    """
    text = text.strip()
    buiten = _BUITEN_BEREIK.match(text)
    if buiten:
        return _VROEGST if buiten[1] or text.startswith("0000") else _LAATST
    if _MIDDERNACHT in text:
        return _add_day(read_moment(re.sub(r"T24:00:00(\.0+)?", "T00:00:00", text)))
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _VROEGST if moment.year == 1 else _LAATST


def _add_day(moment: datetime) -> datetime:
    try:
        return moment + timedelta(days=1)
    except OverflowError:
        return _LAATST


def write_moment(moment: datetime) -> str:
    """Zulu time with milliseconds, as the real result documents have it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"

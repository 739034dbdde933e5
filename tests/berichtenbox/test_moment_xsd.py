"""xs:dateTime allows more than Python's ISO form; each valid text means a moment."""

from datetime import UTC, datetime

import pytest

from simulator.berichtenbox.schemas.moment_xsd import read_moment, write_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T10:00:00Z", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        (" 2026-11-23T10:00:00Z\n", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23T10:00:00", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23T10:00:00+14:00", datetime(2026, 11, 22, 20, tzinfo=UTC)),
        ("2026-11-23T10:00:00.5Z", datetime(2026, 11, 23, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-23T10:00:00.123456789Z", datetime(2026, 11, 23, 10, 0, 0, 123_456, tzinfo=UTC)),
        ("2026-12-31T24:00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12-31T24:00:00.000Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("9999-12-31T24:00:00Z", datetime.max.replace(tzinfo=UTC)),
        ("9999-12-31T23:59:59-14:00", datetime.max.replace(tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", datetime.min.replace(tzinfo=UTC)),
        ("12026-11-23T10:00:00Z", datetime.max.replace(tzinfo=UTC)),
        ("-0044-03-15T10:00:00Z", datetime.min.replace(tzinfo=UTC)),
    ],
)
def test_every_valid_datetime_means_a_moment(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


def test_a_moment_is_written_in_zulu_time_with_milliseconds() -> None:
    assert write_moment(datetime(2026, 11, 23, 10, 0, 0, 123_999, tzinfo=UTC)) == "2026-11-23T10:00:00.123Z"

"""Pictures of numbers: bars and lines worked out as shapes of an SVG, which ``portaal/grafiek.html`` draws.

A picture without a script, that follows the colours of the page; the numbers themselves stay beside it, for a table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _BOTTOM, _TOP = 64, 12, 28, 12
_GAP = 0.28
"""Of the width of a column is left open."""
_LINES = 4
_NAMES = 12
"""More names than this do not fit below the picture."""
Show = Callable[[int], str]


def group_digits(number: int) -> str:
    """12345 as people in the Netherlands write it: 12.345."""
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above one name on the axis: a number for each series, none below nought."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of a column that belongs to one series; ``text`` says it in words."""

    series: int
    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series as a line through the middle of its columns."""

    series: int
    points: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale, or a name below the picture."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one column as text, for the table beside the picture."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws."""

    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    scale: tuple[Mark, ...]
    names: tuple[Mark, ...]
    rows: tuple[Row, ...]
    left: int = _LEFT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def draw_bars(columns: Sequence[Column], series: Sequence[str], show: Show = group_digits) -> Chart:
    """Columns with the series stacked on each other; ``show`` writes a number for people."""
    top = round_up(max((sum(column.values) for column in columns), default=0))
    paper = _Paper(columns, series, show, top)
    return replace(paper.frame(), bars=tuple(bar for number in range(len(columns)) for bar in paper.stack(number)))


def draw_lines(columns: Sequence[Column], series: Sequence[str], show: Show = group_digits) -> Chart:
    """Each series as a line, on one scale."""
    paper = _Paper(columns, series, show, round_up(max((max(column.values) for column in columns), default=0)))
    return replace(paper.frame(), lines=tuple(paper.join(number) for number in range(len(series))))


def round_up(number: int) -> int:
    """The least that is not below the number and has a round quarter: 4, 8, 12, 20, and ten times those."""
    power = 1
    while True:
        for nice in (4, 8, 12, 20):
            if nice * power >= number:
                return nice * power
        power *= 10


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is drawn, on a scale that ends at ``top``."""

    columns: Sequence[Column]
    series: Sequence[str]
    show: Show
    top: int

    def frame(self) -> Chart:
        """The scale, the names below it and the table; not yet what stands in it."""
        every = max(1, -(-len(self.columns) // _NAMES))
        # Counted from the last back, so that today has its name.
        named = range((len(self.columns) - 1) % every, len(self.columns), every)
        scale = [self.top * part // _LINES for part in range(_LINES + 1)]
        return Chart(
            series=tuple(self.series),
            bars=(),
            lines=(),
            scale=tuple(Mark(round(self._level(value), 1), self.show(value)) for value in scale),
            names=tuple(Mark(self._middle(number), self.columns[number].name) for number in named),
            rows=tuple(Row(column.name, tuple(map(self.show, column.values))) for column in self.columns),
        )

    def stack(self, number: int) -> Iterator[Bar]:
        """The bars of one column, from the bottom up."""
        column, below, width = self.columns[number], 0, self._step * (1 - _GAP)
        x = round(self._middle(number) - width / 2, 1)
        for series, value in enumerate(column.values):
            if value:
                y = round(self._level(below + value), 1)
                height = round(self._level(below) - y, 1)
                yield Bar(series, x, y, round(width, 1), height, self._say(column, series))
                below += value

    def join(self, series: int) -> Line:
        """One series from column to column."""
        points = (
            f"{self._middle(number)},{self._level(column.values[series]):.1f}"
            for number, column in enumerate(self.columns)
        )
        return Line(series, " ".join(points))

    @property
    def _step(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / max(1, len(self.columns))

    def _middle(self, number: int) -> float:
        return round(_LEFT + (number + 0.5) * self._step, 1)

    def _level(self, value: int) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * value / self.top

    def _say(self, column: Column, series: int) -> str:
        said = f"{column.name}: {self.show(column.values[series])}"
        return f"{said} ({self.series[series]})" if len(self.series) > 1 else said

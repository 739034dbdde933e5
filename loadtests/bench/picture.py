"""Small charts as SVG: panels beside each other, each with a few lines."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

Line = Sequence[tuple[float, float]]
_COLOURS = ("#154273", "#d55e00", "#007a5e", "#8f2d84")
_WIDTH, _HEIGHT = 360, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 16, 40, 74
_FONT = 'font-family="system-ui, sans-serif" font-size="12" fill="#222"'


@dataclass(frozen=True)
class Panel:
    """One pair of axes; on a logarithmic axis the ticks are powers of ten."""

    title: str
    across: str
    lines: Mapping[str, Line]
    log_x: bool = False
    log_y: bool = False

    def draw(self) -> str:
        points = [point for line in self.lines.values() for point in line]
        x = _Axis.over([each[0] for each in points], log=self.log_x, start=_LEFT, end=_WIDTH - _RIGHT)
        y = _Axis.over([each[1] for each in points], log=self.log_y, start=_HEIGHT - _BOTTOM, end=_TOP)
        parts = [f'<text x="{_LEFT}" y="22" {_FONT} font-weight="600">{escape(self.title)}</text>']
        for tick in y.ticks():
            at = y.place(tick)
            parts.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
            parts.append(f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end" {_FONT}>{label(tick)}</text>')
        for tick in x.ticks():
            place = f'x="{x.place(tick):.1f}" y="{_HEIGHT - _BOTTOM + 18}"'
            parts.append(f'<text {place} text-anchor="middle" {_FONT}>{label(tick)}</text>')
        middle = (_LEFT + _WIDTH - _RIGHT) / 2
        across = f'x="{middle}" y="{_HEIGHT - _BOTTOM + 36}" text-anchor="middle"'
        parts.append(f"<text {across} {_FONT}>{escape(self.across)}</text>")
        for number, (name, line) in enumerate(self.lines.items()):
            parts += _draw_line(name, [(x.place(a), y.place(b)) for a, b in line], number)
        return "".join(parts)


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    log: bool
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], *, log: bool, start: float, end: float) -> "_Axis":
        if log:
            positive = [value for value in values if value > 0] or [1.0]
            lowest, highest = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
            return cls(lowest, max(highest, lowest + 1), log, start, end)
        high = max([*values, 0.0])
        step = 10 ** math.floor(math.log10(high)) if high > 0 else 1.0
        return cls(0.0, math.ceil(high / step) * step or 1.0, log, start, end)

    def place(self, value: float) -> float:
        at = math.log10(max(value, 10**self.low)) if self.log else value
        return self.start + (at - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        if self.log:
            return [10.0**power for power in range(int(self.low), int(self.high) + 1)]
        return [self.high * part / 4 for part in range(5)]


def label(value: float) -> str:
    """A figure on an axis: 250, 1.5k, 10M."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def draw(panels: Sequence[Panel], description: str) -> str:
    """The picture; ``description`` is what somebody hears who cannot see it."""
    width = _WIDTH * len(panels)
    shifted = (f'<g transform="translate({number * _WIDTH})">{each.draw()}</g>' for number, each in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        f'role="img"><title>{escape(description)}</title><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(shifted)}</svg>\n"
    )


def _draw_line(name: str, points: Line, number: int) -> list[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    parts = [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'] if points else []
    if len(points) <= 20:  # noqa: PLR2004 - more would hide the line
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    left, top = _LEFT + number % 2 * 150, _HEIGHT - 22 + number // 2 * 16
    parts.append(f'<path d="M{left} {top - 4}h16" stroke="{colour}" stroke-width="3"/>')
    parts.append(f'<text x="{left + 22}" y="{top}" {_FONT}>{escape(name)}</text>')
    return parts

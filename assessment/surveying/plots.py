"""The radar of a self-assessment; pygal's own is stretched in a frame that is not square, so it is drawn here."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap
from xml.etree import ElementTree

from schools.plots.drawing import LETTER, SIZES, SVG, Look, style_of, width_of, written

STEPS = 5
LINE, LEGEND_LINE, LABEL_SIGNS = 17, 24, 13
HEIGHTS = {"wide": 400, "narrow": 360}
# Of the four kinds of line of a plot those that differ most: dashes and a whole line.
KINDS = (1, 3)


@dataclass(frozen=True)
class Ring:
    """One closed line: its name and a value of 1 to 5 on each axis, None where nothing is shown."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Web:
    """Where the radar lies in its image."""

    across: float
    down: float
    radius: float
    axes: int

    def at(self, axis: int, value: float) -> tuple[float, float]:
        """Return the place of a value on an axis; the first axis points up, the others follow clockwise."""
        angle = 2 * pi * axis / self.axes
        reach = self.radius * value / STEPS
        return self.across + reach * sin(angle), self.down - reach * cos(angle)


def height_of_radar(rings: Sequence[Ring], size: str) -> int:
    return HEIGHTS[size] + LEGEND_LINE * len(rings)


def radar(title: str, axes: Sequence[str], rings: Sequence[Ring], look: Look) -> bytes:
    """Draw one ring per strand over the axes, from the middle (0) to the rim (5)."""
    width, height = SIZES[look.size][0], height_of_radar(rings, look.size)
    root = ElementTree.Element(
        f"{{{SVG}}}svg", {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    )
    part(root, "title").text = title
    part(
        root, "style"
    ).text = f"{style_of(look)}.ring{{fill:none;stroke-width:2.5;stroke-linejoin:round}}.dot{{stroke-dasharray:none}}"
    labels = [wrap(label, LABEL_SIGNS) or [label] for label in axes]
    widest = 34 if look.is_narrow else max(width_of(line) for label in labels for line in label) + 14
    radius = min(width / 2 - widest, HEIGHTS[look.size] / 2 - 3 * LINE)
    web = Web(width / 2, HEIGHTS[look.size] / 2 + 6, radius, len(axes))
    put_web(root, web)
    for axis, label in enumerate(labels):
        put_label(root, web, axis, label, look)
    for number, ring in enumerate(rings):
        put_ring(root, web, ring, KINDS[number % len(KINDS)])
        put_legend(root, ring, KINDS[number % len(KINDS)], HEIGHTS[look.size] + LEGEND_LINE * number + LETTER)
    return written(root)


def part(parent: ElementTree.Element, name: str, **values: object) -> ElementTree.Element:
    """Add an element; `class_` is written as class."""
    places = {key.rstrip("_").replace("_", "-"): written_as(value) for key, value in values.items()}
    return ElementTree.SubElement(parent, f"{{{SVG}}}{name}", places)


def written_as(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def path_of(places: Sequence[tuple[float, float]], *, is_closed: bool = True) -> str:
    joined = " L".join(f"{across:.1f} {down:.1f}" for across, down in places)
    return f"M{joined}{' Z' if is_closed else ''}"


def put_web(root: ElementTree.Element, web: Web) -> None:
    """Draw a line per step and per axis, and the numbers of the steps."""
    for step in range(1, STEPS + 1):
        part(root, "path", class_="line", d=path_of([web.at(axis, step) for axis in range(web.axes)]))
    for axis in range(web.axes):
        part(root, "path", class_="line", d=path_of([web.at(axis, 0), web.at(axis, STEPS)], is_closed=False))
    for step in range(1, STEPS + 1):
        across, down = web.at(0, step)
        part(root, "text", class_="behind", x=across + 4, y=down + LETTER - 1).text = str(step)


def put_label(root: ElementTree.Element, web: Web, axis: int, lines: Sequence[str], look: Look) -> None:
    """Write the name of an axis outside its end; on a phone above or below it, kept inside the image."""
    across, down = web.at(axis, STEPS)
    half = max(width_of(line) for line in lines) / 2
    above, below = down - 10 - LINE * (len(lines) - 1), down + LINE + 4
    if look.is_narrow:
        first = above if down < web.down else below
        middle = min(max(across, half + 2), SIZES[look.size][0] - half - 2)
    elif abs(across - web.across) < 1:
        first, middle = above, across
    else:
        first = down + LETTER / 2 - LINE * (len(lines) - 1) / 2
        middle = across + (half + 8) * (1 if across > web.across else -1)
    for number, line in enumerate(lines):
        part(root, "text", class_="label", x=middle, y=first + LINE * number).text = line


def put_ring(root: ElementTree.Element, web: Web, ring: Ring, kind: int) -> None:
    """Draw the values that are shown; the ring is closed only where all are."""
    places = [web.at(axis, value) for axis, value in enumerate(ring.values) if value is not None]
    if not places:
        return
    is_whole = len(places) == web.axes
    part(root, "path", class_=f"ring color-{kind}", d=path_of(places, is_closed=is_whole))
    for across, down in places:
        part(root, "circle", class_=f"dot ring color-{kind}", cx=across, cy=down, r=4)


def put_legend(root: ElementTree.Element, ring: Ring, kind: int, down: float) -> None:
    part(root, "path", class_=f"ring color-{kind}", d=path_of([(16, down), (52, down)], is_closed=False))
    part(root, "text", class_="behind", x=62, y=down + 5).text = ring.label

"""Horizontal bars, each with its figures behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from xml.etree import ElementTree

from schools.plots.drawing import LETTER, SIZES, SVG, Look, frame, plain, width_of, written


@dataclass(frozen=True)
class Bar:
    """One bar: what is counted, the figures at its end, and its length in percent."""

    label: str
    figures: str
    percent: float


def height_of_bars(rows: Sequence[Bar], size: str) -> int:
    """Return how high a plot of bars is; on a phone each label stands above its bar."""
    return len(rows) * (62 if size == "narrow" else 44) + 12


def bars(title: str, rows: Sequence[Bar], look: Look) -> bytes:
    """Draw horizontal bars, the first on top, each with its figures behind it."""
    upward = list(reversed(rows))
    space = max(width_of(row.figures) for row in rows) + 10
    labels = 0 if look.is_narrow else max(width_of(row.label) for row in rows) + 10
    plot = SIZES[look.size][0] - labels - space - 12
    chart = import_module("pygal").HorizontalBar(
        **frame(look, height=height_of_bars(rows, look.size)),
        show_legend=False,
        print_labels=True,
        range=(0, 100 * (1 + space / plot)),
        show_x_labels=False,
        rounded_bars=3,
        margin_left=max(6, labels - round(0.6 * LETTER * max(len(row.label) for row in rows))),
    )
    chart.x_labels = ["" if look.is_narrow else row.label for row in upward]
    chart.add("", [{"value": row.percent, "label": row.figures} for row in upward])
    root = plain(chart, title, look)
    put_figures_behind_bars(root)
    if look.is_narrow:
        put_labels_above_bars(root, [row.label for row in upward])
    return written(root)


def bars_and_figures(
    root: ElementTree.Element,
) -> list[tuple[ElementTree.Element, ElementTree.Element, ElementTree.Element]]:
    """Return each bar with its figure and the group of the figures, in the order drawn."""
    drawn = [node for node in root.iter(f"{{{SVG}}}rect") if "rect" in node.get("class", "").split()]
    groups = [
        (text, group)
        for group in root.iter(f"{{{SVG}}}g")
        for text in group
        if "label" in text.get("class", "").split()
    ]
    return [(bar, text, group) for bar, (text, group) in zip(drawn, groups, strict=True)]


def put_figures_behind_bars(root: ElementTree.Element) -> None:
    """Move each figure from the middle of its bar to behind its end."""
    for bar, figure, _group in bars_and_figures(root):
        figure.set("x", str(float(bar.get("x", 0)) + float(bar.get("width", 0)) + 6))
        figure.set("class", "label behind")


def put_labels_above_bars(root: ElementTree.Element, labels: Sequence[str]) -> None:
    """Make each bar lower and write its label into the space above."""
    for (bar, figure, group), label in zip(bars_and_figures(root), labels, strict=True):
        top, height = float(bar.get("y", 0)), float(bar.get("height", 0))
        bar.set("y", str(top + 20))
        bar.set("height", str(height - 20))
        figure.set("y", str(float(figure.get("y", 0)) + 10))
        place = {"x": bar.get("x", "0"), "y": str(top + LETTER), "class": "behind"}
        ElementTree.SubElement(group, f"{{{SVG}}}text", place).text = label

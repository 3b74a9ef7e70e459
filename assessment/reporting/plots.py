"""Plots as standalone SVG images: no script, no link, for a light or a dark page, wide or for a phone."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from assessment.reporting.curves import Curve

# Counted up whenever the drawing changes, so that no kept image outlives it.
DRAWING = 1
SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)
FONTS = "system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
NUMBERS = "①②③④⑤⑥⑦⑧⑨"
# The tokens of portal.css; an image cannot read those of the page.
COLOURS: dict[str, dict[str, str]] = {
    "light": {"ink": "#1d1f27", "quiet": "#474b57", "line": "#e5e4de", "mark": "#868a94", "bar": "#3a3f9f"},
    "dark": {"ink": "#ebeae5", "quiet": "#c3c5cb", "line": "#2e323b", "mark": "#787e8b", "bar": "#adb4ff"},
}
SERIES = {
    "light": ("#636874", "#3a3f9f", "#855400", "#1d6a43"),
    "dark": ("#9fa3ad", "#adb4ff", "#f0c069", "#83d3a6"),
}
DASHES = ("2 5", "9 5", "14 4 2 4", "none")
SIZES = {"wide": (720, 360), "narrow": (340, 360)}
LETTER = 14
HEADROOM, DIGITS_AT, TODAY_AT = 118, 102, 110


@dataclass(frozen=True)
class Look:
    """For which page a plot is drawn: light or dark, wide or narrow."""

    scheme: str = "light"
    size: str = "wide"

    @property
    def is_narrow(self) -> bool:
        return self.size == "narrow"


@dataclass(frozen=True)
class Bar:
    """One bar: what is counted, the figures at its end, and its length in percent."""

    label: str
    figures: str
    percent: float


def look_of(scheme: str | None, size: str | None) -> Look:
    """Return the look that an address asks for, the usual one for what is unknown."""
    return Look(
        scheme if scheme in COLOURS else "light",  # type: ignore[arg-type]
        size if size in SIZES else "wide",  # type: ignore[arg-type]
    )


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


def lines(title: str, curve: Curve, look: Look) -> bytes:
    """Draw the cumulative shares over the calendar with the ends of the phases (numbered) and today."""
    chart = import_module("pygal").DateLine(
        **frame(look, height=SIZES[look.size][1]),
        show_dots=False,
        legend_at_bottom=True,
        legend_at_bottom_columns=2 if look.is_narrow else 4,
        legend_box_size=20,
        range=(0, HEADROOM),
        xrange=(curve.first, curve.last),
        x_value_formatter=lambda day: f"{day.month}-{day.day}",
        y_labels=[{"value": value, "label": f"{value}%"} for value in (0, 25, 50, 75, 100)],
    )
    chart.x_labels = months(curve.first, curve.last, 4 if look.is_narrow else 8)
    for number, label in enumerate(curve.labels):
        chart.add(label, [(row.day, row.percents[number]) for row in curve.points] or [(curve.first, 0)])
    uprights = [(day, DIGITS_AT, sign) for sign, (day, _name) in zip(NUMBERS, curve.ends, strict=False)]
    if curve.first <= curve.today <= curve.last:
        uprights.append((curve.today, TODAY_AT, _("Today")))
    for day, height, _label in uprights:
        chart.add(None, [(day, 0), (day, height)])
    root = plain(chart, title, look)
    label_uprights(root, [label for _day, _height, label in uprights])
    show_dashes_in_legend(root)
    return written(root)


def frame(look: Look, height: int) -> dict[str, Any]:
    """Return what all plots have in common."""
    sizes = dict.fromkeys(("label", "major_label", "legend", "value", "value_label"), LETTER)
    style = import_module("pygal.style").Style(
        font_family="sans-serif", **{f"{name}_font_size": size for name, size in sizes.items()}
    )
    width = SIZES[look.size][0]
    return {"style": style, "width": width, "height": height, "explicit_size": True, "js": [], "css": [],
            "no_prefix": True, "margin": 6}  # fmt: skip


def width_of(text: str) -> int:
    """Return about how many pixels a text takes; a Chinese sign is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in text)
    return round(LETTER * (wide + 0.58 * (len(text) - wide)))


def months(first: date, last: date, most: int) -> list[date]:
    """Return first days of months in the span, evenly apart, at most `most`."""
    count = (last.year - first.year) * 12 + last.month - first.month
    found = [
        date(first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1, 1)
        for number in range(1, count + 1)
    ]
    return found[:: -(-len(found) // most) or 1] or [first]


def plain(chart: Any, title: str, look: Look) -> ElementTree.Element:
    """Return the chart as a tree with our own style and title, without scripts, hints and comments."""
    root = ElementTree.fromstring(chart.render(disable_xml_declaration=True))
    for parent in list(root.iter()):
        for child in list(parent):
            is_hint = child.get("class") in ("tooltip", "plot overlay")
            if is_hint or child.tag in {f"{{{SVG}}}{name}" for name in ("script", "desc", "title")}:
                parent.remove(child)
    root.attrib.pop("id", None)
    heading = ElementTree.Element(f"{{{SVG}}}title")
    heading.text = title
    root.insert(0, heading)
    for style in root.iter(f"{{{SVG}}}style"):
        style.text = style_of(look)
    return root


def style_of(look: Look) -> str:
    """Return the style sheet of a plot."""
    colours = COLOURS[look.scheme]
    series = "".join(
        f".color-{number}{{stroke:{colour};stroke-dasharray:{dash}}}"
        for number, (colour, dash) in enumerate(zip(SERIES[look.scheme], DASHES, strict=True))
    )
    return (
        f"svg{{font:{LETTER}px {FONTS}}}text{{fill:{colours['quiet']};stroke:none}}.background{{fill:none}}"
        f".line{{fill:none;stroke:{colours['line']}}}.label{{fill:{colours['ink']};text-anchor:middle}}"
        ".axis.x text{text-anchor:middle}.axis.y text{text-anchor:end}.behind{text-anchor:start}"
        ".vertical .axis.x .guide,.horizontal .line{display:none}"
        f".rect{{fill:{colours['bar']};stroke:none}}{series}"
        ".series .nofill{stroke:inherit;fill:none}.series .nofill,.legend line{stroke-width:2.5;stroke-linejoin:round}"
        f".upright path{{stroke:{colours['mark']};fill:none}}"
    )


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


def label_uprights(root: ElementTree.Element, labels: Sequence[str]) -> None:
    """Write the label on top of each upright line: the last series of the plot."""
    series = [node for node in root.iter(f"{{{SVG}}}g") if "series" in node.get("class", "").split()]
    drawn = [node for node in series if node.find(f"{{{SVG}}}path") is not None]
    for group, label in zip(drawn[-len(labels) :] if labels else [], labels, strict=True):
        path = group[0]
        across, height = path.get("d", "").rpartition("L")[2].split()
        group.set("class", "upright")
        path.attrib.pop("class")
        text = ElementTree.SubElement(group, f"{{{SVG}}}text", {"class": "label", "x": across})
        text.set("y", str(float(height) - 4))
        text.text = label


def show_dashes_in_legend(root: ElementTree.Element) -> None:
    """Turn the legend's boxes into strokes, so that a line is told by its dashes too."""
    for node in root.iter(f"{{{SVG}}}g"):
        if "legend" not in node.get("class", "").split():
            continue
        node.attrib.pop("id", None)
        box = node[0]
        left, side = float(box.get("x", 0)), float(box.get("width", 0))
        middle = str(float(box.get("y", 0)) + side / 2)
        stroke = {"x1": str(left - 8), "x2": str(left + side), "y1": middle, "y2": middle}
        node[0] = ElementTree.Element(f"{{{SVG}}}line", stroke | {"class": box.get("class", "")})


def written(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, encoding="unicode").encode()

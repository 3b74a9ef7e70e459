"""The lines of the boards: cumulative shares over the calendar, drawn as a standalone SVG."""

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from assessment.reporting.curves import Curve
from schools.plots.drawing import SIZES, SVG, Look, frame, plain, written

NUMBERS = "①②③④⑤⑥⑦⑧⑨"
HEADROOM, DIGITS_AT, TODAY_AT = 118, 102, 110


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


def months(first: date, last: date, most: int) -> list[date]:
    """Return first days of months in the span, evenly apart, at most `most`."""
    count = (last.year - first.year) * 12 + last.month - first.month
    found = [
        date(first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1, 1)
        for number in range(1, count + 1)
    ]
    return found[:: -(-len(found) // most) or 1] or [first]


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

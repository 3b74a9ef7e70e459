"""What all plots have in common: standalone SVG without script or link, for light or dark pages, wide or narrow."""

import unicodedata
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

# Counted up whenever the drawing changes, so that no kept image outlives it.
DRAWING = 1
SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)
FONTS = "system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
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


@dataclass(frozen=True)
class Look:
    """For which page a plot is drawn: light or dark, wide or narrow."""

    scheme: str = "light"
    size: str = "wide"

    @property
    def is_narrow(self) -> bool:
        return self.size == "narrow"


def look_of(scheme: str | None, size: str | None) -> Look:
    """Return the look that an address asks for, the usual one for what is unknown."""
    return Look(
        scheme if scheme in COLOURS else "light",  # type: ignore[arg-type]
        size if size in SIZES else "wide",  # type: ignore[arg-type]
    )


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


def written(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, encoding="unicode").encode()

"""What the certificate's fonts can draw: signs they lack, and how wide a line comes out."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Noto Serif CJK SC"

Weight = Literal["regular", "bold"]


@dataclass(frozen=True)
class Face:
    """One weight: `advances` gives each code point's width in ems."""

    advances: dict[int, float]


def missing_glyphs(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return text → its signs that the regular or the bold face lacks; texts that print are left out.

    Raises ImproperlyConfigured where the fonts are not installed.
    """
    faces = [_face("regular"), _face("bold")]
    missing: dict[str, list[str]] = {}
    for text in texts:
        signs = [sign for sign in text if any(ord(sign) not in face.advances for face in faces)]
        if signs:
            missing[text] = list(dict.fromkeys(signs))
    return missing


def width_in_ems(text: str, weight: Weight = "regular") -> float:
    """Return how wide `text` prints on one line, in ems, without letter-spacing; a missing sign counts 1."""
    advances = _face(weight).advances
    return sum(advances.get(ord(sign), 1.0) for sign in text)


@cache
def _face(weight: Weight) -> Face:
    font = _open(_font_file(weight))
    metrics = font["hmtx"]
    units: int = font["head"].unitsPerEm
    cmap: dict[int, str] = font.getBestCmap()
    return Face(advances={code: metrics[name][0] / units for code, name in cmap.items()})


def _open(path: Path) -> TTFont:
    """Open the face of FAMILY in a font file or a collection of several languages' faces."""
    candidates = TTCollection(path, lazy=True).fonts if path.suffix == ".ttc" else [TTFont(path, lazy=True)]
    for font in candidates:
        if font["name"].getBestFamilyName() == FAMILY:
            return font
    raise ImproperlyConfigured(f"{path.name} holds no face of {FAMILY}.")


def _font_file(weight: Weight) -> Path:
    """Return where the face lies: CERTIFICATE_FONT_FILES (regular, bold) if set, else what fontconfig says."""
    chosen = getattr(settings, "CERTIFICATE_FONT_FILES", None)
    if chosen:
        regular, bold = chosen
        return Path(regular if weight == "regular" else bold)
    # The renderer asks fontconfig too, so both look at the same file.
    answer = subprocess.run(
        ["fc-match", "--format=%{family[0]}\t%{file}", f"{FAMILY}:{weight}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    family, _separator, path = answer.stdout.partition("\t")
    if family != FAMILY:
        raise ImproperlyConfigured(f"The font {FAMILY} is not installed (Debian: fonts-noto-cjk).")
    return Path(path)

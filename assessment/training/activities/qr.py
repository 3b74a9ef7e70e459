"""The picture by which a phone comes to the sign-in, as the path of an inline drawing."""

from dataclasses import dataclass

import segno

BORDER = 4


@dataclass(frozen=True)
class Drawing:
    """A QR as one path of unit squares; `size` is the edge with the quiet border."""

    path: str
    size: int


def drawing_of(text: str) -> Drawing:
    """Return the QR of a text: one bar for every run of dark squares of a row."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    bars = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                bars.append(f"M{x + BORDER} {y + BORDER}h{length}v1h-{length}z")
            x += length
    return Drawing("".join(bars), len(rows) + 2 * BORDER)

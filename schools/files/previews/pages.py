"""The pages of a PDF as pictures, one at a time and bounded in pixels whatever the page claims to measure."""

import math
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image

from schools.files.previews.outcome import Outcome, Unseen
from schools.files.previews.pictures import keep, thumbnail

MOST_PAGES = 40
WIDTH, HEIGHT_MOST, PIXELS_MOST = 1200, 4000, 4_000_000


def show_pages(source: Path, folder: Path) -> Outcome:
    """Copy the first pages of the PDF at `source` into `folder`, and a thumbnail of the first."""
    made = []
    try:
        with closing(pypdfium2.PdfDocument(source)) as document:
            document.init_forms()
            pages = len(document)
            for index in range(min(pages, MOST_PAGES)):
                picture = picture_of(document, index)
                made.append(keep(picture, folder, "page", index + 1))
                if index == 0:
                    made.append(thumbnail(picture, folder))
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError):
        raise Unseen("damaged") from None
    if not made:
        raise Unseen("damaged")
    return Outcome(made, pages=pages)


def picture_of(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """Return one page as a picture."""
    with closing(document[index]) as page:
        width, height = (max(side, 0.01) for side in page.get_size())
        with closing(page.render(scale=scale_of(width, height))) as bitmap:
            return bitmap.to_pil().convert("RGB")


def scale_of(width: float, height: float) -> float:
    """Return pixels a point, so that the page is WIDTH wide unless it would be too high or too large."""
    return min(WIDTH / width, HEIGHT_MOST / height, math.sqrt(PIXELS_MOST / (width * height)))

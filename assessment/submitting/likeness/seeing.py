"""The perceptual hash of a picture; imagehash, and with it numpy and scipy, load with this module alone."""

from pathlib import Path

import imagehash
from PIL import Image, ImageFile, ImageOps, ImageStat

from assessment.submitting.likeness.matching import signed
from assessment.submitting.likeness.reading import Unreadable

FORMATS = ("JPEG", "PNG", "WEBP")
LOOKED_AT = 512  # pixels of the long side
FLAT = 8.0  # standard deviation of brightness below which a picture shows nothing


def sight_of(source: Path) -> int | None:
    """Return 64 bits as a signed number, None for a blank picture. Raises Unreadable."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(source, formats=FORMATS) as opened:
            opened.draft("RGB", (LOOKED_AT, LOOKED_AT))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LOOKED_AT, LOOKED_AT))
            grey = on_white(picture)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError):
        raise Unreadable from None
    if ImageStat.Stat(grey).stddev[0] < FLAT:
        return None
    return signed(int(str(imagehash.phash(grey)), 16))


def on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in greys, with white where it is transparent."""
    if picture.mode in ("P", "PA", "LA", "RGBA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    return picture.convert("L")

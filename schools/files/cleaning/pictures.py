"""Pictures without a word about who, where and with what: only pixels, colours and which way is up."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFile

from schools.files.cleaning.hiding import Hiding
from schools.files.cleaning.report import Report, Uncleaned

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
WRITTEN = {"MPO": "JPEG", "BMP": "BMP", "TIFF": "TIFF"}
ORIENTATION = 0x0112
KEPT = ("transparency", "gamma")
QUALITY = 92
SPOILED = (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError)


def clean(source: Path, target: Path, hiding: Hiding) -> Report:
    """Write the picture at `source` cleaned to `target`."""
    picture = bare_picture(source.read_bytes())
    if picture is None:
        raise Uncleaned("damaged")
    target.write_bytes(picture)
    return Report({"picture"})


def bare_picture(content: bytes) -> bytes | None:
    """Return the picture in its own format with nothing but its pixels; None for what is no picture."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            kind = str(opened.format)
            opened.load()
            return written(opened, kind)
    except SPOILED:
        return None


def empty_picture() -> bytes:
    """Return a picture of one white point, for the place of one that cannot be cleaned."""
    stream = io.BytesIO()
    Image.new("L", (1, 1), 255).save(stream, "PNG")
    return stream.getvalue()


def written(opened: Image.Image, kind: str) -> bytes:
    """Write the pixels; a JPEG keeps its compression, so that nothing is lost twice."""
    turn = opened.getexif().get(ORIENTATION, 1)
    exif = Image.Exif()
    if turn in range(2, 9):
        exif[ORIENTATION] = turn
    options: dict[str, Any] = (
        {"exif": exif.tobytes()} if kind in ("JPEG", "MPO", "PNG", "WEBP") and exif else {}
    )
    profile = opened.info.get("icc_profile")
    is_same = kind == "JPEG" and not profile
    picture = opened if is_same else in_plain_colours(opened.copy(), profile)
    picture.info = {name: value for name, value in opened.info.items() if name in KEPT}
    if kind in ("JPEG", "MPO"):
        options |= {"quality": "keep"} if is_same else {"quality": QUALITY}
    elif kind == "WEBP":
        options |= {"quality": QUALITY, "method": 3}
    stream = io.BytesIO()
    picture.save(stream, WRITTEN.get(kind, kind), **options)
    return stream.getvalue()


def in_plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB, because a profile may bear the name of somebody's screen."""
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        own, plain = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = "RGB" if picture.mode == "CMYK" else picture.mode
        return ImageCms.profileToProfile(picture, own, plain, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture

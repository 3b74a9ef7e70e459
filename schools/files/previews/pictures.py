"""Pictures as they are shown: upright, smaller, in plain colours, and without a word of metadata."""

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageFile, ImageOps

from schools.files.previews.outcome import Made, Outcome, Unseen

LONGEST, THUMBNAIL = 1600, 320  # pixels of the long side
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
WIDE_GREYS = ("I", "I;16", "I;16B", "I;16L")


def show_picture(source: Path, folder: Path) -> Outcome:
    """Copy the picture at `source` into `folder`, large and as a thumbnail."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(source, formats=FORMATS) as opened:
            opened.draft("RGB", (LONGEST, LONGEST))  # a JPEG is then read at a fraction of its size
            plain = in_plain_colours(shrunk(ImageOps.exif_transpose(opened), LONGEST))
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError):
        raise Unseen("damaged") from None
    return Outcome([keep(plain, folder, "picture"), thumbnail(plain, folder)])


def shrunk(picture: Image.Image, longest: int) -> Image.Image:
    """Return the picture with no side longer than `longest`; a small one stays as it is."""
    if picture.mode == "P":
        picture = picture.convert("RGBA")  # a palette cannot be averaged
    if max(picture.size) > longest:
        picture = picture.copy()
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def in_plain_colours(picture: Image.Image) -> Image.Image:
    """Return the picture as sRGB on white: profiles and transparency are seen right on any page."""
    profile = picture.info.get("icc_profile")
    if picture.mode in WIDE_GREYS:
        picture = picture.point(lambda level: level / 256).convert("L")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            own, plain = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, own, plain, outputMode="RGB")
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a spoiled profile: its numbers are taken as they stand
    if "A" in picture.mode or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    return picture.convert("RGB")


def thumbnail(picture: Image.Image, folder: Path) -> Made:
    """Keep a small copy of a plain picture."""
    return keep(shrunk(picture, THUMBNAIL), folder, "thumbnail")


def keep(picture: Image.Image, folder: Path, kind: str, number: int = 1) -> Made:
    """Write a plain picture as WebP, nothing but its pixels."""
    bare = picture.copy()
    bare.info = {}
    name = f"{kind}-{number}.webp"
    bare.save(folder / name, "WEBP", quality=QUALITY)
    return Made(kind, number, name, "image/webp", *bare.size)

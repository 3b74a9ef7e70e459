"""Genuine files for the tests of previews: documents, pictures with a past, films of several makes."""

import array
import io
import math
import zipfile
from fractions import Fraction
from pathlib import Path

import av
import docx
import openpyxl
import pikepdf
import pptx
from django_scopes import scope
from PIL import Image, ImageDraw
from pptx.util import Inches

from schools.files.kinds import EXTENSIONS
from schools.files.models import StoredFile
from schools.files.storing import keep_bytes
from schools.organisations.models import County

RED, BLUE = (200, 60, 40), (30, 40, 220)
LATITUDE = (33.0, 29.0, 3.5)
MOVED = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]  # a quarter turn to the right


def stored(county: County, name: str, content: bytes, seconds: float | None = None) -> StoredFile:
    """Store bytes as a file of the kind that the name tells."""
    kind, mime = EXTENSIONS[name.rpartition(".")[2]]
    with scope(county=county, school=None):
        file = keep_bytes(content, county=county, name=name, kind=kind, mime=mime, by=None)
        StoredFile.objects.filter(pk=file.pk).update(seconds=seconds)
        return StoredFile.objects.get(pk=file.pk)


def document(pages: int = 3) -> bytes:
    written, stream = docx.Document(), io.BytesIO()
    for number in range(1, pages + 1):
        written.add_heading(f"第{number}页 教学设计", 1)
        if number < pages:
            written.add_page_break()
    written.save(stream)
    return stream.getvalue()


def slides(count: int = 2) -> bytes:
    shown, stream = pptx.Presentation(), io.BytesIO()
    for number in range(count):
        slide = shown.slides.add_slide(shown.slide_layouts[6])
        slide.shapes.add_textbox(
            Inches(1), Inches(1), Inches(5), Inches(1)
        ).text_frame.text = f"课件 {number}"
    shown.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["学号", "前测", "后测"])
    book.save(stream)
    return stream.getvalue()


def pdf(*sizes: tuple[float, float]) -> bytes:
    """Return a PDF with an empty page of each size, in points."""
    stream = io.BytesIO()
    with pikepdf.new() as written:
        for size in sizes:
            written.add_blank_page(page_size=(595, 842))
            written.pages[-1].mediabox = pikepdf.Array([0, 0, *size])
        written.save(stream)
    return stream.getvalue()


def photograph() -> bytes:
    """Return a JPEG taken sideways, with a place, a camera and words in its metadata."""
    picture, stream = Image.new("RGB", (2400, 1200), RED), io.BytesIO()
    ImageDraw.Draw(picture).rectangle((0, 0, 600, 300), fill=BLUE)
    past = Image.Exif()
    past[0x0112], past[0x010F] = 6, "SecretCamera"
    past.get_ifd(0x8825)[1], past.get_ifd(0x8825)[2] = "N", LATITUDE
    picture.save(stream, "JPEG", exif=past, comment=b"SecretComment", xmp=b"<x>SecretPlace</x>", quality=92)
    return stream.getvalue()


def film(
    path: Path,
    *,
    codec: str = "libx264",
    wrapping: str = "mp4",
    size: tuple[int, int] = (320, 240),
    seconds: float = 2,
    dark: float = 0,
    is_turned: bool = False,
) -> bytes:
    """Return a red film with a blue corner, `dark` seconds of black before it, and a tone."""
    with av.open(str(path), "w", format=wrapping) as made:
        track = made.add_stream(codec, rate=25)
        track.width, track.height, track.pix_fmt = *size, "yuv420p"
        if codec == "libx265":
            track.codec_tag, track.options = "hvc1", {"x265-params": "log-level=none"}
        tone = made.add_stream("aac", rate=44100)
        tone.layout = "mono"
        for number in range(int(seconds * 25)):
            frame = av.VideoFrame.from_image(moment(size, is_dark=number < dark * 25))
            frame.pts, frame.time_base = number, Fraction(1, 25)
            made.mux(track.encode(frame))
        made.mux(track.encode())
        for start in range(0, int(seconds * 44100), 1024):
            made.mux(tone.encode(sound(start)))
        made.mux(tone.encode())
    content = bytearray(path.read_bytes())
    if is_turned:
        at = content.find(b"tkhd") + 44
        content[at : at + 36] = b"".join(number.to_bytes(4, "big", signed=True) for number in MOVED)
    path.write_bytes(content)
    return bytes(content)


def moment(size: tuple[int, int], *, is_dark: bool) -> Image.Image:
    picture = Image.new("RGB", size, (0, 0, 0) if is_dark else RED)
    if not is_dark:
        ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=BLUE)
    return picture


def sound(start: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
    wave = array.array("h", (int(8000 * math.sin((start + step) / 20)) for step in range(1024))).tobytes()
    frame.planes[0].update(wave.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.pts = 44100, start
    return frame


def with_parts(document: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """Return an office document with a piece of text replaced in the named parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as package, zipfile.ZipFile(stream, "w") as copy:
        for entry in package.infolist():
            content = package.read(entry).decode("utf-8", "surrogateescape")
            if entry.filename in changes:
                content = content.replace(*changes[entry.filename])
            copy.writestr(entry.filename, content.encode("utf-8", "surrogateescape"))
    return stream.getvalue()

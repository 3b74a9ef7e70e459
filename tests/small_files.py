"""Small genuine files that the stories hand in: a picture, a document, a film."""

import io
from functools import cache
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import av
import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORDS = "word/document.xml"


def picture(colour: int = 0) -> SimpleUploadedFile:
    """Return a small genuine PNG, different for each colour."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (colour % 256, 90, 160)).save(stream, "PNG")
    return SimpleUploadedFile(f"picture-{colour}.png", stream.getvalue(), "image/png")


@cache
def _written() -> tuple[bytes, bytes]:
    """Write a genuine .docx once: the package without its text, and the text, whose only word is "TEXT"."""
    whole, rest = io.BytesIO(), io.BytesIO()
    written = docx.Document()
    written.add_paragraph("TEXT")
    written.save(whole)
    with ZipFile(whole) as package, ZipFile(rest, "w", ZIP_DEFLATED) as others:
        for name in package.namelist():
            if name != WORDS:
                others.writestr(ZipInfo(name), package.read(name), ZIP_DEFLATED)
        words = package.read(WORDS)
    return rest.getvalue(), words


def document(text: str = "Plan") -> SimpleUploadedFile:
    """Return a small genuine .docx, the same bytes for the same text."""
    rest, words = _written()
    stream = io.BytesIO(rest)
    with ZipFile(stream, "a") as package:
        package.writestr(ZipInfo(WORDS), words.replace(b"TEXT", escape(text).encode()), ZIP_DEFLATED)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return SimpleUploadedFile(f"{text[:20]}.docx", stream.getvalue(), kind)


@cache
def _film() -> bytes:
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        track = container.add_stream("libx264", rate=5)
        track.width, track.height, track.pix_fmt = 64, 48, "yuv420p"
        for shade in range(5):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (shade * 40, 20, 20)))
            container.mux(track.encode(frame))
        container.mux(track.encode())
    return stream.getvalue()


def film() -> SimpleUploadedFile:
    """Return a genuine one-second MP4, always the same."""
    return SimpleUploadedFile("lesson.mp4", _film(), "video/mp4")

"""Every kind of file opens as what it is, and every lie is refused with its reason."""

import copy
import io
import random
import struct
import tempfile
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pikepdf
import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageFile
from pptx import Presentation

from schools.files.opener import Kind, Opened, Unacceptable, open_file

OFFICE = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def docx() -> bytes:
    document = Document()
    document.add_paragraph("教学设计 " * 50)
    return _saved(document.save)


def pptx() -> bytes:
    slides = Presentation()
    for _number in range(3):
        slides.slides.add_slide(slides.slide_layouts[6])
    return _saved(slides.save)


def xlsx() -> bytes:
    workbook = Workbook()
    workbook.active.append(["学号", "成绩"])
    return _saved(workbook.save)


def pdf(password: str | None = None, owner: str = "owner", script: bool = False) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.add_blank_page()
    if script:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    encryption = False if password is None else pikepdf.Encryption(user=password, owner=owner)
    return _saved(lambda stream: document.save(stream, encryption=encryption))


def picture(pillow_format: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    image = Image.effect_noise(size, 80).convert("RGB")
    return _saved(lambda stream: image.save(stream, pillow_format))


def film(container_format: str = "mp4", frames: int = 24, sound_only: bool = False, flags: str = "") -> bytes:
    options = {"movflags": flags} if flags else {}
    with (
        tempfile.NamedTemporaryFile() as file,  # moving the index to the front reads the file again
        av.open(file.name, "w", format=container_format, options=options) as container,
    ):
        if sound_only:
            sound = container.add_stream("aac", rate=16000, layout="mono")
            for start in range(0, 16000, 1024):
                frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
                frame.planes[0].update(bytes(4096))
                frame.sample_rate, frame.pts, frame.time_base = 16000, start, Fraction(1, 16000)
                container.mux(sound.encode(frame))
            container.mux(sound.encode(None))
        else:
            pictures = container.add_stream("libx264", rate=12)
            pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
            for number in range(frames):
                image = Image.new("RGB", (64, 48), (number * 9 % 255, 80, 160))
                container.mux(pictures.encode(av.VideoFrame.from_image(image)))
            container.mux(pictures.encode(None))
        container.close()
        return Path(file.name).read_bytes()


def repacked(package: bytes, extra: dict[str, bytes], rename: tuple[str, str] = ("", "")) -> bytes:
    """The office file with further parts, and `rename` replaced in its content types."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "[Content_Types].xml" and rename[0]:
                content = content.replace(rename[0].encode(), rename[1].encode())
            new.writestr(entry.filename, content)
        for name, content in extra.items():
            new.writestr(name, content)
    return stream.getvalue()


def plain_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("one.txt", "1")
    return stream.getvalue()


def many_entries() -> bytes:
    return repacked(docx(), {f"word/media/{number}": b"" for number in range(10_001)})


def promising(size: int, parts: int) -> bytes:
    """An office file with further parts whose table of contents says they unpack to `size` bytes each."""
    package = repacked(docx(), {f"word/media/{number:02}": b"x" for number in range(parts)})
    for number in range(parts):
        at = package.rindex(b"PK\x01\x02", 0, package.rindex(f"word/media/{number:02}".encode()))
        package = package[: at + 24] + struct.pack("<I", size) + package[at + 28 :]
    return package


def overlapping() -> bytes:
    """An office file whose table of contents names one large part forty times."""
    stream = io.BytesIO(repacked(docx(), {"word/media/0": random.Random(1).randbytes(100_000)}))
    with zipfile.ZipFile(stream, "a") as package:
        package.comment = b"rewrite the table of contents"
        for number in range(1, 40):
            again = copy.copy(package.getinfo("word/media/0"))
            again.filename = f"word/media/{number}"
            package.filelist.append(again)
    return stream.getvalue()


def flooding_png() -> bytes:
    """A PNG whose header promises 20,000 × 20,000 pixels and holds none."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    checksum = struct.pack(">I", zipfile.crc32(header))
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + checksum
        + struct.pack(">I", 0)
        + b"IDAT5\xaf\x06\x1e"
    )


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def opened(tmp_path: Path, content: bytes, name: str) -> Opened:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return open_file(path, name)


GOOD = {
    "plan.docx": (docx, Opened(Kind.DOCUMENT, OFFICE + "wordprocessingml.document", "docx")),
    "slides.pptx": (pptx, Opened(Kind.SLIDES, OFFICE + "presentationml.presentation", "pptx", pages=3)),
    "scores.xlsx": (xlsx, Opened(Kind.SHEET, OFFICE + "spreadsheetml.sheet", "xlsx")),
    "report.PDF": (pdf, Opened(Kind.PDF, "application/pdf", "pdf", pages=2)),
    "owner-locked.pdf": (lambda: pdf(password=""), Opened(Kind.PDF, "application/pdf", "pdf", pages=2)),
    "no-ending": (pdf, Opened(Kind.PDF, "application/pdf", "pdf", pages=2)),
    "a.png": (picture, Opened(Kind.IMAGE, "image/png", "png", width=64, height=48)),
    "a.jpeg": (lambda: picture("JPEG"), Opened(Kind.IMAGE, "image/jpeg", "jpg", width=64, height=48)),
    "renamed.png": (lambda: picture("JPEG"), Opened(Kind.IMAGE, "image/jpeg", "jpg", width=64, height=48)),
    "two.jpg": (lambda: picture("MPO"), Opened(Kind.IMAGE, "image/jpeg", "jpg", width=64, height=48)),
    "a.webp": (lambda: picture("WEBP"), Opened(Kind.IMAGE, "image/webp", "webp", width=64, height=48)),
    "a.mp4": (film, Opened(Kind.VIDEO, "video/mp4", "mp4", seconds=2.0, width=64, height=48)),
    "a.mov": (
        lambda: film("mov"),
        Opened(Kind.VIDEO, "video/quicktime", "mov", seconds=2.0, width=64, height=48),
    ),
    "fragments.mp4": (
        lambda: film(flags="frag_keyframe+empty_moov"),
        Opened(Kind.VIDEO, "video/mp4", "mp4", seconds=2.0, width=64, height=48),
    ),
}

BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing in it": ("a.docx", lambda: b"", "empty"),
    "docx cut short": ("a.docx", lambda: docx()[:-400], "damaged"),
    "docx spoiled inside": ("a.docx", lambda: spoiled(docx(), "word/document.xml"), "damaged"),
    "pdf cut short": ("a.pdf", lambda: pdf()[:-60], "damaged"),
    "pdf of words only": ("a.pdf", lambda: b"%PDF-1.7\nhello\n%%EOF", "damaged"),
    "png cut short": ("a.png", lambda: picture()[:-900], "damaged"),
    "jpeg cut short": ("a.jpg", lambda: picture("JPEG", (400, 300))[:9000], "damaged"),
    "webp cut short": ("a.webp", lambda: picture("WEBP")[:-300], "damaged"),
    "film cut short": ("a.mp4", lambda: film()[:-300], "damaged"),
    "film with index first, cut short": ("a.mp4", lambda: film(flags="faststart")[:-100], "damaged"),
    "film head alone": ("a.mp4", lambda: film()[:32], "damaged"),
    "sound named film": ("a.mp4", lambda: film(sound_only=True), "no_picture"),
    "playlist named film": ("a.mp4", lambda: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "playlist"),
    "ffconcat named film": ("a.mp4", lambda: b"ffconcat version 1.0\nfile /etc/passwd\n", "playlist"),
    "heic named jpg": ("a.jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture_kind"),
    "gif": ("a.gif", lambda: picture("GIF"), "picture_kind"),
    "svg": ("a.svg", lambda: SVG, "web_page"),
    "svg named png": ("a.png", lambda: SVG, "web_page"),
    "page with byte order mark": ("a.docx", lambda: b"\xef\xbb\xbf \n<html>", "web_page"),
    "wide page": ("a.docx", lambda: "<html>".encode("utf-16"), "web_page"),
    "program": ("setup.exe", lambda: b"MZ" + bytes(200), "program"),
    "program named pdf": ("a.pdf", lambda: b"MZ" + bytes(200), "program"),
    "shell script": ("a.docx", lambda: b"#!/bin/sh\n", "program"),
    "plain zip": ("a.zip", plain_zip, "archive"),
    "plain zip named docx": ("a.docx", plain_zip, "archive"),
    "rar": ("a.rar", lambda: b"Rar!\x1a\x07\x01\x00", "archive"),
    "old word": ("a.doc", lambda: OLE, "old_office"),
    "locked word": ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "locked pdf": ("a.pdf", lambda: pdf(password="secret"), "locked"),
    "locked entries": ("a.docx", lambda: flagged(docx()), "locked"),
    "pdf with a script": ("a.pdf", lambda: pdf(script=True), "macros"),
    "docx with macros": ("a.docx", lambda: repacked(docx(), {"word/vbaProject.bin": b"x"}), "macros"),
    "macro type named docx": (
        "a.docx",
        lambda: repacked(
            docx(),
            {},
            (OFFICE + "wordprocessingml.document.main", "application/vnd.ms-word.document.macroEnabled.main"),
        ),
        "macros",
    ),
    "one part of zeros": (
        "a.xlsx",
        lambda: repacked(xlsx(), {"xl/media/z": bytes(30_000_000)}),
        "unpacks_too_large",
    ),
    "ten thousand parts": ("a.docx", many_entries, "unpacks_too_large"),
    "one part forty times": ("a.docx", overlapping, "unpacks_too_large"),
    "pixel flood": ("a.png", flooding_png, "too_many_pixels"),
    "words": ("a.txt", lambda: "只是文字".encode(), "unknown_kind"),
    "png named docx": ("a.docx", picture, "extension_lies"),
    "docx named pdf": ("a.pdf", docx, "extension_lies"),
    "xlsx named docx": ("a.docx", xlsx, "extension_lies"),
    "docx named doc": ("a.doc", docx, "extension_lies"),
    "pdf named mp4": ("a.mp4", pdf, "extension_lies"),
    "film named html": ("a.html", film, "extension_lies"),
}


def spoiled(package: bytes, part: str) -> bytes:
    """The office file with one byte of a part's packed content changed."""
    entry = zipfile.ZipFile(io.BytesIO(package)).getinfo(part)
    at = entry.header_offset + 30 + len(part) + entry.compress_size // 2
    return package[:at] + bytes([package[at] ^ 0xFF]) + package[at + 1 :]


def flagged(package: bytes) -> bytes:
    """The office file with its first entry marked as encrypted in the table of contents."""
    at = package.index(b"PK\x01\x02") + 8
    return package[:at] + bytes([package[at] | 1]) + package[at + 1 :]


@pytest.mark.parametrize("name", GOOD)
def test_open_file_when_good(tmp_path: Path, name: str) -> None:
    content, expected = GOOD[name]
    assert opened(tmp_path, content(), name) == expected


@pytest.mark.parametrize("case", BAD)
def test_open_file_when_bad(tmp_path: Path, case: str) -> None:
    name, content, code = BAD[case]
    with pytest.raises(Unacceptable) as refusal:
        opened(tmp_path, content(), name)
    assert refusal.value.code == code
    assert len(str(refusal.value.sentence)) > 10


def test_a_lie_names_both_what_is_claimed_and_what_is_found(tmp_path: Path) -> None:
    with pytest.raises(Unacceptable) as refusal:
        opened(tmp_path, picture(), "plan.docx")
    sentence = str(refusal.value.sentence)
    assert (".docx" in sentence, ".png" in sentence) == (True, True)


def test_total_unpacked_size_is_measured_before_parsing(tmp_path: Path) -> None:
    """Each part stays under the ratio's notice; together they promise more than the limit."""
    with pytest.raises(Unacceptable) as refusal:
        opened(tmp_path, promising(9_200_000, parts=55), "a.docx")
    assert refusal.value.code == "unpacks_too_large"
    assert opened(tmp_path, promising(9_200_000, parts=50), "a.docx").extension == "docx"


def test_cut_picture_is_damaged_even_where_a_library_is_lenient(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    path = tmp_path / "a.png"
    path.write_bytes(picture()[:-900])
    with pytest.raises(Unacceptable):
        open_file(path, "a.png")

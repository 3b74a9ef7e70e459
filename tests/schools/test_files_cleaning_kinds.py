"""Cleaned copies by kind of file: what names somebody is gone, what belongs to the work stays."""

import io
import zipfile
from pathlib import Path
from typing import Any

import av
import docx
import openpyxl
import pikepdf
import pptx
import pypdfium2
import pytest
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from PIL.ExifTags import Base

from schools.files.cleaning import documents, films, office, pictures
from schools.files.cleaning.hiding import BOXES, Hiding
from schools.files.cleaning.naming import of_digits, of_name, of_pinyin
from schools.files.cleaning.report import Report, Uncleaned
from schools.files.opener import open_file
from tests.schools.named_files import NAME, PHONE, letter, paper, photo, told_film

PINYIN = ["ou", "yang", "jing", "wen"]
NEEDLES = (NAME, "Ouyang Jingwen", "ouyangjingwen", PHONE)
PATTERNS = {"name": of_name(NAME), "pinyin": of_pinyin(PINYIN), "phone": of_digits(PHONE)}


@pytest.fixture
def hiding() -> Hiding:
    return Hiding(PATTERNS)


def cleaned(module: Any, content: bytes, ending: str, hiding: Hiding, tmp_path: Path) -> tuple[Path, Report]:
    """Clean `content` and return the copy, which opens as what it was."""
    source, target = tmp_path / f"source.{ending}", tmp_path / f"copy.{ending}"
    source.write_bytes(content)
    report = module.clean(source, target, hiding)
    assert open_file(target, target.name).kind == open_file(source, source.name).kind
    assert source.read_bytes() == content
    return target, report


def leaks(content: bytes) -> list[str]:
    """Return which needles stand in bytes, in an office document part by part, names of parts included."""
    said = [content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            said = [
                package.comment,
                *(one.filename.encode() + one.extra + one.comment for one in package.infolist()),
            ]
            said += [package.read(name) for name in package.namelist()]
    codings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    return sorted(
        {one for one in NEEDLES for text in said for coding in codings if one.encode(coding) in text}
    )


def test_document_keeps_its_text_and_loses_every_author(hiding: Hiding, tmp_path: Path) -> None:
    before = letter()
    assert leaks(before) == sorted(set(NEEDLES) - {"ouyangjingwen"})
    copy, report = cleaned(office, before, "docx", hiding, tmp_path)
    assert leaks(copy.read_bytes()) == []
    made = docx.Document(str(copy))
    told = [paragraph.text for paragraph in made.paragraphs]
    assert told[:2] == [f"Taught by {BOXES} in May", f"Call {BOXES}, or write to {BOXES}"]
    assert made.sections[0].header.paragraphs[0].text == f"School · {BOXES}"
    assert len(made.inline_shapes) == 1
    assert (hiding.found, report.left) == ({"name", "pinyin", "phone"}, {"pictures"})
    with zipfile.ZipFile(copy) as package:
        assert [name for name in package.namelist() if name.startswith("docProps/")] == []


def test_slides_lose_authors_notes_and_names(hiding: Hiding, tmp_path: Path) -> None:
    stream, made = io.BytesIO(), pptx.Presentation()
    made.core_properties.author = NAME
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = f"{NAME}: fractions"
    slide.notes_slide.notes_text_frame.text = f"Say hello from {NAME}"
    shape = slide.shapes.add_picture(io.BytesIO(photo()), 0, 0)
    shape._element.nvPicPr.cNvPr.set("descr", f"{NAME} at the board")
    made.save(stream)
    copy, _report = cleaned(office, stream.getvalue(), "pptx", hiding, tmp_path)
    assert leaks(copy.read_bytes()) == []
    slide = pptx.Presentation(str(copy)).slides[0]
    assert slide.shapes.title.text == f"{BOXES}: fractions"
    assert slide.notes_slide.notes_text_frame.text == f"Say hello from {BOXES}"


def test_sheet_loses_names_in_cells_comments_and_numbers(hiding: Hiding, tmp_path: Path) -> None:
    stream, made = io.BytesIO(), openpyxl.Workbook()
    made.properties.creator = NAME
    made.active.title = f"{NAME}1"
    made.active["A1"], made.active["A2"], made.active["A3"] = NAME, int(PHONE), 17
    made.active["A1"].comment = Comment(f"from {NAME}", NAME)
    made.save(stream)
    copy, _report = cleaned(office, stream.getvalue(), "xlsx", hiding, tmp_path)
    assert leaks(copy.read_bytes()) == []
    page = openpyxl.load_workbook(copy).active
    assert (page.title, page["A1"].value, page["A2"].value, page["A3"].value) == (
        f"{BOXES}1",
        BOXES,
        BOXES,
        17,
    )
    assert page["A1"].comment.author == BOXES


def test_pdf_loses_what_lies_around_its_pages_and_says_the_rest(hiding: Hiding, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(paper(b"by Ouyang Jingwen"))
    copy, report = cleaned(documents, path.read_bytes(), "pdf", hiding, tmp_path)
    with pikepdf.open(copy) as made:
        assert ("/Info" in made.trailer, "/Metadata" in made.Root, len(made.attachments)) == (False, False, 0)
        annotation = made.pages[0].Annots[0]
        assert ("/T" in annotation, str(annotation.Contents)) == (False, f"for {BOXES}")
        assert set(made.pages[0]["/Signed"].keys()) == {"/Type", "/ByteRange"}
        assert leaks(made.pages[0].Resources.XObject["/Im"].read_raw_bytes()) == []
        everything = b"".join(thing.unparse(resolved=False) for thing in made.objects)
    assert leaks(everything) == []
    assert (hiding.found, report.left) == ({"name", "pinyin"}, {"pages", "text"})
    seen = [pypdfium2.PdfDocument(one)[0].render().to_pil().tobytes() for one in (path, copy)]
    assert seen[0] == seen[1]


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_picture_keeps_pixels_and_which_way_is_up(
    kind: str, ending: str, hiding: Hiding, tmp_path: Path
) -> None:
    content = photo()
    if kind != "JPEG":
        stream, words = io.BytesIO(), PngImagePlugin.PngInfo()
        words.add_text("Author", NAME, zip=False)
        words.add_itxt("Artist", NAME)
        picture = Image.open(io.BytesIO(content))
        more = {"pnginfo": words} if kind == "PNG" else {"lossless": True, "xmp": NAME.encode()}
        picture.save(stream, kind, exif=picture.getexif(), **more)
        content = stream.getvalue()
    assert NAME in leaks(content)
    copy, report = cleaned(pictures, content, ending, hiding, tmp_path)
    assert (leaks(copy.read_bytes()), report.left) == ([], {"picture"})
    before, after = Image.open(io.BytesIO(content)), Image.open(copy)
    assert dict(after.getexif()) == {Base.Orientation: 6}
    assert after.size == before.size
    if kind != "WEBP":
        assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("ending", ["mp4", "mov"])
def test_film_keeps_pictures_sound_and_turn_and_loses_tags(
    ending: str, hiding: Hiding, tmp_path: Path
) -> None:
    told = tmp_path / f"told.{ending}"
    told.write_bytes(told_film(tmp_path, ending))
    assert NAME in leaks(told.read_bytes())
    copy, report = cleaned(films, told.read_bytes(), ending, hiding, tmp_path)
    assert (leaks(copy.read_bytes()), report.left) == ([], {"film"})
    with av.open(str(told)) as before, av.open(str(copy)) as after:
        looks = [
            (len(film.streams.video), len(film.streams.audio), next(film.decode(video=0)).rotation)
            for film in (before, after)
        ]
    assert looks[0] == looks[1]


@pytest.mark.parametrize(
    ("module", "ending"), [(office, "docx"), (documents, "pdf"), (pictures, "jpg"), (films, "mp4")]
)
def test_spoiled_file_gives_no_copy(module: Any, ending: str, hiding: Hiding, tmp_path: Path) -> None:
    source = tmp_path / f"spoiled.{ending}"
    source.write_bytes(b"PK\x03\x04 spoiled %PDF-1.4")
    with pytest.raises(Uncleaned):
        module.clean(source, tmp_path / f"copy.{ending}", hiding)


def test_names_are_found_in_their_usual_writings_and_in_no_others(hiding: Hiding) -> None:
    told = {
        "欧阳 璟雯": "□□", "Jingwen Ouyang": "□□", "ouyang_jing.wen1": "□□1", "139 1234 5678": "□□",
        "欧阳": "欧阳", "souyangjingwen": "souyangjingwen", "8139123456780": "8139123456780",
    }  # fmt: skip
    assert {text: hiding.hide(text) for text in told} == told

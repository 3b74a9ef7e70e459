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
from docx.shared import Inches
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from PIL.ExifTags import Base

from schools.files.cleaning import documents, films, office, pictures
from schools.files.cleaning.hiding import BOXES, Hiding
from schools.files.cleaning.naming import of_digits, of_name, of_pinyin
from schools.files.cleaning.report import Report, Uncleaned
from schools.files.opener import open_file
from tests.schools import preview_files as files

NAME, PINYIN, PHONE = "欧阳璟雯", ["ouyang", "jing", "wen"], "13912345678"
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


def photo(**exif: Any) -> bytes:
    """Return a JPEG that lies on its side and says who took it, where and with what."""
    stream, tags = io.BytesIO(), Image.Exif()
    tags[Base.Orientation], tags[Base.Artist], tags[Base.XPAuthor] = (
        6,
        "Ouyang Jingwen",
        NAME.encode("utf-16-le"),
    )
    tags.get_ifd(0x8825)[2] = (33.0, 1.0, 2.0)
    picture = Image.linear_gradient("L").resize((80, 40)).convert("RGB")
    picture.save(stream, "JPEG", quality=83, exif=tags, comment=NAME.encode(), xmp=NAME.encode())
    return stream.getvalue()


def letter() -> bytes:
    """Return a document that tells its author in every way that Word knows."""
    stream, made = io.BytesIO(), docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = NAME
    paragraph = made.add_paragraph("Taught by ")
    for run in ("欧阳", "璟", "雯 in May"):
        paragraph.add_run(run)
    made.add_paragraph(f"Call {PHONE}, or write to OUYANG Jing-wen")
    made.sections[0].header.paragraphs[0].text = f"School · {NAME}"
    made.add_picture(io.BytesIO(photo()), width=Inches(1))
    made.add_comment(paragraph.runs, text=f"Good, {NAME}", author=NAME, initials="OJW")
    made.save(stream)
    changed = files.with_parts(
        stream.getvalue(),
        {
            "word/document.xml": (
                "</w:body>",
                f'<w:p><w:ins w:id="9" w:author="{NAME}"><w:r><w:t>added</w:t></w:r></w:ins></w:p></w:body>',
            )
        },
    )
    with zipfile.ZipFile(io.BytesIO(changed)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/thumbnail.jpeg"] = photo()
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as package:
        package.comment = NAME.encode()
        for name, content in parts.items():
            package.writestr(name, content)
    return told.getvalue()


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
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(300, 200))
        image = made.make_stream(photo())
        image.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 80, "/Height": 40,
             "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode}
        )  # fmt: skip
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font={"/F1": made.make_indirect(font)}, XObject={"/Im": image})
        drawn = b"q 80 0 0 40 10 10 cm /Im Do Q BT /F1 12 Tf 20 100 Td (by Ouyang Jingwen) Tj ET"
        page.Contents = made.make_stream(drawn)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            T=NAME,
            Contents=f"for {NAME}",
        )
        page.Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))
        made.attachments["list.txt"] = NAME.encode()
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [NAME]
        made.docinfo["/Author"] = NAME
        made.save(path)
    copy, report = cleaned(documents, path.read_bytes(), "pdf", hiding, tmp_path)
    with pikepdf.open(copy) as made:
        assert ("/Info" in made.trailer, "/Metadata" in made.Root, len(made.attachments)) == (False, False, 0)
        annotation = made.pages[0].Annots[0]
        assert ("/T" in annotation, str(annotation.Contents)) == (False, f"for {BOXES}")
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
    plain, told = tmp_path / f"plain.{ending}", tmp_path / f"told.{ending}"
    files.film(plain, wrapping=ending, is_turned=True, seconds=1)
    tags = {"movflags": "use_metadata_tags"}
    with av.open(str(plain)) as film, av.open(str(told), "w", format=ending, options=tags) as made:
        tracks = {one.index: made.add_stream_from_template(one) for one in film.streams}
        made.metadata.update({"artist": NAME, "title": "Ouyang Jingwen", "comment": PHONE, "location": NAME})
        for track in tracks.values():
            track.metadata.update({"handler_name": NAME, "title": NAME})
        for packet in film.demux():
            if packet.dts is not None:
                packet.stream = tracks[packet.stream.index]
                made.mux(packet)
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

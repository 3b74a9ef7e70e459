"""Files that say whose they are in every way that their kind knows."""

import io
import zipfile
from pathlib import Path
from typing import Any

import av
import docx
import pikepdf
from docx.shared import Inches
from PIL import Image
from PIL.ExifTags import Base

from tests.schools import preview_files as files

NAME, PHONE = "欧阳璟雯", "13912345678"


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


def paper(words: bytes = b"fractions") -> bytes:
    """Return a PDF with `words` on its page, and names in all that lies around it."""
    stream = io.BytesIO()
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
        drawn = b"q 80 0 0 40 10 10 cm /Im Do Q BT /F1 12 Tf 20 100 Td (%s) Tj ET" % words
        page.Contents = made.make_stream(drawn)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            T=NAME,
            Contents=f"for {NAME}",
        )
        page.Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))
        signed = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Name=NAME, Contents=pikepdf.String(NAME.encode())
        )
        page["/Signed"] = made.make_indirect(signed)
        made.attachments["list.txt"] = NAME.encode()
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [NAME]
        made.docinfo["/Author"] = NAME
        made.save(stream)
    return stream.getvalue()


def told_film(folder: Path, ending: str) -> bytes:
    """Return a film that lies on its side, with names in its tags and in those of its tracks."""
    plain, told = folder / f"plain.{ending}", folder / f"named.{ending}"
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
    return told.read_bytes()

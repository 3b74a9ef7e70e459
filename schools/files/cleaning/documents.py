"""PDF documents without what lies around their pages: information, metadata, authors of notes, attachments."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from schools.files.cleaning.hiding import Hiding
from schools.files.cleaning.jpeg import bare_jpeg
from schools.files.cleaning.report import Report, Uncleaned

AROUND = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EmbeddedFiles", "/XFA", "/JavaScript", "/JS",
    "/Author", "/Creator", "/Producer", "/Company", "/Thumb", "/SpiderInfo", "/Perms",
)  # fmt: skip
SIGNED = ("/Contents", "/Cert", "/Name", "/Reason", "/Location", "/ContactInfo")
NOTED = ("/T", "/Subj", "/NM", "/RC")
DEEPEST = 30
PAGES_READ = 300


def clean(source: Path, target: Path, hiding: Hiding) -> Report:
    """Write the PDF at `source` to `target` without what lies around its pages."""
    try:
        with pikepdf.open(source) as document:
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            if "/ID" in document.trailer:
                del document.trailer["/ID"]
            for thing in document.objects:
                clean_thing(thing, hiding, 0)
            document.remove_unreferenced_resources()
            document.save(target, compress_streams=True)
        has_text, has_pictures_only = looked_through(target, hiding)
    except (pikepdf.PdfError, pypdfium2.PdfiumError, OSError, ValueError, RuntimeError, MemoryError) as error:
        raise Uncleaned("damaged") from error
    left = {"pages"}
    if has_text:
        left.add("text")
    if has_pictures_only:
        left.add("scans")
    return Report(left)


def clean_thing(thing: Any, hiding: Hiding, depth: int) -> None:
    """Take what tells out of one dictionary, list or stream, and hide names in its texts."""
    if depth > DEEPEST or not isinstance(thing, pikepdf.Object):
        return
    if isinstance(thing, pikepdf.Stream) and is_jpeg(thing):
        bare = bare_jpeg(thing.read_raw_bytes())
        thing.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=thing.get("/DecodeParms"))
    if isinstance(thing, pikepdf.Array):
        for number, value in enumerate(list(thing)):
            if isinstance(value, pikepdf.String):
                thing[number] = hidden(value, hiding)
            elif not is_shared(value):
                clean_thing(value, hiding, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        clean_entries(thing, hiding, depth)


def clean_entries(thing: Any, hiding: Hiding, depth: int) -> None:
    """Take what tells out of a dictionary."""
    telling = told_keys(thing)
    for key in list(thing.keys()):
        value = thing[key]
        if key in telling:
            del thing[key]
        elif isinstance(value, pikepdf.String):
            thing[key] = hidden(value, hiding)
        elif not is_shared(value):
            clean_thing(value, hiding, depth + 1)


def told_keys(thing: Any) -> set[str]:
    """Return which entries of a dictionary tell of people: a note's author, a signature's certificate."""
    is_note = "/Subtype" in thing and "/Rect" in thing and "/FT" not in thing
    return {*AROUND, *(NOTED if is_note else ()), *(SIGNED if "/ByteRange" in thing else ())}


def is_shared(value: Any) -> bool:
    """Say whether a value is an object of its own, which comes up by itself."""
    return isinstance(value, pikepdf.Object) and value.is_indirect


def hidden(value: Any, hiding: Hiding) -> Any:
    """Return a text with names hidden; one without names stays as it is, byte for byte."""
    text = str(value)
    changed = hiding.hide(text)
    return pikepdf.String(changed) if changed != text else value


def is_jpeg(thing: Any) -> bool:
    """Say whether a stream is a JPEG as a camera wrote it."""
    coding = thing.get("/Filter")
    if isinstance(coding, pikepdf.Array) and len(coding) == 1:
        coding = coding[0]
    return bool(coding == pikepdf.Name.DCTDecode)


def looked_through(path: Path, hiding: Hiding) -> tuple[bool, bool]:
    """Say whether names stand in the text of the pages, and whether a page has no text that could be read."""
    has_names = has_scans = False
    with closing(pypdfium2.PdfDocument(path)) as document:
        for index in range(min(len(document), PAGES_READ)):
            with closing(document[index]) as page, closing(page.get_textpage()) as words:
                text = words.get_text_bounded()
            has_names = bool(hiding.spans(text.replace("\r\n", ""))) or has_names
            has_scans = has_scans or not text.strip()
    return has_names, has_scans

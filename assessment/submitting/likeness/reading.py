"""The words of a file: office documents out of their zip, a PDF page by page; always bounded."""

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pypdfium2

MOST_SIGNS, MOST_PAGES = 200_000, 200
PART_MOST = 60_000_000  # bytes of one part of a zip
PARTS = {
    "document": re.compile(r"word/(document|footnotes|endnotes)\.xml$"),
    "slides": re.compile(r"ppt/slides/slide\d+\.xml$"),
    "sheet": re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml$"),
}
BREAKS = {"p", "si", "is", "br"}


class Unreadable(Exception):
    """A file whose words cannot be had."""


def words_of(kind: str, source: Path) -> str:
    """Return the text of the file at `source`, at most 200,000 signs. Raises Unreadable."""
    pieces = pages(source) if kind == "pdf" else parts(kind, source)
    found: list[str] = []
    length = 0
    try:
        for piece in pieces:
            found.append(piece)
            length += len(piece)
            if length >= MOST_SIGNS:
                break
    except (
        pypdfium2.PdfiumError, zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError, KeyError,
        MemoryError, NotImplementedError, RuntimeError,
    ):  # fmt: skip
        raise Unreadable from None
    whole = "".join(found)[:MOST_SIGNS].encode("utf-8", "ignore").decode()  # a PDF may hold halves of signs
    text = unicodedata.normalize("NFC", whole).replace("\x00", "")
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def pages(source: Path) -> Iterator[str]:
    """Yield the text of each page of a PDF."""
    with closing(pypdfium2.PdfDocument(source)) as document:
        for index in range(min(len(document), MOST_PAGES)):
            with closing(document[index]) as page, closing(page.get_textpage()) as written:
                yield written.get_text_bounded() + "\n"


def parts(kind: str, source: Path) -> Iterator[str]:
    """Yield the texts in the parts of an office document, in the order of their names."""
    with zipfile.ZipFile(source) as package:
        for entry in sorted(package.infolist(), key=lambda entry: (len(entry.filename), entry.filename)):
            if PARTS[kind].match(entry.filename) and entry.file_size <= PART_MOST:
                with package.open(entry) as stream:
                    yield from texts(stream)


def texts(stream: IO[bytes]) -> Iterator[str]:
    """Yield what stands in the text elements, with a line break behind each paragraph or cell."""
    for _event, element in ElementTree.iterparse(stream):
        name = element.tag.rpartition("}")[2]
        if name == "t" and element.text:
            yield element.text
        elif name in BREAKS:
            yield "\n"
        if name in ("p", "si", "row"):
            element.clear()

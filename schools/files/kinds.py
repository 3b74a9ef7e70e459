"""The kinds of file this site takes, the letters the catalogue asks for them by, and the words of refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a file is for the person who looks at it."""

    DOCUMENT = "document"
    SLIDES = "slides"
    SHEET = "sheet"
    PDF = "pdf"
    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True)
class Opened:
    """A file that was opened: seconds of a video, pages of a PDF or slides, pixels of a picture or video."""

    kind: Kind
    mime: str
    extension: str
    seconds: float | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None


class Unacceptable(Exception):
    """A file that is refused; `sentence` (lazy) tells its owner what is wrong and what would be right."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


OFFICE = "application/vnd.openxmlformats-officedocument."
EXTENSIONS: dict[str, tuple[Kind, str]] = {
    "docx": (Kind.DOCUMENT, OFFICE + "wordprocessingml.document"),
    "pdf": (Kind.PDF, "application/pdf"),
    "pptx": (Kind.SLIDES, OFFICE + "presentationml.presentation"),
    "xlsx": (Kind.SHEET, OFFICE + "spreadsheetml.sheet"),
    "jpg": (Kind.IMAGE, "image/jpeg"),
    "jpeg": (Kind.IMAGE, "image/jpeg"),
    "png": (Kind.IMAGE, "image/png"),
    "webp": (Kind.IMAGE, "image/webp"),
    "mp4": (Kind.VIDEO, "video/mp4"),
    "m4v": (Kind.VIDEO, "video/mp4"),
    "mov": (Kind.VIDEO, "video/quicktime"),
}
LABELS: dict[Kind, str | Promise] = {
    Kind.DOCUMENT: _("a Word document (.docx)"),
    Kind.SLIDES: _("a presentation (.pptx)"),
    Kind.SHEET: _("a spreadsheet (.xlsx)"),
    Kind.PDF: _("a PDF document (.pdf)"),
    Kind.IMAGE: _("a picture (.jpg, .png, .webp)"),
    Kind.VIDEO: _("a video (.mp4, .mov)"),
}
LETTERS: dict[str, tuple[Kind, ...]] = {
    "D": (Kind.DOCUMENT, Kind.PDF),
    "V": (Kind.VIDEO,),
    "R": tuple(Kind),
    "P": (Kind.IMAGE, Kind.PDF),
}
LETTER_WORDS: dict[str, str | Promise] = {
    "D": _("a Word or PDF document"),
    "V": _("a video (MP4 or MOV)"),
    "R": _("an original file (Word, PDF, PowerPoint, Excel, picture or video)"),
    "P": _("a picture (JPEG, PNG or WebP) or a PDF"),
}

AS_OFFICE = _("Save it as .docx, .pptx, .xlsx or .pdf and upload that.")
AS_PICTURE = _("Save it as .jpg or .png and upload that.")
AS_VIDEO = _("Export it as .mp4 (H.264) and upload that.")
UNPACK_IT = _("Unpack it and upload the files inside one by one.")
NEVER = _("Upload a Word, PowerPoint, Excel or PDF file, a picture or a video instead.")
REFUSED: tuple[tuple[bytes, str, str | Promise, str | Promise], ...] = (
    (b"#EXTM3U", "playlist", _("a playlist, not a video"), AS_VIDEO),
    (b"[playlist]", "playlist", _("a playlist, not a video"), AS_VIDEO),
    (b"ffconcat", "playlist", _("a playlist, not a video"), AS_VIDEO),
    (b"MZ", "program", _("a program"), NEVER),
    (b"\x7fELF", "program", _("a program"), NEVER),
    (b"#!", "program", _("a program"), NEVER),
    (b"GIF8", "picture_kind", _("a GIF picture"), AS_PICTURE),
    (b"BM", "picture_kind", _("a BMP picture"), AS_PICTURE),
    (b"II*\0", "picture_kind", _("a TIFF picture"), AS_PICTURE),
    (b"MM\0*", "picture_kind", _("a TIFF picture"), AS_PICTURE),
    (b"Rar!", "archive", _("an archive"), UNPACK_IT),
    (b"7z\xbc\xaf", "archive", _("an archive"), UNPACK_IT),
    (b"\x1f\x8b", "archive", _("an archive"), UNPACK_IT),
    (b"PK", "archive", _("an archive"), UNPACK_IT),
    (b"{\\rtf", "old_office", _("a rich-text file"), AS_OFFICE),
    (b"\xd0\xcf\x11\xe0", "old_office", _("an old Office file (.doc, .ppt, .xls or .wps)"), AS_OFFICE),
    (b"RIFF", "video_kind", _("an AVI video or a sound"), AS_VIDEO),
    (b"FLV", "video_kind", _("an FLV video"), AS_VIDEO),
    (b"\x1aE\xdf\xa3", "video_kind", _("an MKV or WebM video"), AS_VIDEO),
    (b"\x30\x26\xb2\x75", "video_kind", _("a WMV video"), AS_VIDEO),
    (b"\0\0\x01\xba", "video_kind", _("an MPEG video"), AS_VIDEO),
)
FAULTS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Choose it again, or save it once more first."),
    "damaged": _("This file is cut short or damaged. Open it yourself, save it again and upload the copy."),
    "locked": _("This file is protected by a password. Remove the password, save it and upload it again."),
    "macros": _("This file carries macros or commands. Save it as a plain document or print it to PDF."),
    "unpacks_too_large": _(
        "This file unpacks to far too much. Save it again with smaller pictures and tables."
    ),
    "too_many_pixels": _("This picture has too many pixels. Make it smaller and upload it again."),
}


def fault(code: str) -> Unacceptable:
    """The refusal of a file of a fitting kind that is not in order; `code` is one of FAULTS."""
    return Unacceptable(code, FAULTS[code])


def foreign(code: str, found: str | Promise, advice: str | Promise, extension: str) -> Unacceptable:
    """The refusal of a file whose kind is not accepted; names its ending too where that promised more."""
    if extension in EXTENSIONS:
        opening = format_lazy(
            _("The name ends in .{claimed}, but the file is {found}."), claimed=extension, found=found
        )
    else:
        opening = format_lazy(_("This file is {found}, which is not accepted."), found=found)
    return Unacceptable(code, format_lazy("{} {}", opening, advice))


def lie(extension: str, kind: Kind) -> Unacceptable:
    """The refusal of a good file under a name that says it is something else."""
    sentence = _("The name ends in .{claimed}, but the file is {found}. Rename it or choose the right one.")
    return Unacceptable("extension_lies", format_lazy(sentence, claimed=extension, found=LABELS[kind]))


def fits(opened: Opened, letters: Iterable[str]) -> bool:
    """Whether the file is of a kind one of the catalogue's letters (D, V, R, P) allows."""
    return any(opened.kind in LETTERS[letter] for letter in letters)


def accept_attribute(letters: Iterable[str]) -> str:
    """The value of a file input's `accept`: endings, then media types, in the order of EXTENSIONS."""
    kinds = {kind for letter in letters for kind in LETTERS[letter]}
    fitting = {ending: mime for ending, (kind, mime) in EXTENSIONS.items() if kind in kinds}
    return ",".join([*(f".{ending}" for ending in fitting), *dict.fromkeys(fitting.values())])


def describe(letters: Iterable[str]) -> str:
    """What may be uploaded for these letters, in the reader's language."""
    return gettext(" or ").join(str(LETTER_WORDS[letter]) for letter in letters)

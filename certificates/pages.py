"""The certificate's two layers as pages: the form that all holders of a point share, and one overlay each.

Everything here is plain text and measures; nothing heavy is imported, so any module may build these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.glyphs import Weight, missing_glyphs, width_in_ems

QR_LEFT_MM = 242.0
QR_TOP_MM = 155.0
QR_SIDE_MM = 27.0

_POINTS_PER_MM = 72 / 25.4


class Unprintable(Exception):
    """A certificate cannot be printed as it must be; the message is a sentence naming whom and which signs."""


@dataclass(frozen=True)
class Words:
    """The fixed words of a certificate in one language, ready to print."""

    title: str
    certifies: str
    statement: str
    grade: str
    credits: str
    number: str
    seal: str
    verify: str


@dataclass(frozen=True)
class Form:
    """What all certificates of one point share, ready to print.

    `small_words` and `point_name_small` are a second language's lines under the first, or None and "".
    """

    programme: str
    catalogue_title: str
    point_code: str
    point_name: str
    credits: str
    issuer: str
    words: Words
    small_words: Words | None = None
    point_name_small: str = ""
    language: str = "zh-Hans"


@dataclass(frozen=True)
class Overlay:
    """What is one holder's own, ready to print: `issued_on` is a written date, `verify_url` goes into the QR."""

    name: str
    school: str
    grade: str
    number: str
    issued_on: str
    verify_url: str


@dataclass(frozen=True)
class Sheet:
    """One point's form and the overlays of those who are to have it."""

    form: Form
    overlays: Sequence[Overlay]


@dataclass(frozen=True)
class Line:
    """One printed line: `size` is a CSS length that fits `text` into its box."""

    text: str
    size: str


@dataclass(frozen=True)
class Box:
    """A line's room: width in millimetres, sizes to try in points from large to small, tracking in ems."""

    width: float
    sizes: tuple[float, ...]
    weight: Weight = "regular"
    tracking: float = 0.0
    rows: int = 1


_NAME = Box(216, (32, 30, 28, 26, 24, 22, 20, 18, 16), "bold", tracking=0.12)
_SCHOOL = Box(216, (17, 16, 15, 14, 13, 12, 11, 10))
_CATALOGUE_TITLE = Box(216, (13, 12, 11, 10, 9), tracking=0.15)
_STATEMENT = Box(216, (14, 13, 12, 11, 10.5, 10))
_LONG_STATEMENT = Box(216, (10, 9.5, 9), rows=2)
_POINT = Box(216, (24, 22, 20, 18, 16, 14), "bold", tracking=0.06)
_ISSUER = Box(84, (15, 14, 13, 12, 11, 10, 9, 8), "bold")
_NUMBER = Box(84, (12, 11, 10))
_FACT = Box(50, (16, 14, 12, 10), "bold")
_ISSUED_ON = Box(60, (13, 12, 11, 10))
_ADDRESS = Box(44, (6.5, 6, 5.5), rows=5)


def words_in(language: str, programme: str = "") -> Words:
    """Return the fixed words in `language`; without `programme` the statement does not name one."""
    with translation.override(language):
        statement = _(
            "has completed the study and practice and passed the assessment of the micro-capability point"
        )
        if programme:
            statement = _(
                "has taken part in %(programme)s, completed its study and practice, and passed the assessment of"
                " the micro-capability point"
            ) % {"programme": programme}
        return Words(
            title=pgettext("certificate", "Certificate of Micro-Capability"),
            certifies=pgettext("certificate", "This is to certify that"),
            statement=statement,
            grade=pgettext("certificate", "Grade"),
            credits=pgettext("certificate", "Credits"),
            number=pgettext("certificate", "Certificate No."),
            seal=pgettext("certificate", "(seal)"),
            verify=pgettext("certificate", "Scan or open this address to verify"),
        )


def document(sheets: Sequence[Sheet]) -> str:
    """Return the HTML of one batch: for each sheet the form's page, then a page for each overlay in order.

    Raises Unprintable when a sign is missing from the fonts or a text is too long for its place.
    """
    for sheet in sheets:
        refuse_missing_signs(sheet.form, sheet.overlays)
    context = {
        "language": sheets[0].form.language,
        "sheets": [
            {
                "form": sheet.form,
                "lines": _form_lines(sheet.form),
                "holders": [_overlay_lines(overlay) for overlay in sheet.overlays],
            }
            for sheet in sheets
        ],
    }
    return render_to_string("certificates/form.html", context)


def refuse_missing_signs(form: Form, overlays: Sequence[Overlay]) -> None:
    """Raise Unprintable, naming form or person, when the fonts lack a sign of any text."""
    for sign_owner, texts in _texts(form, overlays):
        missing = missing_glyphs(texts)
        if missing:
            signs = dict.fromkeys(sign for signs in missing.values() for sign in signs)
            raise Unprintable(
                _("%(owner)s: the certificate's fonts lack %(signs)s.")
                % {"owner": sign_owner, "signs": ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs)}
            )


def fit(text: str, box: Box, owner: str) -> Line:
    """Return `text` at the largest size at which it stays inside `box`; raise Unprintable if none does."""
    ems = width_in_ems(text, box.weight) + box.tracking * len(text)
    for size in box.sizes:
        room = box.width * _POINTS_PER_MM
        # A row that wraps may leave one full-width sign's room empty.
        if ems * size <= (room if box.rows == 1 else box.rows * (room - 2 * size)):
            return Line(text=text, size=f"{size:g}pt")
    raise Unprintable(
        _("%(owner)s: “%(text)s” is too long for its place on the certificate.")
        % {"owner": owner, "text": text}
    )


def _form_lines(form: Form) -> dict[str, Line]:
    owner = form.point_code
    return {
        "catalogue_title": fit(form.catalogue_title, _CATALOGUE_TITLE, owner),
        "statement": _statement(form),
        "point": fit(f"{form.point_code} {form.point_name}", _POINT, owner),
        "credits": fit(form.credits, _FACT, owner),
        "issuer": fit(form.issuer, _ISSUER, owner),
    }


def _statement(form: Form) -> Line:
    """The statement in one row if it fits, else in two small ones, so that the second language has its room."""
    try:
        return fit(form.words.statement, _STATEMENT, form.point_code)
    except Unprintable:
        return fit(form.words.statement, _LONG_STATEMENT, form.point_code)


def _overlay_lines(overlay: Overlay) -> dict[str, Line]:
    owner = overlay.name
    return {
        "name": fit(overlay.name, _NAME, owner),
        "school": fit(overlay.school, _SCHOOL, owner),
        "grade": fit(overlay.grade, _FACT, owner),
        "number": fit(overlay.number, _NUMBER, owner),
        "issued_on": fit(overlay.issued_on, _ISSUED_ON, owner),
        "address": fit(overlay.verify_url, _ADDRESS, owner),
    }


def _texts(form: Form, overlays: Sequence[Overlay]) -> Iterator[tuple[str, list[str]]]:
    words = [form.words, form.small_words] if form.small_words else [form.words]
    printed = [getattr(some, field.name) for some in words for field in fields(Words)]
    own = [getattr(form, field.name) for field in fields(Form) if field.type is str]
    yield form.point_code, printed + own
    for overlay in overlays:
        yield overlay.name, [getattr(overlay, field.name) for field in fields(Overlay)]

"""Why a cell, a row or a whole file is refused: codes, and sentences that say what would be right."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from schools.refusals import Refused

SENTENCES = {
    "numeric-id": _(
        "Cell %(cell)s holds a number. Excel has lost its last digits: format the column as text "
        "and enter the identity number again."
    ),
    "id-missing": _("Cell %(cell)s is empty. Every person needs the identity number of 18 characters."),
    "id-shape": _(
        "Cell %(cell)s holds no identity number. It has 18 characters: 17 digits and then a digit or X."
    ),
    "id-birth": _(
        "The identity number in cell %(cell)s names a day of birth that does not exist. "
        "Please compare it with the identity card."
    ),
    "id-check": _(
        "The last character of the identity number in cell %(cell)s does not fit the others. "
        "Please compare it with the identity card."
    ),
    "duplicate": _(
        "Cell %(cell)s repeats the identity number of row %(first)s. "
        "Correct it, or keep only one of the two rows."
    ),
    "name-missing": _("Cell %(cell)s holds no name. Please enter the person's name."),
    "name-long": _("The name in cell %(cell)s is longer than %(most)s characters. Enter the name alone."),
    "text-long": _("The text in cell %(cell)s is longer than %(most)s characters. Please shorten it."),
    "school-missing": _(
        "Cell %(cell)s is empty or merged. Enter the school's name in every row, as the county's list has it."
    ),
    "unknown-school": _(
        "Cell %(cell)s names no school of this county. The nearest name is “%(nearest)s”. "
        "Enter the name as the county's list has it."
    ),
    "no-school-at-all": _(
        "Cell %(cell)s names a school, but this county has no schools yet. Enter the schools first."
    ),
    "other-school": _(
        "Cell %(cell)s names another school. This file is for “%(school)s” alone: "
        "correct the cell or take the row out."
    ),
    "office-person": _(
        "The person of cell %(cell)s is on the list of the county office and at no school. "
        "Take the row out, or ask the county office."
    ),
    "formula": _(
        "Cell %(cell)s holds a formula or an error value. Copy the column and paste it again as values only."
    ),
    "bad-number": _("Cell %(cell)s holds no years of teaching. Enter a whole number from 0 to %(most)s."),
    "bad-email": _("Cell %(cell)s holds no email address. It looks like name@example.com, or stays empty."),
    "bad-phone": _(
        "Cell %(cell)s holds no mobile number. It has 11 digits and begins with 1, or the cell stays empty."
    ),
    "bad-sex": _(
        "Cell %(cell)s holds something else than %(choices)s. Enter one of the two, or leave it empty."
    ),
    "not-a-table": _(
        "This file is no table that can be read here. Save it as .xlsx, .xls or .csv and choose that."
    ),
    "macros": _("This workbook carries macros. Save it as a plain .xlsx and choose that."),
    "locked": _(
        "This workbook is protected by a password. Remove the password, save it and choose it again."
    ),
    "empty": _("This file holds no people. Fill in a row for each person below the headings."),
    "truncated": _(
        "This file is cut short or damaged. Open it yourself, save it again and choose the new copy."
    ),
    "open-quote": _(
        "Row %(line)s has a quotation mark that is never closed. Save the file again from Excel."
    ),
    "merged-headings": _(
        "Cells %(cell)s on sheet “%(sheet)s” are merged. Each column needs a heading of its own: "
        "take the merging back and delete titles above the headings."
    ),
    "missing-columns": _(
        "On sheet “%(sheet)s” these headings are missing: %(missing)s. "
        "They stand in row %(line)s or were not found; use the template's headings."
    ),
    "repeated-columns": _(
        "The heading %(heading)s stands in cell %(cell)s a second time. Keep one of the columns."
    ),
    "too-many-rows": _(
        "This file has more than %(most)s rows. Delete empty rows below the list, or split it into several."
    ),
    "too-large": _(
        "This file is too large for a roster of at most %(most)s rows. Remove pictures and extra sheets."
    ),
}
CODES = {"school-missing": "unknown-school", "no-school-at-all": "unknown-school", "open-quote": "truncated"}


@dataclass(frozen=True)
class Refusal:
    """One thing refused, with its place; `key` finds the sentence, `values` fill it, never personal ones."""

    key: str
    sheet: str = ""
    cell: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return CODES.get(self.key, self.key)

    @property
    def source(self) -> str:
        """The sentence in English, before its values are filled in."""
        return SENTENCES[self.key]

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.source) % {**self.values, "sheet": self.sheet, "cell": self.cell}

    def as_json(self) -> dict[str, Any]:
        """Return what is kept in the database: key, sheet, cell, values, code and the English source."""
        return {**asdict(self), "code": self.code, "source": self.source}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Refusal":
        return cls(kept["key"], kept["sheet"], kept["cell"], kept["values"])


class CellFault(ValueError):
    """A cell that is refused; the place is added by whoever knows it."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class FileRefused(Refused):
    """The whole file is refused before any row was looked at."""

    def __init__(self, key: str, *, sheet: str = "", cell: str = "", **values: Any) -> None:
        self.refusal = Refusal(key, sheet, cell, values)
        super().__init__(self.refusal.sentence, self.refusal.code)

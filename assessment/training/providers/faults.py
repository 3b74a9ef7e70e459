"""Why a row or a whole file of a provider is refused: codes, and sentences that say what would be right."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from schools.refusals import Refused

SENTENCES = {
    "numeric-id": _(
        "Cell %(cell)s holds a number. Excel has lost its last digits: format the column as text "
        "and enter the identity number again."
    ),
    "id-wrong": _("Cell %(cell)s holds no identity number. It has 18 characters and a last one that fits."),
    "formula": _(
        "Cell %(cell)s holds a formula or an error value. Copy the column and paste it again as values only."
    ),
    "nobody-named": _("The row names nobody. Enter the continuing-education number, or name and school."),
    "two-people": _("Several teachers fit this row. Enter the continuing-education number or the identity number."),
    "other-name": _(
        "The number in this row belongs to a teacher with another name. Correct the number or the name."
    ),
    "no-course": _("The row names no course. Enter the course's code or its name."),
    "course-long": _("Cell %(cell)s is longer than %(most)s characters. Enter the course's code or name alone."),
    "no-hours": _("Cell %(cell)s holds no hours. Enter a number; the mapping says: %(unit)s."),
    "few-hours": _("Cell %(cell)s says %(hours)s hours. Hours are more than 0."),
    "many-hours": _("Cell %(cell)s says %(hours)s hours. A course has at most %(most)s; is it minutes?"),
    "hours-of-day": _(
        "Cell %(cell)s says %(hours)s hours, but from beginning to end there are only %(days)s days "
        "of 24 hours. Correct the hours or the days."
    ),
    "no-day": _("Cell %(cell)s holds no day. Write it as the mapping says: %(order)s."),
    "future-day": _("Cell %(cell)s says %(day)s, which lies ahead. Only finished courses count."),
    "late-begin": _("Cell %(cell)s says that the course began after it ended. Correct one of the days."),
    "twice": _("Rows %(first)s and %(second)s speak of the same teacher and course. Keep one of them."),
    "waiting-hours": _(
        "%(hours)s further hours of this course still wait for the county. Let it recognise or refuse them first."
    ),
    "not-a-table": _("This file is no table that can be read here. Save it as .xlsx, .xls or .csv and choose that."),
    "empty": _("This file holds no rows below its headings."),
    "missing-columns": _(
        "These headings are missing: %(missing)s. Found were: %(found)s. "
        "Rename the columns, or make another mapping for files like this."
    ),
    "repeated-columns": _("The heading “%(heading)s” stands twice, in %(cell)s too. Keep one of the columns."),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `values` fill the sentence, never with anything personal."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return gettext(SENTENCES[self.key]) % self.values


class RowFault(ValueError):
    """A row that is refused."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.fault = Fault(key, values)


class ProviderFileRefused(Refused):
    """The whole file is refused before any row was looked at."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(Fault(key, values).sentence, key)

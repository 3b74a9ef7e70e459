"""The county's lists of returns, draws and cases, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.checking.cases.models import CaseState
from microcapabilities.grades import Grade
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import Value, day


def of_return(name: str) -> Any:
    """Return what reads a figure of a return; a school that has not begun has none."""

    def read(row: Any) -> Value:
        return getattr(row, name) if row.school_return else None

    return read


RETURNS = Listing(
    "returns",
    _("School returns"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("pinyin", "pk"), 28),
        Listed(
            "standing",
            _("State"),
            lambda row: row.school_return.label if row.school_return else str(_("Not begun")),
            ("return_state", "pinyin", "pk"),
        ),
        Listed("round", _("Round"), lambda row: row.school_return and row.school_return.round, (), 8, "0"),
        Listed("people", _("People"), of_return("people"), (), 8, "0"),
        Listed("passed", _("Passed"), of_return("passed"), (), 8, "0"),
        Listed("failed", _("Not passed"), of_return("failed"), (), 10, "0"),
        Listed("cases", _("Open cases"), of_return("open_cases"), (), 10, "0"),
        Listed("filed", _("Filed"), lambda row: day(row.filed_at), (), 12),
    ),
    "school",
    _("School or initials"),
)


def counted(key: str, heading: Any) -> Listed:
    """Return a column of a draw's counts."""
    return Listed(key, heading, lambda draw: getattr(draw, key), (key, "-pk"), 12, "0")


DRAWS = Listing(
    "draws",
    _("Draws made"),
    (
        Listed("draw", _("Draw"), lambda draw: str(draw.pk), ("pk",), 10),
        Listed("drawn", _("Drawn"), lambda draw: day(draw.drawn_at), ("drawn_at", "pk"), 12),
        Listed("size", _("Cases"), lambda draw: draw.size, ("size", "-pk"), 10, "0"),
        counted("undone", _("Without experts")),
        counted("open_cases", _("With experts")),
        counted("judged", _("Judged")),
        counted("overturned", _("Overturned")),
    ),
    "-draw",
)
PLACE = ("position", "pk")
CASES = Listing(
    "cases",
    _("Cases"),
    (
        Listed("case", _("Case"), lambda row: row.case.code, PLACE, 12),
        Listed("school", _("School"), lambda row: row.case.school.name, ("school__pinyin", *PLACE), 28),
        Listed(
            "teacher",
            _("Teacher"),
            lambda row: row.case.submission.person.name,
            ("submission__person__pinyin", *PLACE),
            14,
        ),
        Listed(
            "point",
            _("Point"),
            lambda row: row.case.submission.point.code,
            ("submission__point__position", *PLACE),
            10,
        ),
        Listed("standing", _("State"), lambda row: row.case.label, ("state", *PLACE)),
        Listed("listed", _("School's grade"), lambda row: str(row.listed.label), ("listed_grade", *PLACE)),
        Listed("judged", _("Experts' grade"), lambda row: str(row.judged.label) if row.judged else ""),
    ),
    "case",
    _("Teacher, school or initials"),
    (
        Filter(
            "standing",
            _("State"),
            _("All states"),
            tuple((str(value), label) for value, label in CaseState.choices),
        ),
        Filter(
            "listed",
            _("School's grade"),
            _("All grades"),
            tuple((str(grade.value), grade.label) for grade in Grade),
        ),
    ),
)
CHECKED = Listing(
    "checked-schools",
    _("Spot checks by school"),
    (
        Listed("school", _("School"), lambda row: row.school.name, ("pinyin", "pk"), 28),
        Listed("cases", _("Cases answered"), lambda row: row.figures.cases, (), 10, "0"),
        Listed("upheld", _("Upheld"), lambda row: row.figures.upheld, (), 10, "0"),
        Listed("overturned", _("Overturned"), lambda row: row.figures.overturned, (), 10, "0"),
        Listed("rate", _("Results that held, percent"), lambda row: row.figures.pass_rate, (), 14, "0"),
        Listed("leniency", _("Leniency, grade steps"), lambda row: row.figures.leniency, (), 14, "0.00"),
    ),
    "school",
    _("School or initials"),
)

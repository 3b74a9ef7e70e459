"""The school's lists of submissions, as page and sheet show them: what is hidden on the one is so in the other."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reviewing.school_queries import SubmissionRow
from schools.sheets.listing import Listed, Listing


def point_said(row: SubmissionRow) -> str:
    return f"{row.submission.point.code} {row.submission.point.name}"


def reviews_said(row: SubmissionRow) -> str:
    has_attempt = row.submission.newest  # type: ignore[attr-defined]
    return f"{row.standing.done} / {row.standing.needed}" if has_attempt else ""


def result_said(row: SubmissionRow) -> str:
    if row.is_hidden:
        return gettext("hidden from you")
    return str(row.grade.label) if row.grade else ""


def columns(at: str) -> tuple[Listed, ...]:
    """Return the columns; `at` is the way from what is put in order to the submission."""
    person = (f"{at}person__pinyin", f"{at}person_id")
    place = f"{at}point__position"
    return (
        Listed(
            "teacher", _("Teacher"), lambda row: row.submission.person.name, (*person, place, f"{at}pk"), 14
        ),
        Listed("point", _("Point"), point_said, (place, *person, f"{at}pk"), 40),
        Listed(
            "standing",
            _("State"),
            lambda row: row.submission.label,
            (f"{at}state", *person, place, f"{at}pk"),
        ),
        Listed("reviews", _("Reviews"), reviews_said, width=10),
        Listed("result", _("Result"), result_said),
    )


ADVICE = Listed(
    "advice",
    _("The reviewers' advice, released with the result"),
    lambda row: "" if row.is_hidden else row.standing.advice,
    width=60,
)
SEARCH = _("Name, pinyin, initials or number")
SUBMISSIONS = Listing("submissions", _("Submissions"), columns(""), "teacher", SEARCH)
# Rows that Python has put in order: disagreement first.
READY = Listing("ready-results", _("Waiting for decision"), (*columns("submission__"), ADVICE), "", SEARCH)

"""The rows of reports as plain generators with typed values; they know nothing of spreadsheets."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.programme.models import Participant, Programme, SchoolProgress
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission
from assessment.submitting.models import SubmissionState as S
from assessment.training.models import Category
from assessment.training.queries import recognised_hours
from microcapabilities.grades import Grade
from schools.organisations.models import School
from schools.sheets.rows import Column, Sheet, Value, hours_column, number

PIECE = 500
HANDED_IN = Q(state__gt=S.DRAFT)
PASSED = Q(state__in=(S.PASSED, S.ACCEPTED))
EXCELLENT = PASSED & Q(grade=Grade.EXCELLENT)
ACCEPTED = Q(state=S.ACCEPTED)

SCHOOL = Column(gettext_lazy("School"), 28)
NAME = Column(gettext_lazy("Name"), 14)
PARTICIPANTS = number(gettext_lazy("Participants"))
CHOSEN = number(gettext_lazy("Choice confirmed"))
RESULTS = (
    number(gettext_lazy("Handed in")),
    number(gettext_lazy("Passed")),
    number(gettext_lazy("Excellent")),
    number(gettext_lazy("Accepted")),
)
CREDITS = number(gettext_lazy("Credits recognised"))
HOURS = (hours_column(gettext_lazy("Online hours")), hours_column(gettext_lazy("Practice hours")))


def overview(programme: Programme, school: School | None = None) -> Iterator[Sheet]:
    """Yield the report's sheets: by school, by point, by teacher, who is missing what."""
    people = participants(programme, school).count()
    schools = 1 if school else SchoolProgress.objects.filter(programme=programme).count()
    points = programme.catalogue.points.count()
    point = (Column(_("Code"), 8), Column(_("Point"), 40))
    number_column = Column(_("Continuing-education number"), 24)
    columns = (SCHOOL, PARTICIPANTS, CHOSEN, *RESULTS, CREDITS)
    yield Sheet(_("By school"), columns, schools, by_school(programme, school))
    yield Sheet(_("By point"), (*point, *RESULTS), points, by_point(programme, school))
    teacher = (SCHOOL, NAME, number_column, Column(_("Teaching group"), 20))
    yield Sheet(_("By teacher"), (*teacher, *RESULTS, CREDITS, *HOURS), people, by_teacher(programme, school))
    lacking = (Column(_("Choice of points"), 16), number(_("Credits missing")))
    lacking += (hours_column(_("Online hours missing")), hours_column(_("Practice hours missing")))
    yield Sheet(_("Still missing"), (SCHOOL, NAME, *lacking), people, missing(programme, school))


def participants(programme: Programme, school: School | None):  # type: ignore[no-untyped-def]
    rows = Participant.objects.filter(programme=programme, ends_on__isnull=True)
    rows = rows.filter(school=school) if school else rows
    return rows.order_by("school__pinyin", "person__pinyin", "pk")


def submissions(programme: Programme, school: School | None):  # type: ignore[no-untyped-def]
    rows = Submission.objects.filter(programme=programme)
    return rows.filter(school=school) if school else rows


def counts() -> dict[str, Count]:
    """Return the four figures of RESULTS, to annotate submissions with."""
    figures = {"handed_in": HANDED_IN, "passing": PASSED, "excellent": EXCELLENT, "accepted": ACCEPTED}
    return {name: Count("pk", filter=condition) for name, condition in figures.items()}


def by_school(programme: Programme, school: School | None = None) -> Iterator[tuple[Value, ...]]:
    """Yield a row per school, from its counters; how many are excellent is counted."""
    best = submissions(programme, school).filter(EXCELLENT).order_by()
    excellent = dict(best.values_list("school").annotate(Count("pk")))
    rows = SchoolProgress.objects.filter(programme=programme).select_related("school")
    rows = rows.order_by("school__pinyin")
    for row in rows.filter(school=school) if school else rows:
        handed_in = row.submitted + row.returned + row.passed + row.failed + row.accepted + row.overturned
        yield (
            row.school.name,
            row.participants,
            row.chosen,
            handed_in,
            row.passed + row.accepted,
            excellent.get(row.school_id, 0),
            row.accepted,
            row.credits_accepted,
        )


def by_point(programme: Programme, school: School | None = None) -> Iterator[tuple[Value, ...]]:
    """Yield a row per point of the catalogue, in its order, also where nobody chose it."""
    counted = {
        row[0]: row[1:]
        for row in submissions(programme, school).order_by().values_list("point").annotate(**counts())
    }
    for point in programme.catalogue.points.order_by("position"):
        yield (point.code, point.name, *counted.get(point.pk, (0, 0, 0, 0)))


def by_teacher(programme: Programme, school: School | None = None) -> Iterator[tuple[Value, ...]]:
    """Yield a row per participant; credits and hours count once wherever they were earned."""
    columns = ("person_id", "school__name", "person__name", "person__training_number", "person__group__name")
    for piece in pieces(participants(programme, school).values_list(*columns)):
        people = [row[0] for row in piece]
        results = results_of(programme, people)
        hours = recognised_hours(programme, people)
        for person_id, place, name, training_number, group in piece:
            earned = hours[person_id]
            yield (
                place,
                name,
                training_number,
                group or "",
                *results[person_id],
                earned[Category.ONLINE],
                earned[Category.PRACTICE],
            )


def results_of(programme: Programme, people: list[int]) -> dict[int, tuple[int, ...]]:
    """Return handed in, passed, excellent, accepted, credits recognised by person id; zeros for nothing."""
    found: dict[int, tuple[int, ...]] = defaultdict(lambda: (0, 0, 0, 0, 0))
    rows = (
        Submission.objects.filter(programme=programme, person__in=people)
        .order_by()
        .values_list("person")
        .annotate(**counts(), recognised=Sum("point__credits", filter=ACCEPTED, default=0))
    )
    for person_id, *figures in rows:
        found[person_id] = tuple(figures)
    return found


def missing(programme: Programme, school: School | None = None) -> Iterator[tuple[Value, ...]]:
    """Yield a row per participant, not excluded, who lacks a confirmed choice, credits or hours."""
    columns = ("pk", "person_id", "school__name", "person__name")
    for piece in pieces(participants(programme, school).filter(excluded_because="").values_list(*columns)):
        people = [row[1] for row in piece]
        confirmed = set(
            Selection.objects.filter(
                participant__in=[row[0] for row in piece], state=SelectionState.CONFIRMED
            ).values_list("participant_id", flat=True)
        )
        credits = passed_credits(programme, people)
        hours = recognised_hours(programme, people)
        for participant_id, person_id, place, name in piece:
            lacking = (
                max(0, (programme.credits or 0) - credits[person_id]),
                max(Decimal(0), programme.online_hours - hours[person_id][Category.ONLINE]),
                max(Decimal(0), programme.practice_hours - hours[person_id][Category.PRACTICE]),
            )
            has_choice = participant_id in confirmed
            if not has_choice or any(lacking):
                yield (place, name, _("confirmed") if has_choice else _("missing"), *lacking)


def passed_credits(programme: Programme, people: list[int]) -> dict[int, int]:
    """Return credits of passed or accepted points by person id."""
    found: dict[int, int] = defaultdict(int)
    rows = Submission.objects.filter(PASSED, programme=programme, person__in=people).order_by()
    found.update(rows.values_list("person").annotate(Sum("point__credits")))
    return found


def pieces(rows) -> Iterator[list[tuple]]:  # type: ignore[no-untyped-def,type-arg]
    """Yield the rows of a query in lists of at most 500, so that a county is never in memory at once."""
    piece = []
    for row in rows.iterator(chunk_size=PIECE):
        piece.append(row)
        if len(piece) == PIECE:
            yield piece
            piece = []
    if piece:
        yield piece

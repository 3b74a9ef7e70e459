"""What the county office sees of returns and draws, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery

from assessment.checking.cases.models import CaseState, Judgement, JudgementGrade, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.models import ReturnLine, ReturnPoint, ReturnState, SchoolReturn
from assessment.checking.queries import undrawn_returns
from assessment.checking.spot_checks import bears_out, judged_grades
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.submitting.models import SubmissionState
from microcapabilities.grades import Grade
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person, Transfer

NOTHING_YET = 0


@dataclass(frozen=True)
class ReturnRow:
    """A school with its latest return (or none), what that lists, and how many of its cases are open."""

    school: School
    school_return: SchoolReturn | None
    people: int
    passed: int
    failed: int
    filed_at: datetime | None
    open_cases: int

    @property
    def may_be_ticked(self) -> bool:
        return self.school_return is not None and self.school_return.state == ReturnState.FILED


@dataclass(frozen=True)
class CaseRow:
    """A case with the school's grade, the experts' (or None), and whether they bear the school out."""

    case: SpotCheckCase
    listed: Grade
    judged: Grade | None
    is_borne_out: bool
    finished: int
    asked: int


@dataclass(frozen=True)
class JudgementRow:
    """One expert's judgement with the grades by item."""

    judgement: Judgement
    grades: list[JudgementGrade]


def schools_with_returns(programme: Programme) -> QuerySet[School]:
    """Return the county's schools with id and state of their latest return (state 0: none)."""
    latest = SchoolReturn.objects.filter(programme=programme, school=OuterRef("pk")).order_by("-round")
    return School.objects.annotate(
        return_id=Subquery(latest.values("pk")[:1]),
        return_state=Subquery(latest.values("state")[:1], output_field=IntegerField()),
    ).order_by("pinyin", "pk")


def of_state(schools: QuerySet[School], state: int | None) -> QuerySet[School]:
    """Leave the schools whose latest return stands at `state`; 0 those without any, None all."""
    if state is None:
        return schools
    if state == NOTHING_YET:
        return schools.filter(return_state__isnull=True)
    return schools.filter(return_state=state)


def counts_by_state(schools: QuerySet[School]) -> dict[int, int]:
    """Return how many schools stand at each state, 0 for those without a return."""
    rows = schools.order_by().values_list("return_state").annotate(Count("pk"))
    return {state or NOTHING_YET: count for state, count in rows}


def return_rows(schools: Sequence[School]) -> list[ReturnRow]:
    """Return a row for each school out of `schools_with_returns`: four queries for any number."""
    ids = [school.return_id for school in schools if school.return_id]  # type: ignore[attr-defined]
    returns = SchoolReturn.objects.select_related("school", "programme").in_bulk(ids)
    lines = ReturnLine.objects.filter(school_return__in=ids, filing=F("school_return__filings"))
    figures = (
        lines.order_by()
        .values_list("school_return")
        .annotate(
            people=Count("pk", distinct=True),
            passed=Count("points", filter=Q(points__state=SubmissionState.PASSED)),
            failed=Count("points", filter=Q(points__state=SubmissionState.FAILED)),
        )
    )
    listed = {pk: counts for pk, *counts in figures}
    filed = dict(
        Event.objects.filter(workflow="return", subject_id__in=ids, action="file")
        .order_by("version")
        .values_list("subject_id", "at")
    )
    waiting = SpotCheckCase.objects.filter(
        school__in=schools, state__in=(CaseState.DRAWN, CaseState.ASSIGNED, CaseState.JUDGED)
    )
    cases = dict(waiting.values_list("school").annotate(Count("pk")))
    return [
        ReturnRow(
            school,
            returns.get(school.return_id),  # type: ignore[attr-defined]
            *listed.get(school.return_id, (0, 0, 0)),  # type: ignore[attr-defined]
            filed.get(school.return_id),  # type: ignore[attr-defined]
            cases.get(school.pk, 0),
        )
        for school in schools
    ]


def lines_filed(school_return: SchoolReturn) -> QuerySet[ReturnLine]:
    """Return the frozen lines of the latest filing with their points."""
    return (
        ReturnLine.objects.filter(school_return=school_return, filing=school_return.filings)
        .prefetch_related("points")
        .order_by("participant__person__pinyin", "pk")
    )


def cases_of_filing(school_return: SchoolReturn) -> QuerySet[SpotCheckCase]:
    """Return the cases drawn from the latest filing of the return."""
    draws = school_return.draws.filter(filing=school_return.filings).values("draw")
    return (
        SpotCheckCase.objects.filter(draw__in=draws, school=school_return.school_id)
        .select_related("submission__point", "submission__person", "school")
        .order_by("draw", "position")
    )


def undrawn_with_frames(programme: Programme) -> list[tuple[SchoolReturn, int]]:
    """Return filed returns that no draw covers, each with the number of passed submissions it lists."""
    returns = list(undrawn_returns(programme).order_by("school__pinyin"))
    sizes = dict(
        ReturnPoint.objects.filter(
            line__school_return__in=returns,
            line__filing=F("line__school_return__filings"),
            submission__state=SubmissionState.PASSED,
        )
        .values_list("line__school_return")
        .annotate(Count("pk"))
    )
    return [(row, sizes.get(row.pk, 0)) for row in returns]


def draws_made(programme: Programme) -> QuerySet[Draw]:
    """Return the programme's draws, latest first, with counts of their cases; frames are left out."""
    states = {
        "undone": CaseState.DRAWN,
        "open_cases": CaseState.ASSIGNED,
        "judged": CaseState.JUDGED,
        "overturned": CaseState.OVERTURNED,
    }
    counts = {name: Count("cases", filter=Q(cases__state=state)) for name, state in states.items()}
    rows = Draw.objects.filter(programme=programme).defer("frame")
    rows = rows.select_related("drawn_by__person", "planned_by__person")
    return rows.annotate(**counts).order_by("-pk")


def cases_of(draw: Draw) -> QuerySet[SpotCheckCase]:
    """Return the draw's cases in order, with how many experts were asked and have finished."""
    return (
        SpotCheckCase.objects.filter(draw=draw)
        .select_related("submission__point", "submission__person", "school")
        .annotate(asked=Count("judgements"), finished=Count("judgements__finished_at"))
        .order_by("position")
    )


def cases_found(draw: Draw, *, q: str, standing: str, listed: str) -> QuerySet[SpotCheckCase]:
    """Return those of the draw's cases that the words (of teacher or school) and the filters leave."""
    cases = cases_of(draw)
    if q:
        people = Person.objects.named_like(q)
        cases = cases.filter(school_named(q, "school__") | Q(submission__person__in=people))
    if standing:
        cases = cases.filter(state=int(standing))
    return cases.filter(listed_grade=int(listed)) if listed else cases


def case_rows(cases: Sequence[SpotCheckCase]) -> list[CaseRow]:
    """Return a row for each case out of `cases_of`, in one more query."""
    judged = judged_grades(cases)
    return [
        CaseRow(
            case,
            Grade(case.listed_grade),
            judged.get(case.pk),
            bears_out(case, judged.get(case.pk)),
            case.finished,  # type: ignore[attr-defined]
            case.asked,  # type: ignore[attr-defined]
        )
        for case in cases
    ]


def borne_out(draw: Draw) -> list[SpotCheckCase]:
    """Return judged cases of the draw in which the experts pass what the school passed."""
    rows = SpotCheckCase.objects.filter(draw=draw, state=CaseState.JUDGED)
    cases = list(rows.select_related("submission", "school", "draw").order_by("position"))
    judged = judged_grades(cases)
    return [case for case in cases if bears_out(case, judged.get(case.pk))]


def judgements_on(case: SpotCheckCase) -> list[JudgementRow]:
    """Return the experts' judgements on a case with their grades by item."""
    rows = case.judgements.select_related("expert").prefetch_related("grades__item").order_by("pk")
    return [JudgementRow(row, sorted(row.grades.all(), key=lambda grade: grade.item.number)) for row in rows]


def transfers_listed(*, is_open: bool) -> QuerySet[Transfer]:
    """Return transfers that wait (oldest first) or are done (latest first)."""
    waits = Q(completed_at__isnull=True, refused_at__isnull=True)
    rows = Transfer.objects.select_related(
        "person", "from_school", "school", "completed_by__person", "refused_by__person"
    )
    return rows.filter(waits).order_by("asked_at", "pk") if is_open else rows.exclude(waits).order_by("-pk")

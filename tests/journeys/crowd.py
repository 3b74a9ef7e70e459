"""A school full of teachers, each with something in every list; written straight into the tables, as nothing moves."""

from datetime import date
from decimal import Decimal

from django_scopes import scopes_disabled

from assessment.programme.actions import enrol_school
from assessment.programme.models import Participant, Programme
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from assessment.submitting.models import Attempt, Submission, SubmissionState
from assessment.submitting.queries import items_of
from assessment.training.models import Category, ClaimState, HourClaim
from certificates.models import Certificate
from microcapabilities.grades import Grade
from microcapabilities.models import Point
from schools.clock import now
from schools.files.storing import keep_bytes
from tests.cast import CountyCast, SchoolCast, acting, give_role, make_person
from tests.stories import CODES, catalogue, programme

WORDS = "目标清楚，证据完整；下次请说明数据怎样改变了您的教学安排。"
FAMILY, GIVEN = "陈李王张刘杨赵黄周吴", ("静怡", "建国", "晓东", "丽华", "文博")


def gather(cast: CountyCast, school: SchoolCast, number: int) -> None:
    """Add so many teachers who have proposed, claimed, handed in two points and are owed a certificate."""
    year = programme(cast)
    with scopes_disabled():
        for serial in range(number):
            name = f"{FAMILY[serial % 10]}{GIVEN[serial // 10 % 5]}"
            person = make_person(name, cast.county, school.school, group=school.group)
            give_role(person, "teacher", school.school)
        enrol_school(programme=year, school=school.school, by=acting(cast["county-office"]))
        rows = list(Participant.objects.filter(school=school.school).select_related("person"))
        points = {point.code: point for point in Point.objects.filter(catalogue=catalogue(), code__in=CODES)}
        propose(year, rows, list(points.values()))
        claim(year, rows)
        review(hand_in(year, rows, points["A1"]), school)
        hand_in(year, rows, points["A5"])
        owe_certificates(year, hand_in(year, rows, points["A9"], SubmissionState.ACCEPTED))


def of(row: Participant) -> dict[str, int]:
    """Return where a participant's rows belong."""
    return {"county_id": row.county_id, "school_id": row.school_id}


def theirs(year: Programme, row: Participant) -> dict[str, object]:
    return {**of(row), "programme": year, "participant": row, "person": row.person}


def propose(year: Programme, rows: list[Participant], points: list[Point]) -> None:
    Selection.objects.bulk_create(
        Selection(**theirs(year, row), state=SelectionState.PROPOSED, problem=WORDS, goal=WORDS)
        for row in rows
    )
    SelectionPoint.objects.bulk_create(
        SelectionPoint(**of(choice.participant), selection=choice, point=point)
        for choice in Selection.objects.select_related("participant")
        for point in points
    )


def claim(year: Programme, rows: list[Participant]) -> None:
    """Write two claims of everybody, one with the school and one with the county, each with a proof of its own."""
    HourClaim.objects.bulk_create(
        HourClaim(
            **theirs(year, row), state=state, category=Category.PRACTICE, hours=Decimal(2),
            title="分数的初步认识公开课与评课", held_on=date(2026, 1, day),
            proof=keep_bytes(
                f"proof {row.pk} {state}".encode(), county=year.county, name="签到表.png", kind="image",
                mime="image/png", by=None,
            ),
        )
        for row in rows
        for day, state in ((5, ClaimState.CLAIMED), (12, ClaimState.ATTESTED))
    )  # fmt: skip


def hand_in(
    year: Programme, rows: list[Participant], point: Point, state: SubmissionState = SubmissionState.SUBMITTED
) -> list[Submission]:
    """Write everybody's submission of a point with its one attempt."""
    grade = Grade.PASS if state == SubmissionState.ACCEPTED else None
    Submission.objects.bulk_create(
        Submission(**theirs(year, row), point=point, state=state, grade=grade) for row in rows
    )
    found = list(Submission.objects.filter(point=point).select_related("participant", "person", "school"))
    Attempt.objects.bulk_create(
        Attempt(**of(one.participant), submission=one, number=1, submitted_at=now(), is_own_work=True)
        for one in found
    )
    return found


def review(submissions: list[Submission], school: SchoolCast) -> None:
    """Write two finished reviews of each submission, with words."""
    items = items_of(submissions[0])
    Review.objects.bulk_create(
        Review(
            **of(one.participant), submission=one, attempt=one.rounds.get(), person=school[who], advice=WORDS,
            state=ReviewState.FINISHED, finished_at=now(),
        )
        for one in submissions
        for who in ("reviewer", "reviewer2")
    )  # fmt: skip
    ItemGrade.objects.bulk_create(
        ItemGrade(
            county_id=found.county_id, school_id=found.school_id, review=found, item=item, grade=Grade.PASS
        )
        for found in Review.objects.all()
        for item in items
    )


def owe_certificates(year: Programme, submissions: list[Submission]) -> None:
    Certificate.objects.bulk_create(
        Certificate(
            **of(one.participant), programme=year, submission=one, person=one.person, point_code="A9", state=1,
            number=f"341324-2026-{one.pk:06d}", key_id="k", signature="s",
            snapshot={"name": one.person.name, "school": one.school.name},
        )
        for one in submissions
    )  # fmt: skip

"""Moments of the year that a journey begins at, reached by real actions."""

from datetime import date
from decimal import Decimal

from django_scopes import scope

from assessment.checking import returns, spot_checks
from assessment.checking.cases.models import Judgement, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.programme import actions as programmes
from assessment.reviewing.actions import assign
from assessment.reviewing.models import Review
from assessment.selecting import actions as selecting
from assessment.selecting.models import Selection
from assessment.submitting.models import SubmissionState
from assessment.submitting.queries import items_of
from assessment.training import actions as training
from assessment.training.models import Category
from microcapabilities.grades import Grade
from tests.cast import CountyCast, SchoolCast, acting, cast_school
from tests.stories import (
    CODES,
    drawn_case,
    filed_plan,
    participant,
    picture,
    programme,
    proposed_selection,
    submission_at,
)


def endorsed_selection(cast: CountyCast, school: SchoolCast, who: str) -> Selection:
    """A choice that the group's head has endorsed."""
    selection = proposed_selection(cast, school, who)
    with scope(county=cast.county, school=None):
        selecting.endorse(selection=selection, agreed="Agreed after a talk.", by=acting(school["group-head"]))
    return selection


def published_return(cast: CountyCast, school: SchoolCast) -> None:
    """One point passed, the round open and its results published."""
    submission_at(cast, school, SubmissionState.PASSED)
    with scope(county=cast.county, school=None):
        cio = acting(school["cio"])
        row = returns.open_round(programme=programme(cast), school=school.school, by=cio)
        returns.publish(school_return=row, by=cio)


def asked_reviews(cast: CountyCast, school: SchoolCast) -> list[Review]:
    """Four points of one teacher that the reviewer is asked for."""
    rows = [submission_at(cast, school, SubmissionState.SUBMITTED, code=code) for code in CODES]
    with scope(county=cast.county, school=None):
        return [assign(submission=row, reviewer=school["reviewer"], by=acting(school["cio"])) for row in rows]


def filed_plans(cast: CountyCast) -> None:
    """Two more schools whose plans wait for the county."""
    cast.schools.append(cast_school(cast.county, "中心小学", "centre"))
    year = programme(cast)
    with scope(county=cast.county, school=None):
        programmes.enrol_school(
            programme=year, school=cast.schools[-1].school, by=acting(cast["county-office"])
        )
        for school in cast.schools[1:]:
            filed_plan(cast, school, "三年规划", problem="课堂安静")


def attested_hours(cast: CountyCast, school: SchoolCast) -> None:
    """Claims of two teachers that the school has attested."""
    for number, who in enumerate(("teacher", "teacher2")):
        row = participant(cast, school[who])
        with scope(county=cast.county, school=None):
            claim = training.claim(
                participant=row, category=Category.PRACTICE, hours=Decimal(2), title="公开课",
                held_on=date(2026, 1, 5), proof=picture(40 + number), by=acting(school[who]),
            )  # fmt: skip
            training.attest(claim=claim, by=acting(school["team"]))


def upheld(cast: CountyCast, draw: Draw) -> None:
    """Every case of a draw judged as the school did, and upheld."""
    office, expert = acting(cast["county-office"]), acting(cast["expert"])
    with scope(county=cast.county, school=None):
        for case in SpotCheckCase.objects.filter(draw=draw):
            spot_checks.give_to_experts(case=case, experts=[cast["expert"]], by=office)
            judgement = Judgement.objects.get(case=case)
            grades = {item.pk: Grade.PASS for item in items_of(case.submission)}
            spot_checks.save_judgement(judgement=judgement, grades=grades, advice="相符。", by=expert)
            spot_checks.finish_judgement(judgement=judgement, by=expert)
            case.refresh_from_db()
            spot_checks.uphold(case=case, by=office)


def cases_with_the_expert(cast: CountyCast, school: SchoolCast) -> None:
    """Two cases drawn from one return and given to the expert."""
    rows = [submission_at(cast, school, SubmissionState.PASSED, code=code) for code in CODES[:2]]
    drawn_case(cast, school, rows[0])

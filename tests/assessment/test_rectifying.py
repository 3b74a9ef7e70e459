"""A whole return goes back for rectification: decided anew by others, its certificates suspended, accepted again."""

from datetime import timedelta

import pytest
from django_scopes import scope

from assessment.checking import returns
from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.checks import filed_rows_are_frozen
from assessment.checking.figures import CheckFigures, figures_by_school
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.results.rectifying import rectify_return
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Decision, Review, ReviewState
from assessment.submitting.models import Submission, SubmissionState
from certificates.checks import certificates_have_ground
from certificates.issuing import reconcile
from certificates.models import Certificate, CertificateState
from certificates.queries import Worth, worth_of
from microcapabilities.grades import Grade
from schools.clock import now
from schools.jobs.models import Job
from schools.jobs.running import run
from schools.refusals import Refused
from tests.cast import World, acting, give_role
from tests.stories import (
    check,
    draw_all,
    drawn_case,
    filed_return,
    grade_all,
    programme,
    submission_at,
    uphold_all,
)

S = SubmissionState
WHY = "Two of three drawn cases were not from the own lessons."


def issue() -> None:
    for job in Job.objects.filter(status="waiting"):
        run(job.pk)


@pytest.fixture(scope="module")
def ground(common_ground: World) -> int:
    """East's return is accepted: A1 overturned, A5 and the other teacher's A1 accepted and certified; West's too."""
    alpha = common_ground.alpha
    east, west = alpha.schools
    bad = submission_at(alpha, east, S.PASSED, code="A1")
    submission_at(alpha, east, S.PASSED, code="A5")
    submission_at(alpha, east, S.PASSED, "teacher2", "A1", grade=Grade.EXCELLENT)
    check(alpha, east, bad, is_overturned=True)
    submission_at(alpha, west, S.ACCEPTED, code="A1")
    with scope(county=alpha.county, school=None):
        issue()
        return SchoolReturn.objects.get(school=east.school).pk


@pytest.fixture
def accepted(world: World, ground: int) -> SchoolReturn:
    """East's accepted return."""
    with scope(county=world.alpha.county, school=None):
        return SchoolReturn.objects.select_related("programme", "school", "county").get(pk=ground)


def send_back(world: World, row: SchoolReturn) -> None:
    due_at = now() + timedelta(days=20)
    rectify_return(school_return=row, why=WHY, due_at=due_at, by=acting(world.alpha["county-office"]))


def worths(world: World) -> dict[tuple[int, str], Worth]:
    """Return what each certificate is worth, by its holder and point."""
    rows = Certificate.objects.select_related("submission", "person").exclude(state=CertificateState.REVOKED)
    return {(row.person_id, row.point_code): worth_of(row).worth for row in rows}


def others_decide(world: World, submission: Submission, grade: Grade) -> None:
    """People who had no part in it review and the CIO decides."""
    east, west = world.alpha.schools
    for name in ("reviewer", "reviewer2"):
        review = reviewing.assign(submission=submission, reviewer=west[name], by=acting(east["cio"]))
        grade_all(review, grade)
    reviewing.decide(submission=submission, advice="Decided anew.", by=acting(east["cio"]))


def test_every_passed_row_is_taken_back_and_exactly_its_certificates_are_suspended(
    world: World, accepted: SchoolReturn
) -> None:
    east, west = world.alpha.schools
    with scope(county=world.alpha.county, school=None):
        assert set(worths(world).values()) == {Worth.VALID}
        send_back(world, accepted)
        states = Submission.objects.filter(school=east.school).values_list(
            "person_id", "point__code", "state"
        )
        assert set(states) == {
            (east["teacher"].pk, "A1", S.RETURNED),
            (east["teacher"].pk, "A5", S.SUBMITTED),
            (east["teacher2"].pk, "A1", S.SUBMITTED),
        }
        assert worths(world) == {
            (east["teacher"].pk, "A5"): Worth.SUSPENDED,
            (east["teacher2"].pk, "A1"): Worth.SUSPENDED,
            (west["teacher"].pk, "A1"): Worth.VALID,
        }
        anew = Submission.objects.filter(school=east.school, state=S.SUBMITTED)
        assert set(Review.objects.filter(submission__in=anew).values_list("state", flat=True)) == {
            ReviewState.SET_ASIDE
        }
        assert not Decision.objects.filter(submission__in=anew, is_taken_back=False).exists()
        assert (accepted.state, accepted.is_suspended, accepted.signed_at) == (ReturnState.OPEN, True, None)
        assert reconcile(programme(world.alpha))[0] == 0
        assert certificates_have_ground()[1] == []


def test_a_return_accepted_since_the_page_was_read_is_suspended_too(
    world: World, accepted: SchoolReturn
) -> None:
    accepted.state = ReturnState.FILED  # as the office's page still shows it
    with scope(county=world.alpha.county, school=None):
        send_back(world, accepted)
        assert SchoolReturn.objects.get(pk=accepted.pk).is_suspended
        assert reconcile(programme(world.alpha))[0] == 0


def test_the_first_reviewers_are_barred(world: World, accepted: SchoolReturn) -> None:
    east = world.alpha.schools[0]
    with scope(county=world.alpha.county, school=None):
        send_back(world, accepted)
        again = Submission.objects.get(person=east["teacher"], point__code="A5")
        with pytest.raises(Refused) as refused:
            reviewing.assign(submission=again, reviewer=east["reviewer"], by=acting(east["cio"]))
        assert refused.value.code == "twice"


def test_accepted_again_the_same_grade_is_valid_and_another_is_certified_anew(
    world: World, accepted: SchoolReturn
) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    with scope(county=alpha.county, school=None):
        send_back(world, accepted)
        same = Submission.objects.get(person=east["teacher"], point__code="A5")
        other = Submission.objects.get(person=east["teacher2"], point__code="A1")
        for name in ("reviewer", "reviewer2"):
            give_role(world.alpha.schools[1][name], "reviewer", east.school)
        numbers = dict(Certificate.objects.values_list("submission_id", "number"))
        others_decide(world, same, Grade.PASS)
        others_decide(world, other, Grade.PASS)
    again = filed_return(alpha, east)
    assert (again.pk, again.filings) == (accepted.pk, 2)
    with scope(county=alpha.county, school=None):
        with pytest.raises(Refused) as refused:
            returns.accept(school_return=again, by=acting(alpha["county-office"]))
        assert refused.value.code == "undrawn"
    with scope(county=alpha.county, school=None):
        again.refresh_from_db()
    accept_anew(world, again, same)
    with scope(county=alpha.county, school=None):
        reconcile(programme(alpha))
        issue()
        assert worths(world)[east["teacher"].pk, "A5"] == Worth.VALID
        assert worths(world)[east["teacher2"].pk, "A1"] == Worth.VALID
        now_held = dict(
            Certificate.objects.exclude(state=CertificateState.REVOKED).values_list("submission_id", "number")
        )
        assert now_held[same.pk] == numbers[same.pk]
        assert now_held[other.pk] != numbers[other.pk]
        assert filed_rows_are_frozen()[1] == []
        assert certificates_have_ground()[1] == []


def accept_anew(world: World, row: SchoolReturn, submission: Submission) -> None:
    """Draw from the new filing, uphold everything, accept."""
    alpha, office = world.alpha, acting(world.alpha["county-office"])
    draw_all(alpha, [row])
    uphold_all(alpha, row)
    with scope(county=alpha.county, school=None):
        returns.accept(school_return=row, by=office)
        submission.refresh_from_db()
        assert submission.state == S.ACCEPTED


def test_without_a_finding_nothing_is_sent_back(world: World) -> None:
    alpha, west = world.alpha, world.alpha.schools[1]
    submission = submission_at(alpha, west, S.PASSED, "teacher2")
    drawn_case(alpha, west, submission)
    with scope(county=alpha.county, school=None):
        row = SchoolReturn.objects.get(school=west.school, state=ReturnState.FILED)
        with pytest.raises(Refused) as refused:
            send_back(world, row)
        assert refused.value.code == "open-cases"
        SpotCheckCase.objects.all().update(state=4)
        with pytest.raises(Refused) as refused:
            send_back(world, row)
        assert refused.value.code == "no-finding"
        row.refresh_from_db()
        assert (row.state, submission.state) == (ReturnState.FILED, S.PASSED)


def test_figures_say_how_many_held_and_how_leniently_a_school_grades(
    world: World, accepted: SchoolReturn
) -> None:
    east, west = world.alpha.schools
    with scope(county=world.alpha.county, school=None):
        found = figures_by_school(programme(world.alpha), [east.school, west.school])
    # East listed pass, pass, excellent; the experts found fail, pass, pass.
    assert found[east.school.pk] == CheckFigures(3, 2, 0.67)
    assert (found[east.school.pk].pass_rate, found[east.school.pk].overturned) == (67, 1)
    assert found[west.school.pk] == CheckFigures(1, 1, 0.0)

"""After a send-back by item: old beside new, kept grades for what was not redone, and a coach at the end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.reviewing import actions
from assessment.reviewing.coaching.actions import name_coach
from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.coaching.queries import needing
from assessment.reviewing.models import ItemGrade, Review
from assessment.submitting import actions as submitting
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.clock import now
from schools.notices.models import Notice
from schools.refusals import Forbidden, Refused
from tests.cast import World, acting
from tests.stories import ADVICE, fill, programme, submission_at

pytestmark = pytest.mark.usefixtures("chosen")


def redone(world: World) -> tuple[Submission, Review]:
    """Reviewed by one, sent back for the first item, redone, and given to the same reviewer again."""
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    cio, reviewer, teacher = acting(east["cio"]), acting(east["reviewer"]), acting(east["teacher"])
    items = items_of(submission)
    review = actions.assign(submission=submission, reviewer=east["reviewer"], by=cio)
    actions.save_grades(
        review=review,
        grades={item.pk: Grade.FAIL if item == items[0] else Grade.EXCELLENT for item in items},
        remarks={item.pk: f"Remark on {item.number}" for item in items},
        advice=ADVICE,
        by=reviewer,
    )
    actions.finish(review=review, by=reviewer)
    due = now() + timedelta(days=7)
    actions.send_back(submission=submission, items=items[:1], advice=ADVICE, due_at=due, by=cio)
    fill(submission, east["teacher"])
    submitting.submit(submission=submission, is_own_work=True, by=teacher)
    return submission, actions.assign(submission=submission, reviewer=east["reviewer"], by=cio)


def test_same_reviewer_begins_with_the_grades_that_stand(in_alpha: World) -> None:
    submission, review = redone(in_alpha)
    items = items_of(submission)
    kept = {row.item_id: (row.grade, row.remark, row.is_kept) for row in review.grades.all()}
    assert kept == {item.pk: (Grade.EXCELLENT, f"Remark on {item.number}", True) for item in items[1:]}
    with pytest.raises(Refused) as ungraded:
        actions.finish(review=review, by=acting(review.person))
    assert ungraded.value.code == "ungraded"
    actions.save_grades(
        review=review,
        grades={item.pk: Grade.PASS for item in items[:2]},
        remarks={},
        advice=ADVICE,
        by=acting(review.person),
    )
    assert set(review.grades.filter(is_kept=False).values_list("item", flat=True)) == {
        item.pk for item in items[:2]
    }


def test_another_reviewer_begins_with_nothing(in_alpha: World) -> None:
    submission, _review = redone(in_alpha)
    east = in_alpha.alpha.schools[0]
    other = actions.assign(submission=submission, reviewer=east["reviewer2"], by=acting(east["cio"]))
    assert ItemGrade.objects.filter(review=other).count() == 0


def test_page_shows_old_beside_new_with_the_remarks(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        submission, review = redone(world)
        other = actions.assign(submission=submission, reviewer=east["reviewer2"], by=acting(east["cio"]))
        first = items_of(submission)[0]
        old, new = Evidence.objects.filter(attempt__submission=submission, item=first).order_by("pk")
    page = signed_in_as(east["reviewer2"]).get(reverse("assessment:review", args=[other.pk]))
    top = page.context["items"][0]
    assert ([one.file_id for one in top.before], [one.file_id for one in top.pieces]) == (
        [old.file_id],
        [new.file_id],
    )
    assert top.remarks_before == [f"Remark on {first.number}"]
    assert all(not one.before and not one.remarks_before for one in page.context["items"][1:])
    piece = reverse("assessment:review-evidence", args=[other.pk, old.pk])
    assert signed_in_as(east["reviewer2"]).get(piece).status_code == 200
    own = signed_in_as(east["reviewer"]).get(reverse("assessment:review", args=[review.pk]))
    assert [(one.is_kept, one.earlier) for one in own.context["items"]][:2] == [
        (False, f"Remark on {first.number}"),
        (True, f"Remark on {items_of(submission)[1].number}"),
    ]


def test_coach_is_named_at_the_end_and_all_are_told(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        submission = submission_at(alpha, east, SubmissionState.RETURNED)
        Submission.objects.filter(pk=submission.pk).update(extra_attempts=1)
        work = Submission.objects.select_related("school__county", "programme").get(pk=submission.pk)
        cio, office = acting(east["cio"]), acting(alpha["county-office"])
        with pytest.raises(Refused) as early:
            name_coach(submission=work, coach=alpha["trainer"], by=cio)
        Submission.objects.filter(pk=submission.pk).update(extra_attempts=0)
        work.refresh_from_db()
        with pytest.raises(Refused) as nobody:
            name_coach(submission=work, coach=east["team"], by=cio)
        with pytest.raises(Forbidden):
            name_coach(submission=work, coach=alpha["trainer"], by=acting(east["principal"]))
        name_coach(submission=work, coach=east["school-trainer"], by=cio)
        name_coach(submission=work, coach=alpha["trainer"], by=office)
        assert (early.value.code, nobody.value.code) == ("not-ended", "no-trainer")
        assert [row.person_id for row in Coach.objects.filter(ended_at__isnull=True)] == [alpha["trainer"].pk]
        assert Coach.objects.count() == 2
        (row,) = needing(programme(alpha), east.school)
        assert (row.submission.pk, row.coach and row.coach.person_id) == (work.pk, alpha["trainer"].pk)
        told = Notice.objects.filter(sentence__contains="oach").values_list("person_id", flat=True)
        assert set(told) == {east["teacher"].pk, alpha["trainer"].pk, east["school-trainer"].pk}
    page = signed_in_as(east["teacher"]).get(reverse("assessment:submission", args=[work.pk]))
    assert alpha["trainer"].name in page.content.decode()


def test_failed_work_with_an_attempt_left_needs_no_coach(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    submission = submission_at(alpha, east, SubmissionState.FAILED)
    assert needing(programme(alpha), east.school) == []
    submission.rounds.update(number=2)
    place = {"county": alpha.county, "school": east.school, "submission": submission}
    submission.rounds.create(**place, number=1, submitted_at=now(), is_own_work=True)
    assert [row.used for row in needing(programme(alpha), east.school)] == [2]

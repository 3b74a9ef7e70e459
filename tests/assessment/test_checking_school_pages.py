"""The school's return page, and taking back and reopening decisions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking.models import ReturnState, SchoolReturn
from assessment.submitting.models import Submission, SubmissionState
from schools.clock import today
from tests.cast import SchoolCast, World
from tests.stories import filed_return, programme, submission_at

pytestmark = pytest.mark.usefixtures("chosen")


def at(name: str, cast: SchoolCast, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def latest(cast: SchoolCast) -> SchoolReturn:
    with scopes_disabled():
        return SchoolReturn.objects.filter(school=cast.school).latest("round")


def fresh(submission: Submission) -> Submission:
    with scopes_disabled():
        return Submission.objects.get(pk=submission.pk)


def test_return_is_opened_published_signed_and_filed(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    steps = (("cio", "open"), ("cio", "publish"), ("principal", "sign"), ("cio", "file"))
    for version, (who, step) in enumerate(steps):
        client = signed_in_as(east[who])
        client.post(at(f"school-return-{step}", east), {"version": version - 1} if version else {})
    assert latest(east).state == ReturnState.FILED
    page = client.get(at("school-return", east))
    assert (page.context["is_frozen"], len(page.context["rows"])) == (True, 2)


def test_return_says_what_stands_against_signing(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    client = signed_in_as(east["cio"])
    client.post(at("school-return-open", east))
    page = client.get(at("school-return", east))
    assert len(page.context["against"]) == 2
    client.post(at("school-return-publish", east), {"version": 0})
    assert latest(east).published_at is None


def test_cio_does_not_sign_for_the_principal(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    client.post(at("school-return-open", east))
    client.post(at("school-return-publish", east), {"version": 0})
    assert client.post(at("school-return-sign", east), {"version": 1}).status_code == 403
    assert latest(east).state == ReturnState.OPEN


@pytest.mark.parametrize("role", ["teacher", "deputy", "team", "group-head", "reviewer"])
def test_return_is_closed_to_others(world: World, signed_in_as, role: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    assert signed_in_as(east[role]).get(at("school-return", east)).status_code == 403


def test_filed_lines_stay_as_they_were_filed(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.PASSED)
    filed_return(world.alpha, east)
    client = signed_in_as(east["cio"])
    client.post(at("submission-take-back", east, submission.pk), {"note": "Wrong", "version": 2})
    assert fresh(submission).state == SubmissionState.PASSED
    rows = client.get(at("school-return", east)).context["rows"]
    assert [point.code for row in rows for point in row.points] == ["A1"]


def test_decision_is_taken_back_once_with_a_reason(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.PASSED)
    client = signed_in_as(east["cio"])
    address, version = at("submission-take-back", east, submission.pk), fresh(submission).version
    client.post(address, {"note": "", "version": version})
    assert fresh(submission).state == SubmissionState.PASSED
    client.post(address, {"note": "The wrong button", "version": version})
    answer = client.post(address, {"note": "Twice", "version": version}, follow=True)
    assert fresh(submission).state == SubmissionState.SUBMITTED
    assert "error" in [message.level_tag for message in answer.context["messages"]]


def test_failed_work_is_reopened_until_a_day(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    submission = submission_at(world.alpha, east, SubmissionState.FAILED)
    sent = {"note": "Once more.", "version": fresh(submission).version}
    address = at("submission-reopen", east, submission.pk)
    assert (
        signed_in_as(west["cio"]).post(at("submission-reopen", west, submission.pk), sent).status_code == 404
    )
    client = signed_in_as(east["cio"])
    client.post(address, sent)
    assert fresh(submission).state == SubmissionState.FAILED
    client.post(address, {**sent, "due_at": (today() + timedelta(days=4)).isoformat()})
    assert fresh(submission).state == SubmissionState.RETURNED

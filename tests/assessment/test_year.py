"""The year in short: a submission walks from draft to certificate by the real actions."""

from datetime import timedelta

import pytest

from assessment.checking import transfers
from assessment.checking.results import rectifying
from assessment.selecting.queries import confirmed_codes
from assessment.submitting.models import SubmissionState
from assessment.workflow import history
from certificates.models import Certificate, CertificateState
from schools.access.permissions import Permission
from schools.clock import now
from schools.jobs.models import Job
from schools.jobs.running import run
from schools.people.models import Transfer
from schools.refusals import Refused
from tests.cast import World, acting
from tests.stories import submission_at


def test_submission_reaches_every_state_by_the_real_actions(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    assert submission_at(alpha, east, SubmissionState.DRAFT, "teacher2").state == SubmissionState.DRAFT
    assert submission_at(alpha, east, SubmissionState.RETURNED, code="A5").state == SubmissionState.RETURNED
    assert submission_at(alpha, east, SubmissionState.FAILED, code="A9").state == SubmissionState.FAILED
    assert submission_at(alpha, east, SubmissionState.ACCEPTED, code="A1").state == SubmissionState.ACCEPTED


def test_overturned_submission_may_be_rectified(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    submission = submission_at(alpha, alpha.schools[0], SubmissionState.OVERTURNED)
    assert submission.state == SubmissionState.OVERTURNED
    rectifying.rectify(
        submission=submission,
        advice="Use your own lesson.",
        due_at=now() + timedelta(days=7),
        by=acting(alpha["county-office"]),
    )
    assert (submission.state, submission.extra_attempts) == (SubmissionState.RETURNED, 1)


def test_transfer_carries_open_work_and_asks_for_the_choice_anew(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    decided = submission_at(alpha, east, SubmissionState.PASSED, code="A1")
    opened = submission_at(alpha, east, SubmissionState.DRAFT, code="A5")
    teacher = east["teacher"]
    transfer = Transfer.objects.create(
        county=alpha.county, school=west.school, person=teacher, from_school=east.school
    )
    transfers.complete(transfer=transfer, by=acting(alpha["county-office"]))
    decided.refresh_from_db()
    opened.refresh_from_db()
    teacher.refresh_from_db()
    assert (decided.school_id, opened.school_id, teacher.school_id) == (
        east.school.pk,
        west.school.pk,
        west.school.pk,
    )
    assert history(opened).last().action == "carry"
    assert confirmed_codes(opened.participant) == set()
    assert not acting(teacher).can(Permission.OWN_WORK, east.school)
    with pytest.raises(Refused):
        transfers.complete(transfer=transfer, by=acting(alpha["county-office"]))


def test_acceptance_leads_to_one_printed_certificate(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    submission = submission_at(alpha, alpha.schools[0], SubmissionState.ACCEPTED)
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert job.status == "done"
    certificate = Certificate.objects.get(submission=submission)
    assert certificate.state == CertificateState.ISSUED
    assert certificate.pdf_sha256 == certificate.pdf.sha256
    run(job.pk)
    assert Certificate.objects.count() == 1

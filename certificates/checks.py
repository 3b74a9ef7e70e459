"""Invariants of certificates."""

from collections import Counter

from assessment.programme.models import Programme
from assessment.submitting.models import SubmissionState
from certificates.models import Certificate, CertificateState
from certificates.queries import Worth, due, groundless, worth_of
from schools.files.storing import digest_of, location
from schools.invariants import Found, invariant
from schools.jobs.models import Job, JobKind
from schools.signing import is_genuine

CURRENT = (CertificateState.PENDING, CertificateState.ISSUED)


@invariant(
    1, "A certificate is valid only on an accepted submission; an accepted one has one or waits for it."
)
def certificates_have_ground() -> Found:
    issued = Certificate._base_manager.filter(state=CertificateState.ISSUED).select_related("submission")
    broken = [
        f"certificate {row.number}: valid without an accepted submission"
        for row in issued
        if worth_of(row).worth == Worth.VALID and row.submission.state != SubmissionState.ACCEPTED
    ]
    for programme in Programme._base_manager.all():
        broken += [f"certificate {row.number}: its ground is gone" for row in groundless(programme)]
    for programme in Programme._base_manager.select_related("county"):
        waiting = Job._base_manager.filter(
            county=programme.county, kind=JobKind.ISSUE_CERTIFICATES, status__in=("waiting", "running")
        )
        if not waiting.exists():
            broken += [f"submission {row.pk}: accepted without a certificate" for row in due(programme)]
    return issued.count(), broken


@invariant(2, "At most one current certificate per person, point and programme; a number is never reused.")
def certificates_are_single() -> Found:
    rows = Certificate._base_manager.values_list("programme_id", "person_id", "point_code", "state")
    current = Counter(row[:3] for row in rows if row[3] in CURRENT)
    broken = [f"person {key[1]}: {n} certificates for {key[2]}" for key, n in current.items() if n > 1]
    numbers = Counter(Certificate._base_manager.values_list("number", flat=True))
    broken += [f"number {number} used {n} times" for number, n in numbers.items() if n > 1]
    return len(rows), broken


@invariant(3, "What is printed equals the signed snapshot of that moment.")
def prints_equal_snapshots() -> Found:
    broken = []
    rows = Certificate._base_manager.select_related("pdf")
    for row in rows:
        if (
            not is_genuine(row.snapshot, row.key_id, row.signature)
            or row.snapshot.get("number") != row.number
        ):
            broken.append(f"certificate {row.number}: snapshot and signature differ")
        if row.pdf is not None and not (
            row.pdf.sha256 == row.pdf_sha256
            and location(row.pdf).is_file()
            and digest_of(location(row.pdf)) == row.pdf_sha256
        ):
            broken.append(f"certificate {row.number}: the file is not the one that was issued")
    return len(rows), broken

"""Reading certificates: who is due, what a certificate is worth now, the register."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, IntegerField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from assessment.checking.models import ReturnPoint
from assessment.programme.models import CertificateMoment, Programme
from assessment.submitting.models import Submission, SubmissionState
from assessment.workflow import history
from certificates.models import Certificate, CertificateState
from certificates.numbers import normalise
from schools.signing import is_genuine

TABS = {
    "issued": CertificateState.ISSUED,
    "pending": CertificateState.PENDING,
    "revoked": CertificateState.REVOKED,
}


class Worth(StrEnum):
    """What a certificate is worth at this moment."""

    VALID = "valid"
    PENDING = "pending"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Finding:
    """The worth of a certificate, with the reason and time of a revocation."""

    worth: Worth
    reason: str = ""
    since: datetime | None = None


def uncertified(programme: Programme) -> QuerySet[Submission]:
    """Return accepted submissions that have no current certificate, whether due or not."""
    current = Certificate.objects.filter(
        programme=programme, state__in=(CertificateState.PENDING, CertificateState.ISSUED)
    ).values("submission_id")
    accepted = Submission.objects.filter(programme=programme, state=SubmissionState.ACCEPTED)
    return accepted.exclude(pk__in=current)


def due(programme: Programme, school_id: int | None = None) -> list[Submission]:
    """Return accepted submissions whose issue moment has come and that have no current certificate."""
    rows = uncertified(programme)
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    found = list(
        rows.select_related("person", "point", "school").order_by("school_id", "point__position", "pk")
    )
    if programme.certificate_moment == CertificateMoment.ACCEPTED:
        return found
    credits: dict[int, int] = defaultdict(int)
    accepted = Submission.objects.filter(programme=programme, state=SubmissionState.ACCEPTED)
    for person_id, points in accepted.values_list("person_id", "point__credits"):
        credits[person_id] += points
    return [row for row in found if credits[row.person_id] >= (programme.credits or 0)]


def due_count(programme: Programme) -> int:
    """Return how many certificates are due, without reading them where each accepted point has one."""
    if programme.certificate_moment == CertificateMoment.ACCEPTED:
        return uncertified(programme).count()
    return len(due(programme))


def registered(county_id: int, *, words: str, tab: str) -> QuerySet[Certificate]:
    """Return the register, latest first: by part of name or number, or initials; by state or problem."""
    rows = Certificate.objects.filter(county_id=county_id).select_related("person", "school")
    if words:
        small = words.lower().replace(" ", "")
        rows = rows.filter(
            Q(number__contains=normalise(words))
            | Q(person__name__contains=words)
            | Q(person__initials__startswith=small)
        )
    if tab == "problems":
        rows = rows.filter(state=CertificateState.PENDING).exclude(problem="")
    elif tab in TABS:
        rows = rows.filter(state=TABS[tab])
    return rows.order_by("-pk")


def register_counts(county_id: int) -> dict[str, int]:
    """Return how many certificates stand in each tab of the register, in one query."""
    counts = {tab: Count("pk", filter=Q(state=state)) for tab, state in TABS.items()}
    counts["problems"] = Count("pk", filter=Q(state=CertificateState.PENDING) & ~Q(problem=""))
    return Certificate.objects.filter(county_id=county_id).aggregate(all=Count("pk"), **counts)


def worth_of(certificate: Certificate) -> Finding:
    """Derive what the certificate is worth: signature, own state, submission, and the return it rests on."""
    if not is_genuine(certificate.snapshot, certificate.key_id, certificate.signature):
        return Finding(Worth.DAMAGED)
    if certificate.state == CertificateState.REVOKED:
        last = history(certificate).last()
        return Finding(Worth.REVOKED, last.note if last else "", last.at if last else None)
    if certificate.state == CertificateState.PENDING:
        return Finding(Worth.PENDING)
    if certificate.submission.state != SubmissionState.ACCEPTED or rests_on_suspended_return(certificate):
        return Finding(Worth.SUSPENDED)
    return Finding(Worth.VALID)


def rests_on_suspended_return(certificate: Certificate) -> bool:
    """Say whether a return that lists the submission is being put right."""
    return suspended().filter(submission_id=certificate.submission_id).exists()


def suspended() -> QuerySet[ReturnPoint]:
    """Return what is listed by returns that are being put right: their certificates wait for a new decision."""
    return ReturnPoint.objects.filter(line__school_return__is_suspended=True)


def groundless(programme: Programme) -> QuerySet[Certificate]:
    """Return current certificates whose submission is no longer accepted with the grade that they say.

    Those of a return that is being put right are only suspended, until their point fails or is overturned.
    """
    certified = Cast(KeyTextTransform("grade", "snapshot"), IntegerField())
    is_the_same = Q(submission__state=SubmissionState.ACCEPTED, submission__grade=F("certified"))
    is_lost = Q(submission__state__in=(SubmissionState.FAILED, SubmissionState.OVERTURNED))
    return (
        Certificate.objects.filter(
            programme=programme, state__in=(CertificateState.PENDING, CertificateState.ISSUED)
        )
        .annotate(certified=certified)
        .exclude(is_the_same)
        .filter(is_lost | ~Q(submission__in=suspended().values("submission_id")))
        .select_related("submission", "person", "school")
    )

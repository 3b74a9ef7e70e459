"""Invariants of submissions: credits, frozen evidence, deadlines."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Q, Sum

from assessment.events import Event
from assessment.programme.dates.models import PhaseChange
from assessment.programme.models import Extension, Phase, PhaseKind, SchoolProgress
from assessment.programme.waves.models import Enrolment
from assessment.submitting.models import Attempt, Evidence, Submission, SubmissionState
from schools.files.models import StoredFile
from schools.files.storing import digest_of, location
from schools.invariants import Found, invariant


@invariant(4, "Credits are sums over accepted points; one point counts once.")
def credits_are_sums() -> Found:
    accepted = Submission._base_manager.filter(state=SubmissionState.ACCEPTED)
    sums = {
        (row["programme_id"], row["school_id"]): row["sum"]
        for row in accepted.values("programme_id", "school_id").annotate(sum=Sum("point__credits"))
    }
    counted = SchoolProgress._base_manager.values_list("programme_id", "school_id", "credits_accepted")
    broken = [
        f"school {school}: counter {credits}, points {sums.get((programme, school), 0)}"
        for programme, school, credits in counted
        if credits != sums.get((programme, school), 0)
    ]
    twice = (
        Submission._base_manager.values("programme_id", "person_id", "point_id")
        .annotate(n=Count("*"))
        .filter(n__gt=1)
    )
    broken += [f"person {row['person_id']}: point {row['point_id']} twice" for row in twice]
    return accepted.count(), broken


@invariant(9, "Evidence is immutable after submission; every row has a file of the same hash and size.")
def evidence_is_frozen() -> Found:
    late = Evidence._base_manager.filter(attempt__submitted_at__lt=F("added_at"))
    broken = [
        f"evidence {pk}: added after its attempt was submitted" for pk in late.values_list("pk", flat=True)
    ]
    used = Evidence._base_manager.values("file_id")
    files = StoredFile._base_manager.filter(pk__in=used)
    broken += list(damaged(files.iterator()))
    submitted = Attempt._base_manager.filter(submitted_at__isnull=False)
    bare = submitted.annotate(n=Count("evidence")).filter(n=0)
    broken += [f"attempt {pk}: submitted without evidence" for pk in bare.values_list("pk", flat=True)]
    return Evidence._base_manager.count(), broken


def damaged(files: Iterator[StoredFile]) -> Iterator[str]:
    """Yield files whose bytes are gone or are not those of the row."""
    for stored in files:
        path = location(stored)
        if not path.is_file() or path.stat().st_size != stored.size or digest_of(path) != stored.sha256:
            yield f"file {stored.pk}: bytes missing or changed"


@invariant(12, "Nothing is taken after a deadline without a recorded extension or due date.")
def nothing_came_late() -> Found:
    events = list(
        Event.objects.filter(workflow="submission", action="submit").values_list(
            "subject_id", "version", "at"
        )
    )
    rows = Submission._base_manager.in_bulk([subject for subject, _version, _at in events])
    deadlines = Deadlines()
    broken = [
        f"submission {subject}: taken at {at:%Y-%m-%d %H:%M} after its deadline"
        for subject, version, at in events
        if is_late(rows[subject], version, at, deadlines.of(rows[subject], at))
    ]
    return len(events), broken


class Deadlines:
    """When submitting closed for a school, as the calendar stood at a moment."""

    def __init__(self) -> None:
        phases = Phase._base_manager.filter(kind=PhaseKind.SUBMIT)
        self.ends = {(row.programme_id, row.wave_id): row.closes_at for row in phases}
        places = Enrolment._base_manager.values_list("programme_id", "school_id", "wave_id")
        self.waves = {(programme, school): wave for programme, school, wave in places}
        self.changes = list(PhaseChange._base_manager.filter(kind=PhaseKind.SUBMIT).order_by("pk"))

    def of(self, submission: Submission, at: datetime) -> datetime | None:
        """Return the end at the moment `at`: what the first later change says it was before, else the present."""
        programme = submission.programme_id
        key = (programme, self.waves.get((programme, submission.school_id)))
        if key not in self.ends:
            key = (programme, None)
        for change in self.changes:
            if (change.programme_id, change.wave_id) == key and change.changed_at > at:
                return change.closed_at
        return self.ends.get(key)


def is_late(submission: Submission, version: int, at: datetime, closes_at: datetime | None) -> bool:
    """Say whether the submit event at `at` lies after the phase, every extension and the own due date."""
    if closes_at is None or at <= closes_at:
        return False
    extended = Extension._base_manager.filter(
        Q(participant__isnull=True) | Q(participant__person_id=submission.person_id),
        programme_id=submission.programme_id,
        kind=PhaseKind.SUBMIT,
        until__gte=at,
        granted_at__lte=at,
        county_id=submission.county_id,
    )
    if extended.exists():
        return False
    earlier = (
        Event.objects.filter(
            workflow="submission", subject_id=submission.pk, version__lt=version, details__has_key="due_at"
        )
        .order_by("-version")
        .first()
    )
    return earlier is None or datetime.fromisoformat(earlier.details["due_at"]) < at

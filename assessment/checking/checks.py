"""Invariants of returns, draws and cases."""

from collections.abc import Iterator

from django.db.models import F

from assessment.checking.cases.models import Judgement, SpotCheckCase
from assessment.checking.drawing import sampling
from assessment.checking.drawing.models import Draw, Enlargement
from assessment.checking.models import ReturnPoint, SchoolReturn
from assessment.events import Event
from assessment.reviewing.models import Review
from assessment.submitting.models import SubmissionState
from schools.invariants import Found, invariant

FROZEN = (SubmissionState.PASSED, SubmissionState.FAILED)
ALLOWED_WHILE_FILED = ("accept", "overturn", "rectify", "hear-anew", "restore")


@invariant(11, "A spot-check sample is reproducible from its seed and frozen frame, drawn once.")
def draws_can_be_repeated() -> Found:
    draws = list(Draw._base_manager.all())
    broken = [sentence for row in draws for sentence in unrepeatable(row)]
    return len(draws), broken


def unrepeatable(row: Draw) -> Iterator[str]:
    """Yield what does not come out again when the draw is repeated."""
    if sampling.frame_hash(row.frame) != row.frame_sha256:
        yield f"draw {row.pk}: the frame is not the one that was frozen"
    if sampling.seed_hash(row.seed) != row.seed_sha256:
        yield f"draw {row.pk}: the seed is not the one that was committed"
    cases = SpotCheckCase._base_manager.filter(draw=row).order_by("position")
    drawn = list(cases.values_list("submission_id", flat=True))
    if row.drawn_at is None:
        if drawn:
            yield f"draw {row.pk}: cases before the draw"
        return
    enlarged = Enlargement._base_manager.filter(draw=row).order_by("pk").values_list("sizes", flat=True)
    key = sampling.key_of(row.seed, row.words)
    if drawn != sampling.draw_on(row.frame, key, [row.sizes, *enlarged]):
        yield f"draw {row.pk}: the cases are not those that seed and frame give"


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def experts_judge_strangers() -> Found:
    own = Judgement._base_manager.filter(expert_id=F("case__submission__person_id"))
    same_school = Judgement._base_manager.filter(expert__school_id=F("case__school_id"))
    broken = [
        f"judgement {pk}: own or own school's work" for pk in (own | same_school).values_list("pk", flat=True)
    ]
    reviewed = Review._base_manager.values_list("submission_id", "person_id")
    pairs = set(reviewed)
    rows = Judgement._base_manager.values_list("pk", "case__submission_id", "expert_id")
    broken += [
        f"judgement {pk}: reviewed before" for pk, submission, expert in rows if (submission, expert) in pairs
    ]
    return len(rows), broken


@invariant(12, "Nothing is taken after a deadline without a recorded extension or due date.")
def filed_rows_are_frozen() -> Found:
    rows, broken = 0, []
    for filed in SchoolReturn._base_manager.filter(filings__gt=0):
        spans = filed_spans(filed)
        listed = ReturnPoint._base_manager.filter(line__school_return=filed, state__in=FROZEN)
        for filing, (begin, end) in spans.items():
            submissions = listed.filter(line__filing=filing).values_list("submission_id", flat=True)
            events = Event.objects.filter(
                workflow="submission", subject_id__in=list(submissions), pk__gt=begin
            ).exclude(action__in=ALLOWED_WHILE_FILED)
            if end is not None:
                events = events.filter(pk__lt=end)
            rows += len(submissions)
            broken += [
                f"submission {event.subject_id}: {event.action} while its return was filed"
                for event in events
            ]
    return rows, broken


def filed_spans(filed: SchoolReturn) -> dict[int, tuple[int, int | None]]:
    """Return, per filing number, the ids of the event that filed it and of the one that answered it."""
    spans: dict[int, tuple[int, int | None]] = {}
    events = Event.objects.filter(workflow="return", subject_id=filed.pk).order_by("version")
    for event in events:
        if event.action == "file":
            spans[len(spans) + 1] = (event.pk, None)
        elif event.action in ("accept", "send-back", "rectify") and spans:
            begin, _end = spans[len(spans)]
            spans[len(spans)] = (begin, event.pk)
    return spans

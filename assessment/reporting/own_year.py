"""A teacher's own year: what waits for them, how far their points and credits are, and the next date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.programme.models import Participant, Phase, PhaseKind
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.queries import CategorySum
from microcapabilities.models import EvidenceItem, Point

EARNED = (SubmissionState.PASSED, SubmissionState.ACCEPTED)
WITH_THE_TEACHER = (SubmissionState.DRAFT, SubmissionState.RETURNED)
NEXT_STEP: dict[int, str | Promise] = {
    SubmissionState.SUBMITTED: gettext_lazy("It is with the reviewers."),
    SubmissionState.PASSED: gettext_lazy("The county checks and accepts it. Read the advice."),
    SubmissionState.FAILED: gettext_lazy("Read the advice. Your school may open another attempt."),
    SubmissionState.ACCEPTED: gettext_lazy("Done. It counts."),
    SubmissionState.OVERTURNED: gettext_lazy("The spot check did not confirm it. Read why."),
}


@dataclass(frozen=True)
class Task:
    """One thing that waits, as the task list wants it."""

    sentence: str
    url: str
    button: str
    count: int | str = ""
    due: datetime | date | None = None
    tone: str = "waiting"


@dataclass(frozen=True)
class State:
    """A state that no workflow holds, as the state pill wants it."""

    label: str
    tone: str
    shape: str


@dataclass(frozen=True)
class PointCard:
    """One of the teacher's points; `begin_url` is to be posted to where the work is not begun."""

    point: Point
    state: Submission | State
    next_step: str | Promise
    button: str
    url: str
    begin_url: str
    due_at: datetime | None


@dataclass(frozen=True)
class Year:
    """All that the home is made of, read before."""

    participant: Participant
    latest: Selection | None
    confirmed: Selection | None
    submissions: Sequence[Submission]
    lacking: dict[int, list[EvidenceItem]]
    sums: Sequence[CategorySum]
    refused_claims: int
    closings: dict[PhaseKind, datetime]

    @property
    def points(self) -> list[Point]:
        """The points of the confirmed choice."""
        return [row.point for row in self.confirmed.chosen.all()] if self.confirmed else []

    @property
    def credits_chosen(self) -> int:
        return sum(point.credits for point in self.points)

    @property
    def credits_passed(self) -> int:
        return sum(row.point.credits for row in self.submissions if row.state in EARNED)

    def is_ready(self, submission: Submission) -> bool:
        return submission.state in WITH_THE_TEACHER and not self.lacking.get(submission.pk)


def tasks_of(year: Year) -> list[Task]:
    """Return what waits for the teacher, the most pressing first."""
    return [*returned_work(year), *choosing(year), *open_work(year), *lacking_hours(year)]


def returned_work(year: Year) -> Iterator[Task]:
    """Points that came back, the earliest due date first."""
    returned = [row for row in year.submissions if row.state == SubmissionState.RETURNED]
    for row in sorted(returned, key=lambda row: (row.due_at is None, row.due_at)):
        yield Task(
            _("%s came back to you.") % row.point,
            reverse("assessment:submission", args=[row.pk]),
            _("Put it right"),
            due=row.due_at,
            tone="attention",
        )


def choosing(year: Year) -> Iterator[Task]:
    """Choosing, where no choice is confirmed or the latest one came back."""
    latest, page = year.latest, reverse("assessment:selection")
    closes = year.closings.get(PhaseKind.CHOOSE)
    if latest is not None and latest.state == SelectionState.RETURNED:
        sentence = _("Your choice of points came back.")
        yield Task(sentence, page, _("Read and change"), due=closes, tone="attention")
    elif latest is None:
        yield Task(_("Choose your points."), page, _("Choose"), due=closes)
    elif latest.state == SelectionState.DRAFT:
        sentence = _("Your choice is a draft. Propose it to your group.")
        yield Task(sentence, page, _("Go on choosing"), due=closes)


def open_work(year: Year) -> Iterator[Task]:
    """Points ready to submit, each by itself; then how many still lack something."""
    closes = year.closings.get(PhaseKind.SUBMIT)
    begun = {row.point_id for row in year.submissions}
    drafts = [row for row in year.submissions if row.state == SubmissionState.DRAFT]
    for row in drafts:
        if year.is_ready(row):
            address = reverse("assessment:submission", args=[row.pk])
            yield Task(_("%s is ready to submit.") % row.point, f"{address}#submit", _("Submit"), due=closes)
    waiting = sum(not year.is_ready(row) for row in drafts)
    waiting += sum(point.pk not in begun for point in year.points)
    if waiting:
        sentence = ngettext("point waits for your evidence.", "points wait for your evidence.", waiting)
        yield Task(sentence, "#points", _("See my points"), count=waiting, due=closes)


def lacking_hours(year: Year) -> Iterator[Task]:
    """Refused claims, then hours not yet claimed."""
    page = reverse("assessment:hours")
    if year.refused_claims:
        count = year.refused_claims
        sentence = ngettext("claim of hours was refused.", "claims of hours were refused.", count)
        yield Task(sentence, page, _("Read why"), count=count, tone="attention")
    lacking = [part for part in year.sums if part.lacking]
    if lacking:
        parts = _(", ").join(f"{part.label} {part.lacking:f}" for part in lacking)
        yield Task(
            _("Hours still to claim: %s") % parts,
            page,
            _("Claim hours"),
            due=year.participant.programme.ends_on,
            tone="quiet",
        )


def cards_of(year: Year) -> list[PointCard]:
    """Return the confirmed points and those begun earlier, in the catalogue's order."""
    by_point = {row.point_id: row for row in year.submissions}
    points = {point.pk: point for point in [*year.points, *(row.point for row in year.submissions)]}
    ordered = sorted(points.values(), key=lambda point: point.position)
    return [card_of(year, point, by_point.get(point.pk)) for point in ordered]


def card_of(year: Year, point: Point, submission: Submission | None) -> PointCard:
    if submission is None:
        state = State(_("Not begun"), "quiet", "circle")
        begin = reverse("assessment:submission-begin", args=[point.code])
        return PointCard(point, state, _("Read what it asks and begin."), _("Begin"), "", begin, None)
    url = reverse("assessment:submission", args=[submission.pk])
    due = submission.due_at if submission.state == SubmissionState.RETURNED else None
    if submission.state not in WITH_THE_TEACHER:
        return PointCard(point, submission, NEXT_STEP[submission.state], _("Look"), url, "", None)
    if lacking := len(year.lacking[submission.pk]):
        step = ngettext("%d item is still missing.", "%d items are still missing.", lacking) % lacking
        return PointCard(point, submission, step, _("Continue"), url, "", due)
    step = _("Everything is there. Submit it.")
    return PointCard(point, submission, step, _("Submit"), f"{url}#submit", "", due)


def next_date(phases: Sequence[tuple[Phase, str]]) -> tuple[datetime, str] | None:
    """Return the next moment of the calendar and what happens then; None when all lies behind."""
    ahead = [
        (phase.closes_at, _("“%s” closes") % phase)
        if standing == "open"
        else (phase.opens_at, _("“%s” opens") % phase)
        for phase, standing in phases
        if standing != "past"
    ]
    return min(ahead, default=None)

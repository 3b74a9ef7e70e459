"""What waits for the reader at a school now, first things first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.checking.models import ReturnState
from assessment.checking.queries import latest_return
from assessment.planning.models import Filing, FilingKind, FilingState
from assessment.programme.models import Phase, PhaseKind, Programme
from assessment.reporting.school_board import BoardRow
from assessment.reviewing.standing import Standing, standings
from assessment.selecting.models import SelectionState
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.models import ClaimState, HourClaim
from schools.access.actor import Actor
from schools.access.permissions import Permission as P
from schools.clock import SHANGHAI
from schools.organisations.models import School
from schools.people.models import Membership


@dataclass(frozen=True)
class Task:
    """One thing that waits: a sentence, how many, until when, and where to do it."""

    sentence: str
    count: int | None
    due: date | None
    url: str
    button: str
    tone: str


@dataclass(frozen=True)
class Desk:
    """Everything the tasks are read from."""

    programme: Programme
    school: School
    actor: Actor
    rows: Sequence[BoardRow]
    phases: dict[str, Phase]
    filings: Sequence[Filing] = ()

    @property
    def plan(self) -> Filing | None:
        """The plan that governs the school; the filings of the school itself come first."""
        return next((filing for filing in self.filings if filing.kind == FilingKind.PLAN), None)

    def may(self, permission: P) -> bool:
        return self.actor.can(permission, self.school)

    def task(
        self,
        sentence: str,
        count: int | None,
        kind: PhaseKind | None,
        page: str,
        button: str,
        tone: str = "waiting",
    ) -> Task:
        phase = self.phases.get(kind) if kind else None
        due = phase.closes_at.astimezone(SHANGHAI).date() if phase else None
        name, _mark, query = page.partition("?")
        url = reverse(f"assessment:{name}", args=[self.school.county.slug, self.school.slug])
        return Task(sentence, count, due, f"{url}?{query}" if query else url, button, tone)


def tasks_of(desk: Desk) -> list[Task]:
    """Return what waits for the reader, in the order of the year."""
    found = [
        plan_task(desk),
        *selection_tasks(desk),
        *review_tasks(desk),
        hours_task(desk),
        return_task(desk),
    ]
    return [task for task in found if task is not None]


def plan_task(desk: Desk) -> Task | None:
    """The plan that has to be written, changed or filed."""
    if not desk.may(P.FILE_PLANS):
        return None
    plan = desk.plan
    if plan is not None and plan.school_id != desk.school.pk:
        return None
    if plan is None or (plan.state == FilingState.DRAFT and not plan.holds):
        return desk.task(
            _("Write the school's plan and file it with the county."), None, None, "school-plan", _("Write")
        )
    if plan.state == FilingState.RETURNED:
        sentence = _("The county returned the plan with remarks.")
        return desk.task(sentence, None, None, "school-plan", _("Read and change"), "attention")
    return None


def selection_tasks(desk: Desk) -> list[Task]:
    """Choices to talk over and to confirm; the CIO endorses only where no head does."""
    mine = desk.actor.person.pk if desk.actor.person else None
    others = [row for row in desk.rows if row.choice and row.choice.person_id != mine]
    found = []
    proposed = [row for row in others if row.choice and row.choice.state == SelectionState.PROPOSED]
    if proposed and desk.may(P.ENDORSE_SELECTIONS):
        own = desk.actor.groups(P.ENDORSE_SELECTIONS)
        headed = set(
            Membership.objects.filter(
                school=desk.school, role="group-head", ends_on__isnull=True
            ).values_list("group_id", flat=True)
        )
        to_endorse = [
            row
            for row in proposed
            if row.line.participant.person.group_id in own
            or row.line.participant.person.group_id not in headed
        ]
        if count := len(to_endorse):
            sentence = ngettext("Talk a proposed choice over.", "Talk proposed choices over.", count)
            page = "school-selections?state=proposed"
            found.append(desk.task(sentence, count, PhaseKind.CHOOSE, page, _("Talk over")))
    endorsed = sum(1 for row in others if row.choice and row.choice.state == SelectionState.ENDORSED)
    if endorsed and desk.may(P.CONFIRM_SELECTIONS):
        sentence = ngettext("Confirm an endorsed choice.", "Confirm endorsed choices.", endorsed)
        page = "school-selections?state=endorsed"
        found.append(desk.task(sentence, endorsed, PhaseKind.CHOOSE, page, _("Confirm")))
    return found


def review_tasks(desk: Desk) -> list[Task]:
    """Work without enough reviewers, and results that wait for the reader's decision."""
    if not (desk.may(P.ASSIGN_REVIEWS) or desk.may(P.DECIDE)):
        return []
    rows = [
        one for row in desk.rows for one in row.line.submissions if one.state == SubmissionState.SUBMITTED
    ]
    standing = standings(rows)
    found = []
    lacking = sum(1 for row in rows if standing[row.pk].missing)
    if lacking and desk.may(P.ASSIGN_REVIEWS):
        sentence = ngettext("A submission needs reviewers.", "Submissions need reviewers.", lacking)
        found.append(desk.task(sentence, lacking, PhaseKind.REVIEW, "school-panel", _("Assign")))
    ready = decidable(desk, rows, standing) if desk.may(P.DECIDE) else 0
    if ready:
        sentence = ngettext("A result waits for your decision.", "Results wait for your decision.", ready)
        found.append(
            desk.task(sentence, ready, PhaseKind.REVIEW, "school-submissions?state=ready", _("Decide"))
        )
    return found


def decidable(desk: Desk, rows: Sequence[Submission], standing: dict[int, Standing]) -> int:
    """Return how many ready results the reader decides; a deputy steps in where the CIO is conflicted."""
    me = desk.actor.person.pk if desk.actor.person else None
    free = [
        (row, {row.person_id, *standing[row.pk].finished})
        for row in rows
        if standing[row.pk].is_ready and row.person_id != me and me not in standing[row.pk].asked
    ]
    if any(right.key == "cio" and right.reaches(desk.school) for right in desk.actor.rights) or not free:
        return len(free)
    units = [desk.school.pk, desk.school.managed_by_id]
    officers = set(
        Membership.objects.filter(role="cio", school_id__in=units, ends_on__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    return sum(1 for _row, conflicted in free if not officers - conflicted)


def hours_task(desk: Desk) -> Task | None:
    """Claims to attest, one's own left out."""
    if not desk.may(P.ATTEST_HOURS):
        return None
    claims = HourClaim.objects.filter(programme=desk.programme, school=desk.school, state=ClaimState.CLAIMED)
    count = claims.exclude(person=desk.actor.person).count()
    if not count:
        return None
    sentence = ngettext(
        "A claim of hours waits to be attested.", "Claims of hours wait to be attested.", count
    )
    return desk.task(sentence, count, None, "school-hours", _("Attest"))


def return_task(desk: Desk) -> Task | None:
    """The return that the reader can sign or has to file, once its phase has come."""
    if not (desk.may(P.SIGN_RETURN) or desk.may(P.PREPARE_RETURN)):
        return None
    found = latest_return(desk.programme, desk.school)
    if found is None:
        return None
    if found.state == ReturnState.OPEN and desk.may(P.SIGN_RETURN) and found.published_at:
        return desk.task(
            _("Sign the school's return."), None, PhaseKind.RETURN, "school-return", _("Read and sign")
        )
    if found.state == ReturnState.OPEN and desk.may(P.PREPARE_RETURN) and not found.published_at:
        return desk.task(
            _("Publish the results in the school."), None, PhaseKind.RETURN, "school-return", _("Open")
        )
    if found.state == ReturnState.SIGNED:
        return desk.task(
            _("File the signed return with the county."), None, PhaseKind.RETURN, "school-return", _("File")
        )
    return None

"""Acts on draws and cases: draw, give to experts, judge, uphold, overturn, rectify."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import Permission as GuardianPermission
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.checking import masking, sampling
from assessment.checking.models import (
    CaseGrant,
    Draw,
    DrawnReturn,
    Judgement,
    JudgementGrade,
    SchoolReturn,
    SpotCheckCase,
)
from assessment.checking.queries import drawable
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.reviewing.actions import OTHER_WINDOW, due_details
from assessment.reviewing.drafts import Kept, fingerprint
from assessment.reviewing.models import Review
from assessment.submitting.actions import open_next
from assessment.submitting.models import Submission
from assessment.submitting.queries import items_of, latest_submitted
from assessment.workflow import PORTAL, lock, move
from microcapabilities.grades import Grade, is_split, lowest, settled
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.notices.telling import tell
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused

ASKED_TO_JUDGE = gettext_noop("You are asked to judge spot-check case %(code)s.")


@transaction.atomic
def draw_sample(
    *, programme: Programme, returns: list[SchoolReturn], size: int, by: Actor, seed: str = ""
) -> Draw:
    """Draw `size` cases from all passed rows that the filed returns list; frame, seed and hashes are kept."""
    if not by.can(Permission.RUN_SPOT_CHECKS, programme.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    frame = drawable(returns)
    if not frame:
        raise Refused(_("No filed return lists a passed submission yet."), "empty-frame")
    if not 0 < size <= len(frame):
        raise Refused(_("Between 1 and %d cases can be drawn.") % len(frame), "size")
    seed = seed or secrets.token_hex(16)
    drawn = Draw.objects.create(
        county=programme.county,
        programme=programme,
        seed=seed,
        seed_sha256=hashlib.sha256(seed.encode()).hexdigest(),
        frame=frame,
        frame_sha256=sampling.frame_hash(frame),
        size=size,
        drawn_by=by.user,
    )
    cover_returns(drawn, returns)
    make_cases(drawn, sampling.draw(frame, seed, size))
    return drawn


def cover_returns(drawn: Draw, returns: list[SchoolReturn]) -> None:
    """Note which filings the draw covers; a filing is drawn from once."""
    try:
        with transaction.atomic():
            DrawnReturn.objects.bulk_create(
                DrawnReturn(
                    county=drawn.county,
                    school_id=row.school_id,
                    draw=drawn,
                    school_return=row,
                    filing=row.filings,
                )
                for row in returns
            )
    except IntegrityError as error:
        raise Refused(_("One of these returns has been drawn from already."), "drawn") from error


def make_cases(drawn: Draw, chosen: list[int]) -> None:
    """Make a case for each drawn submission, in the order of the draw."""
    rows = {row.pk: row for row in Submission.objects.filter(pk__in=chosen)}
    for position, submission_id in enumerate(chosen, start=1):
        submission = rows[submission_id]
        SpotCheckCase.objects.create(
            county_id=submission.county_id,
            school_id=submission.school_id,
            draw=drawn,
            submission=submission,
            attempt=latest_submitted(submission),
            listed_grade=submission.grade,
            position=position,
        )


def eligible_experts(case: SpotCheckCase) -> list[Person]:
    """Return experts who neither own nor reviewed the work nor belong to its school."""
    related = Membership.objects.filter(school_id=case.school_id).values("person_id")
    reviewers = Review.objects.filter(submission=case.submission).values("person_id")
    experts = Membership.objects.filter(role="expert", ends_on__isnull=True, person__is_active=True)
    return list(
        Person.objects.filter(pk__in=experts.values("person_id"), user__isnull=False)
        .exclude(school_id=case.school_id)
        .exclude(pk__in=related)
        .exclude(pk__in=reviewers)
        .order_by("pk")
    )


@transaction.atomic
def give_to_experts(*, case: SpotCheckCase, experts: list[Person], by: Actor) -> Event:
    """Give a case to experts: each gets guardian's grant on this one case."""
    allowed = {person.pk for person in eligible_experts(case)}
    if related := [person.name for person in experts if person.pk not in allowed]:
        raise Refused(
            _("%s may not judge this case: own school, own review or no expert.") % ", ".join(related),
            "related",
        )
    judge = GuardianPermission.objects.get(codename="judge_case", content_type__app_label="assessment")
    for expert in experts:
        Judgement.objects.get_or_create(
            case=case, expert=expert, defaults={"county_id": case.county_id, "school_id": case.school_id}
        )
        CaseGrant.objects.get_or_create(user=expert.user, permission=judge, content_object=case)
    masking.prepare(case)
    event = move(case, "assign", by=by)
    tell(experts, ASKED_TO_JUDGE, url=f"/me/cases/{case.pk}/", code=case.code)
    return event


@transaction.atomic
def save_judgement(
    *, judgement: Judgement, grades: Mapping[int, Grade], advice: str, by: Actor, seen: str | None = None
) -> str:
    """Keep an expert's grades by item id and reasons until the judgement is finished.

    Returns the fingerprint of what is kept now; a page whose `seen` is another one's is refused.
    """
    if by.person is None or by.person.pk != judgement.expert_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    case = lock(judgement.case)
    fresh = Judgement.objects.get(pk=judgement.pk)
    if fresh.finished_at is not None:
        raise Refused(_("This judgement is finished and frozen."), "frozen")
    known = {item.pk for item in items_of(case.submission)}
    before = judged_so_far(fresh)
    after = before | {item: (int(grades[item]), "") for item in known & set(grades)}
    words = advice.strip()
    judgement.advice = words
    if (after, words) == (before, fresh.advice):
        return fingerprint(after, words)
    if seen is not None and seen != fingerprint(before, fresh.advice):
        raise Refused(OTHER_WINDOW, "other-window")
    tenant = {"county_id": case.county_id, "school_id": case.school_id}
    JudgementGrade.objects.bulk_create(
        [
            JudgementGrade(judgement=judgement, item_id=item_id, grade=after[item_id][0], **tenant)
            for item_id in after
            if after[item_id] != before.get(item_id)
        ],
        update_conflicts=True,
        unique_fields=["judgement", "item"],
        update_fields=["grade"],
    )
    judgement.save(update_fields=["advice"])
    return fingerprint(after, words)


def judged_so_far(judgement: Judgement) -> Kept:
    """Return the kept grades by item id, each with the empty remark that experts leave."""
    return {item_id: (grade, "") for item_id, grade in judgement.grades.values_list("item_id", "grade")}


@transaction.atomic
def finish_judgement(*, judgement: Judgement, by: Actor) -> None:
    """Freeze an expert's judgement; the last one makes the case judged."""
    if by.person is None or by.person.pk != judgement.expert_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    case = lock(judgement.case)
    graded = set(judgement.grades.values_list("item_id", flat=True))
    lacking = [item.name for item in items_of(case.submission) if item.is_required and item.pk not in graded]
    if lacking:
        raise Refused(_("Not yet graded: %s") % ", ".join(lacking), "ungraded")
    if not judgement.advice.strip():
        raise Refused(_("Please write your reasons."), "advice")
    still_open = Judgement.objects.filter(pk=judgement.pk, finished_at__isnull=True)
    if not still_open.update(finished_at=now()):
        raise Refused(_("This judgement is finished and frozen."), "frozen")
    if not case.judgements.filter(finished_at__isnull=True).exists():
        move(case, "judge", by=PORTAL)


def judged_grades(cases: Iterable[SpotCheckCase]) -> dict[int, Grade]:
    """Return, by case id, the grade that finished judgements add up to, in one query."""
    by_item: dict[int, dict[int, list[Grade]]] = {}
    rows = JudgementGrade.objects.filter(
        judgement__case__in=list(cases), judgement__finished_at__isnull=False
    )
    for case_id, item_id, grade in rows.values_list("judgement__case_id", "item_id", "grade"):
        by_item.setdefault(case_id, {}).setdefault(item_id, []).append(Grade(grade))
    return {
        case_id: lowest(settled(grades) for grades in items.values()) for case_id, items in by_item.items()
    }


def judged_grade(case: SpotCheckCase) -> Grade | None:
    """Return the grade the experts' item grades add up to, by the programme's rule."""
    return judged_grades([case]).get(case.pk)


def bears_out(case: SpotCheckCase, judged: Grade | None) -> bool:
    """Say whether the experts' grade passes or fails as the school's does."""
    return judged is not None and not is_split([Grade(case.listed_grade), judged])


def uphold(*, case: SpotCheckCase, by: Actor, note: str = "", version: int | None = None) -> Event:
    return move(case, "uphold", by=by, note=note, version=version)


@transaction.atomic
def overturn(*, case: SpotCheckCase, why: str, by: Actor, version: int | None = None) -> Event:
    """Overturn the school's result: the case and its submission move together."""
    event = move(case, "overturn", by=by, note=why, version=version)
    move(case.submission, "overturn", by=by, note=why, details={"case": case.pk})
    return event


@transaction.atomic
def rectify(
    *, submission: Submission, advice: str, due_at: datetime | None, by: Actor, version: int | None = None
) -> Event:
    """Grant one more attempt after overturning; all items stand open."""
    changes = {"due_at": due_at, "grade": None, "extra_attempts": submission.extra_attempts + 1}
    event = move(
        submission,
        "rectify",
        by=by,
        note=advice,
        version=version,
        changes=changes,
        details=due_details(due_at),
    )
    open_next(submission, redo=items_of(submission), is_copy=False)
    return event

"""Acts on cases: give to experts, judge, uphold, overturn."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Permission as GuardianPermission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.checking import masking
from assessment.checking.cases.models import CaseGrant, Judgement, JudgementGrade, SpotCheckCase
from assessment.checking.experts import eligible_experts, further
from assessment.events import Event
from assessment.reviewing.actions import OTHER_WINDOW
from assessment.reviewing.drafts import Kept, fingerprint
from assessment.submitting.queries import items_of
from assessment.workflow import PORTAL, lock, move
from microcapabilities.grades import Grade, is_split, lowest, settled
from schools.access.actor import Actor
from schools.clock import now
from schools.notices.telling import tell
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

ASKED_TO_JUDGE = gettext_noop("You are asked to judge spot-check case %(code)s.")


@transaction.atomic
def give_to_experts(*, case: SpotCheckCase, experts: list[Person], by: Actor) -> Event:
    """Give a case to experts: each gets guardian's grant on this one case."""
    allowed = {person.pk for person in eligible_experts(case)}
    if related := [person.name for person in experts if person.pk not in allowed]:
        raise Refused(
            _("%s may not judge this case: own school, own review or no expert.") % ", ".join(related),
            "related",
        )
    ask(case, experts)
    return move(case, "assign", by=by)


def ask(case: SpotCheckCase, experts: list[Person]) -> None:
    """Give each expert a judgement to make and guardian's grant on this one case, and tell them."""
    judge = GuardianPermission.objects.get(codename="judge_case", content_type__app_label="assessment")
    for expert in experts:
        Judgement.objects.get_or_create(
            case=case, expert=expert, defaults={"county_id": case.county_id, "school_id": case.school_id}
        )
        CaseGrant.objects.get_or_create(user=expert.user, permission=judge, content_object=case)
    masking.prepare(case)
    tell(experts, ASKED_TO_JUDGE, url=f"/me/cases/{case.pk}/", code=case.code)


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
    if case.judgements.filter(finished_at__isnull=True).exists():
        return
    if added := further_experts(case):
        ask(case, added)
        move(case, "add-experts", by=PORTAL, details={"experts": len(added)})
    else:
        move(case, "judge", by=PORTAL)


def further_experts(case: SpotCheckCase) -> list[Person]:
    """Return whom to ask besides, once: where the experts first asked disagree about passing."""
    count = case.draw.programme.experts_added
    if not count or not is_split(list(points_of(case).values())):
        return []
    if Event.objects.filter(workflow="case", subject_id=case.pk, action="add-experts").exists():
        return []
    return further(case, count)


def points_of(case: SpotCheckCase) -> dict[int, Grade]:
    """Return, by judgement id, the grade that each expert's item grades come to."""
    grades: dict[int, list[Grade]] = {}
    rows = JudgementGrade.objects.filter(judgement__case=case).values_list("judgement_id", "grade")
    for judgement_id, grade in rows:
        grades.setdefault(judgement_id, []).append(Grade(grade))
    return {judgement_id: lowest(given) for judgement_id, given in grades.items()}


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

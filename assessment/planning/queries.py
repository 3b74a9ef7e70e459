"""Reading filings; a school that another unit manages stands under that unit's plan and scheme."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from assessment.planning.content import Content
from assessment.planning.kinds import KINDS
from assessment.planning.models import Comment, Filing, FilingKind, FilingState, FilingVersion, Remark
from assessment.programme.models import Programme
from schools.organisations.models import School, TeachingGroup

WITH_PLACES = ("school__county", "county", "programme__county", "scan", "approved", "group")


@dataclass(frozen=True)
class Goal:
    """One goal of a plan; `auto` names what the portal itself can read for it, or nothing."""

    what: str
    baseline: str
    target: str
    measure: str
    date: str
    auto: str


def filing_for(programme: Programme, school: School, kind: FilingKind) -> Filing | None:
    """Return the filing of a kind that governs `school`: its own, else its managing unit's."""
    from_units = Filing._base_manager.select_related(*WITH_PLACES).filter(
        programme=programme,
        kind=kind,
        county_id=school.county_id,
        school_id__in=[school.pk, school.managed_by_id],
    )
    return min(from_units, key=lambda filing: filing.school_id != school.pk, default=None)


def plan_for(programme: Programme, school: School) -> Filing | None:
    return filing_for(programme, school, FilingKind.PLAN)


def scheme_for(programme: Programme, school: School) -> Filing | None:
    return filing_for(programme, school, FilingKind.SCHEME)


def topic_for(programme: Programme, group: TeachingGroup) -> Filing | None:
    """Return the topic plan of a group."""
    return Filing.objects.select_related(*WITH_PLACES).filter(programme=programme, group=group).first()


def governing(programme: Programme, school: School) -> list[Filing]:
    """Return every filing of the school and of its managing unit, each with its comments without a reply.

    One query; the school's own come first.
    """
    alone = Q(comments__isnull=False, comments__answers__isnull=True, comments__replies__isnull=True)
    rows = Filing._base_manager.select_related("approved").filter(
        programme=programme, county_id=school.county_id, school_id__in=[school.pk, school.managed_by_id]
    )
    found = rows.annotate(unanswered=Count("comments", filter=alone, distinct=True))
    return sorted(found, key=lambda filing: filing.school_id != school.pk)


def standing_content(filing: Filing | None) -> Content:
    """Return what holds: the approved version, else what is filed and waits; nothing of a mere draft."""
    if filing is None:
        return {}
    if filing.approved is not None:
        return dict(filing.approved.content)
    return dict(filing.content) if filing.state == FilingState.FILED else {}


def focus_codes(programme: Programme, school: School) -> list[str]:
    """Return the codes of the focus points that hold for the school: the scheme's, else the plan's."""
    own: list[str] = standing_content(scheme_for(programme, school)).get("focus") or []
    return own or standing_content(plan_for(programme, school)).get("focus") or []


def limits_choice(programme: Programme, school: School) -> bool:
    """Say whether the school's approved scheme lets its teachers choose among the focus points only."""
    scheme = scheme_for(programme, school)
    if scheme is None or scheme.approved is None:
        return False
    content = scheme.approved.content
    return bool(content.get("is_limited") and content.get("focus"))


def is_filed(programme: Programme, school: School) -> bool:
    """Say whether the school's plan is filed, or holds while it is amended."""
    plan = plan_for(programme, school)
    return plan is not None and (plan.holds or plan.state == FilingState.FILED)


def is_approved(programme: Programme, school: School) -> bool:
    """Say whether a version of the school's plan is approved."""
    plan = plan_for(programme, school)
    return plan is not None and plan.holds


def goals_of(plan: Filing | None) -> list[Goal]:
    """Return the goals of the plan that hold."""
    rows = standing_content(plan).get("goals") or []
    keys = Goal.__dataclass_fields__
    return [Goal(**{key: row.get(key, "") for key in keys}) for row in rows]


def versions_of(filing: Filing) -> list[FilingVersion]:
    """Return the filing's versions with their remarks that were sent, the first first: two queries."""
    sent = Remark._base_manager.filter(sent_at__isnull=False).order_by("pk")
    rows = FilingVersion._base_manager.filter(filing=filing).select_related("filed_by__person")
    return list(rows.prefetch_related(Prefetch("remarks", sent)).order_by("number"))


def comments_of(filing: Filing) -> QuerySet[Comment]:
    """Return the comments on a filing with their replies, the first first."""
    replies = Comment._base_manager.select_related("person").order_by("pk")
    rows = Comment._base_manager.filter(filing=filing, answers__isnull=True).select_related("person")
    return rows.prefetch_related(Prefetch("replies", replies)).order_by("pk")


def unanswered(programme: Programme, school: School) -> int:
    """Return how many comments of teachers on the school's filings have no reply."""
    rows = Comment.objects.filter(filing__programme=programme, filing__school=school)
    return rows.filter(answers__isnull=True, replies__isnull=True).count()


def read_by_teachers(filing: Filing | None) -> FilingVersion | Filing | None:
    """Return what teachers read of a filing: what was filed last, or the draft where it is opened for comment."""
    if filing is None or not KINDS[filing.kind].is_read_by_teachers:
        return None
    if filing.is_open_for_comment or filing.state in (FilingState.FILED, FilingState.APPROVED):
        return filing
    return FilingVersion._base_manager.filter(filing=filing).order_by("-number").first()


def waiting_for_county() -> Q:
    """Return the condition of filings that wait for the county; topic plans wait for their school."""
    return Q(state=FilingState.FILED) & ~Q(kind=FilingKind.TOPIC)

"""The choice's table: draft → proposed → endorsed (group) → confirmed (school), or returned."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.planning.queries import focus_codes, is_approved, is_filed, limits_choice
from assessment.policies import is_not_own, is_own
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.programme.progress import count
from assessment.selecting.models import SELECTION, Selection
from assessment.selecting.models import SelectionState as S
from assessment.workflow import Move, Step
from microcapabilities.planner import missing
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.people.models import Membership
from schools.refusals import Refused

REOPENED: list[Callable[[Selection], bool]] = []


def choosing_is_open(call: Move) -> None:
    """The phase is open, or what is lost for good is replaced (later stages say so in REOPENED)."""
    selection = call.subject
    if any(is_reopened(selection) for is_reopened in REOPENED):
        return
    require_open(selection.programme, PhaseKind.CHOOSE, selection.school, selection.participant)


def says_problem_and_goal(call: Move) -> None:
    """The teaching problem, the goal and how it will be seen are written."""
    selection = call.subject
    if not selection.problem:
        raise Refused(_("Please write which problem of your teaching you want to solve."), "problem")
    if not selection.goal:
        raise Refused(_("Please write what you want to be able to do at the end."), "goal")
    if not selection.measure:
        raise Refused(
            _("Please write how it will be seen that the goal is reached: what, how much, until when."),
            "measure",
        )


def reaches_the_credits(call: Move) -> None:
    """The chosen points add up to the programme's credits."""
    credits = {row.point.code: row.point.credits for row in call.subject.chosen.select_related("point")}
    if not credits:
        raise Refused(_("No point is chosen yet."), "empty")
    needed = call.subject.programme.credits or 0
    if short := missing(credits, list(credits), needed):
        raise Refused(
            _("%(short)d credits are missing to %(needed)d.") % {"short": short, "needed": needed}, "credits"
        )


def fits_the_school(call: Move) -> None:
    """Every point belongs to an environment that the school has and the programme allows."""
    selection = call.subject
    school, rows = selection.school, list(selection.chosen.select_related("point"))
    foreign = [row.point.code for row in rows if row.point.environment not in school.environments]
    if foreign:
        raise Refused(
            _("%(points)s need an environment that %(school)s does not have (it has %(environments)s).")
            % {
                "points": _(", ").join(foreign),
                "school": school.name,
                "environments": _(", ").join(school.environments),
            },
            "environment",
        )
    allowed = selection.programme.environments
    if barred := [row.point.code for row in rows if row.point.environment not in allowed]:
        raise Refused(
            _(
                "%(points)s belong to an environment that this programme does not count (it counts %(allowed)s)."
            )
            % {"points": _(", ").join(barred), "allowed": _(", ").join(allowed)},
            "environment",
        )


def fits_the_plan(call: Move) -> None:
    """Where the school's scheme keeps to its focus points, every point is one of them."""
    selection = call.subject
    if not limits_choice(selection.programme, selection.school):
        return
    focus = focus_codes(selection.programme, selection.school)
    beside = [
        row.point.code for row in selection.chosen.select_related("point") if row.point.code not in focus
    ]
    if beside:
        raise Refused(
            _("The school's scheme keeps to %(focus)s; %(points)s stand beside it. Talk to the CIO.")
            % {"focus": _(", ").join(focus), "points": _(", ").join(beside)},
            "scheme",
        )


def plan_is_filed(call: Move) -> None:
    if not is_filed(call.subject.programme, call.subject.school):
        raise Refused(_("The school's plan has to be filed with the county first."), "no-plan")


def plan_is_approved(call: Move) -> None:
    if not is_approved(call.subject.programme, call.subject.school):
        raise Refused(_("The county has to approve the school's plan first."), "plan-not-approved")


def heads_the_group(call: Move) -> None:
    """The head of the teacher's group; where the group has no head, the CIO."""
    group_id = call.subject.person.group_id
    if group_id in call.by.groups(P.ENDORSE_SELECTIONS):
        return
    has_head = Membership.objects.filter(group_id=group_id, role="group-head", ends_on__isnull=True).exclude(
        person_id=call.subject.person_id
    )
    if not call.by.can(P.CONFIRM_SELECTIONS, call.subject.school) or (group_id and has_head.exists()):
        raise Refused(_("The head of this teacher's group has to talk the choice over."), "not-head")


def tell_teacher(sentence: str):  # type: ignore[no-untyped-def]
    def teller(call: Move) -> None:
        tell([call.subject.person], sentence, url="/me/selection/", note=call.note)

    return teller


SELECTION.extend(
    Step(
        "propose",
        gettext_lazy("Propose"),
        (S.DRAFT, S.RETURNED),
        S.PROPOSED,
        (P.OWN_WORK,),
        policies=(
            is_own,
            choosing_is_open,
            plan_is_filed,
            reaches_the_credits,
            fits_the_school,
            fits_the_plan,
            says_problem_and_goal,
        ),
        consequence=gettext_lazy("Your group's head talks it over with you; then the school confirms."),
        tone="primary",
    ),
    Step(
        "endorse",
        gettext_lazy("Endorse"),
        (S.PROPOSED,),
        S.ENDORSED,
        (P.ENDORSE_SELECTIONS,),
        policies=(is_not_own, heads_the_group),
        consequence=gettext_lazy("The record of the talk is kept; the choice goes on to the school."),
        tone="primary",
        needs_note=True,
        asks=gettext_lazy("What was agreed in the talk?"),
    ),
    Step(
        "confirm",
        gettext_lazy("Confirm"),
        (S.ENDORSED,),
        S.CONFIRMED,
        (P.CONFIRM_SELECTIONS,),
        policies=(is_not_own, plan_is_approved, fits_the_school, fits_the_plan),
        tells=(tell_teacher(gettext_noop("Your choice of points is confirmed.")),),
        consequence=gettext_lazy("The teacher can begin; an earlier choice is replaced."),
        tone="primary",
    ),
    Step(
        "return",
        gettext_lazy("Send back"),
        (S.PROPOSED, S.ENDORSED),
        S.RETURNED,
        (P.CONFIRM_SELECTIONS, P.ENDORSE_SELECTIONS),
        policies=(is_not_own,),
        tells=(tell_teacher(gettext_noop("Your choice of points came back: %(note)s")),),
        consequence=gettext_lazy("The teacher reads your words and proposes again."),
        needs_note=True,
    ),
    Step(
        "supersede",
        gettext_lazy("Replace"),
        (S.CONFIRMED,),
        S.SUPERSEDED,
        (),
    ),
)


def tally_choice(call: Move) -> None:
    change = {"confirm": 1, "supersede": -1}.get(call.step.action)
    if change:
        count(call.subject.programme_id, call.subject.school_id, chosen=change)


SELECTION.tallies.append(tally_choice)

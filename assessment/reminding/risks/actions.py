"""Naming a helper for somebody who hangs behind, and writing down what was agreed."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.programme.models import Programme
from assessment.reminding.risks.models import RiskFlag
from assessment.reminding.risks.raising import Change, flag
from assessment.showing import own_groups
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now, today
from schools.notices.telling import tell
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


def check_right(flagged: RiskFlag, by: Actor) -> None:
    """Refuse whoever may not help here: a head helps the own group only."""
    if not by.can(Permission.HELP_TEACHERS, flagged.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    groups = own_groups(by, flagged.school, Permission.HELP_TEACHERS)
    if groups is not None and flagged.person.group_id not in groups:
        raise Forbidden(_("A group head helps the teachers of the own group."), "group")


@transaction.atomic
def name_helper(*, flagged: RiskFlag, helper: Person, by: Actor) -> None:
    """Name who helps; both are told. Another name takes the place of the earlier one."""
    check_right(flagged, by)
    fresh = RiskFlag.objects.select_for_update().get(pk=flagged.pk)
    if fresh.cleared_at is not None:
        raise Refused(_("This flag is cleared: nobody has to help any more."), "cleared")
    if helper.pk == fresh.person_id:
        raise Refused(_("Somebody else has to help; please choose a colleague."), "own")
    if not helper.is_active or helper.school_id != fresh.school_id:
        raise Refused(_("Please choose somebody who works at this school."), "school")
    if fresh.helper_id == helper.pk:
        return
    RiskFlag.objects.filter(pk=fresh.pk).update(helper=helper, helper_named_at=now(), helper_named_by=by.user)
    county, school = flagged.school.county, flagged.school
    record("name-helper", county=county, school=school, subject=f"flag {fresh.pk}", by=by, helper=helper.pk)
    tell(
        [helper],
        gettext_noop("Please help %(teacher)s with the programme; your school has named you."),
        url="/me/reminders/",
        teacher=flagged.person.name,
    )
    tell(
        [flagged.person],
        gettext_noop("%(helper)s will help you with the programme; just ask."),
        url="/me/reminders/",
        helper=helper.name,
    )


@transaction.atomic
def note(*, flagged: RiskFlag, text: str, by: Actor) -> None:
    """Write down what was agreed; the earlier words are replaced."""
    check_right(flagged, by)
    RiskFlag.objects.filter(pk=flagged.pk).update(note=text.strip())
    record(
        "note-flag", county=flagged.school.county, school=flagged.school, subject=f"flag {flagged.pk}", by=by
    )


@transaction.atomic
def look_again(*, programme: Programme, school: School, by: Actor) -> Change:
    """Raise and clear the school's flags now instead of at night."""
    if not by.can(Permission.HELP_TEACHERS, school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    change = flag(programme, today(), school.pk)
    record("look-at-flags", county=school.county, school=school, by=by, raised=change.raised)
    return change


def release_helpers() -> int:
    """Take helpers who left the school off their open flags; returns how many."""
    held = RiskFlag.objects.filter(cleared_at__isnull=True, helper__isnull=False)
    gone = [
        pk
        for pk, at, school, is_active in held.values_list(
            "pk", "school_id", "helper__school_id", "helper__is_active"
        )
        if at != school or not is_active
    ]
    return RiskFlag.objects.filter(pk__in=gone).update(
        helper=None, helper_named_at=None, helper_named_by=None
    )

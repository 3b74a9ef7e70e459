"""Reading plans; a school that another unit manages stands under that unit's plan."""

from assessment.planning.models import Filing
from assessment.programme.models import Programme
from schools.organisations.models import School


def focus_codes(programme: Programme, school: School) -> list[str]:
    """Return the codes of the points that the school puts first."""
    plan = plan_for(programme, school)
    return list(plan.focus) if plan else []


def limits_choice(programme: Programme, school: School) -> bool:
    """Say whether teachers of the school choose only among its focus points."""
    return False


def plan_for(programme: Programme, school: School) -> Filing | None:
    """Return the plan that governs `school`: its own, else its managing unit's."""
    from_units = Filing._base_manager.filter(
        programme=programme, county_id=school.county_id, school_id__in=[school.pk, school.managed_by_id]
    )
    return min(from_units, key=lambda plan: plan.school_id != school.pk, default=None)

"""Reading the bodies of a county and its schools."""

from assessment.programme.models import Programme
from schools.organisations.models import School


def lacking(programme: Programme, school: School) -> list[str]:
    """Return a sentence for everything that the school's bodies still lack."""
    return []


def snapshot(programme: Programme, school: School) -> list[dict[str, str]]:
    """Return the school's bodies as they are filed: body, post, name, since, until."""
    return []

"""What the teachers of a school can choose from: its environments, the programme's, and the school's scheme."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.planning.queries import focus_codes, limits_choice
from assessment.programme.models import Programme
from microcapabilities.models import Environment, Point
from schools.organisations.models import School


@dataclass(frozen=True)
class Range:
    """Environments of the school and of the programme (letters), the focus points, and whether they bind."""

    present: str
    counted: str
    focus: tuple[str, ...]
    is_limited: bool

    def allows(self, point: Point) -> bool:
        return not self.closes(point.environment) and not self.refusal_of(point)

    def closes(self, letter: str) -> str:
        """Return why a whole environment cannot be chosen, or an empty text."""
        if letter not in self.present:
            present = _(", ").join(str(Environment(one).label) for one in self.present)
            return _("Your school has: %s. Points of other environments cannot be practised there.") % present
        if letter not in self.counted:
            return _("This programme does not count points of this environment.")
        return ""

    def refusal_of(self, point: Point) -> str:
        """Return why one point of an open environment cannot be chosen, or an empty text."""
        if self.is_limited and point.code not in self.focus:
            return _("beside the school's scheme")
        return ""


def range_for(programme: Programme, school: School) -> Range:
    """Return what can be chosen at `school`."""
    return Range(
        school.environments,
        programme.environments,
        tuple(focus_codes(programme, school)),
        limits_choice(programme, school),
    )

"""The counters per school: small rows changed with the fact they count."""

from django.db.models import F

from assessment.programme.models import Programme, SchoolProgress


def count(programme_id: int, school_id: int, **changes: int) -> None:
    """Add `changes` to the school's counters; the row exists from enrolment on."""
    rows = SchoolProgress.objects.filter(programme_id=programme_id, school_id=school_id)
    rows.update(**{name: F(name) + value for name, value in changes.items()})


def ensure_row(programme: Programme, school_id: int) -> None:
    """Make the school's counter row if it has none."""
    SchoolProgress.objects.get_or_create(
        programme=programme, school_id=school_id, county_id=programme.county_id
    )

"""Writing the audit."""

from typing import Any

from schools.access.actor import Actor
from schools.audit.models import AuditEntry
from schools.organisations.models import County, School


def record(
    act: str,
    *,
    county: County | None,
    school: School | None = None,
    subject: str = "",
    by: Actor,
    **details: Any,
) -> None:
    """Write one audit entry; `details` hold counts, ids and reasons, never personal values."""
    AuditEntry.objects.create(
        county=county, school=school, user=by.user, act=act, subject=subject, details=details
    )

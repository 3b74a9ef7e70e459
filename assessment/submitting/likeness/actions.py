"""Saying what one thinks of a likeness: recorded, and without any consequence for grades."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.submitting.likeness.models import Likeness, LikenessLook, Verdict
from schools.access.actor import Actor, Place
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.refusals import Forbidden, Refused


@transaction.atomic
def look(
    *, likeness: Likeness, verdict: str, note: str, permission: Permission, place: Place, by: Actor
) -> LikenessLook:
    """Record that the actor looked at the likeness by a right at `place`; never about one's own work."""
    submission = likeness.piece.attempt.submission
    if by.user is None or not by.can(permission, place):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if by.person is not None and by.person.pk == submission.person_id:
        raise Forbidden(_("Somebody else has to look at your own work."), "own")
    if verdict not in Verdict.values:
        raise Refused(_("Please say whether it is harmless or to be talked over."), "verdict")
    note = note.strip()
    if verdict == Verdict.TALK and not note:
        raise Refused(_("Please write what is to be talked over."), "note")
    made = LikenessLook.objects.create(
        county_id=likeness.county_id,
        likeness=likeness,
        verdict=verdict,
        note=note,
        role=by.role_for(permission, place),
        looked_by=by.user,
    )
    school = submission.school
    record("likeness-looked-at", county=school.county, school=school, subject=f"likeness {likeness.pk}", by=by,
           verdict=verdict)  # fmt: skip
    return made

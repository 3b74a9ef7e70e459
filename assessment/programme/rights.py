"""The right that an act of the programme asks for, checked inside the act."""

from django.utils.translation import gettext as _

from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import County, School
from schools.refusals import Forbidden, Refused


def require(by: Actor, permission: Permission, place: County | School) -> None:
    if not by.can(permission, place):
        raise Forbidden(_("You may not do this here."), "forbidden")


def said_why(reason: str, sentence: str) -> str:
    """Return the reason without blanks around it; raises Refused with the sentence where there is none."""
    if not reason.strip():
        raise Refused(sentence, "reason")
    return reason.strip()

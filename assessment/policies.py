"""Policies that several tables name: own, not own, and people of the same case kept apart."""

from django.utils.translation import gettext as _

from assessment.workflow import Move
from schools.refusals import Forbidden, Refused


def is_own(call: Move) -> None:
    """Only the person whose work it is."""
    if call.by.person is None or call.by.person.pk != call.subject.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")


def is_not_own(call: Move) -> None:
    """Nobody decides about their own work."""
    if call.by.person is not None and call.by.person.pk == call.subject.person_id:
        raise Refused(_("This is your own work; somebody else has to do this."), "own-work")

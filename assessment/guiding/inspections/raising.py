"""From a filled form to an issue: what was chosen is looked up at the school."""

from django.shortcuts import get_object_or_404

from assessment.guiding.inspections import actions
from assessment.guiding.inspections.forms import IssueForm
from assessment.guiding.inspections.models import Inspection, Issue
from schools.access.actor import Actor
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Person
from schools.refusals import Refused

FIELDS = ("owner", "group", "due_on")


def raised(form: IssueForm, school: School, by: Actor, inspection: Inspection | None = None) -> Issue | None:
    """Return the issue that the form asks for, or None where the form now says what is wrong."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    group = get_object_or_404(TeachingGroup, pk=asked["group"]) if asked["group"] else None
    try:
        return actions.raise_issue(
            school=school,
            title=asked["title"],
            area=asked["area"],
            severity=asked["severity"],
            owner=get_object_or_404(Person, pk=asked["owner"]),
            due_on=asked["due_on"],
            by=by,
            inspection=inspection,
            group=group,
        )
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in FIELDS else None, str(refusal))
        return None

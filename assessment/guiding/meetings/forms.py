"""What is asked for minutes and for a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.guiding.enclosures.forms import FilesField, day_field, words_field
from assessment.guiding.meetings.models import MeetingKind


class MinutesForm(forms.Form):
    """The minutes of one meeting; its decisions are added on its page."""

    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.TypedChoiceField(label=_("Kind of meeting"), coerce=MeetingKind, choices=MeetingKind.choices)
    held_on = day_field(_("Day"))
    attendees = words_field(_("Who was there"), rows=2)
    text = words_field(_("What was talked over"), required=False)
    files = FilesField()


class DecisionForm(forms.Form):
    """One decision: what, who, until when."""

    what = forms.CharField(label=_("What was decided"), max_length=300)
    who = forms.CharField(label=_("Who does it"), max_length=60, required=False)
    due_on = day_field(_("Until"), required=False)

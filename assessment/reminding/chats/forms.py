"""What is typed about a group chat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.reminding.chats.models import ChatKind


class ChatForm(forms.Form):
    """A new chat: its robot's address is kept sealed and never shown again."""

    name = forms.CharField(label=_("Name of the chat"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=ChatKind.choices)
    url = forms.CharField(
        label=_("Address of the robot"),
        max_length=500,
        help_text=_("As the chat shows it when a robot is added. It is kept sealed and not shown again."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    with_names = forms.BooleanField(
        label=_("With names"),
        required=False,
        help_text=_(
            "Otherwise the chat hears counts only. Names of colleagues belong in their own group alone."
        ),
    )

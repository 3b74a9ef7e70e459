"""What the county office types when it plans a draw, draws, and enlarges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.checking.drawing.models import Claim, StratumBy
from assessment.checking.drawing.proposing import Asked
from assessment.programme.models import Programme


class PlanForm(forms.Form):
    """What the spot check is to prove; without a share it draws as many as that takes."""

    claim = forms.ChoiceField(
        label=_("What is to be shown"),
        choices=Claim.choices,
        widget=forms.RadioSelect,
        help_text=_("For every stratum by itself costs more: each has to prove its own results."),
    )
    stratum_by = forms.ChoiceField(
        label=_("Strata"),
        choices=StratumBy.choices,
        required=False,
        help_text=_("The frame is divided, and something is drawn from each part."),
    )
    tolerance = forms.IntegerField(
        label=_("Tolerated share of bad results, percent"), min_value=1, max_value=99
    )
    confidence = forms.IntegerField(label=_("Confidence, percent"), min_value=50, max_value=99)
    percent = forms.IntegerField(
        label=_("A fixed share instead, percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Leave empty to draw as many as the claim takes."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("claim") == Claim.STRATA and not given.get("stratum_by"):
            self.add_error("stratum_by", _("Please say by what the frame is divided."))
        return given

    def asked(self) -> Asked:
        """Return what was typed."""
        given = self.cleaned_data
        return Asked(given["claim"], given["tolerance"], given["confidence"], given["percent"])


def initial_of(programme: Programme) -> dict[str, Any]:
    """Return what the form begins with: the programme's own rules."""
    return {
        "claim": Claim.COUNTY,
        "stratum_by": StratumBy.NOTHING,
        "tolerance": programme.tolerance_percent,
        "confidence": programme.confidence_percent,
        "percent": None,
    }


class WordsForm(forms.Form):
    """What a witness says at the draw."""

    words = forms.CharField(
        label=_("Words of a witness"),
        required=False,
        max_length=100,
        help_text=_(
            "Anything that nobody knew when the plan was made, such as the day's lottery number. "
            "It joins the seed, so that not even the office could choose the cases."
        ),
    )


class EnlargeForm(forms.Form):
    """How many cases the draw has from now on, and why."""

    size = forms.IntegerField(label=_("Cases in all"), min_value=1)
    why = forms.CharField(label=_("Reason"), max_length=200)

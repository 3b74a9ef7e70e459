"""The rules of judging: panels and reviews, spot checks, appeals."""

from django import forms
from django.utils.translation import gettext_lazy as _


class JudgingRulesForm(forms.Form):
    """Who judges, how blindly, what a spot check has to prove, and when one may object."""

    panel_least = forms.IntegerField(
        label=_("People on a panel, at least"),
        min_value=1,
        max_value=50,
        help_text=_("A panel with fewer people cannot be asked to review."),
    )
    needs_outsider = forms.BooleanField(
        label=_("A panel has somebody from outside"),
        required=False,
        help_text=_("A guest reviewer, somebody from another school, or a trainer of the county."),
    )
    reciprocal_from = forms.IntegerField(
        label=_("Nobody reviews their own reviewer, from this size of panel on"),
        required=False,
        min_value=3,
        max_value=50,
        help_text=_("Two people who review each other's work are kept apart; leave empty to allow it."),
    )
    is_blind = forms.BooleanField(
        label=_("Blind review"),
        required=False,
        help_text=_(
            "Reviewers do not learn whose work it is: they see a code and cleaned copies of the files."
        ),
    )
    honours_percent = forms.IntegerField(
        label=_("Share put forward for honours, percent"),
        min_value=0,
        max_value=100,
        help_text=_(
            "How many of a school's passed submissions may be put forward; it never changes a grade."
        ),
    )
    reviews_needed = forms.IntegerField(
        label=_("Reviews per submission"),
        min_value=1,
        max_value=9,
        help_text=_("How many people of the school's panel judge each submission before it is decided."),
    )
    attempts = forms.IntegerField(
        label=_("Attempts"),
        min_value=1,
        max_value=9,
        help_text=_("How often a teacher may hand in the same point."),
    )
    sample_percent = forms.IntegerField(
        label=_("Share drawn, percent"),
        min_value=1,
        max_value=100,
        help_text=_("The share of passed submissions that a spot check proposes to draw."),
    )
    tolerance_percent = forms.IntegerField(
        label=_("Tolerated share of bad results, percent"),
        min_value=1,
        max_value=99,
        help_text=_("A spot check plans its size so that more than this share would be noticed."),
    )
    confidence_percent = forms.IntegerField(
        label=_("Confidence of a spot check, percent"),
        min_value=50,
        max_value=99,
        help_text=_("How sure the conclusion of a spot check has to be."),
    )
    experts_per_case = forms.IntegerField(
        label=_("Experts per case"),
        min_value=1,
        max_value=9,
        help_text=_("How many experts judge each drawn submission, without knowing whose it is."),
    )
    experts_added = forms.IntegerField(
        label=_("Experts added when they disagree"),
        min_value=0,
        max_value=5,
        help_text=_(
            "Where the experts disagree about passing, so many more are asked; 0 leaves it to the office."
        ),
    )
    publication_days = forms.IntegerField(
        label=_("Days of publication before signing"),
        min_value=0,
        max_value=60,
        help_text=_("How long results stand published in the school before the principal signs."),
    )
    allows_rectification = forms.BooleanField(
        label=_("Rectification after overturning"),
        required=False,
        help_text=_("Whether overturned work may be put right in one more attempt."),
    )
    appeal_days = forms.IntegerField(
        label=_("Days in which an appeal may be lodged"),
        min_value=0,
        max_value=60,
        help_text=_("Counted from the day on which the result was released; 0 means that nobody may appeal."),
    )

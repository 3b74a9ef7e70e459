"""The form of all rules, each with what it means."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import CertificateMoment
from assessment.programme.rules.judging_forms import JudgingRulesForm
from assessment.programme.rules.terms import RULES, TeamPost
from microcapabilities.models import Environment

TEAM = ("least", "most", "posts", "may_share")


class RulesForm(JudgingRulesForm):
    """Every rule of a programme; the composition of the team has fields of its own."""

    online_hours = forms.IntegerField(
        label=_("Online hours"),
        min_value=0,
        max_value=500,
        help_text=_("Hours of online study that everybody needs."),
    )
    practice_hours = forms.IntegerField(
        label=_("Practice hours"),
        min_value=0,
        max_value=500,
        help_text=_("Hours of practice in the own classroom and school that everybody needs."),
    )
    total_hours = forms.IntegerField(
        label=_("Hours in all"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=_("Where both together have to make more than the two; leave empty if they do not."),
    )
    most_hours_a_day = forms.IntegerField(
        label=_("Most hours a day"),
        min_value=1,
        max_value=24,
        help_text=_("No more practice hours than these count on one day."),
    )
    credits = forms.IntegerField(
        label=_("Credits needed"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("What the chosen points have to reach; leave empty where points carry no credits."),
    )
    environments = forms.MultipleChoiceField(
        label=_("Environments allowed"),
        choices=Environment.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Points of other environments cannot be chosen."),
    )
    team_least = forms.IntegerField(
        label=_("Management team: at least"),
        min_value=1,
        max_value=30,
        help_text=_("The fewest people in a school's management team."),
    )
    team_most = forms.IntegerField(
        label=_("Management team: at most"),
        min_value=1,
        max_value=30,
        help_text=_("The most people in a school's management team."),
    )
    team_posts = forms.MultipleChoiceField(
        label=_("Posts in the team"),
        choices=TeamPost.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Posts that have to be filled before a team can be filed."),
    )
    team_may_share = forms.BooleanField(
        label=_("One person may hold several posts"),
        required=False,
        help_text=_("For village schools with few people."),
    )
    certificate_moment = forms.ChoiceField(
        label=_("Certificate"),
        choices=CertificateMoment.choices,
        help_text=_("When a teacher gets a certificate."),
    )

    def __init__(self, *args: Any, rules: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        if rules is not None:
            kwargs["initial"] = initial_of(rules)
        super().__init__(*args, **kwargs)

    def rules(self) -> dict[str, Any]:
        """Return the rules that were typed, by field name of the programme."""
        given = self.cleaned_data
        team = {name: given[f"team_{name}"] for name in TEAM}
        found = {name: given[name] for name in RULES if name in given}
        return found | {"environments": "".join(sorted(given["environments"])), "team_rule": team}


class ChangeForm(RulesForm):
    """The rules of a running programme, with the reason for the change."""

    reason = forms.CharField(
        label=_("Why are they changed?"),
        max_length=200,
        help_text=_("It stands in the record of the rules, which everybody in the county's office reads."),
    )


def initial_of(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form begins with."""
    team = rules["team_rule"]
    said = {f"team_{name}": team[name] for name in TEAM}
    return {**rules, "environments": list(rules["environments"]), **said}


def help_of(name: str) -> Any:
    """Return what a rule means, as its field says it."""
    field = RulesForm.base_fields.get(name)
    return field.help_text if field else _("Who belongs to the management team that each school files.")

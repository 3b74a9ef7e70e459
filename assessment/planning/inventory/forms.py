"""What a school writes into its inventory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.planning.inventory.models import FACTS, Inventory
from microcapabilities.models import Environment


class InventoryForm(forms.ModelForm):
    """The facts, the environments that follow, and why the claim differs from the proposal."""

    environments = forms.MultipleChoiceField(
        label=_("Environments that the school has"),
        choices=Environment.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The proposal stands beside; it follows from the figures once they are saved."),
    )

    class Meta:
        model = Inventory
        fields = (*FACTS, "environments", "reason")
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"reason": _("Only where the claim differs from the proposal.")}

    def clean_environments(self) -> str:
        """Return the letters in their order."""
        return "".join(self.cleaned_data["environments"])

    def said(self) -> dict[str, Any]:
        """Return what the action takes."""
        facts = {name: self.cleaned_data[name] for name in FACTS}
        return {
            "facts": facts,
            "environments": self.cleaned_data["environments"],
            "reason": self.cleaned_data["reason"],
        }

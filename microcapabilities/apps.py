"""The room of the catalogue: points, evidence items, criteria and the credit planner."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MicrocapabilitiesConfig(AppConfig):
    name = "microcapabilities"
    verbose_name = _("Micro-capability catalogue")

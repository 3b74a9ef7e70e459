"""The record of the rules: each version whole, with what changed, why, and by whom."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from schools.organisations.models import TenantModel


class RulesVersion(TenantModel):
    """All rules by field name as they stood from this moment on; `changed` is {name: [old, new]}."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rules_versions")
    number = models.PositiveSmallIntegerField(_("number"))
    rules = models.JSONField(_("rules"))
    changed = models.JSONField(_("what changed"), default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="rules_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} #{self.number}"

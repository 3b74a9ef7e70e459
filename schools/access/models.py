"""Single grants on single schools: guardian's rows in a table of their own, with a reason and an end."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from schools.organisations.models import School


class SchoolGrant(UserObjectPermissionBase):
    """A right on one school for one user (an outside reviewer's), from now until a day or still."""

    content_object = models.ForeignKey(School, models.CASCADE, related_name="grants")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.user_id} → {self.content_object_id}"

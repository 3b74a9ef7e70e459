"""Stored files: bytes on the storage, facts about them here; a row exists only when its bytes are safe."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import TenantModel


def new_key() -> str:
    """Return an unguessable name of 128 random bits for a file."""
    return secrets.token_urlsafe(16)


class StoredFile(TenantModel):
    """One file, never overwritten; `path` is relative to the storage, `name` is what its owner called it."""

    key = models.CharField(max_length=30, unique=True, default=new_key, editable=False)
    path = models.CharField(max_length=200, unique=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    mime = models.CharField(max_length=100)
    seconds = models.FloatField(null=True, blank=True)
    stored_at = models.DateTimeField(db_default=Now())
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty")]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        """The name's ending, with its dot, lower case."""
        dot = self.name.rfind(".")
        return self.name[dot:].lower() if dot > 0 else ""

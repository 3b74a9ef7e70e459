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


class Arrival(TenantModel):
    """A file that is still arriving piece by piece (tus); `offset` bytes of it are safe on the disk."""

    key = models.CharField(max_length=30, unique=True, default=new_key, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    size = models.BigIntegerField(_("size in bytes"))
    offset = models.BigIntegerField(_("bytes arrived"), default=0)
    begun_at = models.DateTimeField(db_default=Now())
    touched_at = models.DateTimeField(db_default=Now())
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("arriving file")
        verbose_name_plural = _("arriving files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gt=0, offset__gte=0, offset__lte=models.F("size")),
                name="arrival_offset_within_size",
            )
        ]
        indexes = [
            models.Index(
                fields=["touched_at"], condition=models.Q(ended_at__isnull=True), name="arrival_open"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PreviewState(models.TextChoices):
    WAITING = "waiting", _("Preview is being made")
    READY = "ready", _("Preview is ready")
    NONE = "none", _("No preview")


class Preview(TenantModel):
    """The work of making a stored file visible in a browser; claimed by token and lease like a job."""

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="preview")
    state = models.CharField(max_length=10, choices=PreviewState.choices, default=PreviewState.WAITING)
    reason = models.CharField(max_length=30, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(state="waiting"), name="preview_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.state}"


class RenditionKind(models.TextChoices):
    THUMBNAIL = "thumbnail", _("Thumbnail")
    PAGE = "page", _("Page")
    PICTURE = "picture", _("Picture")
    POSTER = "poster", _("Poster")
    VIDEO = "video", _("Video")


class Rendition(TenantModel):
    """One copy of a stored file made for looking at: a page, a smaller picture, a poster, an H.264 video."""

    preview = models.ForeignKey(Preview, models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=10, choices=RenditionKind.choices)
    number = models.PositiveIntegerField(default=1)
    path = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField()
    mime = models.CharField(max_length=100)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["preview", "kind", "number"], name="rendition_once"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="rendition_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.preview_id} {self.kind} {self.number}"

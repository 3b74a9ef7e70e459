"""What files are recognised by, which pieces of evidence are alike, and what people said who looked at it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.submitting.models import Evidence
from schools.files.models import StoredFile
from schools.organisations.models import School, TenantModel


class PrintStatus(models.TextChoices):
    WAITING = "waiting", _("Waits to be compared")
    DONE = "done", _("Compared")


class Fingerprint(TenantModel):
    """What one file is recognised by, and the work of comparing it, claimed by token and lease like a job.

    `signature` holds the MinHash of its text, `sight` the perceptual hash of a picture (64 bits, signed),
    `text` the beginning of its words; all are empty where the file has none.
    """

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="fingerprint")
    status = models.CharField(max_length=10, choices=PrintStatus.choices, default=PrintStatus.WAITING)
    reason = models.CharField(max_length=30, blank=True)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)
    signature = models.BinaryField(default=bytes)
    sight = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("fingerprint of a file")
        verbose_name_plural = _("fingerprints of files")
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(status="waiting"), name="fingerprint_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.status}"


class Band(TenantModel):
    """One slice of a fingerprint: files that share one may be alike, and are found by its value."""

    fingerprint = models.ForeignKey(Fingerprint, models.CASCADE, related_name="bands")
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("slice of a fingerprint")
        verbose_name_plural = _("slices of fingerprints")
        constraints = [models.UniqueConstraint(fields=["county", "value", "fingerprint"], name="band_once")]

    def __str__(self) -> str:
        return f"{self.fingerprint_id}: {self.value}"


class LikenessKind(models.TextChoices):
    EXACT = "exact", _("The same file")
    TEXT = "text", _("Similar text")
    IMAGE = "image", _("Similar picture")


class Likeness(TenantModel):
    """One piece is like an earlier one of another submission; `degree` is of 100.

    Where it was seen first stays when the earlier piece is taken off its item.
    """

    piece = models.ForeignKey(Evidence, models.CASCADE, related_name="likenesses")
    earlier = models.ForeignKey(
        Evidence, models.SET_NULL, null=True, blank=True, related_name="likened_to", verbose_name=_("earlier")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=LikenessKind.choices)
    degree = models.PositiveSmallIntegerField(_("degree"))
    seen_at = models.DateTimeField(_("first seen"))
    seen_school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name=_("first seen at"))
    found_at = models.DateTimeField(_("found"), db_default=Now())

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        constraints = [
            models.UniqueConstraint(fields=["piece", "earlier"], name="likeness_once"),
            models.CheckConstraint(condition=Q(degree__gte=1, degree__lte=100), name="likeness_degree"),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | ~Q(earlier=F("piece")), name="nothing_is_like_itself"
            ),
        ]
        indexes = [models.Index(fields=["county", "found_at"], name="likeness_by_county")]

    def __str__(self) -> str:
        return f"{self.piece_id} ~ {self.earlier_id}"


class Verdict(models.TextChoices):
    HARMLESS = "harmless", _("Harmless")
    TALK = "talk", _("To be talked over")


class LikenessLook(TenantModel):
    """Somebody looked at a likeness and said what they think of it; kept for ever, changes no grade."""

    likeness = models.ForeignKey(Likeness, models.CASCADE, related_name="looks")
    verdict = models.CharField(_("what it is"), max_length=10, choices=Verdict.choices)
    note = models.TextField(_("note"), blank=True)
    role = models.CharField(max_length=20)
    looked_at = models.DateTimeField(db_default=Now())
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("look at a likeness")
        verbose_name_plural = _("looks at likenesses")
        ordering = ["looked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.likeness_id}: {self.get_verdict_display()}"

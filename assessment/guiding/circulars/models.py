"""Circulars of the county office: to which schools and roles, and a receipt for everybody addressed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.constraints import both_or_neither
from schools.notices.models import Notice
from schools.organisations.models import SchoolModel, TenantModel
from schools.people.models import Person


class Circular(TenantModel):
    """A draft until it is sent; a withdrawn one stays, marked; a correction names the one it corrects."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    roles = models.JSONField(_("to whom"), default=list)
    is_to_all_schools = models.BooleanField(_("to all schools"), default=True)
    needs_receipt = models.BooleanField(_("everybody confirms having read it"), default=True)
    due_on = models.DateField(_("to be read until"), null=True, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    drafted_at = models.DateTimeField(db_default=Now())
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        constraints = [
            both_or_neither("sent_at", "sent_by", "circular_sent_pair"),
            both_or_neither("withdrawn_at", "withdrawn_by", "circular_withdrawn_pair"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(sent_at__isnull=False),
                name="only_sent_circulars_are_withdrawn",
            ),
        ]
        indexes = [models.Index(fields=["county", "-sent_at"], name="circular_by_county")]

    def __str__(self) -> str:
        return self.title


class CircularSchool(SchoolModel):
    """A school to which a circular goes where it does not go to all."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="targets")

    class Meta:
        verbose_name = _("school of a circular")
        verbose_name_plural = _("schools of circulars")
        constraints = [models.UniqueConstraint(fields=["circular", "school"], name="school_of_circular_once")]

    def __str__(self) -> str:
        return f"{self.circular_id}: {self.school_id}"


class Receipt(SchoolModel):
    """One person addressed by a sent circular, the notice that told them, and when they confirmed it."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="circular_receipts")
    notice = models.OneToOneField(Notice, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("receipt of a circular")
        verbose_name_plural = _("receipts of circulars")
        constraints = [models.UniqueConstraint(fields=["circular", "person"], name="receipt_once")]
        indexes = [models.Index(fields=["county", "circular", "school"], name="receipt_by_school")]

    def __str__(self) -> str:
        return f"{self.circular_id}: {self.person_id}"

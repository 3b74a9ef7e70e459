"""Who is too near to judge whom, and panels given into the hands of the county's training team."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.access.models import SchoolGrant
from schools.constraints import both_or_neither
from schools.organisations.models import SchoolModel, TenantModel
from schools.people.models import Person


class RelationKind(models.TextChoices):
    FAMILY = "family", _("Family")
    PREPARATION = "preparation", _("Prepare lessons together")
    OTHER = "other", _("Other reason")


class Relation(TenantModel):
    """Two people who do not judge each other's work, the one with the lower id first; ended, never deleted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    other = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("other person"))
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind.choices)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    declared_at = models.DateTimeField(_("declared"), db_default=Now())
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("declared relation")
        verbose_name_plural = _("declared relations")
        constraints = [
            models.CheckConstraint(condition=Q(person__lt=F("other")), name="relation_lower_id_first"),
            both_or_neither("ended_at", "ended_by", "relation_ended_pair"),
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(ended_at__isnull=True), name="one_open_relation"
            ),
        ]
        indexes = [models.Index(fields=["county", "other"], name="relation_by_other")]

    def __str__(self) -> str:
        return f"{self.person_id} / {self.other_id}"


class Delegation(SchoolModel):
    """A school's panel in the hands of the training team; `grants` are those that were given for it."""

    grants = models.ManyToManyField(SchoolGrant, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    delegated_at = models.DateTimeField(_("from"), db_default=Now())
    delegated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("delegated panel")
        verbose_name_plural = _("delegated panels")
        constraints = [
            both_or_neither("ended_at", "ended_by", "delegation_ended_pair"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(ended_at__isnull=True), name="one_open_delegation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}"

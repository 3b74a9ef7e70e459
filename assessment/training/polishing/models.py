"""Polishing rounds: a teacher's piece goes from draft to draft, with what the group notes at each."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.training.activities.models import Activity
from microcapabilities.models import Point
from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.organisations.models import SchoolModel, TeachingGroup
from schools.people.models import Person


class Polish(SchoolModel):
    """One piece of a teacher that the group works on; a leader's word finishes it and enters the hours."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="polishes")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="polishes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="polishes", verbose_name=_("teacher"))
    group = models.ForeignKey(
        TeachingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("teaching group"),
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("point")
    )
    topic = models.CharField(_("topic"), max_length=100)
    begun_at = models.DateTimeField(_("begun"), db_default=Now())
    word = models.TextField(_("the leader's word"), blank=True)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    cut = models.DecimalField(_("cut"), max_digits=4, decimal_places=1, default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("polishing")
        verbose_name_plural = _("polishings")
        constraints = [both_or_neither("finished_at", "finished_by", "polish_finished_pair")]

    def __str__(self) -> str:
        return self.topic


class Draft(SchoolModel):
    """One version of the piece, with what the teacher says about it."""

    polish = models.ForeignKey(Polish, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(_("number"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    note = models.TextField(_("what was changed"), blank=True)
    added_at = models.DateTimeField(_("added"), db_default=Now())

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["polish", "number"], name="draft_number_once")]

    def __str__(self) -> str:
        return f"{self.polish_id}/{self.number}"


class PeerNote(SchoolModel):
    """What a colleague, the head or a trainer notes at one draft."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("colleague"))
    text = models.TextField(_("note"))
    noted_at = models.DateTimeField(_("noted"), db_default=Now())

    class Meta:
        verbose_name = _("peer note")
        verbose_name_plural = _("peer notes")
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.person_id}"

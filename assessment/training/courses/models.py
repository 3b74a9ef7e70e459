"""Trainings of teams, trainers and teachers, and who attended them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.training.models import Category
from microcapabilities.models import Point
from schools.organisations.models import School, TenantModel
from schools.people.models import Person


class CourseKind(models.TextChoices):
    TEAM = "team", _("Team training")
    TRAINER = "trainer", _("Trainer training")
    BACKBONE = "backbone", _("Backbone training")
    SECOND = "second", _("Second training")
    ONLINE = "online", _("Online course")
    CENTRALISED = "centralised", _("Centralised training")


class Course(TenantModel):
    """A training of the county, or of one school; `for_roles` holds keys of roles, empty for all teachers."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="courses")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CourseKind.choices)
    title = models.CharField(_("title"), max_length=100)
    provider = models.CharField(_("provider"), max_length=100, blank=True)
    trainers_named = models.CharField(_("trainers from elsewhere"), max_length=200, blank=True)
    trainers = models.ManyToManyField(
        Person, related_name="given_courses", blank=True, verbose_name=_("trainers")
    )
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    counts = models.BooleanField(_("counts as hours"), default=True)
    points = models.ManyToManyField(Point, related_name="+", blank=True, verbose_name=_("points"))
    for_roles = models.JSONField(_("for whom"), default=list, blank=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="course_span"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="course_hours_above_zero"),
        ]
        indexes = [models.Index(fields=["county", "programme", "begins_on"], name="course_by_county")]

    def __str__(self) -> str:
        return self.title


class Attendance(TenantModel):
    """Somebody attended a course; whoever takes part in the programme gets the hours by it."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("person"))
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    marked_at = models.DateTimeField(_("noted"), db_default=Now())
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="attended_once")]

    def __str__(self) -> str:
        return str(self.person)

"""Anonymous ratings: that somebody has rated stands in one table, what was said in another, and nothing joins them."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.training.activities.models import Activity
from assessment.training.courses.models import Course
from schools.organisations.models import TenantModel
from schools.people.models import Person

ONE_SUBJECT = Q(course__isnull=False, activity__isnull=True) | Q(course__isnull=True, activity__isnull=False)
MARK = [MinValueValidator(1), MaxValueValidator(5)]


class Rated(TenantModel):
    """This attendee has rated: the key is random and no time is kept, so that no order leads to the words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="rated")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="rated")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("rated")
        verbose_name_plural = _("rated")
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="rated_one_subject"),
            models.UniqueConstraint(
                fields=["course", "person"], condition=Q(course__isnull=False), name="course_rated_once"
            ),
            models.UniqueConstraint(
                fields=["activity", "person"], condition=Q(activity__isnull=False), name="activity_rated_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Rating(TenantModel):
    """What somebody said, from 1 to 5 and in words; nobody knows who."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="ratings")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="ratings")
    day = models.DateField(_("day"))
    content = models.PositiveSmallIntegerField(_("content"), validators=MARK)
    trainer = models.PositiveSmallIntegerField(_("trainer"), validators=MARK)
    use = models.PositiveSmallIntegerField(_("use"), validators=MARK)
    text = models.TextField(_("in words"), blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="rating_one_subject"),
            models.CheckConstraint(
                condition=Q(content__range=(1, 5), trainer__range=(1, 5), use__range=(1, 5)),
                name="rating_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

"""The words of surveys: kinds of survey and question, the scale, strands and dimensions, where a survey stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sort(models.TextChoices):
    NEEDS = "needs", _("Needs survey")
    SELF_ASSESSMENT = "self-assessment", _("Self-assessment")


class Kind(models.TextChoices):
    SINGLE = "single", _("One of several")
    MULTIPLE = "multiple", _("Several of several")
    SCALE = "scale", _("Scale of five")
    TEXT = "text", _("Free text")


class Agreement(models.IntegerChoices):
    """The five steps of every scale."""

    NOT_AT_ALL = 1, _("Not at all")
    HARDLY = 2, _("Hardly")
    PARTLY = 3, _("Partly")
    MOSTLY = 4, _("Mostly")
    FULLY = 5, _("Fully")


class Strand(models.TextChoices):
    OPTIMISING = "I", _("I Optimising classroom teaching")
    CHANGING = "II", _("II Changing ways of learning")


class Dimension(models.TextChoices):
    LITERACY = "literacy", _("Technical literacy")
    PLANNING = "planning", _("Planning and preparation")
    ORGANISING = "organising", _("Organisation and management")
    ASSESSING = "assessing", _("Assessment and diagnosis")
    DEVELOPING = "developing", _("Learning and development")


class Standing(models.IntegerChoices):
    """Where a questionnaire stands; it follows from its dates alone."""

    DRAFT = 1, _("Draft")
    AHEAD = 2, _("Opens later")
    OPEN = 3, _("Open for answers")
    CLOSED = 4, _("Closed")


FACES = {
    Standing.DRAFT: ("quiet", "circle"),
    Standing.AHEAD: ("waiting", "half"),
    Standing.OPEN: ("good", "dot"),
    Standing.CLOSED: ("final", "lock"),
}

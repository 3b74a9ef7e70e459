"""Questionnaires in versions, their questions, and what was answered: with the person, or in sums without any."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.surveying.terms import FACES, Agreement, Dimension, Kind, Sort, Standing, Strand
from microcapabilities.languages import in_active_language
from schools.clock import now
from schools.constraints import both_or_neither
from schools.organisations.models import School, SchoolModel, TeachingGroup, TenantModel
from schools.people.models import Person


def random_key() -> int:
    """Return a key that tells nothing of the order in which rows were written, not even where they lie."""
    return secrets.randbits(62) + 1


class Questionnaire(TenantModel):
    """One version of a survey of the county, or of one school; once published its text stays as it is."""

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="questionnaires")
    sort = models.CharField(_("kind"), max_length=20, choices=Sort.choices, default=Sort.NEEDS)
    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    made_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "slug", "version"],
                condition=Q(school__isnull=True),
                name="county_questionnaire_version_once",
            ),
            models.UniqueConstraint(
                fields=["school", "slug", "version"],
                condition=Q(school__isnull=False),
                name="school_questionnaire_version_once",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="questionnaire_span"
            ),
            both_or_neither("published_at", "published_by", "questionnaire_published_pair"),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        return in_active_language(self.title, self.title_en or self.title)

    @property
    def shown_purpose(self) -> str:
        return in_active_language(self.purpose, self.purpose_en or self.purpose)

    def standing_at(self, moment: datetime) -> Standing:
        if self.published_at is None:
            return Standing.DRAFT
        if moment < self.opens_at:
            return Standing.AHEAD
        return Standing.OPEN if moment <= self.closes_at else Standing.CLOSED

    def seen_at(self, moment: datetime) -> "Questionnaire":
        """Take a moment that was read once for a whole list."""
        self._moment = moment
        return self

    @property
    def standing(self) -> Standing:
        """Where it stands now, or at the moment of the list that it stands in."""
        return self.standing_at(getattr(self, "_moment", None) or now())

    @property
    def label(self) -> str | Promise:
        return self.standing.label

    @property
    def tone(self) -> str:
        return FACES[self.standing][0]

    @property
    def shape(self) -> str:
        return FACES[self.standing][1]


class Question(TenantModel):
    """One question; options are texts, in English beside them where somebody wrote them."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=400, blank=True)
    help = models.CharField(_("help"), max_length=300, blank=True)
    help_en = models.CharField(_("help in English"), max_length=400, blank=True)
    options = models.JSONField(_("options"), default=list, blank=True)
    options_en = models.JSONField(_("options in English"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=True)
    strand = models.CharField(_("strand"), max_length=2, choices=Strand.choices, blank=True)
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension.choices, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "position"], name="question_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.shown_text}"

    @property
    def shown_text(self) -> str:
        return in_active_language(self.text, self.text_en or self.text)

    @property
    def shown_help(self) -> str:
        return in_active_language(self.help, self.help_en or self.help)

    @property
    def domain(self) -> tuple[str, str] | None:
        """Strand and dimension of a statement of a self-assessment, else None."""
        return (self.strand, self.dimension) if self.strand and self.dimension else None

    @property
    def choices(self) -> list[tuple[int, str | Promise]]:
        """What can be chosen, by number; nothing for free text."""
        if self.kind == Kind.SCALE:
            return [(step.value, step.label) for step in Agreement]
        shown = self.options
        if len(self.options_en) == len(self.options) and in_active_language("zh", "en") == "en":
            shown = self.options_en
        return list(enumerate(shown, start=1))


class Answered(SchoolModel):
    """That somebody has answered, and where they stood then; neither when nor what, and in no order."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answered")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    group = models.ForeignKey(TeachingGroup, models.SET_NULL, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=40, blank=True)
    years = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("who has answered")
        verbose_name_plural = _("who has answered")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "person"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"


class Response(SchoolModel):
    """What one person answered where the survey is not anonymous."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    answered = models.OneToOneField(Answered, models.PROTECT, related_name="response")
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.pk}"


class Answer(SchoolModel):
    """One chosen option, step or text of a response; several options are several rows."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    option = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "question", "option"], name="option_chosen_once"),
            models.UniqueConstraint(
                fields=["response", "question"], condition=Q(option__isnull=True), name="text_written_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"


class Tally(TenantModel):
    """How often one option was chosen in one part of the people: all that an anonymous survey keeps.

    `option` 0 counts who answered the question at all.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="tallies")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    facet = models.CharField(max_length=10)
    part = models.CharField(max_length=40, blank=True)
    option = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "question", "facet", "part", "option"], name="one_tally_per_option"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.part}: {self.count}"


class Words(TenantModel):
    """The free texts of one question of an anonymous survey, each laid in at a random place."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="words")
    texts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("free texts")
        verbose_name_plural = _("free texts")

    def __str__(self) -> str:
        return f"{self.question_id}"


class AnswerDraft(TenantModel):
    """Answers not sent yet, of surveys that are not anonymous; gone when they are sent."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("draft of answers")
        verbose_name_plural = _("drafts of answers")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "person"], name="one_draft_of_answers")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"

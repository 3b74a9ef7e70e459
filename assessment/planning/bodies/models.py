"""Bodies of county and school, who sits on them under which post and term, and what the county waives."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from schools.constraints import both_or_neither
from schools.organisations.models import School, SchoolModel, TenantModel
from schools.people.models import Person


class BodyKind(models.TextChoices):
    LEADING_GROUP = "leading-group", _("Leading group")
    EXECUTIVE_OFFICE = "executive-office", _("Executive office")
    MANAGEMENT_TEAM = "management-team", _("Management team")
    TRAINING_TEAM = "training-team", _("Training team")


class PostKey(models.TextChoices):
    HEAD = "head", _("Head of the group")
    DEPUTY_HEAD = "deputy-head", _("Deputy head of the group")
    OFFICE_DIRECTOR = "office-director", _("Office director")
    TRAINING_LEAD = "training-lead", _("Training lead")
    PRINCIPAL = "principal", _("Principal")
    DEPUTY_PRINCIPAL = "deputy-principal", _("Deputy principal")
    TEACHING_DIRECTOR = "teaching-director", _("Teaching director")
    IT_BACKBONE = "it-backbone", _("IT backbone")
    LIAISON = "liaison", _("Liaison")
    MEMBER = "member", _("Member")


class Origin(models.TextChoices):
    OFFICE = "education-office", _("Education office")
    DEVELOPMENT = "development-centre", _("Teacher development centre")
    RESEARCH = "research-office", _("Teaching research office")
    ELECTRO = "electro-education", _("Electro-education centre")
    SCHOOL = "school", _("School")
    UNIVERSITY = "university", _("University")
    ENTERPRISE = "enterprise", _("Enterprise")


class Employment(models.TextChoices):
    FULL = "full", _("full-time")
    PART = "part", _("part-time")


# Posts that one person holds at a time.
SINGLE = (PostKey.HEAD, PostKey.OFFICE_DIRECTOR, PostKey.TRAINING_LEAD, PostKey.PRINCIPAL)


class Body(TenantModel):
    """A body of the county, or of one of its schools; there is one of each kind."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name=_("school")
    )
    kind = models.CharField(_("body"), max_length=20, choices=BodyKind.choices)
    duties = models.TextField(_("duties"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind"], condition=Q(school__isnull=True), name="county_body_once"
            ),
            models.UniqueConstraint(
                fields=["school", "kind"], condition=Q(school__isnull=False), name="school_body_once"
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=True) | ~Q(kind="leading-group"),
                name="only_counties_have_leading_groups",
            ),
            both_or_neither("published_at", "published_by", "body_published_pair"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Seat(TenantModel):
    """A post on a body, held by a person of the county or by somebody from outside, for a term.

    `until` is the last day that was meant, `ended_on` the day on which it really ended; a seat is never
    deleted. Subject and employment are those of a trainer.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    post = models.CharField(_("post"), max_length=20, choices=PostKey.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=50, blank=True)
    origin = models.CharField(_("comes from"), max_length=20, choices=Origin.choices)
    subject = models.CharField(_("subject"), max_length=40, blank=True)
    employment = models.CharField(_("employment"), max_length=4, choices=Employment.choices, blank=True)
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.CharField(_("ended because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "post"],
                condition=Q(ended_on__isnull=True, post__in=[str(post.value) for post in SINGLE]),
                name="single_post_held_once",
            ),
            models.UniqueConstraint(
                fields=["body", "post", "person"],
                condition=Q(ended_on__isnull=True, person__isnull=False),
                name="one_open_seat_per_post",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
                name="seat_of_a_person_or_a_name",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")), name="term_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")), name="seat_in_order"
            ),
            both_or_neither("ended_on", "ended_by", "seat_ended_pair"),
        ]
        indexes = [models.Index(fields=["county", "body", "ended_on"], name="seat_by_body")]

    def __str__(self) -> str:
        return f"{self.holder} · {self.get_post_display()}"

    @property
    def holder(self) -> str:
        """The name of whoever sits there."""
        return self.person.name if self.person else self.name


class Waiver(SchoolModel):
    """What of the team's composition the county does not ask of one school, with the reason.

    `about` is a post's key, "size" or "sharing".
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="waivers")
    about = models.CharField(_("waived"), max_length=20)
    reason = models.CharField(_("reason"), max_length=200)
    granted_at = models.DateTimeField(db_default=Now())
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "school", "about"],
                condition=Q(ended_at__isnull=True),
                name="waived_once",
            ),
            both_or_neither("ended_at", "ended_by", "waiver_ended_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.about}"

"""Users who sign in, the persons they are in a county, their memberships, activation codes and transfers."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from schools.constraints import both_or_neither
from schools.organisations.models import (
    County,
    Region,
    School,
    SchoolModel,
    TeachingGroup,
    TenantModel,
    scoped,
)
from schools.people.id_numbers import masked
from schools.people.sealing import unseal
from schools.pinyin import SpelledField


class User(AbstractUser):
    """Somebody who signs in; rights come from memberships alone."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class PersonQuerySet(models.QuerySet["Person"]):
    def named_like(self, words: str) -> "PersonQuerySet":
        """Find by part of the name, beginning of pinyin or initials, or continuing-education number."""
        words = words.strip()
        if not words:
            return self
        small = words.lower().replace(" ", "")
        return self.filter(
            Q(name__contains=words)
            | Q(initials__startswith=small)
            | Q(pinyin__startswith=small)
            | Q(training_number=words)
        )

    def not_activated(self) -> "PersonQuerySet":
        return self.filter(user__isnull=True, is_active=True)


class Person(TenantModel):
    """One natural person in one county; `school` is the work unit of the roster, empty for office staff."""

    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="person")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("school")
    )
    group = models.ForeignKey(
        TeachingGroup, models.SET_NULL, null=True, blank=True, verbose_name=_("teaching group")
    )
    name = models.CharField(_("name"), max_length=50)
    pinyin = SpelledField(max_length=120)
    initials = SpelledField(part="initials", max_length=40)
    id_number_sealed = models.BinaryField(null=True, blank=True, editable=False)
    id_number_index = models.CharField(max_length=64, blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=4, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    post = models.CharField(_("post"), max_length=40, blank=True)
    title = models.CharField(_("professional title"), max_length=40, blank=True)
    degree = models.CharField(_("highest degree"), max_length=40, blank=True)
    teaching_years = models.PositiveSmallIntegerField(_("years of teaching"), null=True, blank=True)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    stage = models.CharField(_("main school stage"), max_length=20, blank=True)
    subject = models.CharField(_("main subject"), max_length=40, blank=True)
    training_number = models.CharField(_("continuing-education number"), max_length=40, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = scoped(PersonQuerySet, school=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "id_number_index"],
                condition=Q(is_active=True) & ~Q(id_number_index=""),
                name="one_active_person_per_id_number",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "school", "pinyin"], name="person_by_school"),
            models.Index(fields=["county", "initials"], name="person_by_initials"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def id_number_shown(self) -> str:
        """The identity number with its middle hidden, or an empty text."""
        return masked(unseal(self.id_number_sealed)) if self.id_number_sealed else ""

    @property
    def phone_shown(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 8 else "*" * len(self.phone)


class Membership(models.Model):
    """A person's role in an organisation, from a day, until a day (exclusive), or still."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("person")
    )
    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="region_memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=30)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="memberships")
    group = models.ForeignKey(TeachingGroup, models.CASCADE, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    appointed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager(county="county", school="school")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    region__isnull=False, county__isnull=True, person__isnull=True, user__isnull=False
                )
                | Q(region__isnull=True, county__isnull=False, person__isnull=False, user__isnull=True),
                name="membership_of_region_or_county",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ends_on__isnull=True, school__isnull=True, person__isnull=False),
                name="one_open_role_in_county",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "school"],
                condition=Q(ends_on__isnull=True, school__isnull=False, group__isnull=True),
                name="one_open_role_in_school",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "group"],
                condition=Q(ends_on__isnull=True, group__isnull=False),
                name="one_open_role_in_group",
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "role"], name="membership_by_place")]

    def __str__(self) -> str:
        return f"{self.person or self.user} · {self.role}"


class ActivationCode(TenantModel):
    """A one-time code by which a person opens their account; only its keyed digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="activation_codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, is_void=False),
                name="one_open_code_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Transfer(SchoolModel):
    """A person whom a roster shows at another school; `school` is the one they are to join."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="transfers")
    from_school = models.ForeignKey(School, models.PROTECT, related_name="+")
    is_requested_by_school = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("completed_at", "completed_by", "transfer_completed_pair"),
            both_or_neither("refused_at", "refused_by", "transfer_refused_pair"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(completed_at__isnull=True, refused_at__isnull=True),
                name="one_open_transfer_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.from_school_id} → {self.school_id}"

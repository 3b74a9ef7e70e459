"""Documents and their versions, and who opened or follows which."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.files.models import StoredFile
from schools.organisations.models import School, TenantModel
from schools.people.models import Person
from schools.pinyin import SpelledField


class DocumentKind(models.TextChoices):
    POLICY = "policy", _("Policy")
    STANDARD = "standard", _("Standard")
    RULES = "rules", _("Detailed rules")
    GUIDE = "guide", _("Guide")
    FORM = "form", _("Form")
    OTHER = "other", _("Other")


class LibraryDocument(TenantModel):
    """One document of the county, or of a school; what is read are its versions."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    name = models.CharField(_("title"), max_length=120)
    pinyin = SpelledField()
    initials = SpelledField(part="initials")
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices)
    tags = models.CharField(_("key words"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"], condition=Q(school__isnull=True), name="document_once_in_county"
            ),
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(school__isnull=False), name="document_once_in_school"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LibraryVersion(TenantModel):
    """One version of a document, never changed; the highest number is the present one."""

    document = models.ForeignKey(LibraryDocument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    note = models.CharField(_("what is new"), max_length=200, blank=True)
    effective_from = models.DateField(_("in force from"))
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    downloads = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class LibraryReader(TenantModel):
    """Somebody who opened a document or follows it; they are told of its next version."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    is_following = models.BooleanField(_("is told of new versions"), default=True)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reader of a document")
        verbose_name_plural = _("readers of documents")
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="reader_once")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.person_id}"

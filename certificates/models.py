"""Certificates: one per accepted point, with the signed snapshot of the moment, and their numbers."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.submitting.models import Submission
from assessment.workflow import Face, Stateful, Workflow, register
from schools.files.models import StoredFile
from schools.organisations.models import TenantModel
from schools.people.models import Person


class CertificateState(models.IntegerChoices):
    PENDING = 1, _("Being issued")
    ISSUED = 2, _("Issued")
    REVOKED = 3, _("Revoked")


CERTIFICATE = register(
    Workflow(
        name="certificate",
        title=_("Certificate"),
        states=CertificateState,
        initial=CertificateState.PENDING,
        faces={
            CertificateState.PENDING: Face("waiting", "half", "portal"),
            CertificateState.ISSUED: Face("excellent", "star", "nobody"),
            CertificateState.REVOKED: Face("bad", "cross", "nobody"),
        },
    )
)


def new_token() -> str:
    """Return 144 random bits for the verification address."""
    return secrets.token_urlsafe(18)


class Certificate(Stateful):
    """What was printed for one accepted submission; `snapshot` is frozen and signed when the row is made."""

    workflow = CERTIFICATE
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="certificates")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates", verbose_name=_("person"))
    point_code = models.CharField(_("point"), max_length=4)
    number = models.CharField(_("number"), max_length=40, unique=True)
    token = models.CharField(max_length=30, unique=True, default=new_token, editable=False)
    snapshot = models.JSONField()
    key_id = models.CharField(max_length=40)
    signature = models.CharField(max_length=100)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "point_code"],
                condition=Q(state__in=(1, 2)),
                name="one_current_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(state=2) | Q(pdf__isnull=False, issued_at__isnull=False), name="issued_with_pdf"
            ),
        ]
        indexes = [models.Index(fields=["county", "-issued_at"], name="certificate_register")]

    def __str__(self) -> str:
        return self.number


class Serial(TenantModel):
    """The last serial number given in a county and year; numbers are never used twice."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="one_serial_per_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

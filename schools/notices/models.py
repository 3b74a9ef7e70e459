"""What is to be told to whom, written in the same transaction as the fact it tells of."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import TenantModel
from schools.people.models import Person


class Notice(TenantModel):
    """One sentence to one person, kept as its English source and the values to fill in."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    sentence = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["person", "read_at", "-told_at"], name="notice_by_person")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.sentence) % self.values

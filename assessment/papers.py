"""What stands above and below a printed paper: whose it is, its number, and where it is signed and sealed."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNATURES: tuple[str | Promise, ...] = (_("Principal's signature"), _("School seal"), _("Date"))


@dataclass(frozen=True)
class Paper:
    """The heading of a printed paper and the lines to be filled in by hand."""

    office: str
    programme: str
    title: str | Promise
    school: str
    number: str
    filing_number: str
    state: str
    signatures: tuple[str | Promise, ...] = SIGNATURES


def paper_of(subject: Any, filing_number: str = "") -> Paper:
    """Return the paper of a filed row; its number names the row and how many steps it has taken."""
    programme = subject.programme
    letter = subject.workflow.name[0].upper()
    return Paper(
        office=subject.county.office_name,
        programme=programme.name,
        title=subject.workflow.title,
        school=subject.school.name,
        number=f"{subject.county.code}-{programme.year}-{letter}{subject.pk:05d}-{subject.version}",
        filing_number=filing_number,
        state=subject.label,
    )

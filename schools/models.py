"""All tables of the room, gathered for Django."""

from schools.access.models import SchoolGrant
from schools.audit.models import AuditEntry
from schools.files.cleaning.models import Cleaned
from schools.files.models import Arrival, Preview, Rendition, StoredFile
from schools.jobs.models import Job
from schools.notices.models import Notice
from schools.organisations.models import County, Region, School, TeachingGroup
from schools.people.models import ActivationCode, Membership, Person, Transfer, User
from schools.roster.models import RosterImport, RosterRow

__all__ = [
    "ActivationCode",
    "Arrival",
    "AuditEntry",
    "Cleaned",
    "County",
    "Job",
    "Membership",
    "Notice",
    "Person",
    "Preview",
    "Region",
    "Rendition",
    "RosterImport",
    "RosterRow",
    "School",
    "SchoolGrant",
    "StoredFile",
    "TeachingGroup",
    "Transfer",
    "User",
]

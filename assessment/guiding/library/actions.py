"""Publishing documents and their versions, opening them, and following them."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.guiding.library.models import DocumentKind, LibraryDocument, LibraryReader, LibraryVersion
from assessment.guiding.library.queries import may_read
from assessment.guiding.meetings.actions import need_to_keep
from schools.access.actor import Actor
from schools.audit.recording import record
from schools.files.models import StoredFile
from schools.files.receiving import receive
from schools.notices.telling import tell
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

LETTERS = ("D", "R")
MOST_MEGABYTES = 50


def stored(upload: UploadedFile | None, *, county: County, by: Actor) -> StoredFile:
    """Store a version's file; there is no version without one."""
    if upload is None:
        raise Refused(_("Please choose the file of this version."), "file")
    return receive(upload, county=county, letters=LETTERS, max_megabytes=MOST_MEGABYTES, by=by.user)


def add(
    *,
    county: County,
    school: School | None,
    name: str,
    kind: DocumentKind,
    upload: UploadedFile | None,
    effective_from: date,
    tags: str = "",
    note: str = "",
    by: Actor,
) -> LibraryDocument:
    """Put a document with its first version into the library of the county or of a school."""
    need_to_keep(by, county, school)
    name = name.strip()
    if LibraryDocument.objects.filter(county=county, school=school, name=name).exists():
        raise Refused(_("A document of this title is there; publish a new version of it."), "name")
    file = stored(upload, county=county, by=by)
    with transaction.atomic():
        document = LibraryDocument.objects.create(
            county=county, school=school, name=name, kind=kind, tags=tags.strip()
        )
        add_version(document, file, note, effective_from, by)
    return document


def publish(
    *,
    document: LibraryDocument,
    upload: UploadedFile | None,
    effective_from: date,
    note: str = "",
    by: Actor,
) -> LibraryVersion:
    """Publish a new version; whoever opened or follows the document is told once."""
    need_to_keep(by, document.county, document.school)
    file = stored(upload, county=document.county, by=by)
    with transaction.atomic():
        version = add_version(document, file, note, effective_from, by)
        following = LibraryReader.objects.filter(document=document, is_following=True).values("person_id")
        people = Person.objects.filter(pk__in=following, is_active=True)
        sentence = gettext_noop("Version %(number)d of “%(title)s” is published.")
        url = reverse("assessment:document", args=[document.pk])
        tell(people, sentence, url=url, number=version.number, title=document.name)
    return version


def add_version(
    document: LibraryDocument, file: StoredFile, note: str, effective_from: date, by: Actor
) -> LibraryVersion:
    """Write the next version, holding the document so that numbers have no gap."""
    LibraryDocument.objects.select_for_update().get(pk=document.pk)
    version = LibraryVersion.objects.create(
        county_id=document.county_id,
        document=document,
        number=document.versions.count() + 1,
        file=file,
        note=note.strip(),
        effective_from=effective_from,
        published_by=by.user,
    )
    place = {"county": document.county, "school": document.school}
    subject = f"document {document.pk}"
    record("document-published", **place, subject=subject, by=by, version=version.number)
    return version


@transaction.atomic
def take(*, version: LibraryVersion, by: Actor) -> StoredFile:
    """Open a version: it is counted, and the reader is told of the next one."""
    document = version.document
    if by.person is None or not may_read(by, document):
        raise Forbidden(_("This document belongs to another place."), "forbidden")
    LibraryVersion.objects.filter(pk=version.pk).update(downloads=F("downloads") + 1)
    LibraryReader.objects.get_or_create(
        document=document, person=by.person, defaults={"county_id": document.county_id}
    )
    return version.file


@transaction.atomic
def follow(*, document: LibraryDocument, is_following: bool, by: Actor) -> None:
    """Follow a document, or be told no more."""
    if by.person is None or not may_read(by, document):
        raise Forbidden(_("This document belongs to another place."), "forbidden")
    LibraryReader.objects.update_or_create(
        document=document,
        person=by.person,
        defaults={"county_id": document.county_id, "is_following": is_following},
    )

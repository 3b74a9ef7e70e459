"""Laying files with a thing, and taking them off a draft."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _

from assessment.guiding.enclosures.models import OWNERS, Enclosure
from schools.access.actor import Actor
from schools.files.models import StoredFile
from schools.files.receiving import receive
from schools.organisations.models import County
from schools.refusals import Refused

LETTERS = ("R",)
MOST_MEGABYTES = 50
MOST_FILES = 10


def take_in(uploads: Sequence[UploadedFile], *, county: County, by: Actor) -> list[StoredFile]:
    """Store the uploads; the right has been checked, rows of the thing are written after this."""
    if len(uploads) > MOST_FILES:
        raise Refused(_("At most %d files are taken at once.") % MOST_FILES, "files")
    return [
        receive(upload, county=county, letters=LETTERS, max_megabytes=MOST_MEGABYTES, by=by.user)
        for upload in uploads
    ]


def enclose(thing: models.Model, files: Sequence[StoredFile]) -> None:
    """Lay stored files with a visit, an inspection, minutes or a circular."""
    owner = thing._meta.model_name
    if owner not in OWNERS:
        raise ValueError(f"Nothing is enclosed with a {owner}.")
    values: dict[str, Any] = {owner: thing}
    Enclosure.objects.bulk_create(
        Enclosure(county_id=stored.county_id, file=stored, **values) for stored in files
    )

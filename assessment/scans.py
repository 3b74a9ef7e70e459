"""The stamped scan of a paper that a school filed: received, laid on its row, never exchanged after the answer."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.files.kinds import accept_attribute, describe
from schools.files.receiving import MEGABYTE, receive
from schools.files.serving import give
from schools.refusals import Forbidden, Refused, Stale

LETTERS = "P"
MOST_MEGABYTES = 20


@dataclass(frozen=True)
class ScanRule:
    """Who lays a scan on a row, from which state on, and at which state it can no longer be exchanged."""

    permissions: tuple[Permission, ...]
    filed: int
    answered: int

    def check(self, subject: Any, by: Actor) -> None:
        """Refuse where the actor may not lay a scan now; a missing one may still be added after the answer."""
        if not any(by.can(permission, subject.school) for permission in self.permissions):
            raise Forbidden(_("You may not do this here."), "forbidden")
        if subject.state not in (self.filed, self.answered):
            raise Refused(_("The stamped scan is added after filing."), "not-filed")
        if subject.state == self.answered and subject.scan_id:
            raise Refused(_("The county has answered; the stamped scan stays as it is."), "answered")

    def allows(self, subject: Any, by: Actor) -> bool:
        try:
            self.check(subject, by)
        except Refused:
            return False
        return True


@dataclass(frozen=True)
class ScanShown:
    """What the scan's part of a page shows; `add_url` is empty where none can be added."""

    name: str
    url: str
    add_url: str
    accept: str
    limits: str
    max_bytes: int


def attach(*, subject: Any, rule: ScanRule, upload: UploadedFile, by: Actor) -> None:
    """Store the scan and lay it on the row, unless the row has moved on meanwhile; written to the audit."""
    rule.check(subject, by)
    stored = receive(upload, county=subject.county, letters=LETTERS, max_megabytes=MOST_MEGABYTES, by=by.user)
    with transaction.atomic():
        unmoved = type(subject).objects.filter(pk=subject.pk, state=subject.state, scan=subject.scan_id)
        if not unmoved.update(scan=stored):
            raise Stale(_("Somebody was quicker. The page now shows how things stand."), "stale")
        record(
            "scan-replaced" if subject.scan_id else "scan-attached",
            county=subject.county,
            school=subject.school,
            subject=f"{subject.workflow.name} {subject.pk}",
            by=by,
            file=stored.pk,
        )
    subject.scan = stored


def posted(request: HttpRequest) -> UploadedFile:
    """Return the scan that was sent; refuses a form without one."""
    upload = request.FILES.get("scan")
    if not isinstance(upload, UploadedFile):
        raise Refused(_("Please choose a file."), "no-file")
    return upload


def given(request: HttpRequest, subject: Any) -> HttpResponseBase:
    """Answer with the scan of a row that the view has found for the actor; 404 where there is none."""
    if subject is None or subject.scan is None:
        raise Http404
    return give(request, subject.scan)


def shown(subject: Any, *, url: str, add_url: str = "") -> ScanShown | None:
    """Return what the page shows of the row's scan; None where there is none and none can be added."""
    if not subject.scan_id and not add_url:
        return None
    return ScanShown(
        name=subject.scan.name if subject.scan_id else "",
        url=url if subject.scan_id else "",
        add_url=add_url,
        accept=accept_attribute(LETTERS),
        limits=_("%(kinds)s, at most %(limit)d MB.") % {"kinds": describe(LETTERS), "limit": MOST_MEGABYTES},
        max_bytes=MOST_MEGABYTES * MEGABYTE,
    )

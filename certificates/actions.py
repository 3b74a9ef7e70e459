"""Revoking certificates and asking for their issue."""

from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.workflow import move
from certificates.models import Certificate
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.jobs.models import Job, JobKind
from schools.jobs.queueing import ask_for
from schools.organisations.models import County
from schools.refusals import Forbidden


def revoke(*, certificate: Certificate, why: str, by: Actor, version: int | None = None) -> Event:
    """Revoke a certificate with the reason that anybody who verifies it will read."""
    return move(certificate, "revoke", by=by, note=why, version=version)


def ask_to_issue(*, county: County, by: Actor) -> Job:
    """Ask for everything that is due in the county."""
    if not by.can(Permission.ACCEPT_RETURNS, county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    return ask_for(JobKind.ISSUE_CERTIFICATES, county=county, by=by)

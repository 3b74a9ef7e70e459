"""Remarks beside the fields of a filed version: drafted by the county, answered by the school."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.planning.kinds import KINDS
from assessment.planning.models import Filing, FilingState, FilingVersion, Remark
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.refusals import Forbidden, Refused

MOST_LETTERS = 1000


@transaction.atomic
def remark(*, filing: Filing, field: str, text: str, by: Actor) -> Remark:
    """Draft a remark beside a field (`goals`) or a row (`goals.1`, counted from 0) of what is filed now."""
    check_county(filing, by)
    filing = Filing.objects.select_for_update().select_related(None).get(pk=filing.pk)
    if filing.state != FilingState.FILED:
        raise Refused(_("Remarks are written while it is filed and waits for the answer."), "not-filed")
    if not stands_in(filing, field):
        raise Refused(_("There is no such field."), "field")
    if not text.strip():
        raise Refused(_("Please write the remark."), "empty")
    about = FilingVersion.objects.filter(filing=filing).latest("number")
    return Remark.objects.create(
        county_id=filing.county_id,
        school_id=filing.school_id,
        filing=filing,
        about=about,
        field=field,
        text=text.strip()[:MOST_LETTERS],
        made_by=by.user,
    )


def check_county(filing: Filing, by: Actor) -> None:
    if not by.can(Permission.APPROVE_FILINGS, filing.school):
        raise Forbidden(_("You may not do this here."), "forbidden")


def stands_in(filing: Filing, field: str) -> bool:
    """Say whether the filing has such a field, and such a row of it."""
    key, _dot, row = field.partition(".")
    found = KINDS[filing.kind].field(key)
    if found is None or not row:
        return found is not None and not _dot
    return found.type == "rows" and row.isdigit() and int(row) < len(filing.content.get(key) or [])


@transaction.atomic
def take_away(*, remark: Remark, by: Actor) -> None:
    """Take a remark away that was not sent yet."""
    check_county(remark.filing, by)
    gone, _tables = Remark.objects.filter(pk=remark.pk, sent_at__isnull=True).delete()
    if not gone:
        raise Refused(_("This remark was sent; it stays with its version."), "sent")


@transaction.atomic
def answer(*, remark: Remark, text: str, is_mended: bool, by: Actor) -> None:
    """Answer a remark of the county, or mark it as mended, until it is filed again."""
    filing = remark.filing
    if not by.can(Permission.FILE_PLANS, filing.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if remark.sent_at is None or filing.state not in (FilingState.RETURNED, FilingState.DRAFT):
        raise Refused(_("Remarks are answered while you change what came back."), "not-returned")
    if not text.strip() and not is_mended:
        raise Refused(_("Please write an answer, or tick “mended”."), "empty")
    remark.answer, remark.is_mended = text.strip()[:MOST_LETTERS], is_mended
    remark.answered_at, remark.answered_by = now(), by.user
    remark.save(update_fields=["answer", "is_mended", "answered_at", "answered_by"])

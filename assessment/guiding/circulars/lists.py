"""The lists of circulars and of their readers, as page and sheet show them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.guiding.circulars.queries import DRAFT, OPENED, READ, SENT, UNREAD, WITHDRAWN
from schools.sheets.listing import Filter, Listed, Listing
from schools.sheets.rows import day


def standing(circular: Any) -> str:
    """Say in a word how a circular stands."""
    if circular.withdrawn_at:
        return gettext("Withdrawn")
    return gettext("Sent out") if circular.sent_at else gettext("Draft")


def reading(receipt: Any) -> str:
    """Say in a word how far a reader has come."""
    if receipt.read_at:
        return gettext("Receipt given")
    return gettext("opened") if receipt.opened_at else gettext("not read")


STATES = (DRAFT, _("Drafts")), (SENT, _("Sent out")), (WITHDRAWN, _("Withdrawn"))
STANDING = Filter("standing", _("State"), _("All"), STATES)
CIRCULARS = Listing(
    "circulars",
    _("Circulars"),
    (
        Listed("title", _("Title"), lambda row: row.title, width=44),
        Listed("state", _("State"), standing, width=12),
        Listed("sent", _("Sent on"), lambda row: day(row.sent_at), ("sent_at", "pk"), 12),
        Listed("due", _("To be read until"), lambda row: day(row.due_on), ("due_on", "pk"), 12),
        Listed("addressed", _("Addressed"), lambda row: row.addressed, ("addressed", "pk"), 10, "0"),
        Listed("read", _("Have read"), lambda row: row.have_read, ("have_read", "pk"), 10, "0"),
    ),
    "-sent",
    _("A word of it"),
    (STANDING,),
)
AT_SCHOOL = replace(CIRCULARS, name="school-circulars", search="", filters=())

READ_FILTER = Filter(
    "read",
    _("Reading"),
    _("All"),
    ((UNREAD, _("Not read")), (OPENED, _("Opened only")), (READ, _("Receipt given"))),
)
READERS = Listing(
    "readers",
    _("Readers"),
    (
        Listed("person", _("Person"), lambda row: row.person.name, ("person__pinyin", "pk"), 14),
        Listed(
            "school", _("School"), lambda row: row.school.name, ("school__pinyin", "person__pinyin", "pk"), 28
        ),
        Listed("reading", _("Reading"), reading, ("read_at", "pk"), 10),
        Listed("opened", _("Opened on"), lambda row: day(row.opened_at), ("opened_at", "pk"), 12),
        Listed("read", _("Read on"), lambda row: day(row.read_at), ("read_at", "pk"), 12),
    ),
    "school",
    _("Person, school or initials"),
    (READ_FILTER,),
)
BY_SCHOOL = Listing(
    "readers-by-school",
    _("Readers by school"),
    (
        Listed("school", _("School"), lambda row: row["school__name"], ("school__pinyin", "school_id"), 28),
        Listed(
            "addressed",
            _("Addressed"),
            lambda row: row["addressed"],
            ("addressed", "school__pinyin"),
            10,
            "0",
        ),
        Listed(
            "read", _("Have read"), lambda row: row["have_read"], ("have_read", "school__pinyin"), 10, "0"
        ),
        Listed("unread", _("Not read"), lambda row: row["unread"], ("unread", "school__pinyin"), 10, "0"),
    ),
    "school",
)

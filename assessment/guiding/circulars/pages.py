"""The page of one circular: a draft with its form, or a sent one with its readers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessment.guiding.circulars.addressees import ROLES_ADDRESSED, addressees_of, schools_addressed
from assessment.guiding.circulars.forms import CircularForm, said
from assessment.guiding.circulars.lists import BY_SCHOOL, READERS
from assessment.guiding.circulars.models import Circular
from assessment.guiding.circulars.queries import reading_by_school, receipts_of
from assessment.guiding.enclosures.queries import files_of
from assessment.guiding.places import here
from assessment.showing import tabs_of
from schools.access.permissions import Permission
from schools.sheets.listing import asked_filters
from schools.sheets.showing import show

MOST_SCHOOLS_NAMED = 20


def facts_of(request: HttpRequest, row: Circular) -> dict[str, Any]:
    """Return what every page of a circular shows of it."""
    schools = schools_addressed(row).order_by("pinyin", "pk")
    return {
        "circular": row,
        "roles": [label for role, label in ROLES_ADDRESSED if role in row.roles],
        "schools": [] if row.is_to_all_schools or request.school else list(schools[:MOST_SCHOOLS_NAMED]),
        "corrections": list(row.corrections.exclude(sent_at=None).order_by("pk")),
        "may_publish": request.actor.can(Permission.PUBLISH, request.county),
        "back_url": here(request, "circulars"),
    }


def draft_page(request: HttpRequest, row: Circular, typed: CircularForm | None) -> HttpResponse:
    """Show a draft as it will be read, how many it reaches, and the form to change it."""
    enclosed = row.enclosures.select_related("file")
    facts = facts_of(request, row)
    blank = CircularForm(initial=said(row), enclosed=enclosed) if facts["may_publish"] else None
    context = {
        **facts,
        "files": files_of(row.enclosures.all(), lambda file: here(request, "guidance-file", file)),
        "count": len(addressees_of(row)),
        "form": typed or blank,
        "save_url": here(request, "circular-save", row.pk),
        "send_url": here(request, "circular-send", row.pk),
    }
    return render(request, "assessment/guiding/circular_draft.html", context, status=422 if typed else 200)


def readers_page(request: HttpRequest, row: Circular) -> HttpResponse:
    """Show who has read a sent circular: by school, or by name; at a school its own people alone."""
    schools = [] if request.school else reading_by_school(row)
    listing, current, tabs = READERS, "people", []
    if not request.school:
        people = sum(one["addressed"] for one in schools)
        choices = [("schools", _("By school"), len(schools)), ("people", _("Name by name"), people)]
        tabs, current = tabs_of(request, choices, "schools")
    if current == "schools":
        listing = BY_SCHOOL
        shown = show(request, BY_SCHOOL, schools)
    else:
        asked = asked_filters(request, listing)
        receipts = receipts_of(row, asked["q"], asked["read"])
        shown = show(request, listing, receipts.filter(school=request.school) if request.school else receipts)
    if shown.file:
        return shown.file
    context = {
        **facts_of(request, row),
        "tabs": tabs,
        "current": current,
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "addressed": sum(one["addressed"] for one in schools),
        "have_read": sum(one["have_read"] for one in schools),
        "files": [],
    }
    if request.school is None:
        context["files"] = files_of(row.enclosures.all(), lambda file: here(request, "guidance-file", file))
        context["withdraw_url"] = here(request, "circular-withdraw", row.pk)
        context["remind_url"] = here(request, "circular-remind", row.pk)
    return render(request, "assessment/guiding/circular_readers.html", context)

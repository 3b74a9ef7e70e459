"""Import a roster from the command line: look only, or with --commit write it wholly or not at all."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_scopes import scope

from schools.access.actor import Actor
from schools.organisations.models import County, School
from schools.people.models import User
from schools.refusals import Refused
from schools.roster import importing
from schools.roster.faults import Refusal
from schools.roster.outcome import REFUSED, Outcome

COMMAND_LINE_USER = "command-line"


class Command(BaseCommand):
    help = "Import a roster (.xlsx, .xls or .csv); without --commit only tells what would be done."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", required=True, help="slug of the county")
        parser.add_argument("--school", help="slug of the school whose own file it is")
        parser.add_argument("--commit", action="store_true", help="write it when nothing is refused")
        parser.add_argument("--json", action="store_true", help="print counts and refusals as JSON")
        parser.add_argument("--by", help="user name of the person who answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file at this path."))
        county, school = find_place(options["county"], options["school"])
        by = actor_named(options["by"])
        outcome = importing.preview(path, path.name, county=county, school=school, by=by)
        counts, is_committed, message = outcome.counts, False, ""
        if options["commit"] and not outcome.refusals:
            try:
                counts, is_committed = take_in(path, county, school, by), True
            except Refused as refusal:
                message = str(refusal.sentence)
        self.tell(counts, outcome, is_committed, options["json"])
        if message:
            raise CommandError(message)
        if outcome.refusals:
            raise SystemExit(1)

    def tell(self, counts: dict[str, int], outcome: Outcome, is_committed: bool, as_json: bool) -> None:
        """Print counts and refusals, as JSON or as lines to read."""
        if as_json:
            told: dict[str, Any] = {**counts, "committed": is_committed}
            told["ignored_columns"] = outcome.table.unknown if outcome.table else []
            told["refusals"] = [as_dict(refusal) for refusal in outcome.refusals]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for key, count in counts.items():
            self.stdout.write(f"{key}: {count}")
        for one in outcome.refusals:
            self.stdout.write(f"{one.sheet}!{one.cell} {one.code}: {one.sentence}")
        if not is_committed and not counts[REFUSED]:
            self.stdout.write(_("Nothing was written; add --commit to write it."))


def as_dict(refusal: Refusal) -> dict[str, str]:
    """Return one refusal as it is printed: sheet, cell, code, sentence."""
    return {
        "sheet": refusal.sheet,
        "cell": refusal.cell,
        "code": refusal.code,
        "sentence": refusal.sentence,
    }


def find_place(county_slug: str, school_slug: str | None) -> tuple[County, School | None]:
    """Return the county and, where one was named, its school."""
    county = County.objects.filter(slug=county_slug).first()
    if county is None:
        raise CommandError(_("There is no county with this slug."))
    if not school_slug:
        return county, None
    with scope(county=county, school=None):
        school = School.objects.filter(slug=school_slug).first()
    if school is None:
        raise CommandError(_("This county has no school with this slug."))
    return county, school


def actor_named(username: str | None) -> Actor:
    """Return who answers for the import; otherwise an account nobody can sign in to."""
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active user with this name."))
        return Actor(user=user)
    user = User.objects.filter(username=COMMAND_LINE_USER).first()
    return Actor(user=user or User(username=COMMAND_LINE_USER, is_active=False))


def take_in(path: Path, county: County, school: School | None, by: Actor) -> dict[str, int]:
    """Keep the file and commit it."""
    if by.user and by.user.pk is None:
        by.user.set_unusable_password()
        by.user.save()
    taken = importing.receive(path=path, name=path.name, county=county, school=school, by=by)
    return importing.commit(roster_import=taken, by=by)

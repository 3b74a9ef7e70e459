"""`manage.py remind --county SLUG [--dry-run] [--json]`: run the day's reminders of a county, or only count them."""

import argparse
import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_scopes import scope

from assessment.programme.queries import current_programme
from assessment.reminding.running import due_on, remind
from schools.clock import today
from schools.organisations.models import County


class Command(BaseCommand):
    help = "Remind everybody of a county whose step has come today; nobody is reminded twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--county", required=True, help="slug of the county")
        parser.add_argument("--day", type=date.fromisoformat, help="another day than today (with --dry-run)")
        parser.add_argument("--dry-run", action="store_true", help="only count who would be reminded")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        county = County.objects.filter(slug=options["county"]).first()
        if county is None:
            raise CommandError(_("There is no county with this slug."))
        if options["day"] and not options["dry_run"]:
            raise CommandError(_("Another day can only be looked at: add --dry-run."))
        with scope(county=county, school=None):
            programme = current_programme(county)
            if programme is None:
                raise CommandError(_("There is no current programme."))
            day = options["day"] or today()
            if options["dry_run"]:
                counts = {key: len(rows) for key, rows in due_on(programme, day).items()}
            else:
                counts = dict(remind(programme, day))
        if options["json"]:
            told = {"day": day.isoformat(), "dry_run": options["dry_run"], "counts": counts}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for key, count in counts.items():
            self.stdout.write(f"{key}: {count}")
        self.stdout.write(f"= {sum(counts.values())}")

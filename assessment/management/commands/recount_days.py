"""`manage.py recount_days [--days N]`: count the figures of the days again from the events."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.reporting.tasks import recount_everywhere


class Command(BaseCommand):
    help = "Count what moved on each day again, for every county's current programme."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, help="only the last N days, today counted")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{recount_everywhere(options['days'])} rows")

"""The command that loads an edition of the catalogue from the project's fixtures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext_lazy as _

from microcapabilities.loading import load
from microcapabilities.reading import MalformedCatalogue


class Command(BaseCommand):
    help = str(_("Load the micro-capability catalogue; a second run changes nothing."))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", default="2.0")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "fixtures" / f"catalogue-{slug}"
        try:
            tally = load(folder)
        except MalformedCatalogue as error:
            raise CommandError(str(error)) from error
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.items()))
        self.stdout.write(f"Catalogue {slug}: {counts}")

"""`manage.py workflow_diagram [--write]`: print the step tables as diagrams, or refresh README's block."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from assessment.diagram import block, refreshed
from assessment.workflow import WORKFLOWS

IN_README = ["submission"]


class Command(BaseCommand):
    help = "Print the step tables as Mermaid diagrams; --write refreshes README."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="refresh README's block")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(block(sorted(WORKFLOWS)))
            return
        readme = settings.BASE_DIR / "README.md"
        readme.write_text(refreshed(readme.read_text(encoding="utf-8"), IN_README), encoding="utf-8")

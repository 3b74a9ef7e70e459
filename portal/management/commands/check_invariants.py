"""`manage.py check_invariants [--json]`: run every room's checks; exit 1 when one is broken."""

import json
import sys
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django_scopes import scopes_disabled

from schools.invariants import examine

ROOMS = ("schools.checks", "assessment.checks", "certificates.checks")


class Command(BaseCommand):
    help = "Check that what must always hold does hold, over all counties."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        for room in ROOMS:
            import_module(room)
        with scopes_disabled():
            results = examine()
        violations = sum(len(result.violations) for result in results)
        if options["json"]:
            report = {
                "violations": violations,
                "invariants": {
                    str(result.number): {
                        "sentence": result.sentence,
                        "rows": result.rows,
                        "violations": result.violations[:50],
                    }
                    for result in results
                },
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            for result in results:
                self.stdout.write(
                    f"{result.number:>3}  {result.rows:>8} rows  {len(result.violations)} broken  {result.sentence}"
                )
                for violation in result.violations[:20]:
                    self.stdout.write(f"     - {violation}")
        if violations:
            sys.exit(1)

"""`manage.py redraw FILE`: repeat a draw from its signed record, without any database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.checking.drawing.records import faults_of, repeat
from schools.signing import public_keys


class Command(BaseCommand):
    help = "Check the record of a draw and print the cases that it gives, in order, one a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the record as it was downloaded from the page of the draw")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            record = json.loads(Path(options["file"]).read_text(encoding="utf-8"))
            faults = faults_of(record)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise CommandError(f"{options['file']} is not the record of a draw.") from error
        if faults:
            raise CommandError(f"Draw {record['record']['draw']}: " + "; ".join(faults) + ".")
        said, key = record["record"], record["signature"]["key_id"]
        known = (
            "a key of this portal" if key in public_keys() else f"key {key}, which this portal does not hold"
        )
        self.stderr.write(f"Draw {said['draw']} of {said['county']}: signed with {known}.")
        if "seed" not in said:
            self.stderr.write("It is planned only: frame and seed are committed, nothing is drawn yet.")
            return
        cases = repeat(said)
        self.stderr.write(f"{len(cases)} of {len(said['frame'])} rows, the same as recorded:")
        self.stdout.write("\n".join(str(case) for case in cases))

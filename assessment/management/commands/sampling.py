"""`manage.py sampling size|bound`: what a sample has to be, and what it proves."""

from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.checking.drawing import proof


def share(text: str) -> Fraction:
    """Return a share of the whole, written as 0.10 or 1/10."""
    return Fraction(text)


class Command(BaseCommand):
    help = (
        "Exact figures of acceptance sampling: `size` prints how many to draw, `bound` how many may be bad."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_subparsers(dest="asked", required=True)
        size = asked.add_parser("size", help="the fewest rows that prove the tolerance kept")
        size.add_argument("--frame", type=int, required=True, help="rows in the frame")
        size.add_argument(
            "--tolerance", type=share, required=True, help="tolerated share of bad rows, as 0.10"
        )
        size.add_argument("--confidence", type=share, default=Fraction("0.95"))
        size.add_argument("--failed", type=int, default=0, help="bad rows that may be found")
        bound = asked.add_parser("bound", help="the most bad rows that the frame may hold")
        bound.add_argument("--frame", type=int, required=True, help="rows in the frame")
        bound.add_argument("--drawn", type=int, required=True)
        bound.add_argument("--failed", type=int, required=True, help="bad rows among those drawn")
        bound.add_argument("--confidence", type=share, default=Fraction("0.95"))

    def handle(self, *args: Any, **options: Any) -> None:
        frame, confidence, failed = options["frame"], options["confidence"], options["failed"]
        try:
            if options["asked"] == "size":
                found = proof.size_for(
                    frame, tolerance=options["tolerance"], confidence=confidence, failed=failed
                )
            else:
                found = proof.most_bad(frame, drawn=options["drawn"], failed=failed, confidence=confidence)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(found))

"""`manage.py demo_accounts`: print the demonstration's accounts, one per role."""

import json
import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.demo import showcase


def padded(text: str, width: int) -> str:
    """Fill `text` with blanks to `width` columns; a Chinese sign takes two."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, width - taken)


class Command(BaseCommand):
    help = "Print one account per role of the demonstration county."

    def handle(self, *args: Any, **options: Any) -> None:
        if not showcase.path().exists():
            raise CommandError("There is no demonstration county yet. Run script/demo.")
        kept = json.loads(showcase.path().read_text())
        for account in kept["accounts"]:
            self.stdout.write(
                f"  {padded(account['username'], 12)}{padded(account['role'], 26)}"
                f"{padded(account['name'], 12)}{account['place']}"
            )
        self.stdout.write(f"  password of all: {kept['password']}")

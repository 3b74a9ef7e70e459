"""`manage.py demo_county`: bring the demonstration county in, once, by the real importer and the real actions."""

import random
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_scopes import scope

from assessment.reporting.days import recount
from microcapabilities.loading import load
from portal.demo import showcase
from portal.demo.county import build
from portal.demo.stretching import stretch
from portal.demo.year import Year
from schools.organisations.models import County


class Command(BaseCommand):
    help = (
        "Bring the demonstration county in, with work waiting for every role; a second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schools", type=int, default=12)
        parser.add_argument("--teachers", type=int, default=300)

    def handle(self, *args: Any, **options: Any) -> None:
        if County.objects.filter(slug="sixian").exists():
            if not showcase.path().exists():
                raise CommandError("An earlier run was interrupted. Start over with script/demo --fresh.")
            self.stdout.write("The demonstration county is there already.")
            return
        began = time.monotonic()

        def say(sentence: str) -> None:
            self.stdout.write(f"  {time.monotonic() - began:5.0f} s  {sentence}")
            self.stdout.flush()

        load(settings.BASE_DIR / "fixtures" / "catalogue-2.0")
        rng = random.Random(showcase.SEED)
        folder = Path(settings.VAR_DIR) / "demo"
        demo = build(
            n_schools=max(12, options["schools"]),
            n_teachers=options["teachers"],
            rng=rng,
            folder=folder,
            say=say,
        )
        with scope(county=demo.county, school=None):
            year = Year(demo, rng, folder, say)
            showcase.walk(year, say)
            with transaction.atomic():
                showcase.open_accounts(year)
                stretch(demo.programme)
                recount(demo.programme)
        call_command("demo_accounts", stdout=self.stdout)

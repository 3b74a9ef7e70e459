"""`manage.py simulate_year --schools N --teachers N --seed S [--preset P] [--json]`: a year by the real actions."""

import json
import random
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from assessment.programme.presets import presets
from assessment.reporting.days import recount
from certificates.models import Certificate
from microcapabilities.loading import load
from portal.demo import around
from portal.demo.county import PRESET, build
from portal.demo.moving import transfer
from portal.demo.year import Year
from schools.organisations.models import County


class Command(BaseCommand):
    help = "Walk an invented county through the whole year by the real actions and print what happened."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schools", type=int, default=12)
        parser.add_argument("--teachers", type=int, default=300)
        parser.add_argument("--seed", default="2022")
        parser.add_argument(
            "--preset", choices=[slug for slug, _source in presets()], default=PRESET, help="the rule pack"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        if County.objects.filter(slug="sixian").exists():
            raise CommandError("The demonstration county exists already. Use an empty database.")
        began = time.monotonic()

        def say(sentence: str) -> None:
            if not options["json"]:
                self.stdout.write(f"{time.monotonic() - began:6.1f} s  {sentence}")

        load(settings.BASE_DIR / "fixtures" / "catalogue-2.0")
        rng = random.Random(options["seed"])
        folder = Path(settings.VAR_DIR) / "demo"
        demo = build(
            n_schools=options["schools"],
            n_teachers=options["teachers"],
            rng=rng,
            folder=folder,
            say=say,
            preset_slug=options["preset"],
        )
        with scope(county=demo.county, school=None):
            report = walk(Year(demo, rng, folder, say), options["seed"], say)
            recount(demo.programme)
        report["seconds"] = round(time.monotonic() - began, 1)
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))


def walk(year: Year, seed: str, say) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    """Walk every school through the whole year; returns the counts."""
    schools = year.demo.rows
    around.prepare(year, schools)
    say("bodies, plans, surveys and absences")
    year.choose(schools)
    say("points chosen and confirmed")
    around.train(year, schools)
    say("hours recognised")
    around.guide(year, schools)
    around.remind(year, schools)
    say("guided and reminded")
    begun = year.begin(schools)
    year.submit(begun)
    say("evidence submitted")
    transfer(year, schools)
    year.come_late(begun)
    say("transfers and latecomers")
    year.review(schools)
    say("reviewed")
    year.decide(schools)
    year.try_again(schools)
    say("decided")
    year.file(schools)
    year.check(schools, seed)
    say("checked and accepted")
    year.issue()
    say("certificates issued")
    return {**year.summary(), "certificates": Certificate.objects.count()}

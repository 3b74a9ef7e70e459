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
from portal.demo import around, checking, fair, likeness
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
        parser.add_argument(
            "--leniency", type=share, default=None, help="share of bad work that one school lets pass, as 0.4"
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
            report = walk(Year(demo, rng, folder, say), options["seed"], say, leniency=options["leniency"])
            recount(demo.programme)
        report["seconds"] = round(time.monotonic() - began, 1)
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))


def share(text: str) -> float:
    """Return a share above 0 and up to 1; raises ValueError for anything else."""
    if not 0 < float(text) <= 1:
        raise ValueError(text)
    return float(text)


def walk(year: Year, seed: str, say, *, leniency: float | None = None) -> dict[str, Any]:  # type: ignore[no-untyped-def]
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
    fair.sample_process(year)
    say("guided, reminded and sampled")
    begun = year.begin(schools)
    fair.before_submitting(year)
    year.submit(begun)
    say("evidence submitted")
    transfer(year, schools)
    year.come_late(begun)
    say("transfers and latecomers")
    fair.before_reviewing(year, schools)
    year.review(schools)
    say("reviewed")
    year.decide(schools)
    year.try_again(schools)
    fair.after_deciding(year, schools)
    say("decided")
    year.file(schools)
    checked = checking.check(year, schools, seed, leniency=leniency)
    say("checked and accepted")
    likeness.settle(year)
    year.issue()
    say("certificates issued")
    return {**year.summary(), "checked": checked, "certificates": Certificate.objects.count()}

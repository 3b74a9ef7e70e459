"""Hours for the tests: entered as an activity would, or claimed by the teacher."""

from datetime import date
from decimal import Decimal
from typing import Any

from assessment.training import actions
from assessment.training.models import Category, ClaimState, HourClaim, Source
from schools.people.models import Person
from tests.cast import SchoolCast, World, acting
from tests.stories import participant, picture

ONLINE, PRACTICE = Category.ONLINE, Category.PRACTICE
DAY = date(2026, 5, 3)
S = ClaimState


def earned(
    world: World, person: Person, category: Category, hours: Any, day: date = DAY, **facts: Any
) -> HourClaim:
    """Enter hours for a person as an activity or a course would."""
    serial = HourClaim.objects.count()
    return actions.enter(
        participant=participant(world.alpha, person), category=category, hours=Decimal(hours),
        title=f"Thing {serial}", held_on=day, source=Source.ACTIVITY, origin=f"activity:{serial}", **facts,
    )  # fmt: skip


def claimed(
    world: World, school: SchoolCast, hours: Any, proof: int, who: str = "teacher", day: date = DAY
) -> HourClaim:
    return actions.claim(
        participant=participant(world.alpha, school[who]), category=PRACTICE, hours=Decimal(hours),
        title=f"Lesson {proof}", held_on=day, proof=picture(proof), by=acting(school[who]),
    )  # fmt: skip

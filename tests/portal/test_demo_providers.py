"""The demonstration's online hours: everybody's thirty, entered once."""

import random
from collections import Counter
from types import SimpleNamespace

from assessment.programme.models import Participant
from assessment.training.models import ClaimState, HourClaim
from portal.demo import providers
from tests.cast import World, acting
from tests.stories import programme


def test_everybody_of_the_schools_gets_thirty_hours_once(in_alpha: World) -> None:
    year = programme(in_alpha.alpha)
    east = in_alpha.alpha.schools[0].school
    walking = SimpleNamespace(
        demo=SimpleNamespace(county=in_alpha.alpha.county, programme=year),
        office=acting(in_alpha.alpha["county-office"]),
        teachers=SimpleNamespace(
            participants=lambda school: list(
                Participant.objects.filter(school=school).select_related("person", "school")
            )
        ),
        rng=random.Random(1),
        counts=Counter(),
    )
    for _twice in range(2):
        providers.walk(walking, [east])  # type: ignore[arg-type]
    people = Participant.objects.filter(school=east).count()
    hours = HourClaim.objects.filter(state=ClaimState.RECOGNISED).values_list("hours", flat=True)
    assert (len(hours), sum(hours)) == (3 * people, 30 * people)
    assert walking.counts["online hours entered"] == 3 * people
    assert HourClaim.objects.exclude(state=ClaimState.RECOGNISED).count() == 0

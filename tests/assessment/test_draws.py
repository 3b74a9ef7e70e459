"""Planning, drawing, enlarging and repeating a spot check at the county office."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.checks import draws_can_be_repeated
from assessment.checking.drawing.models import Draw, Enlargement
from assessment.checking.drawing.records import faults_of
from assessment.checking.drawing.sampling import order
from assessment.checking.models import SchoolReturn
from assessment.submitting.models import Submission, SubmissionState
from tests.cast import World
from tests.stories import draw_all, drawn_case, filed_return, submission_at

PLAN = {"claim": "county", "tolerance": 10, "confidence": 95, "percent": 100}


def office(name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=["alpha", *args])


@pytest.fixture(scope="module", autouse=True)
def passed(common_ground: World) -> Submission:
    """One submission of the first school has passed before every test."""
    return submission_at(common_ground.alpha, common_ground.alpha.schools[0], SubmissionState.PASSED)


@pytest.fixture
def filed(world: World) -> SchoolReturn:
    """The passed submission is listed in a filed return."""
    return filed_return(world.alpha, world.alpha.schools[0])


@pytest.fixture
def drawn(world: World, passed: Submission) -> SpotCheckCase:
    """A case of the first school with the expert."""
    return drawn_case(world.alpha, world.alpha.schools[0], passed)


def state_of(row) -> int:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        return type(row).objects.get(pk=row.pk).state


def test_a_plan_says_what_it_would_prove_and_is_committed_before_the_draw(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    page = client.get(office("draws-plan"), {"ids": [filed.pk]})
    assert (page.context["proposal"].size, page.context["proposal"].most_bad) == (1, 0)
    wrong = client.post(office("draws-freeze"), {"ids": [filed.pk], "claim": "strata"})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (
        422, ["confidence", "stratum_by", "tolerance"],
    )  # fmt: skip
    client.post(office("draws-freeze"), {"ids": [filed.pk], **PLAN})
    with scopes_disabled():
        planned = Draw.objects.get()
    shown = client.get(office("draw", planned.pk)).content.decode()
    assert (planned.seed in shown, planned.seed_sha256 in shown) == (False, True)
    commitment = json.loads(client.get(office("draw-record", planned.pk)).content)
    assert ("seed" in commitment["record"], faults_of(commitment)) == (False, [])
    refused = client.post(office("county-return-send-back", filed.pk), {"note": "Look again."})
    assert (refused.status_code, state_of(filed)) == (302, 3)
    client.post(office("draw-abandon", planned.pk))
    client.post(office("draw-make", planned.pk))
    client.post(office("draws-freeze"), {"ids": [filed.pk], **PLAN})
    with scopes_disabled():
        again = Draw.objects.exclude(pk=planned.pk).get()
        assert not SpotCheckCase.objects.exists()
    client.post(office("draw-make", again.pk), {"words": "Rain at noon"})
    record = json.loads(client.get(office("draw-record", again.pk)).content)
    with scopes_disabled():
        cases = list(SpotCheckCase.objects.values_list("submission_id", flat=True))
    assert (record["record"]["words"], record["record"]["cases"], faults_of(record)) == (
        "Rain at noon", cases, [],
    )  # fmt: skip


def test_a_changed_frame_is_not_drawn_from(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    client.post(office("draws-freeze"), {"ids": [filed.pk], **PLAN})
    with scopes_disabled():
        planned = Draw.objects.get()
        Draw.objects.update(frame=[*planned.frame, [planned.frame[0][0] + 1, ""]])
    client.post(office("draw-make", planned.pk))
    with scopes_disabled():
        assert Draw.objects.get().drawn_at is None
        assert not SpotCheckCase.objects.exists()


def test_a_record_is_repeated_on_the_command_line(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as, tmp_path
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    text = client.get(office("draw-record", drawn.draw_id)).content.decode()
    path, out = tmp_path / "draw.json", StringIO()
    path.write_text(text, encoding="utf-8")
    call_command("redraw", str(path), stdout=out, stderr=StringIO())
    assert out.getvalue().split() == [str(drawn.submission_id)]
    path.write_text(text.replace('"words": ""', '"words": "others"'), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("redraw", str(path), stdout=out, stderr=StringIO())


def test_an_enlargement_goes_on_in_the_same_order(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    east = world.alpha.schools[0]
    for code in ("A5", "A9"):
        submission_at(world.alpha, east, SubmissionState.PASSED, code=code)
    made = draw_all(world.alpha, [filed_return(world.alpha, east)], size=1)
    client = signed_in_as(world.alpha["county-office"])
    client.post(office("draw-enlarge", made.pk), {"size": 3, "why": ""})
    client.post(office("draw-enlarge", made.pk), {"size": 3, "why": "One was overturned."})
    client.post(office("draw-enlarge", made.pk), {"size": 2, "why": "Again."})
    with scopes_disabled():
        cases = list(SpotCheckCase.objects.order_by("position").values_list("submission_id", flat=True))
        assert cases == order([case for case, _stratum in made.frame], "s")
        assert Enlargement.objects.count() == 1
        assert draws_can_be_repeated() == (1, [])
    assert client.get(office("draw", made.pk)).context["verdict"].drawn == 3

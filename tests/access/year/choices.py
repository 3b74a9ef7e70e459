"""Who may open what: what the choosing has beside the choice itself."""

from tests.access.lines import Line, get
from tests.access.stage import Stage

SEES_COUNTY = "county-office county-leader"
ENDORSES = "cio deputy group-head"
LINES: list[Line] = [
    get("assessment:own-tasks", "teacher", lambda s: "The confirmed choice of teacher3", owner="teacher3@east"),
    get("assessment:county-choices", SEES_COUNTY, lambda s: "东风小学"),
    get("assessment:county-choices-points", SEES_COUNTY, lambda s: "A11"),
    get("assessment:county-choices-teachers", "county-office", lambda s: s.east["teacher3"].name),
    get("assessment:school-selection-tasks", ENDORSES, lambda s: "The confirmed choice of teacher3",
        at={"pk": "confirmed_choice"}, in_group=True),
]  # fmt: skip


def give(stage: Stage) -> None:
    """The confirmed choice of the third teacher says whose it is."""
    choice = stage.things["confirmed_choice"]
    type(choice).objects.filter(pk=choice.pk).update(goal="The confirmed choice of teacher3")

"""Whole contents of filings, each with one row, to begin a story with."""

from datetime import datetime

from assessment.programme.models import Programme
from schools.clock import SHANGHAI

YEAR = datetime.now(SHANGHAI).year


def plan_said(year: Programme, **changed: object) -> dict[str, object]:
    """Return the content of a whole development plan with one goal; `changed` fields take the place of its own."""
    goal = {"what": "Lessons with data", "baseline": "30 %", "target": "60 %", "measure": "open lessons"}
    return {
        "problem": "Quiet classes",
        "basis": "Two tablets for each group",
        "goals": [{**goal, "date": year.ends_on.isoformat(), "auto": "chosen"}],
        "measures": "An hour of the group each week",
        "focus": ["A1"],
        **changed,
    }


def scheme_said(year: Programme, **changed: object) -> dict[str, object]:
    """Return the content of a whole whole-school scheme."""
    step = {"what": "Choose and talk over", "date": year.ends_on.isoformat(), "who": "heads"}
    return {
        "focus": ["A1", "A5"],
        "is_limited": False,
        "themes": "Data on learners",
        "steps": [step],
        **changed,
    }


def topic_said(year: Programme, **changed: object) -> dict[str, object]:
    """Return the content of a whole topic plan of a group."""
    session = {"what": "Look at errors", "when": year.ends_on.isoformat(), "hours": "2", "who": "head"}
    return {"problem": "Dull exercises", "points": ["A1"], "sessions": [session], **changed}

"""Who may open what: surveys of needs and self-assessments."""

from datetime import timedelta
from typing import Any

from assessment.surveying.queries import questions_of
from schools.clock import today
from tests.access.lines import Line, Text, get, post
from tests.access.stage import Stage
from tests.assessment.surveys import all_at, answer, closed, drafted, opened

OWN = {"owner": "teacher@west", "at": {"pk": "west_survey"}}
DONE = {"owner": "teacher@west", "at": {"pk": "west_done"}}


def window(_stage: Stage) -> dict[str, Any]:
    return {"title": "Another survey", "opens_on": today(), "closes_on": today() + timedelta(days=3)}


def asks(_stage: Stage) -> dict[str, Any]:
    return {"kind": "scale", "text": "One question more"}


def filled(stage: Stage) -> dict[str, Any]:
    """Return what the sheet of West's survey sends: the middle step."""
    return {f"q{stage.west_question.pk}": 3}


def title_of(name: str) -> Text:
    return lambda s: str(s.things[name].title)


def lines_at(level: str, roles: str) -> list[Line]:
    """Return the lines of a place: the county's surveys, or East's own."""
    draft, going, done = (f"{level}_{name}" for name in ("draft", "open", "done"))
    name = f"assessment:{level}-survey"
    at = {"pk": draft, "question": f"{level}_question"}
    return [
        get(f"{name}s", roles, title_of(draft)),
        post(f"{name}-begin", roles, window),
        get(name, roles, title_of(draft), at={"pk": draft}),
        get(name, roles, title_of(going), at={"pk": going}),
        post(f"{name}-change", roles, window, at={"pk": draft}),
        get(f"{name}-preview", roles, title_of(draft), at={"pk": draft}),
        post(f"{name}-publish", roles, at={"pk": draft}),
        post(f"{name}-close", roles, at={"pk": going}),
        post(f"{name}-renew", roles, at={"pk": done}),
        post(f"{name}-question-add", roles, asks, at={"pk": draft}),
        get(f"{name}-question", roles, lambda s: f"The question of {level}", at=at),
        post(f"{name}-question-change", roles, asks, at=at),
        post(f"{name}-question-move", roles, lambda s: {"to": "down"}, at=at, is_idle=True),
        post(f"{name}-question-remove", roles, at=at),
        get(f"{name}-results", roles, title_of(done), at={"pk": done}),
        get(f"{name}-figures", roles, title_of(done), at={"pk": done}),
        get(f"{name}-plot", roles, lambda s: "The question of", at={"pk": done, "plot": f"{level}_plot"}),
    ]


LINES: list[Line] = [
    get("assessment:surveys", "teacher", title_of("west_survey"), owner="teacher@west"),
    get("assessment:survey", "teacher", title_of("west_survey"), **OWN),
    post("assessment:survey-save", "teacher", filled, status=200, **OWN),
    post("assessment:survey-send", "teacher", filled, **OWN),
    get("assessment:survey-result", "teacher", title_of("west_done"), **DONE),
    get("assessment:survey-result-plot", "teacher", title_of("west_done"), **DONE),
    get("assessment:own-recommendations", "teacher", lambda s: f"/me/surveys/{s.west_done.pk}/result/",
        owner="teacher@west"),
    *lines_at("county", "county-office"),
    *lines_at("school", "cio"),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Of the county and of East a draft, an open and a closed survey; of West one to fill and one filled."""
    alpha, east, west = stage.world.alpha, stage.east, stage.west
    for level, school in (("county", None), ("school", east)):
        asked = {"kind": "scale", "text": f"The question of {level}", "is_required": True}
        draft = drafted(alpha, school, title=f"Draft of {level}", from_template="needs")
        first = questions_of(draft)[0]
        type(first).objects.filter(pk=first.pk).update(text=asked["text"], text_en="")
        done = opened(alpha, school, [asked], title=f"Closed of {level}", is_anonymous=True)
        for key in ("teacher", "teacher2", "teacher3", "teacher4", "teacher5"):
            answer(done, east[key], {questions_of(done)[0].pk: [4]})
        stage.things |= {
            f"{level}_draft": draft, f"{level}_question": first,
            f"{level}_open": opened(alpha, school, [asked], title=f"Open of {level}", is_anonymous=True),
            f"{level}_done": closed(alpha, done, school), f"{level}_plot": f"question-{questions_of(done)[0].pk}",
        }  # fmt: skip
    stage.things["west_survey"] = opened(alpha, west, title="Asked at West")
    stage.things["west_question"] = questions_of(stage.west_survey)[0]
    filled_in = opened(alpha, west, title="Self-assessment of West", from_template="self-assessment")
    answer(filled_in, west["teacher"], all_at(filled_in, 2))
    stage.things["west_done"] = filled_in

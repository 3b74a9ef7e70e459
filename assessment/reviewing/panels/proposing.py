"""Whom to ask for which submission, and what cannot be assigned, with the reason in words."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panels.conflicts import conflicts_of
from assessment.reviewing.panels.members import Member, Panel, panel_of
from assessment.reviewing.panels.spreading import Case, Spreader
from assessment.reviewing.standing import Standing, rule_of, standings
from assessment.submitting.models import Submission
from schools.organisations.models import School


@dataclass
class Proposal:
    """Pairs to ask, and (submission, sentence) for each that stays short of somebody."""

    pairs: list[tuple[Case, Member]] = field(default_factory=list)
    short: list[tuple[Submission, str]] = field(default_factory=list)


def open_load(members: Sequence[Member]) -> Counter[int]:
    """Return how many open reviews the members hold, at any school, by person id."""
    rows = Review.objects.filter(person__in=[one.pk for one in members], state=ReviewState.ASSIGNED)
    return Counter(rows.values_list("person_id", flat=True))


def earlier_judges(submissions: Sequence[Submission]) -> dict[int, frozenset[int]]:
    """Return who finished a review of an earlier attempt, by submission id; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Review.objects.filter(
        submission__in=[row.pk for row in submissions], state=ReviewState.FINISHED
    ).exclude(attempt__in=[row.newest for row in submissions])  # type: ignore[attr-defined]
    for submission_id, person_id in rows.values_list("submission_id", "person_id"):
        found[submission_id].add(person_id)
    return defaultdict(frozenset, {pk: frozenset(people) for pk, people in found.items()})


def case_for(
    submission: Submission, standing: Standing, panel: Panel, earlier: frozenset[int], needed: int
) -> Case:
    """Return a submission of `with_newest` as the spreader wants it."""
    least = rule_of(submission, "reciprocal_from")
    return Case(
        submission=submission,
        needed=needed,
        taken=standing.asked | standing.barred,
        earlier=earlier,
        bars_reciprocal=least is not None and len(panel.askable) >= int(least),
        needs_outsider=bool(rule_of(submission, "needs_outsider")),
        is_third=len(standing.asked) >= standing.needed,
    )


def cases_of(submissions: Sequence[Submission], panel: Panel, needed: int | None = None) -> list[Case]:
    """Return the submissions (of `with_newest`) that lack somebody; `needed` asks for so many of each."""
    standing, earlier = standings(submissions), earlier_judges(submissions)
    cases = []
    for row in submissions:
        lacking = standing[row.pk].missing if needed is None else needed
        if lacking:
            cases.append(case_for(row, standing[row.pk], panel, earlier[row.pk], lacking))
    return cases


def propose(school: School, submissions: Sequence[Submission], needed: int | None = None) -> Proposal:
    """Spread submissions of one school over its panel; a fixed number of queries for any number of them."""
    panel, found = panel_of(school), Proposal()
    cases = cases_of(submissions, panel, needed)
    if not cases:
        return found
    spreader = spreader_for(panel, cases)
    for case in cases:
        refusal = shortage(panel, case.submission)
        if refusal:
            found.short.append((case.submission, refusal))
            continue
        whys = [why for one in spreader.members if (why := spreader.why_not(one, case))]
        chosen = spreader.choose(case)
        found.pairs += [(case, one) for one in chosen]
        if len(chosen) < case.needed:
            found.short.append((case.submission, lacking(case.needed - len(chosen), whys)))
    found.pairs = spreader.even_out(found.pairs)
    return found


def spreader_for(panel: Panel, cases: Sequence[Case]) -> Spreader:
    """Return the panel's people with their load and conflicts, ready to be spread over."""
    members = panel.askable
    conflicts = conflicts_of([one.pk for one in members], cases[0].submission.programme)
    return Spreader.over(members, conflicts, open_load(members), sum(case.needed for case in cases))


def shortage(panel: Panel, submission: Submission) -> str:
    """Return the sentence that the rules of the programme set against asking anybody, or an empty text."""
    refusal = panel.shortage(
        int(rule_of(submission, "panel_least")), bool(rule_of(submission, "needs_outsider"))
    )
    return str(refusal) if refusal else ""


def lacking(missing: int, whys: Sequence[str]) -> str:
    """Return in words why so many people more could not be found."""
    sentence = ngettext(
        "%d reviewer could not be found on the panel.",
        "%d reviewers could not be found on the panel.",
        missing,
    )
    counted = Counter(_("is asked already") if why == "taken" else why for why in whys)
    reasons = _("; ").join(f"{count} × {why}" for why, count in counted.items())
    return f"{sentence % missing} {reasons}".strip() if reasons else sentence % missing

"""The digest of a week: who hangs behind with what, for those who can do something about it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.programme.models import Programme
from assessment.reminding.duties.pending import Pending, county_page, school_page
from assessment.reminding.duties.table import DIGEST, DUTIES, OF_TEACHERS, Duty
from assessment.reminding.look import Look
from assessment.reminding.mailing import Details
from assessment.reminding.rules import rules_of
from assessment.reminding.telling import Word, tell_once
from schools.people.models import Person

IN_DIGESTS: tuple[Duty, ...] = (*OF_TEACHERS, DUTIES["review"])
OF_SCHOOL = gettext_noop(
    "This week: people of your school with something open: %(people)d. See whom to help."
)
OF_PRINCIPAL = gettext_noop(
    "This week: people of your school with something open: %(people)d. Your CIO has the names."
)
OF_GROUP = gettext_noop("This week: people of your group with something open: %(people)d. See whom to help.")
OF_COUNTY = gettext_noop("This week: schools with people who hang behind: %(schools)d; people: %(people)d.")
Behind = Mapping[str, Sequence[Pending]]
Wording = Callable[[Sequence[Pending]], str]


def digest(programme: Programme, day: date) -> int:
    """Send the digests of the day's week, each person's once; returns how many were told now."""
    rule = rules_of(programme)[DIGEST.key]
    if not rule.is_on:
        return 0
    return len(tell_once(programme, words_of(Look(programme, day), by_mail=rule.by_mail)))


def words_of(look: Look, *, by_mail: bool = True) -> list[Word]:
    """Return one digest per person; who holds several roles gets that of the widest."""
    behind = {duty.key: duty.rows(look) for duty in IN_DIGESTS}
    names = names_of({row.person_id for rows in behind.values() for row in rows})
    year, week, _weekday = look.day.isocalendar()
    step = f"{DIGEST.key}:{year}-W{week:02d}"
    found: dict[int, Word] = {}
    for person, sentence, rows, wording, url in digests_of(look, behind, names):
        people = {row.person_id for some in rows.values() for row in some}
        if not people:
            continue
        schools = {row.school_id for some in rows.values() for row in some}
        word = Word(
            duty=DIGEST.key,
            step=step,
            person_id=person,
            school_id=next(iter(schools)) if len(schools) == 1 else None,
            due=None,
            sentence=sentence,
            values={"people": len(people), "schools": len(schools)},
            url=url,
            by_mail=by_mail,
            details=details_of(rows, wording),
        )
        found.setdefault(person, word)
    return list(found.values())


def digests_of(
    look: Look, behind: Behind, names: Mapping[int, str]
) -> Iterable[tuple[int, str, Behind, Wording, str]]:
    """Yield person, sentence, rows, how the rows are worded, and address; the widest role first."""
    by_name: Wording = lambda rows: _(", ").join(sorted({names[row.person_id] for row in rows}))  # noqa: E731
    for person in look.holders["county-office"].get(None, []):
        by_school: Wording = lambda rows: schools_said(look, rows)  # noqa: E731
        yield person, OF_COUNTY, behind, by_school, county_page(look, "county-flags")
    for role, sentence, wording, page in (
        ("cio", OF_SCHOOL, by_name, "school-flags"),
        ("principal", OF_PRINCIPAL, counted, "school-home"),
    ):
        for person, schools in answered_by(look, role).items():
            rows = at(behind, lambda row, here=schools: row.school_id in here)  # type: ignore[misc]
            yield person, sentence, rows, wording, school_page(look, page, min(schools))
    for group, heads in look.holders["group-head"].items():
        members = {row.person_id: row for row in look.participants.values() if row.group_id == group}
        rows = at(behind, lambda row, here=members: row.person_id in here)  # type: ignore[misc]
        for person in heads if members else ():
            school = next(iter(members.values())).school_id
            others = at(rows, lambda row, own=person: row.person_id != own)  # type: ignore[misc]
            yield person, OF_GROUP, others, by_name, school_page(look, "school-flags", school)


def answered_by(look: Look, role: str) -> dict[int, set[int]]:
    """Return the schools for which each holder of a role answers, managed ones included."""
    found: dict[int, set[int]] = defaultdict(set)
    for school in look.enrolled_schools:
        for person in look.officers(role, school):
            found[person].add(school)
    return found


def at(behind: Behind, holds: Callable[[Pending], bool]) -> Behind:
    return {key: [row for row in rows if holds(row)] for key, rows in behind.items()}


def details_of(rows: Behind, wording: Wording) -> Details:
    """Return one line per duty with somebody behind."""
    lines: list[tuple[str | Promise, str]] = []
    lines += [(DUTIES[key].label, wording(some)) for key, some in rows.items() if some]
    return tuple(lines)


def counted(rows: Sequence[Pending]) -> str:
    return str(len({row.person_id for row in rows}))


def schools_said(look: Look, rows: Sequence[Pending]) -> str:
    """Return the schools with how many people each, nobody by name."""
    counts = Counter({row.school_id: 0 for row in rows})
    counts.update(school for school, _person in {(row.school_id, row.person_id) for row in rows})
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], look.schools[pair[0]].pinyin))
    return _(", ").join(f"{look.schools[school].name} {count}" for school, count in ordered)


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "name"))

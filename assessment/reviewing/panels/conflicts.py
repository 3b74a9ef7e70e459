"""Who is too near to whom to judge: declared relations, and pairs who would judge each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panels.models import Relation, RelationKind

OWN = _("nobody judges their own work")
RECIPROCAL = _("this teacher judges their work in turn")
WORDS: dict[str, str | Promise] = {
    RelationKind.FAMILY: _("of the same family"),
    RelationKind.PREPARATION: _("prepares lessons together with the teacher"),
    RelationKind.OTHER: _("declared to be too near to the teacher"),
}


def open_relations(people: Iterable[int] | None = None) -> QuerySet[Relation]:
    """Return the declared relations that hold, of all the county or of those who touch `people` (ids)."""
    rows = Relation.objects.filter(ended_at__isnull=True)
    if people is None:
        return rows
    ids = list(people)
    return rows.filter(Q(person__in=ids) | Q(other__in=ids))


def relations_among(people: Iterable[int] | None = None) -> dict[frozenset[int], str]:
    """Return the kind of relation by pair of person ids, in one query; of those who touch `people`, or all."""
    rows = open_relations(people).values_list("person_id", "other_id", "kind")
    return {frozenset((person, other)): kind for person, other, kind in rows}


def conflicting_with(person: int) -> set[int]:
    """Return the ids of the people who may not judge this person's work: themselves and their relations."""
    return {person, *(one for pair in relations_among([person]) for one in pair)}


@dataclass
class Conflicts:
    """What stands between people: relations by pair, and, by judge, whose work they judge already."""

    relations: dict[frozenset[int], str] = field(default_factory=dict)
    judged: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def between(self, judge: int, teacher: int, *, bars_reciprocal: bool = False) -> str | Promise:
        """Return why the one may not judge the other's work, or an empty text."""
        if judge == teacher:
            return OWN
        if kind := self.relations.get(frozenset((judge, teacher))):
            return WORDS[kind]
        if bars_reciprocal and judge in self.judged.get(teacher, ()):
            return RECIPROCAL
        return ""

    def note(self, judge: int, teacher: int) -> None:
        """Remember that the one now judges the other's work."""
        self.judged[judge].add(teacher)


def conflicts_of(judges: Sequence[int], programme: Programme) -> Conflicts:
    """Return the conflicts of these people (ids) in a programme, in two queries."""
    found = Conflicts(relations_among(judges))
    rows = Review.objects.filter(
        Q(person__in=judges) | Q(submission__person__in=judges), submission__programme=programme
    ).exclude(state=ReviewState.RELEASED)
    for judge, teacher in rows.values_list("person_id", "submission__person_id"):
        found.note(judge, teacher)
    return found

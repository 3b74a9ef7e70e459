"""Spreading work over people: least loaded first, conflicts respected, groups mixed; it knows no database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from assessment.reviewing.panels.conflicts import Conflicts
from assessment.reviewing.panels.members import Member
from assessment.submitting.models import Submission

MOST_FOR_OUTSIDERS = 2  # an outsider carries at most so many times the even share


@dataclass
class Case:
    """One submission that waits: how many people it lacks, who is asked, and the rules it falls under."""

    submission: Submission
    needed: int
    taken: set[int] = field(default_factory=set)
    earlier: frozenset[int] = frozenset()
    bars_reciprocal: bool = False
    needs_outsider: bool = False
    is_third: bool = False

    @property
    def teacher(self) -> int:
        return self.submission.person_id


@dataclass
class Spreader:
    """People with their load; `choose` picks for one case after the other."""

    members: list[Member]
    conflicts: Conflicts
    load: Counter[int]
    outsiders: set[int] = field(default_factory=set)
    most_for_outsiders: float = float("inf")

    @classmethod
    def over(cls, members: list[Member], conflicts: Conflicts, load: Counter[int], wanted: int) -> "Spreader":
        """Return a spreader for `wanted` pieces more; outsiders carry a bounded multiple of the even share."""
        outsiders = {one.pk for one in members if one.is_outsider}
        total = wanted + sum(load[one.pk] for one in members)
        most = max(1.0, MOST_FOR_OUTSIDERS * total / max(1, len(members)))
        return cls(members, conflicts, load, outsiders, most)

    def why_not(self, member: Member, case: Case) -> str:
        """Return why somebody cannot be asked for a case, or an empty text."""
        return str(self.conflicts.between(member.pk, case.teacher, bars_reciprocal=case.bars_reciprocal)) or (
            "taken" if member.pk in case.taken else ""
        )

    def free(self, case: Case) -> list[Member]:
        return [one for one in self.members if not self.why_not(one, case)]

    def rank(self, member: Member, case: Case) -> tuple[bool, int, bool, bool, int]:
        """The less loaded first (who judged an earlier attempt a little before), other groups, then by id.

        Where nobody judges their own judge, those who judge this teacher already come first of all: each
        further one would be lost as a teacher whom the panel's people can judge.
        """
        is_same_group = (
            member.person.group_id is not None and member.person.group_id == case.submission.person.group_id
        )
        load = self.load[member.pk] - (member.pk in case.earlier)
        return self.opens_a_pair(member, case), load, is_same_group, member.decides, member.pk

    def opens_a_pair(self, member: Member, case: Case) -> bool:
        """Say whether two people of the panel would stand as judge and judged for the first time."""
        if not case.bars_reciprocal or all(one.pk != case.teacher for one in self.members):
            return False
        return case.teacher not in self.conflicts.judged.get(member.pk, ())

    def choose(self, case: Case) -> list[Member]:
        """Pick as many as the case lacks, or all there are; they are taken from then on."""
        free = sorted(self.free(case), key=lambda one: self.rank(one, case))
        chosen: list[Member] = []
        if case.needs_outsider and not case.taken & self.outsiders:
            guests = [one for one in free if one.is_outsider and self.load[one.pk] < self.most_for_outsiders]
            chosen = guests[:1]
        chosen = (chosen + [one for one in free if one not in chosen])[: case.needed]
        for one in chosen:
            self.give(one.pk, case)
        return chosen

    def give(self, person: int, case: Case) -> None:
        self.load[person] += 1
        case.taken.add(person)
        self.conflicts.note(person, case.teacher)

    def take(self, person: int, case: Case) -> None:
        self.load[person] -= 1
        case.taken.discard(person)

    def even_out(self, pairs: list[tuple[Case, Member]]) -> list[tuple[Case, Member]]:
        """Return the pairs with pieces moved from the most to the least loaded, while that brings them nearer."""
        pairs = list(pairs)
        for _turn in range(len(pairs)):
            move = self.best_move(pairs)
            if move is None:
                break
            place, target = move
            case, before = pairs[place]
            self.take(before.pk, case)
            self.give(target.pk, case)
            pairs[place] = (case, target)
        return pairs

    def best_move(self, pairs: Iterable[tuple[Case, Member]]) -> tuple[int, Member] | None:
        """Return which pair goes to whom: from the heaviest that has one to the lightest who may take it."""
        lightest = sorted(self.members, key=lambda one: (self.load[one.pk], one.pk))
        numbered = sorted(enumerate(pairs), key=lambda row: -self.load[row[1][1].pk])
        for place, (case, holder) in numbered:
            for target in lightest:
                if self.load[holder.pk] - self.load[target.pk] < 2:
                    break
                if not self.why_not(target, case) and self.keeps_outsider(case, holder, target):
                    return place, target
        return None

    def keeps_outsider(self, case: Case, holder: Member, target: Member) -> bool:
        """A piece that needs somebody from outside does not lose its only one."""
        if not case.needs_outsider or not holder.is_outsider or target.is_outsider:
            return True
        return bool((case.taken - {holder.pk}) & self.outsiders)

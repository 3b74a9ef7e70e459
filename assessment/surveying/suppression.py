"""Which parts of the people a result must not show: those under five, and whatever would let one count them out.

People are bits of an integer, a part is the set of its people; so all parts of all breakdowns can be held against
each other, also where one breakdown lies inside another (schools in school stages, groups in subjects).
"""

from collections.abc import Hashable, Mapping

LEAST = 5
Parts = Mapping[Hashable, int]


def size(people: int) -> int:
    """Return how many people a set holds."""
    return people.bit_count()


def hidden_parts(breakdowns: Mapping[str, Parts], whole: int) -> dict[str, set[Hashable]]:
    """Return for each breakdown the parts not to be shown; `whole` is the set of all who answered.

    Where fewer than five answered in all, every part is hidden.
    """
    if size(whole) < LEAST:
        return {name: set(parts) for name, parts in breakdowns.items()}
    hidden = {
        name: {key for key, people in parts.items() if size(people) < LEAST}
        for name, parts in breakdowns.items()
    }
    while True:
        found = next_to_hide(breakdowns, whole, hidden)
        if found is None:
            return hidden
        name, key = found
        hidden[name].add(key)


def next_to_hide(
    breakdowns: Mapping[str, Parts], whole: int, hidden: Mapping[str, set[Hashable]]
) -> tuple[str, Hashable] | None:
    """Return a shown part by which a hidden group of people could be counted out, or None."""
    shown = {
        name: {key: people for key, people in parts.items() if key not in hidden[name]}
        for name, parts in breakdowns.items()
    }
    for name, parts in shown.items():
        masks = {breakdowns[name][key] for key in hidden[name]}
        for outer, around in wholes(shown, whole):
            if outer == name:
                continue
            inside = {key: people for key, people in parts.items() if people & ~around == 0}
            rest = around
            for people in inside.values():
                rest &= ~people
            if inside and (0 < size(rest) < LEAST or rest in masks):
                return name, min(inside, key=lambda key: (size(inside[key]), str(key)))
    return None


def wholes(shown: Mapping[str, Parts], whole: int) -> list[tuple[str, int]]:
    """Return every set whose figures can be read: the whole, and each shown part with its breakdown's name."""
    return [("", whole), *((name, people) for name, parts in shown.items() for people in parts.values())]


def hidden_counts(counts: Mapping[Hashable, int], hidden: set[Hashable]) -> set[Hashable]:
    """Return the parts whose figures of one question are not shown, by how many answered it in each part.

    What is hidden already stays so. A part in which nobody answered shows just that.
    """
    found = {key for key in counts if key in hidden or 0 < counts[key] < LEAST}
    while found:
        rest = sum(counts[key] for key in found)
        filled = [key for key in found if counts[key]]
        if rest == 0 or (rest >= LEAST and len(filled) > 1):
            return found
        shown = [key for key in counts if key not in found and counts[key]]
        if not shown:
            return found
        found.add(min(shown, key=lambda key: (counts[key], str(key))))
    return found

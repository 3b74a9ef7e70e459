"""Two texts side by side: which runs of signs stand in both."""

from collections.abc import Iterator
from dataclasses import dataclass

RUN = 8  # signs; shorter runs are in every text of the same subject
MOST = 12_000  # signs shown of a text


@dataclass(frozen=True)
class Passage:
    """A part of a text; `is_shared` says that the other text has it too."""

    text: str
    is_shared: bool


def side_by_side(one: str, other: str) -> tuple[list[Passage], list[Passage]]:
    """Return both texts cut into passages, what both have marked."""
    one, other = one[:MOST], other[:MOST]
    runs = set(runs_of(one)) & set(runs_of(other))
    return list(passages(one, runs)), list(passages(other, runs))


def runs_of(text: str) -> Iterator[str]:
    """Yield every run of eight signs."""
    return (text[at : at + RUN] for at in range(len(text) - RUN + 1))


def passages(text: str, runs: set[str]) -> Iterator[Passage]:
    """Yield the text in passages, in its order."""
    shared = bytearray(len(text))
    for at, run in enumerate(runs_of(text)):
        if run in runs:
            shared[at : at + RUN] = b"\x01" * RUN
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or shared[at] != shared[start]:
            yield Passage(text[start:at], bool(shared[start]))
            start = at

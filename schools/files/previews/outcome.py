"""What making a preview gives: copies with their sizes, or the reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """One copy for looking at, `name` its file in the folder of copies; sizes in pixels."""

    kind: str
    number: int
    name: str
    mime: str
    width: int
    height: int


@dataclass(frozen=True)
class Outcome:
    """All copies of one file; `pages` counts its pages, also those that were not copied."""

    made: list[Made]
    pages: int | None = None


class Unseen(Exception):
    """A file of which no preview can be made; `reason` is one of the words in showing.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

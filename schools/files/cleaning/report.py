"""What cleaning one file gives."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """What could not be cleaned, in words of showing.LEFT."""

    left: set[str] = field(default_factory=set)


class Uncleaned(Exception):
    """A file of which no cleaned copy can be made; `reason` is one of the words in showing.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

"""The one exception for what people may not do just now: a sentence that they see."""

from django.utils.functional import Promise


class Refused(Exception):
    """Something was asked for that cannot be done; `sentence` says why and what would be right."""

    def __init__(self, sentence: str | Promise, code: str = "refused") -> None:
        super().__init__(str(code))
        self.sentence = sentence
        self.code = code

    def __str__(self) -> str:
        return str(self.sentence)


class Stale(Refused):
    """The page was older than the thing; nothing was changed."""


class Forbidden(Refused):
    """The right for this is missing."""

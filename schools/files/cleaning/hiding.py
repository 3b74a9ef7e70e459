"""Finding what names somebody in a text, and putting boxes in its place; runs without Django."""

import re
from collections.abc import Iterator, Mapping

BOXES = "□□"
LATIN_KINDS = ("pinyin", "account")


class Hiding:
    """Patterns by kind of name; `found` gathers the kinds that were met."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self.patterns = {kind: re.compile(one, re.IGNORECASE) for kind, one in patterns.items() if one}
        self.found: set[str] = set()

    def spans(self, text: str, *, is_latin_too: bool = True) -> list[tuple[int, int]]:
        """Return where names stand in the text, in order and without overlaps, and note their kinds."""
        met: list[tuple[int, int]] = []
        for kind, pattern in self.patterns.items():
            if kind in LATIN_KINDS and not is_latin_too:
                continue
            for match in pattern.finditer(text):
                self.found.add(kind)
                met.append(match.span())
        return list(apart(sorted(met)))

    def hide(self, text: str, *, is_latin_too: bool = True) -> str:
        """Return the text with boxes where names stood."""
        for first, last in reversed(self.spans(text, is_latin_too=is_latin_too)):
            text = f"{text[:first]}{BOXES}{text[last:]}"
        return text

    def hide_across(self, pieces: list[str]) -> list[str]:
        """Hide names also where they run over the borders of pieces that are read as one line."""
        whole = "".join(pieces)
        signs = list(whole)
        for first, last in self.spans(whole):
            signs[first:last] = [BOXES, *([""] * (last - first - 1))]
        made, start = [], 0
        for piece in pieces:
            made.append("".join(signs[start : start + len(piece)]))
            start += len(piece)
        return made

    def stands_in(self, content: bytes) -> bool:
        """Say whether a name stands in bytes that nobody has parsed, in one of the usual writings."""
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            if self.spans(content.decode(coding, "ignore")):
                return True
        return bool(self.spans(content[1:].decode("utf-16-le", "ignore")))


def apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans with overlapping ones joined."""
    held: tuple[int, int] | None = None
    for first, last in spans:
        if held and first < held[1]:
            held = held[0], max(held[1], last)
            continue
        if held:
            yield held
        held = first, last
    if held:
        yield held

"""A text cut into short overlapping pieces, by which two texts are compared."""

import re
import unicodedata

SIGNS, WORDS = 5, 3
LEAST = 200  # signs; a shorter text says nothing about where it comes from
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
LETTERS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return the letters, digits and Chinese signs of a text, small and without anything between."""
    return LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str) -> set[str]:
    """Return every run of five signs of a mainly Chinese text, of three words of another; none if too short."""
    signs = plain(text)
    if len(signs) < LEAST:
        return set()
    if len(HAN.findall(signs)) * 4 >= len(signs):
        return {signs[at : at + SIGNS] for at in range(len(signs) - SIGNS + 1)}
    words = LETTERS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()
    return {" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}

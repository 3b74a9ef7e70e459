"""How alike two fingerprints are, and the slices by which possible pairs are found without comparing all.

A text's signature is cut into 42 slices of three numbers: of two texts that share half of their pieces, some
slice is equal with 99.6 %; of two that share a tenth, with 4 %, and the comparison then tells them apart. A
picture's 64 bits are cut into eight parts and every two parts make a slice: pictures that differ in at most
six bits always share one.
"""

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations

HASHES, ROWS = 126, 3
LEAST_LEFT = 24  # numbers of a signature without which nothing can be said
TEXT_LEAST = 42  # of 100
BITS_MOST = 8  # of 64 that may differ
PARTS, PART = 8, 8


def signed(bits: int) -> int:
    """Return 64 bits as the database's signed number."""
    return bits - (1 << 64) if bits >= 1 << 63 else bits


def unsigned(number: int) -> int:
    return number % (1 << 64)


def numbers(signature: bytes) -> Sequence[int]:
    """Return the numbers of a signature."""
    found = array("I")
    found.frombytes(bytes(signature))
    return found


def bands(signature: bytes, sight: int | None) -> list[int]:
    """Return the slices of a text or of a picture, each as one signed number of 64 bits."""
    parts = text_slices(signature) if signature else picture_slices(sight) if sight is not None else ()
    return sorted({
        signed(int.from_bytes(hashlib.blake2b(part, digest_size=8).digest(), "big")) for part in parts
    })  # fmt: skip


def text_slices(signature: bytes) -> Iterator[bytes]:
    signature = bytes(signature)  # PostgreSQL gives a view of its memory
    size = ROWS * array("I").itemsize
    for place, at in enumerate(range(0, len(signature), size)):
        yield b"text%d:" % place + signature[at : at + size]


def picture_slices(sight: int) -> Iterator[bytes]:
    parts = unsigned(sight).to_bytes(PARTS * PART // 8, "big")
    for first, second in combinations(range(PARTS), 2):
        yield b"sight%d-%d:" % (first, second) + bytes((parts[first], parts[second]))


def text_degree(one: Sequence[int], other: Sequence[int], template: frozenset[int] = frozenset()) -> int:
    """Return how much of two texts is the same, of 100; numbers at the places of `template` do not count."""
    counted = [at for at in range(min(len(one), len(other))) if at not in template]
    if len(counted) < LEAST_LEFT:
        return 0
    shared = sum(one[at] == other[at] for at in counted) / len(counted)
    return round(200 * shared / (1 + shared))


def picture_degree(one: int, other: int) -> int:
    """Return how alike two pictures are, of 100, or 0 where they are different ones."""
    apart = (unsigned(one) ^ unsigned(other)).bit_count()
    return round(100 * (1 - apart / 32)) if apart <= BITS_MOST else 0

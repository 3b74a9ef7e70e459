"""The MinHash signature of a text; datasketch loads with this module alone."""

from array import array

from datasketch import MinHash

from assessment.submitting.likeness.matching import HASHES
from assessment.submitting.likeness.shingles import shingles

SEED, SCHEME = 1, "affine32"  # never change: signatures of earlier years are compared with today's


def signature_of(text: str) -> bytes:
    """Return 126 numbers of 32 bits, or nothing for a text that is too short."""
    found = shingles(text)
    if not found:
        return b""
    drawn = MinHash(num_perm=HASHES, seed=SEED, scheme=SCHEME)
    drawn.update_batch([one.encode() for one in found])
    return array("I", drawn.hashvalues.tolist()).tobytes()

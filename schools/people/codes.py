"""One-time activation codes: 12 signs that cannot be mistaken for each other, kept as a keyed digest only."""

import secrets
import unicodedata

from schools.people.sealing import blind_index

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4


def new_code() -> str:
    """Return a code like `7KQ2-M9XD-4TBC` (59 random bits)."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def digest(code: str) -> str:
    """Return the keyed digest of a code as typed: case, spaces, dashes and full-width signs do not matter."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return blind_index("activation:" + "".join(sign for sign in plain if sign in SIGNS))

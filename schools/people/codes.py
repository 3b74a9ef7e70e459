"""One-time activation codes: 12 signs that cannot be mistaken for each other, kept as a keyed digest only."""

import secrets
import unicodedata

from schools.people.sealing import blind_index

SIGNS = "23456789ACDEFHJKMNPRTUWXY"
SIGNS_EVER_USED = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # slips printed earlier stay good
LOOK_ALIKES = str.maketrans("SZBGVQO0", "5286UDDD")
GROUPS, GROUP_LENGTH = 3, 4
LENGTH = GROUPS * GROUP_LENGTH


def new_code() -> str:
    """Return a code like `7KA2-M9XD-4TRC` (55 random bits)."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def plain(code: str) -> str:
    """Return the letters and digits of a code as typed: case, width, spaces and dashes do not matter."""
    wide_or_small = unicodedata.normalize("NFKC", code).upper()
    return "".join(sign for sign in wide_or_small if sign.isascii() and sign.isalnum())


def digest(code: str) -> str:
    """Return the keyed digest of a code as typed."""
    return blind_index("activation:" + "".join(sign for sign in plain(code) if sign in SIGNS_EVER_USED))


def readings(code: str) -> set[str]:
    """Return digests of all that a code as typed may mean: word for word, and with look-alikes put right."""
    return {digest(code), digest(plain(code).translate(LOOK_ALIKES))}

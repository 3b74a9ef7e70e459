"""Certificate numbers: how one is composed, cleaned of typing habits, and told from a mistyped one."""

import re
import unicodedata

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LARGEST_SERIAL = 999_999
_REGION = re.compile(r"[0-9]{6}")
_POINT = re.compile(r"([A-Z])([0-9]{1,2})")
_NUMBER = re.compile(r"([0-9]{6}-[0-9]{4}-[A-Z][0-9]{2}-[0-9]{6})-([0-9A-Z])")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃─━ー﹘"), "-")
_IGNORED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def compose(region_code: str, year: int, point_code: str, serial: int) -> str:
    """Return a number such as `341324-2022-A06-000123-X`.

    `region_code` is the six digits of the county (GB/T 2260), `year` has four digits, `point_code` is a
    letter and one or two digits (`A6` and `A06` give the same number), `serial` runs from 1 to 999999.
    The last sign is the ISO 7064 MOD 37,36 check character of all digits and letters before it; it finds
    every single mistyped sign and nearly every swap of neighbours. Raises ValueError on anything else.
    """
    if not _REGION.fullmatch(region_code):
        raise ValueError(f"The region code has six digits, not {region_code!r}.")
    if not 1000 <= year <= 9999:
        raise ValueError(f"The year has four digits, not {year!r}.")
    point = _POINT.fullmatch(point_code)
    if point is None or int(point[2]) == 0:
        raise ValueError(f"A point code is a capital letter and a number from 1 to 99, not {point_code!r}.")
    if not 1 <= serial <= _LARGEST_SERIAL:
        raise ValueError(f"The serial runs from 1 to {_LARGEST_SERIAL}, not {serial!r}.")
    body = f"{region_code}-{year}-{point[1]}{int(point[2]):02d}-{serial:06d}"
    return f"{body}-{_check_character(body)}"


def normalise(text: str) -> str:
    """Return `text` as a number is written: capitals, plain digits and dashes, no spaces.

    Full-width signs, the dashes of word processors and Chinese keyboards, and invisible signs are what
    people paste; the result need not be a number.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).upper()
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _IGNORED_CATEGORIES)


def is_well_formed(number: str) -> bool:
    """Whether `number`, once normalised, has the shape and the check character of a certificate number."""
    parts = _NUMBER.fullmatch(normalise(number))
    return parts is not None and _check_character(parts[1]) == parts[2]


def _check_character(body: str) -> str:
    modulus = len(_ALPHABET)
    product = modulus
    for sign in body.replace("-", ""):
        total = (product + _ALPHABET.index(sign)) % modulus or modulus
        product = total * 2 % (modulus + 1)
    return _ALPHABET[(1 - product) % modulus]

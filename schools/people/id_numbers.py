"""The 18-character resident identity number: its check digit and how it is shown."""

import re
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"
SHAPE = re.compile(r"\d{17}[\dX]")


def check_sign(first17: str) -> str:
    """Return the check sign of the first 17 digits (GB 11643)."""
    return CHECK_SIGNS[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def fault(number: str) -> str:
    """Return why `number` is no identity number: "shape", "birth", "check", or "" when it is one."""
    if not SHAPE.fullmatch(number):
        return "shape"
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birth"
    return "" if check_sign(number[:17]) == number[17] else "check"


def masked(number: str) -> str:
    """Show the region and the last two signs only: `3413************2X`."""
    return f"{number[:4]}{'*' * 12}{number[-2:]}" if len(number) == 18 else "*" * len(number)

"""Activation slips to cut out: each carries its code in words and in a QR that opens the page filled in."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno

from schools.people.models import Person


@dataclass(frozen=True)
class Slip:
    """What stands on one slip; `picture` is the QR as a data address."""

    person: Person
    code: str
    picture: str


def slips_of(sheet: Iterable[tuple[Person, str]], address: str) -> list[Slip]:
    """Return a slip for each person and code."""
    return [Slip(person, code, picture_of(address_with(code, address))) for person, code in sheet]


def address_with(code: str, address: str) -> str:
    """Return the address that fills the code in: what stands behind the # reaches no server and no log."""
    return f"{address}#{code}"


def picture_of(text: str) -> str:
    """Return a QR for `text` as a PNG data address, with the quiet border that readers need."""
    return str(segno.make_qr(text, error="m").png_data_uri(scale=5, border=4))

"""Widgets of import-export that turn one cell into a value or refuse it with a code."""

import difflib
import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from import_export.widgets import Widget

from schools.organisations.models import School
from schools.people.id_numbers import SHAPE, fault
from schools.people.sealing import blind_index
from schools.roster.columns import SEXES
from schools.roster.faults import CellFault
from schools.roster.tables import Formula

YEARS_MOST = 60
NAME_MOST = 50
MOBILE = re.compile(r"1[3-9]\d{9}")
HIDDEN = ("Cc", "Cf", "Cs")


def as_text(value: Any) -> str:
    """Return a cell as one line of text without signs that nobody sees; refuses formulas."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime | date):
        value = value.isoformat()[:10]
    text = str(value)
    if not text.isprintable():
        text = "".join(_seen(sign) for sign in text)
    text = " ".join(text.split())
    if isinstance(value, Formula) or text.startswith("="):
        raise CellFault("formula")
    return text


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in HIDDEN else sign


def narrow(value: Any) -> str:
    """Return a cell as text with full-width signs made narrow and all spaces taken out."""
    return unicodedata.normalize("NFKC", as_text(value)).replace(" ", "")


def id_number_of(value: Any) -> str:
    """Return the identity number in a cell; raises CellFault, for every number that is not text above all."""
    if isinstance(value, Formula):
        raise CellFault("formula")
    if value is not None and not isinstance(value, str):
        raise CellFault("numeric-id")
    number = narrow(value).lstrip("'").upper()
    if not number:
        raise CellFault("id-missing")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        raise CellFault("numeric-id")
    if wrong := fault(number):
        raise CellFault(f"id-{wrong}")
    return number


class TextWidget(Widget):
    """Text of at most `most` characters."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = as_text(value)
        if len(text) > self.most:
            raise CellFault("text-long", most=self.most)
        return text


class NameWidget(Widget):
    """A person's name; spaces that only stretch a Chinese name are taken out."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        name = as_text(value)
        if not isinstance(value, str) or not name or SHAPE.fullmatch(narrow(name).upper()):
            raise CellFault("name-missing")
        if not any(sign.isascii() and sign.isalpha() for sign in name):
            name = name.replace(" ", "")
        if len(name) > NAME_MOST:
            raise CellFault("name-long", most=NAME_MOST)
        return name


class IdNumberWidget(Widget):
    """An identity number, given back as its blind index."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return blind_index(id_number_of(value))


class SexWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = as_text(value)
        if text and text not in SEXES:
            raise CellFault("bad-sex", choices="、".join(SEXES))
        return text


class YearsWidget(Widget):
    """A whole number of years, or None."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = narrow(value)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > YEARS_MOST:
            raise CellFault("bad-number", most=YEARS_MOST)
        return int(text)


class PhoneWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = re.sub(r"^(\+?86)(?=1\d{10}$)", "", narrow(value).replace("-", ""))
        if text and not MOBILE.fullmatch(text):
            raise CellFault("bad-phone")
        return text


class EmailWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = narrow(value)
        try:
            if text:
                validate_email(text)
        except ValidationError:
            raise CellFault("bad-email") from None
        return text


class SchoolWidget(Widget):
    """A school of the county by its exact name; in a school's own file that school alone, or nothing."""

    def __init__(self, schools: list[School], own: School | None) -> None:
        super().__init__()
        self.schools = {school.name: school for school in schools}
        self.own = own
        self.nearest: dict[str, str] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> School:
        name = as_text(value)
        if self.own is not None:
            if name in ("", self.own.name):
                return self.own
            raise CellFault("other-school", school=self.own.name)
        if not name:
            raise CellFault("school-missing")
        if name not in self.schools:
            raise self._unknown(name)
        return self.schools[name]

    def _unknown(self, name: str) -> CellFault:
        if not self.schools:
            return CellFault("no-school-at-all")
        if name not in self.nearest:
            (self.nearest[name],) = difflib.get_close_matches(name[:80], self.schools, n=1, cutoff=0)
        return CellFault("unknown-school", nearest=self.nearest[name])

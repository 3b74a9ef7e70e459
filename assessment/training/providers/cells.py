"""Single cells of a provider's file: hours, days and words, each read as the mapping says, or refused."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from assessment.training.providers.models import DateOrder, Unit
from schools.roster.faults import CellFault
from schools.roster.widgets import as_text, narrow

TENTH = Decimal("0.1")
AFTER_NUMBER = re.compile(r"(个?学时|个?课时|个?小时|分钟|hours?|hrs?|h|minutes?|min)$", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,3})[::时小](?:时)?(\d{1,2})(?:[::分](?:\d{1,2}秒?)?)?")
NUMBERS = re.compile(r"\d+")
ORDERS = {DateOrder.YMD: (0, 1, 2), DateOrder.DMY: (2, 1, 0), DateOrder.MDY: (2, 0, 1)}
BETWEEN_WORDS = re.compile(r"[\s、,，;；/|]+")


def hours_in(value: Any, unit: str) -> Decimal:
    """Return hours to a tenth; raises ValueError for what is no amount of time in this unit."""
    if value is None or isinstance(value, bool):
        raise ValueError
    amount = clock_hours(value) if unit == Unit.CLOCK else number_in(value)
    if unit == Unit.MINUTES:
        amount /= 60
    return amount.quantize(TENTH, ROUND_HALF_UP)


def clock_hours(value: Any) -> Decimal:
    """Return hours of `1:30`, of a cell that Excel keeps as a time, or of a length of time."""
    if isinstance(value, timedelta):
        return Decimal(int(value.total_seconds())) / 3600
    if isinstance(value, datetime) and value.year > 1900:
        raise ValueError
    if isinstance(value, time | datetime):
        return Decimal(value.hour * 60 + value.minute) / 60
    found = CLOCK.fullmatch(narrow(value))
    if not found or int(found[2]) > 59:
        raise ValueError
    return Decimal(int(found[1]) * 60 + int(found[2])) / 60


def number_in(value: Any) -> Decimal:
    """Return a number, with a comma or a point before its fraction and perhaps a word behind it."""
    if isinstance(value, time | date | timedelta):
        raise ValueError
    text = AFTER_NUMBER.sub("", narrow(value))
    if re.fullmatch(r"-?\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError from None
    if not number.is_finite() or abs(number) > 100_000:
        raise ValueError
    return number


def day_in(value: Any, order: str) -> date:
    """Return a day from a date cell or from text in this order; raises ValueError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", as_text(value))  # its spaces part the day from the time
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        order = DateOrder.YMD
    numbers = [int(number) for number in NUMBERS.findall(text)[:3]]
    year, month, day = (
        (numbers[place] for place in ORDERS[DateOrder(order)]) if len(numbers) == 3 else (0, 0, 0)
    )
    if year < 1900:
        raise ValueError
    return date(year, month, day)


def is_finished(value: Any, words: str) -> bool:
    """Say whether a cell holds one of the words for finished; `80%` among them means that share at least."""
    try:
        text = narrow(value).lower()
    except CellFault:
        return False
    for word in BETWEEN_WORDS.split(words.strip().lower()):
        if word and (text == word or (word.endswith("%") and reaches(text, word))):
            return True
    return False


def reaches(text: str, word: str) -> bool:
    """Say whether `0.9`, `90` or `90%` reaches `80%`; a bare number up to 1 is a share."""
    try:
        share, least = Decimal(text.rstrip("%")), Decimal(word.rstrip("%"))
    except InvalidOperation:
        return False
    if not text.endswith("%") and share <= 1:
        share *= 100
    return share >= least

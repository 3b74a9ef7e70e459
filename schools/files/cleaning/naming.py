"""What names a person in a text: name, pinyin, account, phone, mail address, identity and training number."""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.files.cleaning.hiding import Hiding
from schools.people.models import Person
from schools.people.sealing import unseal
from schools.pinyin import syllables

KINDS: dict[str, str | Promise] = {
    "name": _("name"),
    "pinyin": _("name in pinyin"),
    "account": _("account name"),
    "phone": _("phone number"),
    "mail": _("mail address"),
    "identity": _("identity number"),
    "training": _("continuing-education number"),
}
SHORTEST = 4  # signs; shorter words in Latin letters stand in too many texts
BETWEEN_SIGNS = r"[\s·•・]*"
BETWEEN_SYLLABLES = r"[\s_.,\-·'’]*"
BETWEEN_DIGITS = r"[\s\-]*"


def hiding_of(person: Person | None) -> Hiding:
    """Return what hides this person in texts."""
    return Hiding(patterns_of(person))


def patterns_of(person: Person | None) -> dict[str, str]:
    """Return a pattern for each kind of name that the person has."""
    if person is None:
        return {}
    user = person.user
    number = unseal(person.id_number_sealed) if person.id_number_sealed else ""
    account = user.username if user else ""
    return {
        "name": of_name(person.name),
        "pinyin": of_pinyin(syllables(person.name)),
        "account": alone(re.escape(account), "A-Za-z0-9") if len(account) >= SHORTEST else "",
        "phone": of_digits(person.phone),
        "mail": alone(re.escape(person.email), "A-Za-z0-9") if person.email else "",
        "identity": of_digits(number),
        "training": alone(spread(person.training_number, BETWEEN_DIGITS), "A-Za-z0-9")
        if len(person.training_number) >= SHORTEST
        else "",
    }


def of_name(name: str) -> str:
    """Return the pattern of a name, also where blanks or dots stand between its signs."""
    signs = re.sub(r"[\s·•・]", "", name)
    return spread(signs, BETWEEN_SIGNS) if len(signs) > 1 else ""


def of_pinyin(parts: list[str]) -> str:
    """Return the pattern of a name in pinyin: family name first or last, with or without blanks."""
    if len(parts) < 2 or len("".join(parts)) < SHORTEST:
        return ""
    turned = [parts, [*parts[1:], *parts[:1]]]
    if len(parts) > 2:
        turned.append([*parts[2:], *parts[:2]])
    return alone("|".join(BETWEEN_SYLLABLES.join(map(re.escape, order)) for order in turned), "A-Za-z")


def of_digits(digits: str) -> str:
    """Return the pattern of a number, also in groups."""
    plain = re.sub(r"[\s\-]", "", digits)
    return alone(spread(plain, BETWEEN_DIGITS), "0-9") if len(plain) >= SHORTEST else ""


def spread(signs: Iterable[str], between: str) -> str:
    return between.join(re.escape(sign) for sign in signs)


def alone(pattern: str, letters: str) -> str:
    """Return the pattern where it is not part of a longer word of these letters."""
    return f"(?<![{letters}])(?:{pattern})(?![{letters}])"

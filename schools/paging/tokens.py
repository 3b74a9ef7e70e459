"""Where a page begins or ends, as a sealed word in the address: names stay out of it, and nobody can make one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError

from schools.paging.keys import Key, value_at
from schools.people.sealing import seal, unseal


def signature(keys: Sequence[Key]) -> str:
    """Return the order in words: a token of another order is none of this one."""
    return ",".join(f"{'-' if key.is_descending else ''}{key.path}" for key in keys)


def token_of(row: Any, keys: Sequence[Key]) -> str:
    """Return the token of a row: its values in the columns of the order."""
    values = [value_at(row, key.path) for key in keys]
    words = [None if value is None else str(value) for value in values]
    return urlsafe_b64encode(seal(json.dumps([signature(keys), *words]))).decode().rstrip("=")


def values_of(token: str, keys: Sequence[Key]) -> list[Any] | None:
    """Return the values that a token holds, or None for no token, a spoiled one, or one of another order."""
    try:
        sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        order, *words = json.loads(unseal(sealed))
        if not token or order != signature(keys):
            return None
        return [
            None if word is None else key.field.to_python(word) for key, word in zip(keys, words, strict=True)
        ]
    except (InvalidTag, TypeError, ValueError, ValidationError):
        return None

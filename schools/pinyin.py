"""Pinyin of names, so that `zs` and `zhang` find 张三, and so that lists stand in Chinese order."""

from typing import Any

from django.db import models
from pypinyin import Style, lazy_pinyin

FULL_MOST, INITIALS_MOST = 240, 80


def spelled(name: str) -> tuple[str, str]:
    """Return full pinyin and initials of `name`, both lower case: ("zhangsan", "zs")."""
    full = "".join(lazy_pinyin(name, style=Style.NORMAL)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return full[:FULL_MOST], initials[:INITIALS_MOST]


def syllables(name: str) -> list[str]:
    """Return the pinyin of each sign of `name`, lower case: ["zhang", "san"]."""
    return [one.lower() for one in lazy_pinyin(name, style=Style.NORMAL) if one.strip(" ·•・")]


class SpelledField(models.CharField):
    """The pinyin of the row's `name`, written anew with every save; the part is "full" or "initials"."""

    def __init__(self, *args: Any, part: str = "full", **kwargs: Any) -> None:
        self.part = part
        kwargs.setdefault("max_length", FULL_MOST if part == "full" else INITIALS_MOST)
        kwargs.update(blank=True, editable=False, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "part": self.part}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        full, initials = spelled(getattr(model_instance, "name", ""))
        value = (full if self.part == "full" else initials)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

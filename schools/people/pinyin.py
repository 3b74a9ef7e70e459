"""Pinyin of names, so that `zs` and `zhang` find 张三."""

from pypinyin import Style, lazy_pinyin


def spelled(name: str) -> tuple[str, str]:
    """Return full pinyin and initials of `name`, both lower case: ("zhangsan", "zs")."""
    full = "".join(lazy_pinyin(name, style=Style.NORMAL)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return full[:120], initials[:40]

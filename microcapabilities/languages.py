"""The choice between the Chinese and the English text of a catalogue row."""

from django.utils.translation import get_language


def in_active_language(zh: str, en: str) -> str:
    """`zh` while a Chinese language is active (zh, zh-hans, zh-hant …), `en` otherwise."""
    return zh if (get_language() or "").lower().startswith("zh") else en

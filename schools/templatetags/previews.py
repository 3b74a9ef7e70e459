"""The template's word for a file shown in place."""

from django import template

from schools.files.cleaning.showing import found_said
from schools.files.models import StoredFile
from schools.files.previews.showing import Shown, shown

register = template.Library()


@register.simple_tag
def preview_of(file: StoredFile, url: str) -> Shown:
    """Return what the preview component shows of `file`, whose original is at `url`."""
    return shown(file, url)


@register.simple_tag
def names_in(file: StoredFile) -> str:
    """Return which kinds of names were met in `file` when it was cleaned, in words."""
    return found_said(file)

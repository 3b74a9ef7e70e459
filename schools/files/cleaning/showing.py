"""A cleaned copy as a page shows it, with a plain sentence on what could not be cleaned."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.files.cleaning.models import Cleaned, CleaningState
from schools.files.cleaning.naming import KINDS
from schools.files.models import StoredFile
from schools.files.previews import showing
from schools.files.previews.showing import Shown

WITH_CLEANED = "file__cleaned__copy__preview"
WITH_CLEANED_COPIES = f"{WITH_CLEANED}__renditions"
WITHHELD = gettext_lazy(
    "This file could not be freed of names, so it is not shown here. Grade by the other pieces, or ask whoever "
    "gave you the work."
)
NOT_IN_PLACE = gettext_lazy("This file cannot be shown in place here. Download it.")
LEFT: dict[str, str | Promise] = {
    "picture": gettext_lazy("What is written or seen in the picture itself could not be taken out."),
    "film": gettext_lazy("What is seen and said in the film itself could not be taken out."),
    "pages": gettext_lazy(
        "What stands on the pages of the PDF could not be taken out, only what lies around them."
    ),
    "pictures": gettext_lazy("Pictures inside the document could not be looked through for names."),
    "taken-out": gettext_lazy(
        "Something that lay inside the document was taken out because it could not be cleaned."
    ),
}


def cleaned_of(file: StoredFile) -> Cleaned | None:
    """Return the cleaned copy's row of a file, read with it or now."""
    found: Cleaned | None = getattr(file, "cleaned", None)
    return found


def ready_copy(file: StoredFile) -> StoredFile | None:
    """Return the cleaned copy of a file where it is ready, else None; never the original."""
    cleaned = cleaned_of(file)
    return cleaned.copy if cleaned and cleaned.state == CleaningState.READY else None


def is_withheld(file: StoredFile) -> bool:
    """Say whether no cleaned copy of the file could be made."""
    cleaned = cleaned_of(file)
    return cleaned is not None and cleaned.state == CleaningState.NONE


def shown_cleaned(file: StoredFile, url: str, *, name: str) -> Shown:
    """Return what is shown of a file to somebody who may not learn whose it is.

    Its cleaned copy should have been read with it: select WITH_CLEANED, prefetch WITH_CLEANED_COPIES.
    """
    copy = ready_copy(file)
    if copy is not None:
        found = showing.shown(copy, url, name=name)
        return replace(found, sentence=NOT_IN_PLACE if found.sentence else "", is_blind=True)
    return Shown(
        name=name,
        url=url,
        fragment_url=f"{url}preview/",
        is_waiting=not is_withheld(file),
        sentence=WITHHELD if is_withheld(file) else "",
        is_blind=True,
        can_open=False,
    )


def left_said(file: StoredFile) -> str:
    """Return in plain words what could not be cleaned; empty where nothing is left or there is no copy."""
    cleaned = cleaned_of(file)
    if cleaned is None or cleaned.state != CleaningState.READY:
        return ""
    return " ".join(str(LEFT[word]) for word in LEFT if word in cleaned.left)


def found_said(file: StoredFile) -> str:
    """Return which kinds of names were met in the file's text, in words; empty where none was."""
    cleaned = cleaned_of(file)
    if cleaned is None or not cleaned.found:
        return ""
    return _(", ").join(str(label) for kind, label in KINDS.items() if kind in cleaned.found)

"""A file as it is shown in place: its pages, picture or film, or a sentence that says why there is none.

The address of each copy is the address of the original with `preview/<kind>/<number>/` behind it, and passes
the same check; `preview/` alone answers with the component, for pages that wait for it.
"""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.files.kinds import Kind
from schools.files.models import Preview, PreviewState, Rendition, RenditionKind, StoredFile

WITH_PREVIEW, WITH_COPIES = "file__preview", "file__preview__renditions"
REASONS: dict[str, str | Promise] = {
    "no-office": _("Office documents cannot be shown in place here. Download the original."),
    "damaged": _("This file could not be shown in place. Download the original."),
    "too-slow": _("This file takes too long to be shown in place. Download the original."),
    "given-up": _("No preview came about after several tries. Download the original."),
}


@dataclass(frozen=True)
class Look:
    """One copy with its address and its size in pixels."""

    number: int
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Shown:
    """All that the preview component shows of one file; `pages_left` counts those that were not copied.

    `is_blind` marks a copy without names, `can_open` that there is something behind `url`.
    """

    name: str
    url: str
    fragment_url: str
    is_waiting: bool
    sentence: str | Promise
    duration: str = ""
    thumbnail: Look | None = None
    picture: Look | None = None
    poster: Look | None = None
    film_url: str = ""
    pages: list[Look] = field(default_factory=list)
    pages_count: int = 0
    is_blind: bool = False
    can_open: bool = True

    @property
    def is_there(self) -> bool:
        """Say whether there is anything to show."""
        return self.is_waiting or bool(self.sentence or self.picture or self.poster or self.pages)

    @property
    def pages_left(self) -> int:
        return self.pages_count - len(self.pages)


def shown(file: StoredFile, url: str, *, name: str = "") -> Shown:
    """Return what is shown of a file whose original is at `url`; `name` replaces its own name.

    Its preview and renditions should have been read with it: select WITH_PREVIEW, prefetch WITH_COPIES.
    """
    preview: Preview | None = getattr(file, "preview", None)
    state = preview.state if preview else ""
    copies = list(preview.renditions.all()) if preview and state == PreviewState.READY else []
    first = {one.kind: look(one, url) for one in reversed(copies)}
    pages = sorted((one for one in copies if one.kind == RenditionKind.PAGE), key=lambda one: one.number)
    film = first.get(RenditionKind.VIDEO)
    reason = preview.reason if preview else ""
    return Shown(
        name=name or file.name,
        url=url,
        fragment_url=f"{url}preview/",
        is_waiting=state == PreviewState.WAITING or (preview is None and file.kind in tuple(Kind)),
        sentence=REASONS.get(reason, REASONS["damaged"]) if state == PreviewState.NONE else "",
        duration=lasting(file.seconds) if file.kind == Kind.VIDEO and file.seconds else "",
        thumbnail=first.get(RenditionKind.THUMBNAIL),
        picture=first.get(RenditionKind.PICTURE),
        poster=first.get(RenditionKind.POSTER),
        film_url=film.url if film else url,
        pages=[look(one, url) for one in pages],
        pages_count=(preview.pages or len(pages)) if preview else 0,
    )


def look(copy: Rendition, url: str) -> Look:
    """Return a copy with its address below that of its original."""
    return Look(copy.number, f"{url}preview/{copy.kind}/{copy.number}/", copy.width, copy.height)


def lasting(seconds: float) -> str:
    """Return a length as 9:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def read_previews(files: list[StoredFile]) -> None:
    """Read previews and copies of files that were read without them: two queries."""
    prefetch_related_objects(files, "preview__renditions")

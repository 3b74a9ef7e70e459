"""The one door: every view names who may open it; a view that names nobody is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase

from schools.access.permissions import Permission

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """What a view asks for: nothing (public), a signed-in person, or one of some permissions here."""

    is_public: bool = False
    permissions: tuple[Permission, ...] = ()


def _with_door(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


def allow(*permissions: Permission) -> Callable[[View], View]:
    """Open the view to those who hold one of `permissions` at the place of the address."""
    return _with_door(Door(permissions=permissions))


def signed_in(view: View) -> View:
    """Open the view to everybody who is signed in; it shows one's own things only."""
    return _with_door(Door())(view)


def public(view: View) -> View:
    """Open the view to everybody."""
    return _with_door(Door(is_public=True))(view)


def door_of(view: Any) -> Door | None:
    """Return the door of `view`, or None where nobody named one."""
    return getattr(view, "door", None)

"""The checker in a portal in which nothing has happened yet."""

from importlib import import_module

from django_scopes import scopes_disabled

from portal.management.commands.check_invariants import ROOMS
from schools.invariants import examine
from tests.cast import World


def test_nothing_examined_is_a_violation(world: World) -> None:
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        assert 11 in {result.number for result in examine() if result.violations}

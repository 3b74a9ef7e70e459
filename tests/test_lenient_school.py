"""A school that lets bad work pass is found by the draw, and its return is put right."""

import json
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django_scopes import scopes_disabled

from portal.management.commands.check_invariants import ROOMS
from schools.invariants import examine

pytestmark = [pytest.mark.scale, pytest.mark.django_db]


def test_a_lenient_school_is_found_and_put_right() -> None:
    said = StringIO()
    call_command("simulate_year", schools=4, teachers=36, seed="7", leniency=0.4, json=True, stdout=said)
    checked = json.loads(said.getvalue())["checked"]
    assert checked["found"] == [checked["lenient"]["school"]]
    assert checked["lenient"]["leniency"] > 0.2
    assert checked["lenient"]["held"] < 80
    assert {"verdict", "after rectification"} < set(checked)
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        assert [(one.number, one.violations[:3]) for one in examine() if one.violations] == []

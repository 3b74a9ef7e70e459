"""Signatures over snapshots: genuine ones hold, everything else does not."""

from base64 import b64encode

import pytest
from pytest_django import Settings

from schools.signing import canonical, is_genuine, sign

SNAPSHOT = {"name": "李晓明", "point": "A6", "credits": 5, "grade": 3}
OLD, NEW = b64encode(b"o" * 32).decode(), b64encode(b"n" * 32).decode()


def test_signature_holds_for_the_same_snapshot_in_any_order() -> None:
    signature = sign(SNAPSHOT)
    assert is_genuine(dict(reversed(SNAPSHOT.items())), signature.key_id, signature.value)


def test_signature_breaks_with_any_change() -> None:
    signature = sign(SNAPSHOT)
    assert not is_genuine({**SNAPSHOT, "grade": 2}, signature.key_id, signature.value)
    assert not is_genuine(SNAPSHOT, "unknown", signature.value)
    assert not is_genuine(SNAPSHOT, signature.key_id, "AAAA")


def test_old_key_still_verifies_after_rotation(settings: Settings) -> None:
    settings.CERTIFICATE_SIGNING_KEYS = {"old": OLD}
    signature = sign(SNAPSHOT)
    settings.CERTIFICATE_SIGNING_KEYS = {"new": NEW, "old": OLD}
    assert is_genuine(SNAPSHOT, signature.key_id, signature.value)
    assert sign(SNAPSHOT).key_id == "new"


def test_canonical_refuses_other_types() -> None:
    with pytest.raises(TypeError):
        canonical({"share": 0.1})

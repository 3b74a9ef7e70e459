"""Signatures over frozen facts (certificates, records of draws): Ed25519, current key first, old keys still verify.

Keys are `settings.CERTIFICATE_SIGNING_KEYS`: key id → base64 of the 32-byte private seed, in order.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_SEED_BYTES = 32


@dataclass(frozen=True)
class Signature:
    """Who signed and what came out: `value` is base64 of the 64 signature bytes."""

    key_id: str
    value: str


def canonical(snapshot: Mapping[str, object]) -> bytes:
    """Return the one UTF-8 JSON text of `snapshot`: keys sorted, no spaces.

    Only str, int, bool, None, list and dict with str keys have one; anything else raises TypeError.
    """
    _refuse_other_types(snapshot, "snapshot")
    text = json.dumps(dict(snapshot), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def sign(snapshot: Mapping[str, object]) -> Signature:
    """Sign `snapshot` with the current key. Raises TypeError as `canonical`, ImproperlyConfigured without key."""
    key_id = next(iter(_seeds()))
    value = _private_key(key_id).sign(canonical(snapshot))
    return Signature(key_id=key_id, value=base64.b64encode(value).decode("ascii"))


def is_genuine(snapshot: Mapping[str, object], key_id: str, value: str) -> bool:
    """Whether `value` is the signature of key `key_id` over `snapshot`; an unknown key or bad base64 is not."""
    known = public_keys()
    return key_id in known and is_signed_with(known[key_id], snapshot, value)


def is_signed_with(public_key: str, snapshot: Mapping[str, object], value: str) -> bool:
    """Whether `value` is a signature over `snapshot` by the owner of `public_key`; both are base64."""
    try:
        signature = base64.b64decode(value, validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, canonical(snapshot))
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def public_keys() -> dict[str, str]:
    """Return key id → base64 of the 32-byte public key, current first, for others to verify with."""
    return {
        key_id: base64.b64encode(_private_key(key_id).public_key().public_bytes_raw()).decode("ascii")
        for key_id in _seeds()
    }


def _seeds() -> Mapping[str, str]:
    seeds: Mapping[str, str] = settings.CERTIFICATE_SIGNING_KEYS
    if not seeds:
        raise ImproperlyConfigured("CERTIFICATE_SIGNING_KEYS holds no key.")
    return seeds


def _private_key(key_id: str) -> Ed25519PrivateKey:
    try:
        seed = base64.b64decode(_seeds()[key_id], validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != _SEED_BYTES:
        raise ImproperlyConfigured(
            f"Certificate signing key {key_id!r} is not base64 of {_SEED_BYTES} bytes."
        )
    return Ed25519PrivateKey.from_private_bytes(seed)


def _refuse_other_types(value: object, place: str) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_other_types(item, f"{place}[{index}]")
        return
    if isinstance(value, dict) or (place == "snapshot" and isinstance(value, Mapping)):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{place} has the key {key!r}, which is not text.")
            _refuse_other_types(item, f"{place}.{key}")
        return
    raise TypeError(f"{place} is {type(value).__name__}, which has no canonical form.")

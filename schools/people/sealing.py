"""Encryption of personal values at rest and the keyed index by which they are found."""

import hashlib
import hmac
import os
from base64 import b64decode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def seal(value: str) -> bytes:
    """Encrypt `value` with AES-GCM; returns nonce and ciphertext in one piece."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(b64decode(settings.PERSONAL_DATA_KEY)).encrypt(nonce, value.encode(), None)


def unseal(sealed: bytes) -> str:
    """Decrypt what `seal` made; raises `InvalidTag` when key or bytes are not the same."""
    sealed = bytes(sealed)
    key = AESGCM(b64decode(settings.PERSONAL_DATA_KEY))
    return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()


def blind_index(value: str) -> str:
    """Return a keyed digest (64 hex signs) that finds an equal value without showing it."""
    return hmac.new(b64decode(settings.BLIND_INDEX_KEY), value.encode(), hashlib.sha256).hexdigest()

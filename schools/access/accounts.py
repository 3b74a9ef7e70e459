"""Sign-in details: nobody signs up by themselves, and second-factor secrets are sealed at rest."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from schools.people.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an activation code only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Keep time-based secrets and recovery seeds encrypted."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text))

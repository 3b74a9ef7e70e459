"""Which addresses a group chat may have: https at one of the known hosts, which lies in the public net."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from schools.refusals import Refused

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Target:
    """An address taken apart: where to connect and what to ask for there."""

    host: str
    port: int
    path: str
    is_secure: bool


def is_development() -> bool:
    return settings.MODE == "development"


def target_of(url: str) -> Target:
    """Take an address apart; refuses one that the portal does not post to."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Refused(_("This is no address."), "url") from None
    if not host or parts.username is not None or parts.password is not None or not parts.path.isprintable():
        raise Refused(_("This is no address."), "url")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    if not path.isascii() or any(sign.isspace() for sign in path):
        raise Refused(_("This is no address."), "url")
    if is_development() and host in LOOPBACK and parts.scheme in ("http", "https"):
        is_secure = parts.scheme == "https"
        return Target(host, port or (443 if is_secure else 80), path, is_secure)
    if parts.scheme != "https" or port not in (None, 443):
        raise Refused(_("The address has to begin with https:// and have no port of its own."), "url")
    if host not in settings.CHAT_HOSTS:
        raise Refused(
            _("The portal posts only to these hosts: %(hosts)s. The administration can add one.")
            % {"hosts": ", ".join(settings.CHAT_HOSTS)},
            "host",
        )
    return Target(host, 443, path, True)


def public_address(target: Target) -> str:
    """Return the numeric address to connect to; refuses a host that leads into a net that is not public.

    The connection is made to this very number: a second answer of the name server has no effect.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        raise Refused(_("This host is not found."), "unknown-host") from None
    numbers = [str(row[4][0]) for row in found]
    if not numbers:
        raise Refused(_("This host is not found."), "unknown-host")
    is_own = is_development() and target.host in LOOPBACK
    if not is_own and not all(is_public(number) for number in numbers):
        raise Refused(_("This host lies in a net that is not public."), "not-public")
    return numbers[0]


def is_public(number: str) -> bool:
    """Say whether a numeric address lies in the public net; an IPv4 address inside an IPv6 one counts as it."""
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast

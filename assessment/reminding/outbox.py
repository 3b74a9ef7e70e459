"""Sending what waits to go out: claimed by compare-and-set, tried again with growing delay, given up in the end."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, Q

from assessment.reminding.models import OutboxStatus, Outgoing
from schools.clock import now

LEASE = timedelta(minutes=5)
MOST_TRIES = 6
FIRST_DELAY = timedelta(minutes=2)
AT_ONCE = 50


def claim(model: type[Outgoing], county_id: int, most: int = AT_ONCE) -> list[Any]:
    """Take at most `most` rows that wait and that nobody else holds; the rows come with the claim's token."""
    moment, token = now(), secrets.token_hex(16)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=moment)
    waiting = model._base_manager.filter(
        free, county_id=county_id, status=OutboxStatus.WAITING, next_try_at__lte=moment
    )
    chosen = list(waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)[:most])
    waiting.filter(pk__in=chosen).update(token=token, lease_until=moment + LEASE)
    mine = model._base_manager.filter(pk__in=chosen, token=token, status=OutboxStatus.WAITING)
    return list(mine.order_by("pk"))


def settle(row: Outgoing, **values: Any) -> bool:
    """Write how a row ended, if the claim still holds; says whether it did."""
    held = type(row)._base_manager.filter(pk=row.pk, token=row.token, status=OutboxStatus.WAITING)
    return bool(held.update(lease_until=None, **values))


def hold(row: Outgoing) -> bool:
    """Keep the claim for another while, just before the row is sent; says whether it still holds."""
    held = type(row)._base_manager.filter(pk=row.pk, token=row.token, status=OutboxStatus.WAITING)
    return bool(held.update(lease_until=now() + LEASE))


def sent(row: Outgoing) -> bool:
    return settle(row, status=OutboxStatus.SENT, sent_at=now(), trouble="")


def off(row: Outgoing) -> bool:
    return settle(row, status=OutboxStatus.OFF)


def failed(row: Outgoing, trouble: str, *, is_final: bool = False) -> bool:
    """Try again after 2, 4, 8 … minutes; after the last try, or where trying is no use, give up."""
    tries = row.tries + 1
    if is_final or tries >= MOST_TRIES:
        return settle(row, status=OutboxStatus.FAILED, tries=tries, trouble=trouble[:200])
    later = now() + FIRST_DELAY * 2 ** (tries - 1)
    return settle(row, tries=F("tries") + 1, next_try_at=later, trouble=trouble[:200], token="")


def send_all(model: type[Outgoing], county_id: int, send: Callable[[list[Any]], None]) -> int:
    """Claim and send batch by batch until nothing waits; returns how many were taken up."""
    taken = 0
    while batch := claim(model, county_id):
        taken += len(batch)
        send(batch)
    return taken


def try_again(row: Outgoing) -> bool:
    """Let a row that was given up wait anew; says whether it stood given up."""
    given_up = type(row)._base_manager.filter(pk=row.pk, status=OutboxStatus.FAILED)
    return bool(
        given_up.update(status=OutboxStatus.WAITING, tries=0, next_try_at=now(), token="", lease_until=None)
    )

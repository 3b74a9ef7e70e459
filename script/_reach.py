"""Asks whether a service answers: `http ADDRESS`, `postgres` (DATABASE_URL) or `redis` (REDIS_URL)."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import psycopg2
import redis


def http(address: str) -> str:
    """Return what is wrong with the page at `address`, or nothing; redirects and refusals are answers too."""
    request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=10):
            return ""
    except urllib.error.HTTPError as error:
        return f"{address} answers with {error.code}" if error.code >= 500 else ""
    except OSError as error:
        return f"{address} does not answer ({error})"


def place(address: str) -> str:
    """Return host and port of a service, without the password its address may carry."""
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def postgres() -> str:
    """Return what keeps the test run from PostgreSQL, or nothing."""
    address = os.environ["DATABASE_URL"]
    try:
        connection = psycopg2.connect(address, connect_timeout=5)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        return f"PostgreSQL does not answer at {place(address)} (DATABASE_URL): {reason}"
    with connection, connection.cursor() as cursor:
        cursor.execute("select rolcreatedb or rolsuper from pg_roles where rolname = current_user")
        may_create = cursor.fetchone() == (True,)
    connection.close()
    return "" if may_create else f"PostgreSQL at {place(address)}: this account may not create databases"


def redis_server() -> str:
    """Return what keeps the test run from Redis, or nothing."""
    address = os.environ["REDIS_URL"]
    try:
        redis.Redis.from_url(address, socket_connect_timeout=5, socket_timeout=5).ping()
    except redis.RedisError as error:
        return f"Redis does not answer at {place(address)} (REDIS_URL): {error}"
    return ""


def main(arguments: list[str]) -> int:
    """Ask the service named first; say what is wrong and return 1 if it does not answer."""
    match arguments:
        case ["http", address]:
            trouble = http(address)
        case ["postgres"]:
            trouble = postgres()
        case ["redis"]:
            trouble = redis_server()
        case _:
            trouble = __doc__ or ""
    if trouble:
        print(trouble, file=sys.stderr)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

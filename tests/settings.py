"""The portal's settings for the test run: development mode, one folder of its own for everything written."""

import os
import tempfile
from urllib.parse import urlsplit

os.environ["PORTAL_MODE"] = "development"
os.environ.update(FSYNC_FILES="no", SQLITE_SYNCHRONOUS="OFF")
folder = os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-tests-"))
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker and not folder.endswith(f"/{worker}"):
    os.environ["VAR_DIR"] = f"{folder}/{worker}"  # parallel tests share neither cache nor files

from portal.settings import *
from portal.settings import CACHES, DATABASES, LOGGING, REDIS_URL, VAR_DIR

LOGGING["loggers"] = {"django.request": {"level": "ERROR"}}  # refusals are expected by the hundred
if REDIS_URL and worker:
    # A test that empties the cache empties a whole database of Redis: each parallel run has one of its own.
    CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{1 + int(worker[2:])}").geturl()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
else:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
if running := os.environ.get("PORTAL_TEST_DATABASE"):
    # A process beside the tests, like a journey's worker, works in the database that they have made.
    DATABASES["default"]["NAME"] = running

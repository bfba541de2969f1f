"""What this machine has for the tests that need more than Python: a PostgreSQL, a Chromium."""

import os
import shutil
from functools import lru_cache

import psycopg

LOCAL_POSTGRES = "postgresql://postgres@localhost:5432/postgres"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@lru_cache
def postgres_url() -> str | None:
    """The address of a server on which databases of our own may be created: the one named, else the local one."""
    url = os.environ.get("BOT_TEST_POSTGRES_URL") or LOCAL_POSTGRES
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            may_create = connection.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return None
    return url if may_create and may_create[0] else None


@lru_cache
def chromium() -> str | None:
    """The path of the browser: the one named, else the first that this machine knows."""
    names = (os.environ.get("BOT_TEST_CHROMIUM", ""), *CHROMIUM_NAMES)
    return next((path for name in names if name and (path := shutil.which(name))), None)

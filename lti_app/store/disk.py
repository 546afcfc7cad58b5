"""How much room the disk of an embedded database has left."""

import shutil
from pathlib import Path

LEAST_MEGABYTES = 500  # a month of a large installation, with its nightly backups


def free_megabytes(database: str) -> int | None:
    """Return the free megabytes on the disk of a database's file; None for a server, which watches its own disk.

    database: the URL of the settings.
    """
    if not database.startswith("sqlite:///"):
        return None
    return shutil.disk_usage(Path(database.removeprefix("sqlite:///")).resolve().parent).free // 1_000_000

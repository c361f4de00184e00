"""Keys that belong to one data folder: made once, readable by their owner alone."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The signing key of this data folder; created on first use with mode 0600."""
    path = home / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key

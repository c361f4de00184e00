"""A PostgreSQL of one's own for one command: `python -m tests.postgres -- pytest pult`.

Starts a fresh cluster in a temporary folder, gives its address to the command in
PULT_DATABASE_URL, and removes it afterwards. initdb refuses root, so root becomes `postgres` or
`nobody` for the server alone. Exit status: the command's own; 3 when there is no PostgreSQL.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_SERVER = 3
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=64MB",
)


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__)
        return 2
    if find("initdb") is None:
        print("No PostgreSQL here: install the package postgresql or leave this part out.")
        return NO_SERVER
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    with cluster() as url:
        return subprocess.call(command, env={**os.environ, "PULT_DATABASE_URL": url})


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; yields its address."""
    folder = Path(tempfile.mkdtemp(prefix="pult-pg-"))
    data, port, user = folder / "data", free_port(), unprivileged_user()
    if user:
        shutil.chown(folder, user)
    try:
        run(user, "initdb", "-D", data, "-U", "pult", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {setting}" for setting in SETTINGS)
        options += f" -p {port} -c listen_addresses=127.0.0.1 -k {folder}"
        run(user, "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://pult@127.0.0.1:{port}/postgres"
        finally:
            run(user, "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find(program: str) -> str | None:
    """The newest PostgreSQL's program, from PATH or Debian's folders."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    return str(versions[0]) if versions else shutil.which(program)


def unprivileged_user() -> str | None:
    """Whom root becomes for the server; None when this is not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def run(user: str | None, program: str, *arguments: object) -> None:
    command = [find(program) or program, *map(str, arguments)]
    subprocess.run(
        command,
        check=True,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

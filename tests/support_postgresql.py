"""A PostgreSQL server of our own for tests and benchmarks: its own folder and user, reached by a socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

SUPERUSER = "postgres"


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest there is; None without them."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places = sorted(debian, key=lambda place: int(place.parent.name) if place.parent.name.isdigit() else 0)
    if (found := shutil.which("initdb")) is not None:
        places.insert(0, Path(found).resolve().parent)
    return next(
        (place for place in reversed(places) if (place / "initdb").exists() and (place / "pg_ctl").exists()), None
    )


def as_server() -> list[str] | None:
    """What to put before a command: the server refuses to run as root. None where there is no other user."""
    if os.geteuid() != 0:
        return []
    if (
        shutil.which("runuser") is None
        or subprocess.run(["id", SUPERUSER], capture_output=True, check=False).returncode
    ):
        return None
    return ["runuser", "-u", SUPERUSER, "--"]


@dataclass
class Cluster:
    """A running server; every database that it makes is a new one."""

    folder: Path
    programs: Path
    options: str = ""
    _numbers: count[int] = field(default_factory=count)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*(as_server() or []), str(self.programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, timeout=120)

    def make(self) -> None:
        self._run("initdb", "-D", str(self.folder / "data"), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def start(self) -> None:
        # The log goes to a file: a pipe would be held open by the server and never end.
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' {self.options}"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def address(self, database: str = SUPERUSER, user: str = SUPERUSER) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = SUPERUSER) -> None:
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def new_database(self, options: str = "") -> str:
        """The address of an empty database."""
        name = f"aligner_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} {options}")
        return self.address(name)


@contextmanager
def cluster(options: str = "") -> Iterator[Cluster]:
    """A new server until the end of the block. `options` as for `postgres`, such as `-c fsync=off`."""
    found = programs()
    if found is None:
        raise RuntimeError("PostgreSQL's server programs are missing")
    # Not pytest's folder, which only root may enter; short, for the path of a socket has 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="aligner-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SUPERUSER)
        server = Cluster(folder, found, options)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

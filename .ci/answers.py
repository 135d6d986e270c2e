"""Starts the app, asks it whether it is well, and ends it:  python3 answers.py COMMAND...

The command says on a line of its output where the app is (http://127.0.0.1:PORT).
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request

SECONDS = 400  # `make app` installs and builds first
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def ask(url: str, end: float) -> str:
    """The answer, once there is one; raises OSError when there was none until `end`."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return f"{url} {answer.status}"
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.5)


def main() -> int:
    server = subprocess.Popen(
        sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    end = time.monotonic() + SECONDS
    stop = threading.Timer(SECONDS, os.killpg, (server.pid, signal.SIGKILL))
    stop.start()
    try:
        for line in server.stdout or ():
            print(line, end="", flush=True)
            if found := ADDRESS.search(line):
                print(ask(f"{found.group()}/_stcore/health", end))
                print(ask(f"{found.group()}/", end))
                return 0
        print(f"the app ended, or said in {SECONDS} s not where it is", file=sys.stderr)
        return 1
    finally:
        stop.cancel()
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


if __name__ == "__main__":
    sys.exit(main())

"""Headers of every answer: what the browser may load and from where, and that nobody else holds our pages.

Who asks under another name than ours, or from a page of another, is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit loads components as modules from blobs, and its charts compile what they draw.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""The content security policy: the browser loads from here alone, and no other page may hold ours in a frame."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


REFUSED = b"This name of the server, or the page that asks, is not one of those it answers (--allow-host).\n"


def middleware(hosts: Sequence[str]) -> list[Middleware]:
    """What every request goes through: it is refused under other names than `hosts` (`*.` before one: all below it),
    and its answer has headers that keep the pages from loading from, or into, anything else."""
    from starlette.middleware import Middleware

    return [Middleware(_Guarded, hosts=tuple(each.strip().lower().rstrip(".") for each in hosts))]


def known(address: str, hosts: Sequence[str]) -> bool:
    """Whether the host of `address` (`//host:port`, or with a scheme) is one of `hosts`."""
    try:
        name = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    return bool(name) and any(
        name.endswith(each[1:]) if each.startswith("*.") else each in (name, "*") for each in hosts
    )


class _Guarded:
    """Refuses who does not belong here; adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                more = [header for header in HEADERS if header[0] not in present]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        if scope["type"] == "http" and not self._ours(scope):
            from starlette.responses import Response

            await Response(REFUSED, 403, media_type="text/plain")(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded if scope["type"] == "http" else send)

    def _ours(self, scope: Scope) -> bool:
        """Streamlit looks at names and origins of its websocket alone."""
        said = [(name, value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [f"//{value}" for name, value in said if name == b"host"]
        origins = [value for name, value in said if name == b"origin"]
        return len(hosts) == 1 and all(known(each, self.hosts) for each in (*hosts, *origins))

"""The gate before every page: who may connect, from where, and what a browser is told to refuse.

It stands before Streamlit's own routes, whose check of a foreign WebSocket origin looks up this
computer's public address on the internet and halts every reader for seconds while it does.
"""

import base64
import hashlib
import ipaddress
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

THIS_COMPUTER = frozenset({"127.0.0.1", "localhost", "[::1]"})
LASTING_FILES = "/static/"  # Streamlit's own scripts and fonts, named by their content
CLOSED = ("/_stcore/metrics", "/_stcore/agent")  # answered to anyone, needed by no page
POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1

REFUSED_BY_BROWSERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_policy(page: Path) -> str:
    """The Content-Security-Policy under which every page works.

    `page` is Streamlit's index.html, whose inline scripts are allowed by their hash. Scripts from
    `blob:` are the dashboard's own components; styles in the page are how Streamlit is drawn.
    """
    inline = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline]
    scripts = " ".join(["'self'", "blob:", *(f"'sha256-{each}'" for each in hashes)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


class Guard:
    """ASGI middleware; `hosts` are allowed beside this computer, under any port."""

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str], local_only: bool, policy: str
    ) -> None:
        self.app = app
        self.hosts = THIS_COMPUTER | {host.lower() for host in hosts}
        self.local_only = local_only
        self.told = REFUSED_BY_BROWSERS | {"Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses what must not connect, and puts the rules for browsers on what is let through."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif reason := self._refusal(scope):
            await _refuse(reason, scope, receive, send)
        else:
            await self.app(scope, receive, self._telling(scope["path"], send))

    def _refusal(self, scope: Scope) -> str:
        """Why this connection is not served, or nothing."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if _name(host) not in self.hosts:
            return "This server does not answer to that host name."
        origin = headers.get("origin")
        if origin is None and scope["type"] == "websocket":
            return "A live connection must name the page it comes from."
        if origin is not None and _place(origin) != host:
            return "A page of another site may not connect."
        if scope["path"].startswith(CLOSED):
            return "This server does not offer that."
        if self.local_only and not _is_this_computer(scope.get("client")):
            return "Without sign-in this server answers this computer only."
        return ""

    def _telling(self, path: str, send: Send) -> Send:
        """`send`, with the security headers, and nothing kept but Streamlit's own files."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.told)
                if not path.startswith(LASTING_FILES):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return told


def _name(host: str) -> str:
    """The host without its port."""
    return re.sub(r":\d{1,5}$", "", host)


def _place(origin: str) -> str | None:
    """Host and port of an origin; None when it is not one of a web page."""
    parts = urlsplit(origin.lower())
    return parts.netloc if parts.scheme in {"http", "https"} else None


def _is_this_computer(client: tuple[str, int] | None) -> bool:
    if client is None:
        return False
    try:
        return ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


async def _refuse(reason: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(code=POLICY_VIOLATION, reason=reason)(scope, receive, send)
    else:
        response = PlainTextResponse(reason, status_code=403, headers=REFUSED_BY_BROWSERS)
        await response(scope, receive, send)

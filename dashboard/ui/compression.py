"""Sends Streamlit's scripts and styles compressed: each is compressed once and then kept.

Streamlit leaves its files as they are, 9 MB for a first visit to a page with a chart. Compressing
them anew for each visitor would take half a second of the processor; kept, they take 6 MB.
"""

import gzip
from http import HTTPStatus

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LASTING_FILES = "/static/"
KINDS = ("text/", "application/javascript", "application/json", "image/svg")
SMALLEST = 1_000  # bytes; below, the header costs more than is won
ROOM = 16_000_000  # bytes kept at most; all of Streamlit's files take 8 MB


class Compression:
    """ASGI middleware for files that never change under their name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, list[Message]] = {}
        self.room = ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_wanted(scope):
            await self.app(scope, receive, send)
            return
        messages = self.kept.get(scope["path"]) or await self._first(scope, receive)
        for message in messages:
            await send(message)

    async def _first(self, scope: Scope, receive: Receive) -> list[Message]:
        """The answer to the first request for a file, kept when it is worth it."""
        messages = await self._answer(scope, receive)
        if self.room > 0 and _is_worth_keeping(messages):
            messages = await to_thread.run_sync(_compressed, messages)
            self.kept[scope["path"]] = messages
            self.room -= len(messages[-1]["body"])
        return messages

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, collect)
        return messages


def _is_wanted(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    accepts = "gzip" in headers.get("accept-encoding", "")
    return accepts and "range" not in headers and scope["path"].startswith(LASTING_FILES)


def _is_worth_keeping(messages: list[Message]) -> bool:
    headers = Headers(raw=messages[0]["headers"])
    lasting = "immutable" in headers.get("cache-control", "")  # not the page shown for a wrong path
    large = int(headers.get("content-length", "0")) >= SMALLEST
    kind = headers.get("content-type", "").startswith(KINDS)
    return messages[0]["status"] == HTTPStatus.OK and lasting and large and kind


def _compressed(messages: list[Message]) -> list[Message]:
    body = gzip.compress(b"".join(m.get("body", b"") for m in messages[1:]), mtime=0)
    start = dict(messages[0], headers=list(messages[0]["headers"]))
    headers = MutableHeaders(scope=start)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    headers.add_vary_header("Accept-Encoding")
    del headers["ETag"]  # it named the uncompressed bytes
    return [start, {"type": "http.response.body", "body": body}]

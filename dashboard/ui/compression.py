"""Sends Streamlit's scripts and styles compressed: each is compressed once and then kept.

Streamlit leaves its files as they are, 9 MB for a first visit to a page with a chart. Compressing
them anew for each visitor would take a second of the processor; kept, they take 6 MB.
"""

import functools
import gzip
from collections.abc import Callable, Mapping
from http import HTTPStatus

import brotli  # type: ignore[import-untyped]  # it ships no types
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LASTING_FILES = "/static/"
KINDS = ("text/", "application/javascript", "application/json", "image/svg")
SMALLEST = 1_000  # bytes; below, the header costs more than is won
WAYS: Mapping[str, Callable[[bytes], bytes]] = {  # by their name in HTTP, the better one first
    "br": functools.partial(brotli.compress, quality=9),  # 10 and 11 take ten times as long
    "gzip": functools.partial(gzip.compress, mtime=0),
}
ROOM = 16_000_000  # bytes kept at most; all of Streamlit's files take 8 MB


class Compression:
    """ASGI middleware for files that never change under their name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[tuple[str, str], list[Message]] = {}
        self.room = ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends a file compressed where the browser takes it so; all else goes through."""
        way = _way(scope)
        if not way:
            await self.app(scope, receive, send)
            return
        kept = self.kept.get((scope["path"], way))
        for message in kept or await self._first(scope, receive, way):
            await send(message)

    async def _first(self, scope: Scope, receive: Receive, way: str) -> list[Message]:
        """The answer to the first request for a file, kept when it is worth it."""
        messages = await self._answer(scope, receive)
        if self.room > 0 and _is_worth_keeping(messages):
            messages = await to_thread.run_sync(_compressed, messages, way)
            self.kept[scope["path"], way] = messages
            self.room -= len(messages[-1]["body"])
        return messages

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, collect)
        return messages


def _way(scope: Scope) -> str:
    """How to compress the answer to this request; nothing when it is to be left as it is."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    headers = Headers(scope=scope)
    if "range" in headers or not scope["path"].startswith(LASTING_FILES):
        return ""
    accepted = {part.strip() for part in headers.get("accept-encoding", "").split(",")}
    return next((way for way in WAYS if way in accepted), "")


def _is_worth_keeping(messages: list[Message]) -> bool:
    headers = Headers(raw=messages[0]["headers"])
    lasting = "immutable" in headers.get("cache-control", "")  # not the page shown for a wrong path
    told = int(headers.get("content-length", "0"))
    large = told >= SMALLEST
    # A reader who leaves while a file is sent cuts it short: that is never kept for the others.
    whole = told == sum(len(message.get("body", b"")) for message in messages[1:])
    kind = headers.get("content-type", "").startswith(KINDS)
    return messages[0]["status"] == HTTPStatus.OK and lasting and large and kind and whole


def _compressed(messages: list[Message], way: str) -> list[Message]:
    body = WAYS[way](b"".join(m.get("body", b"") for m in messages[1:]))
    start = dict(messages[0], headers=list(messages[0]["headers"]))
    headers = MutableHeaders(scope=start)
    headers["Content-Encoding"] = way
    headers["Content-Length"] = str(len(body))
    headers.add_vary_header("Accept-Encoding")
    del headers["ETag"]  # it named the uncompressed bytes
    return [start, {"type": "http.response.body", "body": body}]

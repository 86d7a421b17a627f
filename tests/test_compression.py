"""A file cut short because its first reader left is never kept for those who come after."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import brotli
from starlette.types import Message, Receive, Scope, Send

from ui import compression

SCRIPT = b"export const words = 'the same words again and again';" * 100


class Files:
    """Sends a script, the first time only so much of it as a reader waited for who then left."""

    def __init__(self, first: bytes) -> None:
        self.bodies = [first, SCRIPT]
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"application/javascript"),
            (b"cache-control", b"public, immutable"),
            (b"content-length", str(len(SCRIPT)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if body := self.bodies[min(self.asked, 1)]:
            await send({"type": "http.response.body", "body": body})
        self.asked += 1


def asked(app: compression.Compression) -> list[Message]:
    """All that one reader is sent."""
    sent: list[Message] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/static/js/words.js",
        "headers": [(b"accept-encoding", b"br")],
    }

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as apart:  # the browser's driver may run a loop in this thread
        apart.submit(asyncio.run, app(scope, receive, send)).result()
    return sent


def test_what_was_cut_short_is_asked_for_again_and_then_kept_whole() -> None:
    for first in (b"", SCRIPT[:70]):
        files = Files(first)
        app = compression.Compression(files)
        asked(app)
        for _ in range(2):
            assert brotli.decompress(asked(app)[-1]["body"]) == SCRIPT
        assert files.asked == 2, "the whole one is kept"

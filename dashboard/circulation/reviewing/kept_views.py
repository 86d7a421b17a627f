"""What a reviewer had before them at a sign-off, kept beside the ledger under its own seal.

The event of the sign-off names the seal, so the chain that proves the events proves the views too.
"""

import hashlib
import zlib
from dataclasses import dataclass

from circulation import errors

PLACE = "view kept with a decision"


@dataclass(frozen=True, slots=True)
class View:
    """One kept view: its seal (SHA-256 of the content) and its text, compressed."""

    hash: str
    content: bytes

    @property
    def whole(self) -> bool:
        """Whether the content is what was sealed."""
        return isinstance(self.content, bytes) and self.hash == seal(self.content)


def pack(text: str) -> bytes:
    """A view's text as it is kept."""
    return zlib.compress(text.encode())


def seal(content: bytes) -> str:
    """What an event names a kept view by; blank where there is none."""
    return hashlib.sha256(content).hexdigest() if content else ""


def text(view: View) -> str:
    """The text of a view. Raises DashboardError where it is not what was sealed."""
    if not view.whole:
        raise errors.DashboardError(PLACE, "was changed or damaged", "Verify the store.")
    return zlib.decompress(view.content).decode()

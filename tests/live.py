"""A reader without a browser: speaks to a page over its live connection, as a browser would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync import client
from websockets.typing import Origin, Subprotocol

import serving

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Reader:
    """One open tab."""

    connection: client.ClientConnection

    def run(self, *, query: str = "") -> list[ForwardMsg]:
        """Runs the page once and returns everything the server sent for it."""
        request = BackMsg()
        request.rerun_script.query_string = query
        self.connection.send(request.SerializeToString())
        messages: list[ForwardMsg] = []
        while not (messages and messages[-1].WhichOneof("type") == "script_finished"):
            answer = self.connection.recv(timeout=PATIENCE)
            assert isinstance(answer, bytes)
            messages.append(ForwardMsg.FromString(answer))
        return messages


def elements(messages: list[ForwardMsg]) -> list[str]:
    """The kinds of what was drawn; 'exception' means the page failed."""
    drawn = [message.delta.new_element for message in messages if message.HasField("delta")]
    return [str(element.WhichOneof("type")) for element in drawn]


@contextmanager
def reader(server: serving.Server, *, origin: str | None = None) -> Iterator[Reader]:
    """A tab of `server`; `origin` is the site it claims to come from."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with client.connect(
        address,
        origin=Origin(origin or server.url),
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
    ) as connection:
        yield Reader(connection)

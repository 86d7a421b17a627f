"""A reader without a browser: speaks to a page over its live connection, as a browser would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync import client
from websockets.typing import Origin, Subprotocol

import serving

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Reader:
    """One open tab."""

    connection: client.ClientConnection

    def run(self, *, query: str = "", part: str = "") -> list[ForwardMsg]:
        """Runs the page, or one part of it, and returns everything the server sent for it."""
        request = BackMsg()
        request.rerun_script.query_string = query
        request.rerun_script.fragment_id = part
        self.connection.send(request.SerializeToString())
        messages: list[ForwardMsg] = []
        while not (messages and _ended(messages[-1])):
            answer = self.connection.recv(timeout=PATIENCE)
            assert isinstance(answer, bytes)
            messages.append(ForwardMsg.FromString(answer))
        return messages


def _ended(message: ForwardMsg) -> bool:
    """Whether that was all: a run that asks for another one is followed by it."""
    cut_short = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    return message.HasField("script_finished") and not cut_short


def elements(messages: list[ForwardMsg]) -> list[str]:
    """The kinds of what was drawn; 'exception' means the page failed."""
    return [_kind(message.delta.new_element) for message in messages if message.HasField("delta")]


def _kind(element: Element) -> str:
    """What an element is: a component of the dashboard's own goes by its name."""
    kind = str(element.WhichOneof("type"))
    name = element.bidi_component.component_name
    return name.rpartition(".")[2] if kind == "bidi_component" else kind


def part_with(messages: list[ForwardMsg], kind: str) -> str:
    """The part of the page, as Streamlit names it, in which the first of a kind was drawn."""
    drawn = (message.delta for message in messages if message.HasField("delta"))
    return next(one.fragment_id for one in drawn if _kind(one.new_element) == kind)


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

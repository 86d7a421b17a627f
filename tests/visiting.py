"""One reader in Chromium, watched for console errors and for requests that leave the server."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright import sync_api
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds; two cores may be shared with other work
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
sync_api.expect.set_options(timeout=PATIENCE)


@dataclass
class Visit:
    """A page in its own browser context, and what went wrong while it was open."""

    page: sync_api.Page
    server: serving.Server
    console_errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    unanswered: bool = False  # a run of the script was asked for and has not ended

    def open(self, path: str = "/") -> sync_api.Page:
        self.page.goto(self.server.url + path)
        self.settled()
        return self.page

    def settled(self) -> None:
        """Waits until every run that the page asked for has ended and the page shows it."""
        self.page.evaluate(DRAWN)
        latest = time.monotonic() + PATIENCE / 1000
        while self.unanswered and time.monotonic() < latest:
            self.page.wait_for_timeout(10)
        shown = self.page.get_by_test_id("stApp")
        sync_api.expect(shown).to_have_attribute("data-test-script-state", "notRunning")
        self.page.evaluate(DRAWN)

    def asked(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self.unanswered = True

    def answered(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            cut_short = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if message.HasField("script_finished") and not cut_short:
                self.unanswered = False

    def assert_quiet(self) -> None:
        """No error in the console, and no request left this server."""
        assert self.console_errors == []
        assert self.outside == []


def choose(page: sync_api.Page, label: str, option: str) -> None:
    """Pick an option of a select box by its visible words."""
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    page.evaluate(DRAWN)  # a list that opens while its box is still moving closes again
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def record_view(visit: Visit) -> None:
    """Write down a view of one's own of the record that lies open: the tool's order opens."""
    choose(visit.page, "Leading cause", "Undecided")
    choose(visit.page, "How sure are you?", "Unsure")
    visit.settled()
    visit.page.get_by_role("button", name=re.compile("^Record my view")).click()
    sync_api.expect(visit.page.get_by_role("heading", name="Suspected causes")).to_be_visible()
    visit.settled()


@contextmanager
def chromium() -> Iterator[sync_api.Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(program).exists(), "make test installs Chromium; or name one in CHROMIUM"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def reader(browser: sync_api.Browser, server: serving.Server, **options: Any) -> Iterator[Visit]:
    context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    visit = Visit(page, server)
    watch(visit)
    yield visit
    context.close()


def watch(visit: Visit) -> None:
    """Notes every console error, every uncaught error and every request to another origin."""

    def console(message: sync_api.ConsoleMessage) -> None:
        if message.type == "error" and not is_base_path_probe(message.location["url"]):
            visit.console_errors.append(message.text)

    def requested(url: str) -> None:
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"} and not is_own(url, visit):
            visit.outside.append(url)

    def connected(socket: sync_api.WebSocket) -> None:
        requested(socket.url)
        visit.unanswered = False
        socket.on("framesent", visit.asked)
        socket.on("framereceived", visit.answered)

    visit.page.on("console", console)
    visit.page.on("pageerror", lambda error: visit.console_errors.append(str(error)))
    visit.page.on("request", lambda request: requested(request.url))
    visit.page.on("websocket", connected)


def is_own(url: str, visit: Visit) -> bool:
    return urlsplit(url).netloc == urlsplit(visit.server.url).netloc


def is_base_path_probe(url: str) -> bool:
    """Streamlit looks for its health below a deep link first, to learn where it is served."""
    path = urlsplit(url).path
    return path.endswith(("/_stcore/health", "/_stcore/host-config")) and path.count("/") > 2

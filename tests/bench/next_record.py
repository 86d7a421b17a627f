"""Speed of hand: from the key N to the next record, whole and at rest, on demonstration records."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import repeats
import serving

HEAR = """window.addEventListener("keydown", () => { window.pressed = performance.now() }, true)"""
"""Before any script of the page: keys that the page holds are heard by nobody after it."""
WATCH = """() => {
  const app = document.querySelector("[data-test-script-state]")
  const record = () => document.querySelector(".st-key-banner")?.textContent
  const before = record()
  let began = false, named = null
  window.pressed = null
  const running = new MutationObserver(() => { began = began || window.pressed !== null })
  running.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] })
  window.took = new Promise((done) => {
    const look = () => {
      const resting = app.getAttribute("data-test-script-state") === "notRunning"
      const other = window.pressed !== null && record() !== before
      if (named === null && other) named = performance.now()
      if (!(began && resting && named !== null)) requestAnimationFrame(look)
      else setTimeout(() => done([named - window.pressed, performance.now() - window.pressed]))
    }
    requestAnimationFrame(look)
  })
}"""
"""Before each picture on the screen, looks whether another record stands there and is whole."""

PRESSES = 40
WARM = 5  # presses that are not counted
WEIGHED = 8
PAUSE = 400  # milliseconds between two presses, for what a page still draws


@dataclass(frozen=True)
class Steps:
    """Seconds from the key to the next record's name and to its whole page; what a step sends."""

    named: repeats.Spread
    whole: repeats.Spread
    messages: repeats.Spread
    sent: repeats.Spread
    """Bytes."""
    elements: repeats.Spread
    """Elements of the page in the browser."""


def measured(browser: Browser, *, presses: int = PRESSES) -> Steps:
    """Through the waiting records of a first start, the most urgent first."""
    with serving.running(serving.demonstration()) as server:
        page = _page(browser)
        _open_first(page, server)
        took = [_step(page) for _ in range(WARM + presses)][WARM:]
        page.context.close()
        page, frames = _page(browser), list[bytes]()
        page.on("websocket", lambda socket: _listen(socket, frames))
        _open_first(page, server)
        weights = [_weigh(page, frames) for _ in range(WEIGHED)]
        page.context.close()
    return Steps(
        *(repeats.Spread(one) for one in (*zip(*took, strict=True), *zip(*weights, strict=True)))
    )


def _page(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(HEAR)
    return page


def _open_first(page: Page, server: serving.Server) -> None:
    page.goto(f"{server.url}/review")
    page.get_by_role("button", name=re.compile("^Open record ")).first.click()
    page.locator(".st-key-banner").wait_for()
    page.get_by_role("button", name=re.compile("^Mark reviewed")).wait_for()
    page.wait_for_timeout(4 * PAUSE)


def _step(page: Page) -> tuple[float, float]:
    page.evaluate(f"({WATCH})()")
    page.keyboard.press("n")
    named, whole = page.evaluate("window.took")
    page.wait_for_timeout(PAUSE)
    return named / 1000, whole / 1000


def _listen(socket: WebSocket, frames: list[bytes]) -> None:
    socket.on(
        "framereceived",
        lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()),
    )


def _weigh(page: Page, frames: list[bytes]) -> tuple[int, int, int]:
    """How many messages one step takes, their bytes, and the elements that stand there then."""
    frames.clear()
    _step(page)
    assert any(ForwardMsg.FromString(frame).HasField("script_finished") for frame in frames)
    elements = int(page.evaluate("document.querySelectorAll('*').length"))
    return len(frames), sum(map(len, frames)), elements

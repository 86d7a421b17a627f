"""From a click to changed figures on the screen, timed inside the page in Chromium."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page

import repeats
import serving
import visiting

WATCH = """(figures) => {
  const before = figures()
  let pressed = null
  document.addEventListener("pointerdown", () => { pressed = performance.now() },
    { capture: true, once: true })
  window.took = new Promise((done) => {
    const look = () => {
      const now = pressed === null ? before : figures()
      if (now === null || now === before) requestAnimationFrame(look)
      else setTimeout(() => done(performance.now() - pressed))
    }
    requestAnimationFrame(look)
  })
}"""
"""Before each picture on the screen, looks whether the figures are others than before the click."""

OURS = """() => {
  if (!window.heat || !window.heat.isConnected) {
    const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot || one)
    const found = roots.map((root) => root.querySelector("#heat table"))
    window.heat = found.find((table) => table) || null
  }
  return window.heat && window.heat.textContent
}"""
NAIVE = """() => {
  const image = document.querySelector(".heatmaplayer image")
  return image && image.href.baseVal
}"""
LEAST = """() => {
  const picked = document.getElementById("picked")
  return picked && picked.textContent
}"""
TOGGLES = 11
PATIENCE = 120_000  # milliseconds; the first run of the naive page reads all records
PAUSE = 400  # milliseconds between two clicks, for what a page still draws


@dataclass(frozen=True)
class Clicks:
    """Seconds from a click to changed figures; the first click of each kind is not counted."""

    show: repeats.Spread
    """From share to number and back: the same records in another form."""
    site: repeats.Spread
    """A site chosen: figures that nobody asked for before."""


@dataclass(frozen=True)
class Tab:
    """A page in Chromium and the script that reads its figures; all pages name filters alike."""

    page: Page
    figures: str

    def show(self, turn: int) -> float:
        """Seconds from a click on Number or Share, in turn, to the figures."""
        return self._timed(self.page.get_by_role("radio", name="Share" if turn % 2 else "Number"))

    def site(self, name: str) -> float:
        """Seconds from a click on a site to the figures."""
        self._open_sites()
        return self._timed(self.page.get_by_role("option", name=name, exact=True))

    def sites(self) -> list[str]:
        """The sites that can be chosen."""
        self._open_sites()
        names = self.page.get_by_role("option").all_inner_texts()
        return [name for name in names if name not in ("All sites", "Select all")]

    def _open_sites(self) -> None:
        if not self.page.get_by_role("option").count():
            self.page.get_by_label("Site").first.click()
            self.page.get_by_role("option").first.wait_for()

    def _timed(self, target: Locator) -> float:
        self.page.evaluate(f"({WATCH})({self.figures})")
        target.click()
        milliseconds = float(self.page.evaluate("window.took"))
        self.page.wait_for_timeout(PAUSE)
        return milliseconds / 1000


@contextmanager
def tab(browser: Browser, server: serving.Server, figures: str) -> Iterator[Tab]:
    """A page opened and at rest."""
    with visiting.reader(browser, server) as visit:
        visit.page.set_default_timeout(PATIENCE)
        visit.page.goto(server.url)
        visit.page.get_by_role("radio", name="Number").wait_for()
        visit.settled()
        while not visit.page.evaluate(f"({figures})()"):  # waiting in the page would need eval
            visit.page.wait_for_timeout(50)
        yield Tab(visit.page, figures)


def in_turn(tabs: Sequence[Tab]) -> list[Clicks]:
    """The clicks of each page. They take turns, so that other work meets all alike."""
    show = [[one.show(turn) for one in tabs] for turn in range(TOGGLES)]
    site = [[one.site(name) for one in tabs] for name in tabs[0].sites()]
    return [
        Clicks(repeats.Spread(shows[1:]), repeats.Spread(sites[1:]))
        for shows, sites in zip(zip(*show, strict=True), zip(*site, strict=True), strict=True)
    ]

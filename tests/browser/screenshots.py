"""Takes the pictures of README.md: `make screenshots` writes them to docs/, of demo records."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

import serving
import visiting

ROOT = Path(__file__).parents[2]
PAGES = {"distribution": "/", "review": "/review", "trends": "/trends", "data": "/data"}
PAGES |= {"reference": "/reference"}
SETTLED = 1_500  # milliseconds for charts to be drawn after the script has run


def save(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLED)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.quantize(256).save(ROOT / "docs" / f"{name}.png", optimize=True)


def take(visit: visiting.Visit, ending: str) -> None:
    """Every page as its first screen shows it, and the record that is most urgent."""
    for name, path in PAGES.items():
        save(visit.open(path), name + ending)
    page = visit.open("/review")
    page.wait_for_timeout(SETTLED)
    page.get_by_role("button", name="Open record").first.click()
    page.wait_for_url("**/record*")
    visit.settled()
    save(page, "record" + ending)


def main() -> None:
    (ROOT / "docs").mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        visiting.chromium() as browser,
        serving.running(Path(folder)) as server,
    ):
        for scheme, ending in (("light", ""), ("dark", "-dark")):
            with visiting.reader(browser, server, color_scheme=scheme) as visit:
                take(visit, ending)


if __name__ == "__main__":
    main()

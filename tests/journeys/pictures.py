"""Pictures of a page, reduced to blocks, and what has changed in them since somebody last approved them (UX-27).

The record of a screen is one small picture: its views side by side, one block of the page for each pixel.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

BLOCK = 8
STEP = 17  # the record knows sixteen shades of each colour
NOISE = STEP // 2 + 4  # another build of the browser rounds corners a little differently
MOST_CHANGED = 0.001  # of the blocks of a view
BEYOND = (255, 0, 255)  # below the end of a page that is shorter than its neighbours; no page has this colour


@dataclass(frozen=True)
class View:
    """How a page is looked at: as it is, in the large print of the citizens' side, or in forced colours."""

    width: int
    skin: str = ""

    def __str__(self) -> str:
        return f"{self.width} {self.skin}".strip()

    @property
    def blocks(self) -> int:
        return -(-self.width // BLOCK)


WIDTHS = tuple(View(width) for width in (1440, 768, 360, 320))
CITIZEN = (*WIDTHS, View(360, "elder"), View(360, "forced"))
STAFF = (*WIDTHS, View(1440, "forced"))


def taken(page: Page, view: View) -> Image.Image:
    """The whole page, still and without a caret."""
    page.emulate_media(forced_colors="active" if view.skin == "forced" else "none")
    page.set_viewport_size({"width": view.width, "height": 900})
    page.evaluate("elder => document.documentElement.classList.toggle('elder', elder)", view.skin == "elder")
    return Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")


def reduced(picture: Image.Image) -> Image.Image:
    return picture.reduce(BLOCK)


def keep(blocks: list[Image.Image], record: Path) -> None:
    """Without loss, and a quarter of the size of a PNG."""
    record.parent.mkdir(exist_ok=True)
    sheet(blocks).save(record, lossless=True, quality=100, method=6)


def sheet(blocks: list[Image.Image]) -> Image.Image:
    """The record: all views beside each other."""
    whole = Image.new("RGB", (sum(one.width for one in blocks), max(one.height for one in blocks)), BEYOND)
    left = 0
    for one in blocks:
        whole.paste(one.point(lambda shade: (shade + STEP // 2) // STEP * STEP), (left, 0))
        left += one.width
    return whole


def changes(record: Image.Image, views: tuple[View, ...], blocks: list[Image.Image]) -> list[tuple[View, float]]:
    """The views of which more has changed than may, with the part of their blocks."""
    found, left = [], 0
    for view, now in zip(views, blocks, strict=True):
        before = record.crop((left, 0, left + view.blocks, record.height))
        left += view.blocks
        part = changed(before, now)
        if part > MOST_CHANGED:
            found.append((view, part))
    return found if left == record.width else [(view, 1.0) for view in views]


def changed(before: Image.Image, now: Image.Image) -> float:
    """Which part of the blocks looks different; where a page became longer or shorter, every row it has more."""
    height = max(before.height, now.height)
    first, second = (Image.new("RGB", (now.width, height), BEYOND) for _ in range(2))
    first.paste(before)
    second.paste(now)
    channels = ImageChops.difference(first, second).split()
    worst = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2])
    return sum(worst.histogram()[NOISE + 1 :]) / (now.width * now.height)


def before_and_after(record: Image.Image, blocks: list[Image.Image], shots: list[Image.Image], folder: Path) -> None:
    """What a person looks at before approving: the record, what it would become, and the pages as they are now."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in (("before", record), ("after", sheet(blocks))):
        picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.NEAREST).save(folder / f"{name}.png")
    for number, shot in enumerate(shots):
        shot.save(folder / f"page-{number + 1}.png")

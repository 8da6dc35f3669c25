"""Key screens look as somebody last approved them; `make approve-pictures` after looking at the difference.

What is drawn depends on nothing of the machine: the one font is made here, the clock stands still, numbers are seeded.
"""

import os
import random
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.architecture.sources import ROOT
from tests.journeys import pictures
from tests.journeys.hands import reached
from tests.journeys.pictured import PICTURED, file_name, for_citizens
from tests.journeys.square_font import only_font

RECORDS = Path(__file__).with_name("approved")
DIFFERENCES = ROOT / "build/pictures"
APPROVE = bool(os.environ.get("XINFANG_APPROVE"))


@pytest.fixture(scope="module")
def browser(browser, chromium, tmp_path_factory):
    """A browser that knows no other font."""
    fonts = only_font(tmp_path_factory.mktemp("fonts"))
    drawing = browser.browser_type.launch(**chromium, env={**os.environ, "FONTCONFIG_FILE": str(fonts)})
    yield drawing
    drawing.close()


@pytest.fixture(scope="module")
def seeded():
    """The same numbers and codes in every run."""
    with pytest.MonkeyPatch.context() as patch:
        chance = random.Random(27)  # noqa: S311  -- the very opposite is wanted
        patch.setattr("secrets.token_bytes", chance.randbytes)
        patch.setattr("secrets.randbelow", chance.randrange)
        yield


@pytest.fixture(scope="module")
def full(seeded, town):
    return town.fill()


def test_every_record_is_of_a_key_screen():
    assert {record.name for record in RECORDS.iterdir()} == {file_name(state) for state in PICTURED}


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize("state", PICTURED, ids=str)
def test_a_key_screen_looks_as_it_was_approved(state, full, somebody):
    somebody.page.clock.set_fixed_time(full.now)
    somebody.page.emulate_media(media="screen", forced_colors="none", reduced_motion="reduce")
    somebody.page.set_viewport_size({"width": 1440, "height": 900})
    page = reached(state, full, somebody)
    views = pictures.CITIZEN if for_citizens(state) else pictures.STAFF
    shots = [pictures.taken(page, view) for view in views]
    blocks = [pictures.reduced(shot) for shot in shots]
    record, differences = RECORDS / file_name(state), DIFFERENCES / Path(file_name(state)).stem
    shutil.rmtree(differences, ignore_errors=True)
    if APPROVE:
        pictures.keep(blocks, record)
    assert record.exists(), f"{state} was never approved: make approve-pictures"
    with Image.open(record) as before:
        found = pictures.changes(before, views, blocks)
        if found:
            pictures.before_and_after(before, blocks, shots, differences)
    said = "\n".join(f"{view}: {part:.1%} of it looks different" for view, part in found)
    assert not found, f"{state}\n{said}\nlook at build/pictures/{differences.name}, then: make approve-pictures"

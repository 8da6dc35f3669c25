"""The dated stories of the domain, played through the real services."""

from pathlib import Path

import pytest

from xinfang.stories.story import read
from xinfang.stories.theatre import perform_story

STORIES = sorted(Path(__file__).parent.glob("[SL]*.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_it_is_told(path):
    verdict = perform_story(read(path.read_text(encoding="utf-8"), path.name))
    assert verdict.mismatches == ()

"""Where stories are played: a throw-away database beside the real one, every story rolled back after its applause."""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO

from django.db import connection, transaction

from xinfang.stories.expectations import check
from xinfang.stories.player import Player
from xinfang.stories.story import Story


@dataclass(frozen=True)
class Verdict:
    """What came of one story: every mismatch, in words for whoever wrote it."""

    story: Story
    mismatches: tuple[str, ...]


def perform_story(story: Story) -> Verdict:
    """Play one story in the current database and leave no trace of it; raises `NotAStory`."""
    with transaction.atomic():
        played = Player(story).play(check)
        transaction.set_rollback(True)
    return Verdict(story, tuple(played.mismatches))


@contextmanager
def throw_away_database() -> Iterator[None]:
    """A database of its own for as long as the block lasts; the real one is never touched."""
    real = connection.settings_dict["NAME"]
    # It would say on standard output that the cache's table is there, in the middle of the verdicts.
    with redirect_stdout(StringIO()):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)

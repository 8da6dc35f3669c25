"""What the petitioner reads of their own matter: a closed list, and of a note only what was written for them."""

from tests.rules.states import Story
from xinfang.rules.access.petitioner_sight import shown, shown_words


def progress(**payload):
    return Story("2026-03-16 09:00").add("progress_recorded", "2026-03-17 09:00", **payload).events[-1]


def test_a_note_is_read_by_the_petitioner_only_when_it_was_written_for_them():
    note = progress(shown_to_petitioner=True)
    assert (shown(note), shown_words(note)) == (True, ("note",))
    inside = progress(shown_to_petitioner=False)
    assert (shown(inside), shown_words(inside)) == (False, ())


def test_that_a_matter_waits_for_somebody_outside_is_shown_without_the_words_noted_with_it():
    waits = progress(move="await_external")
    assert (shown(waits), shown_words(waits)) == (True, ())

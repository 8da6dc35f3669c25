"""How fast the window is shown what may be the same matter, among a million stories."""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate

from django.db import connection
from uuid_utils.compat import uuid7

from benchmarks.clocks import said
from benchmarks.visitors import line, timed
from xinfang.models import Chain, Matter, User
from xinfang.models.ledger import text_place
from xinfang.models.protection import _keyed, protect, word_tokens
from xinfang.queries.alike import alike_matters
from xinfang.queries.people import actor_of
from xinfang.rules.intake.alike import outline, pieces

WORDS, SENTENCES, PLACES, ASKED = 4_000, 30_000, 20_000, 200


class Sentence:
    """An invented sentence and its hashes, worked out once."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, word_tokens(text)
        self.pieces = _keyed(pieces(text), b"outline|")


class Stories:
    """Stories of invented words, as common as words are: a few are everywhere, most are rare."""

    def __init__(self) -> None:
        self.luck = random.Random(13710)
        letters = [chr(0x4E00 + 7 * n) for n in range(1_500)]
        self.words = ["".join(self.luck.choices(letters, k=2)) for _ in range(WORDS)]
        self.common = list(accumulate(1 / (n + 3) for n in range(WORDS)))
        self.sentences = [Sentence(self._text(self.luck.randint(6, 12))) for _ in range(SENTENCES)]
        self.places = ["".join(self.luck.choices(letters, k=4)) for _ in range(PLACES)]
        self.subjects = [Sentence(place + self._text(3)) for place in self.places]

    def _text(self, words: int) -> str:
        return "".join(self.luck.choices(self.words, cum_weights=self.common, k=words))

    def one(self) -> list[Sentence]:
        """A subject and five sentences."""
        return [self.luck.choice(self.subjects), *self.luck.choices(self.sentences, k=5)]

    def columns(self) -> tuple[str, list[int], list[int]]:
        """The subject, the tokens and the outline of one story."""
        subject, *rest = self.one()
        tokens = set(subject.tokens).union(*(one.tokens for one in rest))
        found = outline(subject.pieces, set().union(*(one.pieces for one in rest)))
        return subject.text, sorted(tokens), sorted(found)


def fill(most: int, stories: Stories) -> None:
    """Matters with stories of their own, and of all other columns what one matter says.

    The index on words is dropped and not built again: the panel never asks it.
    """
    there = Matter.objects.count()
    own = {"id": "s.id", "number": "s.number", "ledger_number": "s.number", "submission_key": "s.id",
           "tokens": "s.tokens", "outline": "s.outline"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS matter_words; DROP INDEX IF EXISTS matter_outline; DROP TABLE IF EXISTS s")
        cursor.execute("CREATE TEMP TABLE s (id uuid, number varchar(12), sealed bytea, tokens int[], outline int[])")
        with cursor.cursor.copy("COPY s FROM STDIN") as copy:
            for n in range(there, most):
                chain, (subject, *columns) = uuid7(), stories.columns()
                sealed = protect(subject.encode(), text_place(chain, 1, "title")).hex()
                tokens, outlined = (",".join(map(str, column)) for column in columns)
                copy.write(f"{chain}\tS{n:011d}\t\\\\x{sealed}\t{{{tokens}}}\t{{{outlined}}}\n")
        open_to_all = "is_open AND NOT restricted AND recused_units = '{}'"
        for model, like in ((Chain, "kind = 'matter'"), (Matter, open_to_all)):
            columns = [field.column for field in model._meta.local_concrete_fields]  # noqa: SLF001  -- what the table has
            chosen, table = ", ".join(own.get(one, f"m.{one}") for one in columns), model._meta.db_table  # noqa: SLF001
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM s,"  # noqa: S608  -- names of columns
                f" (SELECT * FROM {table} WHERE {like} LIMIT 1) m"
            )
        cursor.execute(
            "INSERT INTO xinfang_protectedtext (chain_id, seq, field, sealed, salt)"
            " SELECT id, 1, 'title', sealed, '' FROM s"
        )
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("CREATE INDEX matter_outline ON xinfang_matter USING gin (outline)")
        cursor.execute("VACUUM ANALYZE xinfang_matter, xinfang_protectedtext")


def asked(stories: Stories) -> Iterator[str]:
    """What is told at the window: half of a story that is there, with words of its own."""
    for _turn in range(ASKED):
        subject, *rest = stories.one()
        yield "".join([subject.text, *(one.text for one in rest[:2]), stories.sentences[0].text])


def panel(chosen: argparse.Namespace, now: datetime) -> None:
    """The panel's statements for the petition bureau, who sees the whole district, and for one township's director."""
    stories = Stories()
    [took] = timed(1, lambda: fill(chosen.stories, stories))
    line("stories", f"{Matter.objects.count()} matters, filled up and indexed in {took:.0f} s")
    for who in ("bureau1", "director1"):
        actor = actor_of(User.objects.get(username=who), now.date())
        seconds, offered = [], 0
        for text in asked(stories):
            began = time.perf_counter()
            offered += len(alike_matters(actor, words={"original_words": text}, people=(), area="", now=now))
            seconds.append(time.perf_counter() - began)
        line(f"the same matter? ({who})", f"{said(sorted(seconds))}, {offered / ASKED:.1f} offered")

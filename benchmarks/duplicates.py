"""`python -m benchmarks.duplicates --messages DIR`: is the same matter among the five that the window is offered?

DIR holds the messages (id, user, subject, body), from outside the project; nothing of them is kept. Which of them tell
of the same matter stands in `same_matter.txt`, by their ids, labelled by people's eyes. Each is told at the window in
turn, with all others registered, and asked by its subject alone too. Beside them, stories told again: by
somebody else, shortened, in another order, with another demand, with wrong characters, and all of it at once. No
telephone and no identity number helps. Part of `make bench` measures how fast the panel is among many.
"""

import argparse
import csv
import random
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.__main__ import ground

LABELS = Path(__file__).with_name("same_matter.txt")
HELD_OUT = "# held out"
RETOLD = 300
DEMANDS = ("请尽快派人来看看", "要求赔偿损失", "希望给个书面答复", "请责令停工整改", "要求公开相关文件", "希望领导重视")
CHARACTERS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
SENTENCES = re.compile(r"[。！？；!?\n]+")


@dataclass(frozen=True)
class Message:
    id: str
    subject: str
    body: str


def messages_of(folder: Path) -> dict[str, Message]:
    found = {}
    for name in ("answered", "unanswered", "labelled"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found[row["id"]] = Message(row["id"], row["subject"].strip(), row["body"].strip())
    return found


def labelled() -> tuple[list[list[str]], list[list[str]]]:
    """The matters that were looked at while the rule was made, and those that were not."""
    seen, _mark, kept = LABELS.read_text(encoding="utf-8").partition(HELD_OUT)
    return tuple([line.split() for line in part.splitlines() if line[:1].isdigit()] for part in (seen, kept))


def sentences(text: str) -> list[str]:
    return [one.strip() for one in SENTENCES.split(text) if one.strip()]


def shortened(message: Message, _luck: random.Random) -> str:
    """The longest sentences, up to a third of the text."""
    most, said = max(60, len(message.body) // 3), ""
    for one in sorted(sentences(message.body), key=len, reverse=True):
        if said and len(said) + len(one) > most:
            break
        said += one + "。"
    return said[:most]


def reordered(message: Message, luck: random.Random) -> str:
    told = sentences(message.body)
    return "我今天来反映一件事。" + "。".join(luck.sample(told, len(told)))


def otherwise_demanded(message: Message, luck: random.Random) -> str:
    told = sentences(message.body)
    return "。".join([*(told[:-1] or told), luck.choice(DEMANDS)])


def mistyped(message: Message, luck: random.Random, part: float = 0.08) -> str:
    return "".join(luck.choice(CHARACTERS) if c > "一" and luck.random() < part else c for c in message.body)


def everything_at_once(message: Message, luck: random.Random) -> str:
    """Half of the sentences in another order, another demand, and one character in twenty wrong."""
    told = sentences(message.body)
    half = luck.sample(told, (len(told) + 1) // 2)
    return mistyped(Message("", "", "。".join([*half, luck.choice(DEMANDS)])), luck, 0.05)


RETELLINGS: dict[str, Callable[[Message, random.Random], str]] = {
    "shortened to a third": shortened,
    "in another order": reordered,
    "with another demand": otherwise_demanded,
    "8 % of characters wrong": mistyped,
    "all of it at once": everything_at_once,
}
Asked = tuple[str, str, dict[str, str], set[str]]


def questions(messages: dict[str, Message], matters: list[list[str]]) -> Iterator[Asked]:
    """How it is told, whose message asks, the words of the form, and which messages would be right."""
    for matter in matters:
        for name in matter:
            right, one = set(matter) - {name}, messages[name]
            both = {"title": one.subject, "original_words": one.body}
            yield "told by its subject and story", name, both, right
            yield "told by its story alone", name, {"original_words": one.body}, right
            yield "told by its subject alone", name, {"original_words": one.subject}, right


def retold(messages: dict[str, Message], matters: list[list[str]], seed: int) -> Iterator[Asked]:
    luck = random.Random(seed)
    same = {name: set(matter) for matter in matters for name in matter}
    for name in luck.sample(sorted(messages), RETOLD):
        for how, tell in RETELLINGS.items():
            yield how, "", {"original_words": tell(messages[name], luck)}, same.get(name, set()) | {name}


def registered(messages: dict[str, Message]) -> dict[Any, str]:
    """Every message as a matter, and whose message each matter is."""
    from datetime import timedelta  # noqa: PLC0415  -- settings follow the folder

    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.run import found  # noqa: PLC0415
    from benchmarks.world import World  # noqa: PLC0415
    from xinfang.models import Unit  # noqa: PLC0415

    now = timezone.now()
    found(now - timedelta(days=800))
    world = World(list(Unit.objects.filter(kind="centre").values_list("code", "path", "area_id")))
    chains: dict[Any, str] = {}
    for n, one in enumerate(messages.values()):
        words = {"title": one.subject[:40], "original_words": one.body}
        chains[world.write(now - timedelta(minutes=len(messages) - n), words)] = one.id
    world.flush()
    return chains


def counted(asked: Iterator[Asked], chains: dict[Any, str]) -> dict[str, list[int]]:
    """How often one of the right ones was among the five, and of how many; by the way told. What asks is hidden."""
    from django.utils import timezone  # noqa: PLC0415

    from xinfang.models import Matter, User  # noqa: PLC0415
    from xinfang.queries.alike import alike_matters  # noqa: PLC0415
    from xinfang.queries.people import actor_of  # noqa: PLC0415

    now = timezone.now()
    actor = actor_of(User.objects.get(username="bureau1"), now.date())
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    places = {name: chain for chain, name in chains.items()}
    for how, own, words, right in asked:
        itself = Matter.objects.filter(pk=places[own]) if own else Matter.objects.none()
        itself.update(restricted=True)
        hits = {chains[one.matter] for one in alike_matters(actor, words=words, people=(), area="", now=now)}
        found[how][0] += bool(hits & right)
        found[how][1] += 1
        itself.update(restricted=False)
    return found


def told(name: str, counts: dict[str, list[int]]) -> None:
    for how, (hits, of) in counts.items():
        print(f"{name:<14} {how:<32} {hits}/{of} = {hits / of:.1%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__)
    parser.add_argument("--messages", type=Path, required=True, help="the folder that holds the messages")
    chosen = parser.parse_args()
    messages, (seen, kept) = messages_of(chosen.messages), labelled()
    folder = Path(tempfile.mkdtemp(prefix="xinfang-bench-"))
    try:
        with ground(folder):
            import django  # noqa: PLC0415

            django.setup()
            from django.db import connection  # noqa: PLC0415

            chains = registered(messages)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE xinfang_matter")
            print(f"{len(chains)} matters; {len(seen)} matters in {sum(map(len, seen))} messages looked at, "
                  f"{len(kept)} in {sum(map(len, kept))} held out")  # fmt: skip
            for name, matters in (("development", seen), ("held out", kept)):
                told(name, counted(questions(messages, matters), chains))
            for name, seed in (("development", 7), ("held out", 13710)):
                told(name, counted(retold(messages, [*seen, *kept], seed), chains))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

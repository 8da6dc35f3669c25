"""`python -m benchmarks.suggestions --messages DIR`: how often is the suggested category the one that people gave?

DIR holds `labelled.csv` (subject, body, sent_at, user, category), from outside the project; nothing of it is kept. The
older half teaches, the newer half is asked: what somebody who wrote in both halves, or a text that stands in both, is
left out of the teaching. The catalogue's words were written without reading these messages; they learn from nothing.

Shelf, leading unit and route follow from the line that is suggested. Nobody labelled them; a label can be derived where
all lines of a message's class agree on it, and only those messages are asked.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xinfang.gateways.learning import learn
from xinfang.policies import shipped
from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned
from xinfang.rules.catalogue.lessons import Example, apart
from xinfang.rules.catalogue.lines import Catalogue, Line, read
from xinfang.rules.catalogue.suggesting import suggest

# The older classification of the messages, and which of today's classes took its place.
TODAY = {
    "城乡建设": ("construction", "housing", "natural_resources"),
    "环境保护": ("environment",),
    "交通运输": ("transport",),
    "教育文体": ("education", "culture"),
    "劳动和社会保障": ("labour", "personnel"),
    "商贸旅游": ("market", "economy", "culture"),
    "卫生计生": ("health",),
}


@dataclass(frozen=True)
class Message:
    """One labelled message; `label` is the class of the older classification."""

    user: str
    sent_at: str
    title: str
    text: str
    label: str

    @property
    def people(self) -> frozenset[str]:
        return frozenset({self.user})


Answer = Callable[[Message], list[str]]


def messages_of(folder: Path) -> list[Message]:
    """Every labelled message, the oldest first."""
    with (folder / "labelled.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            Message(row["user"], row["sent_at"], row["subject"], row["body"], row["category"])
            for row in csv.DictReader(lines)
        ]
    return sorted(rows, key=lambda row: row.sent_at)


def halves(messages: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """The older half without anybody and any text of the newer one, and the newer half."""
    return apart(messages, 0.5)


def first_and_three(messages: Sequence[Message], answer: Answer) -> tuple[int, int]:
    """How many have their class as the first answer, and how many among the first three."""
    answers = [(one.label, answer(one)[:3]) for one in messages]
    first = sum(label in labels[:1] for label, labels in answers)
    return first, sum(label in labels for label, labels in answers)


def by_catalogue(catalogue: Catalogue, learned: Learned) -> Answer:
    """What the product suggests, in the words of the older classification."""

    def answer(message: Message) -> list[str]:
        offered = suggest(catalogue, title=message.title, texts=[message.text], learned=learned)
        return [_label_of(one.line.category, message.label) for one in offered]

    return answer


def _label_of(category: str, asked: str) -> str:
    """Culture, sport and tourism are one class today and were parts of two: right for either."""
    if category in TODAY.get(asked, ()):
        return asked
    return next((label for label, categories in TODAY.items() if category in categories), category)


def taught_by(messages: Sequence[Message]) -> Learned:
    """A model of the older half: a label stands for the first of today's classes, as one clerk would file it."""
    return learn([Example(one.title, one.text, TODAY[one.label][0]) for one in messages])


Follows = Callable[[Line], str]
FOLLOWING: dict[str, Follows] = {
    "shelf": lambda line: line.shelf,
    "unit": lambda line: line.units[0],
    "route": lambda line: line.route,
}


def derived(catalogue: Catalogue, follows: Follows) -> dict[str, str]:
    """For each label of which all lines agree: what follows from it."""
    found = {
        label: {follows(line) for line in catalogue.lines if line.category in classes and not line.is_accusation}
        for label, classes in TODAY.items()
    }
    return {label: values.pop() for label, values in found.items() if len(values) == 1}


def what_follows(catalogue: Catalogue, learned: Learned, follows: Follows) -> Answer:
    """Shelf, unit or route of each suggested line, each once, the first one first."""

    def answer(message: Message) -> list[str]:
        offered = suggest(catalogue, title=message.title, texts=[message.text], learned=learned)
        return list(dict.fromkeys(follows(one.line) for one in offered))

    return answer


def tell_what_follows(
    catalogue: Catalogue, learned: Learned, older: Sequence[Message], newer: Sequence[Message]
) -> None:
    for name, follows in FOLLOWING.items():
        labels = derived(catalogue, follows)
        taught, asked = (
            [replace(one, label=labels[one.label]) for one in half if one.label in labels] for half in (older, newer)
        )
        print(f"{name}: to be derived for {len(asked)} of {len(newer)}, of {len(labels)} of {len(TODAY)} classes")
        most = max(labels.values(), key=lambda value: sum(one.label == value for one in taught))
        told("  always the commonest one", asked, first_and_three(asked, lambda _message, most=most: [most]))
        told(
            "  catalogue words alone", asked, first_and_three(asked, what_follows(catalogue, NOTHING_LEARNED, follows))
        )
        told("  catalogue words and model", asked, first_and_three(asked, what_follows(catalogue, learned, follows)))


def told(name: str, messages: Sequence[Message], counts: tuple[int, int]) -> None:
    first, three = counts
    print(f"{name:<44} top-1 {first}/{len(messages)} = {first / len(messages):.1%}"
          f"   top-3 {three}/{len(messages)} = {three / len(messages):.1%}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggestions", description=__doc__)
    parser.add_argument("--messages", type=Path, required=True, help="the folder that holds labelled.csv")
    parser.add_argument("--wrong", action="store_true", help="labels that were not among the first three, counted")
    chosen = parser.parse_args()
    everything = messages_of(chosen.messages)
    older, newer = halves(everything)
    catalogue = read(shipped("catalogue.yaml")["items"])
    learned = taught_by(older)
    words, both = by_catalogue(catalogue, NOTHING_LEARNED), by_catalogue(catalogue, learned)
    most = max(TODAY, key=lambda label: sum(one.label == label for one in older))
    print(f"{len(everything)} messages; taught by {len(older)} of the older half, asked of the newer {len(newer)}; "
          f"the model holds {len(learned.weights)} pieces, trust {learned.trust:.2f}")  # fmt: skip
    told("always the commonest class", newer, first_and_three(newer, lambda _message: [most]))
    told("catalogue words alone, newer half", newer, first_and_three(newer, words))
    told("catalogue words alone, all", everything, first_and_three(everything, words))
    told("catalogue words and model, newer half", newer, first_and_three(newer, both))
    tell_what_follows(catalogue, learned, older, newer)
    if chosen.wrong:
        for label in TODAY:
            mine = [one for one in newer if one.label == label]
            if mine:
                told(f"  words: {label}", mine, first_and_three(mine, words))
                told(f"  both:  {label}", mine, first_and_three(mine, both))


if __name__ == "__main__":
    main()

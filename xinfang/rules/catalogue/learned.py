"""What has the house learned from its own confirmed matters about words and categories, and how far is it trusted?

The numbers of a linear model over pieces of words: a weight for each piece and category. They come from
`gateways/learning.py`; reading a text with them is a sum, so that every answer can say which pieces it came from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt

from xinfang.rules.catalogue.reading import Reading

LONGEST = 4
TITLE_TIMES = 2
MOST_TRUST, FULL_AT = 0.7, 400
Pieces = dict[str, int]
Mark = str | int
Marking = Callable[[str], Mark]


@dataclass(frozen=True)
class Verdict:
    """What a model says of one text: a share for each category, and what each piece adds for it."""

    shares: dict[str, float] = field(default_factory=dict)
    because: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Learned:
    """`rarity` of each piece, `weights` by piece in the order of `categories`, `bias` likewise; `matters` it saw.

    A piece stands there under its mark: with keyed marks no word can be read out of what was learned, it can only be
    looked up for a text that lies open anyway.
    """

    matters: int = 0
    categories: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    rarity: Mapping[Mark, float] = field(default_factory=dict)
    weights: Mapping[Mark, tuple[float, ...]] = field(default_factory=dict)
    marking: Marking = field(default=str, compare=False)

    @property
    def trust(self) -> float:
        """Nothing without a model, and more the more matters it saw; the catalogue's words always keep a voice."""
        return MOST_TRUST * min(1.0, sqrt(self.matters / FULL_AT)) if self.categories else 0.0

    def read(self, headline: Reading, story: Reading) -> Verdict:
        """The shares of the categories for a text, and the pieces that are words and speak for each."""
        if not self.categories:
            return Verdict()
        counts = pieces_of(headline, story)
        marks = {piece: self.marking(piece) for piece in counts}
        values = self._values({piece: n for piece, n in counts.items() if marks[piece] in self.weights}, marks)
        weights = {piece: self.weights[marks[piece]] for piece in values}
        sums = list(self.bias)
        for piece, value in values.items():
            for n, weight in enumerate(weights[piece]):
                sums[n] += value * weight
        top = max(sums)
        powers = [exp(one - top) for one in sums]
        shares = {code: power / sum(powers) for code, power in zip(self.categories, powers, strict=True)}
        words = {piece: value for piece, value in values.items() if headline.places_of(piece) or story.places_of(piece)}
        because = {
            code: {piece: value * added for piece, value in words.items() if (added := weights[piece][n]) > 0}
            for n, code in enumerate(self.categories)
        }
        return Verdict(shares, because)

    def _values(self, known: Pieces, marks: Mapping[str, Mark]) -> dict[str, float]:
        """Each known piece by how often it stands there and how rare it is, the whole text being of length one."""
        raw = {piece: (1 + log(n)) * self.rarity[marks[piece]] for piece, n in known.items()}
        length = sqrt(sum(value * value for value in raw.values()))
        return {piece: value / length for piece, value in raw.items()}


NOTHING_LEARNED = Learned()


def pieces_of(headline: Reading, story: Reading) -> Pieces:
    """How often each run of two to four Chinese characters stands in a text; the title counts twice.

    Chinese characters alone: no number, no letter of a name in another script, nothing that identifies anybody.
    """
    found: Pieces = {}
    for reading, times in ((headline, TITLE_TIMES), (story, 1)):
        for length in range(2, LONGEST + 1):
            for place in range(len(reading.text) - length + 1):
                piece = reading.text[place : place + length]
                if all("\u4e00" <= character <= "\u9fff" for character in piece):
                    found[piece] = found.get(piece, 0) + times
    return found

"""What might a text be about, and which of its words say so? At most three answers; a named person decides.

It reads the matter, never the person. The answer stands on words of the catalogue alone, from the first day; what the
house has learned from its own confirmed matters (`learned.py`) is weighed beside them, never instead of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned
from xinfang.rules.catalogue.lines import Catalogue, Line
from xinfang.rules.catalogue.reading import Reading, met

OFFERED = 3
REASONS = 5
TITLE_WEIGHT = 2.0
FAINTEST = 0.03
_REPEATS = (0.0, 1.0, 1.5, 1.8)  # a word said ten times is not ten reasons


@dataclass(frozen=True)
class Suggestion:
    """One line of the catalogue, its share of what speaks for any line, and the words that speak for it."""

    line: Line
    share: float
    because: tuple[str, ...]


Weights = dict[str, float]
Said = dict[Line, Weights]


def suggest(
    catalogue: Catalogue, *, title: str, texts: Iterable[str], learned: Learned = NOTHING_LEARNED
) -> list[Suggestion]:
    """The likeliest lines, each of another category, the best first; none when no word is known."""
    headline, story = Reading.of(title), Reading.of(" ".join(texts))
    said = _by_words(catalogue, headline, story)
    read = learned.read(headline, story)
    shares = _shares(said, read.shares, learned.trust)
    likeliest = sorted(shares, key=lambda category: -shares[category])[:OFFERED]
    return [
        Suggestion(_line_of(category, said), shares[category], _because(category, said, read.because.get(category, {})))
        for category in likeliest
        if shares[category] >= FAINTEST
    ]


def _by_words(catalogue: Catalogue, headline: Reading, story: Reading) -> Said:
    """For each line that may be suggested, the words that speak for it and how much each says."""
    counts: Weights = {}
    for reading, weight in ((headline, TITLE_WEIGHT), (story, 1.0)):
        for term, times in met(reading, catalogue.terms).items():
            counts[term] = counts.get(term, 0.0) + weight * _REPEATS[min(times, len(_REPEATS) - 1)]
    lines = (line for line in catalogue.lines if not line.is_accusation)
    return {
        line: {term: counts[term] * catalogue.weight(line, term) for term in counts if term in line.names | line.words}
        for line in lines
    }


def _shares(said: Said, learned: Mapping[str, float], trust: float) -> Weights:
    """The share of each category: what the words of its lines say, and what was learned, as far as it is trusted."""
    by_words = dict.fromkeys((line.category for line in said), 0.0)
    for line, weights in said.items():
        by_words[line.category] += sum(weights.values())
    total = sum(by_words.values()) or 1.0
    return {
        category: (1 - trust) * score / total + trust * learned.get(category, 0.0)
        for category, score in by_words.items()
    }


def _line_of(category: str, said: Said) -> Line:
    """The line of a category for which most was said; the first one where nothing was."""
    return max((line for line in said if line.category == category), key=lambda line: sum(said[line].values()))


def _because(category: str, said: Said, learned: Mapping[str, float]) -> tuple[str, ...]:
    """The words that say most; those of the catalogue first, then learned ones that are no part of them."""
    weights: Weights = {}
    for line, own in said.items():
        if line.category == category:
            weights |= {term: max(weight, weights.get(term, 0.0)) for term, weight in own.items()}
    words = sorted(weights, key=lambda term: (-weights[term], term))[:REASONS]
    others = sorted(learned, key=lambda term: (-learned[term], term))
    for piece in others:
        if not any(piece in word or word in piece for word in words):
            words.append(piece)
    return tuple(words[:REASONS])

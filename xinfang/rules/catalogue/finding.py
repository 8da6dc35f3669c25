"""Which lines may somebody mean who types a few everyday words into the search box? The same words as the suggestion's.

A search is short: half a name counts, and so does a pair of characters that stands in one. Accusations are found here,
so that whoever looks for that door finds it.
"""

from xinfang.rules.catalogue.lines import Catalogue, Line
from xinfang.rules.catalogue.reading import Reading, folded, met

MOST_HITS = 5
LONGEST_SEARCH = 60
_WHOLE, _WORD, _PAIR = 100.0, 20.0, 10.0


def find(catalogue: Catalogue, words: str) -> list[Line]:
    """The lines that these words may mean, the best first, at most five."""
    asked = _run_together(folded(words[:LONGEST_SEARCH]))
    if not asked:
        return []
    known = met(Reading.of(words[:LONGEST_SEARCH]), catalogue.terms)
    scores = {line.key: _score(catalogue, line, asked, known) for line in catalogue.lines}
    hits = [line for line in catalogue.lines if scores[line.key]]
    return sorted(hits, key=lambda line: -scores[line.key])[:MOST_HITS]


def _score(catalogue: Catalogue, line: Line, asked: str, known: dict[str, int]) -> float:
    """Whole names weigh most, then words, then shared pairs of characters in names, then those in the example."""
    names = [_run_together(name) for name in line.names]
    whole = sum(_WHOLE + len(name) for name in names if name in asked or (asked in name and len(asked) > 1))
    told = sum(_WORD * catalogue.weight(line, term) for term in known if term in line.words)
    pairs = {asked[place : place + 2] for place in range(len(asked) - 1)}
    shared = sum(any(pair in name for name in names) for pair in pairs)
    close = sum(any(pair in _run_together(text) for text in line.examples) for pair in pairs)
    likely = whole or told or 2 * shared >= max(len(pairs), 1)
    return whole + told + _PAIR * shared + close if likely else 0.0


def _run_together(text: str) -> str:
    return text.replace(" ", "")

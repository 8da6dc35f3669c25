"""What do confirmed matters teach about words and categories? A linear model of scikit-learn, as plain numbers.

Only pieces that several matters share are kept, so that no piece of the model is the words of one person; and each
under the mark that the caller gives it, so that no word can be read out of it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned, Marking, Pieces, pieces_of
from xinfang.rules.catalogue.lessons import Example, usable
from xinfang.rules.catalogue.reading import Reading

SHARED_BY, MOST_PIECES = 5, 20_000
STRENGTH = 10.0
DIGITS = 4


def learn(examples: Sequence[Example], marking: Marking = str) -> Learned:
    """The model of these matters; nothing learned where fewer than two categories have enough of them."""
    taught = usable(examples)
    pieces = _shared([pieces_of(Reading.of(one.title), Reading.of(one.text)) for one in taught])
    return _fitted(pieces, [one.category for one in taught], marking) if any(pieces) else NOTHING_LEARNED


def _shared(pieces: list[Pieces]) -> list[Pieces]:
    """Without what fewer than five matters say; of the rest what most of them do."""
    spread = Counter(piece for one in pieces for piece in one)
    often = sorted((piece for piece in spread if spread[piece] >= SHARED_BY), key=lambda piece: (-spread[piece], piece))
    kept = frozenset(often[:MOST_PIECES])
    return [{piece: n for piece, n in one.items() if piece in kept} for one in pieces]


def _fitted(pieces: list[Pieces], labels: list[str], marking: Marking) -> Learned:
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  -- a second to load, needed once a month
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415  -- likewise
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  -- likewise

    vectors, rarity = DictVectorizer(), TfidfTransformer(sublinear_tf=True)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(rarity.fit_transform(vectors.fit_transform(pieces)), labels)
    names = [marking(str(piece)) for piece in vectors.get_feature_names_out()]
    weights, bias = _of_each_category(model)
    return Learned(
        matters=len(labels),
        categories=tuple(str(label) for label in model.classes_),
        bias=tuple(round(float(one), DIGITS) for one in bias),
        rarity={name: round(float(one), DIGITS) for name, one in zip(names, rarity.idf_, strict=True)},
        weights={
            name: tuple(round(float(one), DIGITS) for one in column)
            for name, column in zip(names, zip(*weights, strict=True), strict=True)
        },
        marking=marking,
    )


def _of_each_category(model: Any) -> tuple[list[Any], list[Any]]:
    """Of two categories scikit-learn keeps one row, for the second: half of it speaks for the one, half against."""
    weights, bias = list(model.coef_), list(model.intercept_)
    if len(weights) == 1:
        return [-weights[0] / 2, weights[0] / 2], [-bias[0] / 2, bias[0] / 2]
    return weights, bias

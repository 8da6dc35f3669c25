"""What do confirmed matters teach about words and categories? A linear model of scikit-learn, as plain numbers.

Only pieces that several matters share are kept, so that no piece of the model is the words of one person.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xinfang.rules.catalogue.learned import Learned, Pieces, pieces_of
from xinfang.rules.catalogue.reading import Reading

SHARED_BY = 5
LEAST_OF_A_CATEGORY, LEAST_CATEGORIES = 5, 2
STRENGTH = 10.0
DIGITS = 4


@dataclass(frozen=True)
class Example:
    """One confirmed matter: its title, its words, and the category that a person decided on."""

    title: str
    text: str
    category: str


def learn(examples: Sequence[Example]) -> Learned:
    """The model of these matters; nothing learned where fewer than two categories have enough of them."""
    counts = Counter(example.category for example in examples)
    usable = [example for example in examples if counts[example.category] >= LEAST_OF_A_CATEGORY]
    labels = [example.category for example in usable]
    if len(set(labels)) < LEAST_CATEGORIES:
        return Learned()
    pieces = [pieces_of(Reading.of(example.title), Reading.of(example.text)) for example in usable]
    return _fitted(_shared(pieces), labels)


def _shared(pieces: list[Pieces]) -> list[Pieces]:
    """Without what fewer than five matters say."""
    spread = Counter(piece for one in pieces for piece in one)
    return [{piece: n for piece, n in one.items() if spread[piece] >= SHARED_BY} for one in pieces]


def _fitted(pieces: list[Pieces], labels: list[str]) -> Learned:
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  -- a second to load, needed once a month
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415  -- likewise
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  -- likewise

    vectors, rarity = DictVectorizer(), TfidfTransformer(sublinear_tf=True)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(rarity.fit_transform(vectors.fit_transform(pieces)), labels)
    names: list[str] = list(vectors.get_feature_names_out())
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
    )


def _of_each_category(model: Any) -> tuple[list[Any], list[Any]]:
    """Of two categories scikit-learn keeps one row, for the second: half of it speaks for the one, half against."""
    weights, bias = list(model.coef_), list(model.intercept_)
    if len(weights) == 1:
        return [-weights[0] / 2, weights[0] / 2], [-bias[0] / 2, bias[0] / 2]
    return weights, bias

"""The closed lists of the review ladder: its two steps and what a review may decide (articles 35, 36; domain 2.6)."""

from enum import StrEnum


class ReviewLevel(StrEnum):
    """复查 by the organ above the one that handled it, 复核 by the one above that."""

    FIRST = "first_review"
    SECOND = "second_review"


class ReviewDecision(StrEnum):
    """What a review decides of the opinion before it: it stands, is changed, or is annulled and made anew."""

    MAINTAINED = "maintained"
    CHANGED = "changed"
    ANNULLED = "annulled"


class LatenessWord(StrEnum):
    """What a legal reviewer notes about a request after its thirty days; either way the request is reviewed or told."""

    EXCUSED = "excused"
    EXPLAINED = "explained_only"

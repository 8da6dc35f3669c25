"""Choices for model columns as callables: new words then need no migration."""

from enum import Enum

from xinfang.labels.matters import CHANNELS, STAGES
from xinfang.labels.people import ROLLOUT, TIERS, UNIT_KINDS

Choices = list[tuple[str, object]]


def _pairs(words: dict[Enum, object]) -> Choices:
    return [(str(member.value), word) for member, word in words.items()]


def stages() -> Choices:
    return _pairs(dict(STAGES))


def channels() -> Choices:
    return _pairs(dict(CHANNELS))


def tiers() -> Choices:
    return _pairs(dict(TIERS))


def unit_kinds() -> Choices:
    return _pairs(dict(UNIT_KINDS))


def rollout_statuses() -> Choices:
    return _pairs(dict(ROLLOUT))

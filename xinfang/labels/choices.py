"""Choices for model columns as callables: new words then need no migration."""

from collections.abc import Mapping
from typing import Any

from xinfang.labels.matters import CHANNELS, STAGES
from xinfang.labels.messages import KINDS, STATES, WAYS
from xinfang.labels.people import ROLLOUT, TIERS, UNIT_KINDS

Choices = list[tuple[str, object]]


def _pairs(words: Mapping[Any, object]) -> Choices:
    return [(str(member.value), word) for member, word in words.items()]


def stages() -> Choices:
    return _pairs(STAGES)


def channels() -> Choices:
    return _pairs(CHANNELS)


def tiers() -> Choices:
    return _pairs(TIERS)


def unit_kinds() -> Choices:
    return _pairs(UNIT_KINDS)


def rollout_statuses() -> Choices:
    return _pairs(ROLLOUT)


def message_kinds() -> Choices:
    return _pairs(KINDS)


def message_states() -> Choices:
    return _pairs(STATES)


def message_ways() -> Choices:
    return _pairs(WAYS)

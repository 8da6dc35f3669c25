"""What was learned from confirmed matters, on request, and which of it suggestions are weighed with."""

import json
import zlib
from typing import Any

import pgtrigger
from django.db import models

from xinfang.models.protection import piece_mark, protect, reveal
from xinfang.rules.catalogue.learned import Learned
from xinfang.rules.catalogue.lessons import LessonState


class Lesson(models.Model):
    """One time that somebody asked to learn: who, how far it has come, its figures, and what was learned, sealed.

    `tries` and `leased_until` belong to the worker: it may die in the middle, and another goes on. What is `left` has
    lost what was learned and keeps its figures.
    """

    number = models.PositiveIntegerField(primary_key=True)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=LessonState.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    learned_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="lesson_from_one"),
            models.UniqueConstraint(
                fields=["state"], name="one_lesson_waits", condition=models.Q(state=LessonState.WAITING.value)
            ),
            models.CheckConstraint(
                condition=models.Q(state=LessonState.LEARNED.value, sealed__isnull=False)
                | ~models.Q(state=LessonState.LEARNED.value) & models.Q(sealed__isnull=True),
                name="lesson_learned_is_there",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def seal(self, learned: Learned) -> bytes:
        """What was learned as it lies in this row: numbers under AES-GCM. Nothing in it can run."""
        numbers: dict[str, Any] = {
            "matters": learned.matters,
            "categories": learned.categories,
            "bias": learned.bias,
            "pieces": list(learned.weights),
            "rarity": list(learned.rarity.values()),
            "weights": list(learned.weights.values()),
        }
        return protect(zlib.compress(json.dumps(numbers).encode()), f"lesson|sealed|{self.number}")

    def learned(self) -> Learned:
        """What was learned; raises `cryptography.exceptions.InvalidTag` under another key or out of another row."""
        numbers = json.loads(zlib.decompress(reveal(self.sealed or b"", f"lesson|sealed|{self.number}")))
        return Learned(
            matters=numbers["matters"],
            categories=tuple(numbers["categories"]),
            bias=tuple(numbers["bias"]),
            rarity=dict(zip(numbers["pieces"], numbers["rarity"], strict=True)),
            weights=dict(zip(numbers["pieces"], map(tuple, numbers["weights"]), strict=True)),
            marking=piece_mark,
        )


class LessonUse(models.Model):
    """Somebody put a lesson to use, or the words alone (`lesson` is None). The newest holds; none changes."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, related_name="uses")
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at} {self.lesson_id or 0}"

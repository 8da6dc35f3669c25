"""Areas, units, staff, posts and roll-out; and the people who come: contact and accessibility needs, nothing else."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from xinfang.labels.choices import rollout_statuses, tiers, unit_kinds
from xinfang.models.protection import protect, reveal


class Area(models.Model):
    """One administrative area under its GB/T 2260 code (2, 4, 6, 9 or 12 digits), with the time it is valid."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    pinyin = models.CharField(max_length=400, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A centre, station, organ or office. `path` is the dotted line of codes from the district down: the scope.

    `function` is what it is there for and outlives renamings (A-14); `place` is the kind of place where it works.
    """

    code = models.CharField(max_length=24, primary_key=True, db_collation="C")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    tier = models.CharField(max_length=12, choices=tiers)
    kind = models.CharField(max_length=24, choices=unit_kinds)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=160, unique=True, db_collation="C")
    function = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=40, blank=True)
    is_organ = models.BooleanField(default=False)
    leading_organ = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    opening_hours = models.JSONField(null=True, blank=True)
    team_resident = models.BooleanField(default=True)
    open_from = models.DateField(null=True, blank=True)
    open_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.short_name


class UserManager(BaseUserManager["User"]):
    """Needed by Django's sign-in; accounts are opened by services."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account of staff. Rights come from posts alone."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=50)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post: the unit of rights. Leaving it takes them away at once (`to_on` is the last day held)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24)
    title = models.CharField(max_length=60, blank=True)
    duty = models.CharField(max_length=24, blank=True)
    holder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    home_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="seconded")
    origin = models.CharField(max_length=24, blank=True)
    elder = models.CharField(max_length=24, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["holder", "to_on"], name="post_holder")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "role", "holder"], condition=models.Q(to_on__isnull=True), name="post_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.role}"


class Rollout(models.Model):
    """How far a township has come with its centre (A-13); one row a change."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    status = models.CharField(max_length=16, choices=rollout_statuses)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.area_id} {self.status}"


class Exemption(models.Model):
    """A dated note that explains a gap in the founding composition (A-14); the gap stays visible with it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="exemptions")
    rule = models.CharField(max_length=8)
    about = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule}"


class Person(models.Model):
    """Somebody who came, or for whom somebody came: contact and needs only, encrypted, maskable by law.

    A test refuses any column here that scores, ranks or tags a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name_sealed = models.BinaryField(null=True)
    id_type = models.CharField(max_length=8, blank=True)
    id_number_sealed = models.BinaryField(null=True)
    id_number_index = models.BinaryField(null=True, db_index=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True, db_index=True)
    address_sealed = models.BinaryField(null=True)
    accessibility_needs = models.JSONField(default=list)
    is_organisation = models.BooleanField(default=False)
    masked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)

    def opened(self, column: str) -> str:
        """One of `name`, `id_number`, `phone`, `address` in the clear; empty when absent or masked."""
        sealed = getattr(self, f"{column}_sealed")
        return reveal(sealed, self.place(column)).decode() if sealed else ""

    def place(self, column: str) -> str:
        return f"person|{column}|{self.id}"

    def sealed(self, column: str, text: str) -> bytes | None:
        return protect(text.encode(), self.place(column)) if text else None

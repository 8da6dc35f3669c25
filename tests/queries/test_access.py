"""The rows that a person is shown are exactly the matters that the rules let them see, whatever has happened."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import at
from tests.factories import STORY, registered
from tests.walks import Walk
from xinfang.models import Matter
from xinfang.queries.access import matter_for, matter_id_for, matters_for, state_for
from xinfang.rules.access.sight import may_open_identity, may_see
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.services.intake import register
from xinfang.services.linking import seal_late
from xinfang.services.matters import perform, state_of
from xinfang.services.rebuilding import differences

pytestmark = pytest.mark.django_db
START = at("2026-03-02 09:00")


def seats(cast):
    return {name: getattr(cast, name) for name in cast.users}


def seen_by_rows(cast, now):
    return {name: set(matters_for(who, now).values_list("pk", flat=True)) for name, who in seats(cast).items()}


def seen_by_rules(cast, now):
    states = [state_of(pk) for pk in Matter.objects.values_list("pk", flat=True)]
    return {name: {s.id for s in states if may_see(s, who, now)} for name, who in seats(cast).items()}


def various(cast):
    """Matters of every way in: three tiers, secret, about the own people, from leaders, imported, recused."""
    person = {"name": "张一", "phone": "19900000001"}
    about = [
        {"unit": "999901001"}, {"unit": "999901001201"}, {"unit": "999901"}, {"unit": "999901002"},
        {"unit": "999901001", "restricted": True}, {"unit": "999901001201", "concerns_own_people": True},
        {"unit": "999901001", "channel": "leader_mailbox"},
        {"unit": "999901001", "recused_users": [cast.users["director"].pk]},
        {"unit": "999901001201", "recused_units": ["999901001201"]},
    ]  # fmt: skip
    entries = [{"channel": "visit", "people": [person], **STORY, **values} for values in about]
    return [register(values=values, by=cast.clerk, at=START).matter for values in entries]


@pytest.mark.parametrize("seed", range(3))
def test_rows_and_rules_agree_after_random_histories(cast, seed):
    """21 seats over nine matters, each pushed through up to 12 moves by chance."""
    matters, made, time = various(cast), Counter(), [START]
    walks = [Walk(cast, matter, f"{seed}-{place}", time) for place, matter in enumerate(matters)]
    for _round in range(3):
        for walk in walks:
            for _step in range(4):
                walk.step()
        assert seen_by_rows(cast, time[0]) == seen_by_rules(cast, time[0])
    made.update(name for walk in walks for name, refused in walk.steps if not refused)
    assert sum(made.values()) > 40
    assert list(differences()) == []


def test_the_clerk_sees_what_the_own_unit_registered_for_seven_days_and_the_own_for_ever(cast):
    theirs = register(values={"unit": "999901001", "channel": "web", **STORY}, by=PETITIONER, at=START).matter
    own = registered(cast, START).matter
    for now, expected in ((START + timedelta(days=7) - timedelta(seconds=1), {theirs, own}),
                          (START + timedelta(days=7), {own})):  # fmt: skip
        assert seen_by_rows(cast, now)["clerk"] == seen_by_rules(cast, now)["clerk"] == expected


def test_a_village_sees_its_own_and_not_the_next_ones(cast):
    values = {"unit": "999901001201", "channel": "visit", **STORY}
    matter = register(values=values, by=cast.station, at=START).matter
    rows = seen_by_rows(cast, START)
    assert {name for name, seen in rows.items() if matter in seen} == {
        "station", "director", "deputy", "bureau", "second_bureau", "supervisor",
    }  # fmt: skip


def test_the_people_of_a_centre_do_not_see_what_concerns_them(cast):
    values = {"unit": "999901001", "channel": "visit", "concerns_own_people": True, **STORY}
    register(values=values, by=cast.clerk, at=START)
    rows = seen_by_rows(cast, START)
    assert [name for name in ("director", "deputy", "station", "member") if rows[name]] == []
    assert rows["bureau"]


def test_nobody_finds_what_was_sealed(cast):
    matter = registered(cast, START).matter
    seal_late(matter=matter, by=cast.bureau, at=START)
    assert all(not seen for seen in seen_by_rows(cast, START).values())
    assert seen_by_rows(cast, START) == seen_by_rules(cast, START)


def test_a_petitioner_and_a_nobody_have_no_list(cast):
    registered(cast, START)
    assert not matters_for(PETITIONER, START).exists()
    assert not matters_for(Actor(1), START).exists()
    assert not matters_for(cast.administrator, START).exists()


def test_one_matter_by_its_number_is_there_or_missing(cast):
    receipt = registered(cast, START)
    assert matter_for(cast.director, receipt.number.lower(), START).pk == receipt.matter
    assert matter_id_for(cast.director, receipt.number, START) == receipt.matter
    assert matter_for(cast.other_director, receipt.number, START) is None
    assert matter_id_for(cast.other_director, receipt.number, START) is None
    assert matter_for(cast.director, "not a number", START) is None
    assert state_for(cast.director, receipt.matter, START).number == receipt.number
    assert state_for(cast.other_director, receipt.matter, START) is None
    assert state_for(cast.director, uuid4(), START) is None


def test_identity_is_opened_by_who_needs_it_and_sees_the_matter(cast):
    matter = registered(cast, START).matter
    state = state_of(matter)
    may = {name for name, who in seats(cast).items() if may_open_identity(state, who, START)}
    assert may == {"clerk", "director", "deputy", "bureau", "second_bureau"}
    perform("recuse", matter=matter, by=cast.bureau, at=START,
            values={"recused_user": cast.users["director"].pk, "reason": "亲属"})  # fmt: skip
    assert not may_see(state_of(matter), cast.director, START)

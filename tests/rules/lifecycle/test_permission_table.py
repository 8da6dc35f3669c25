"""Every stage with every move and every role against a table that was written by hand."""

from itertools import product

import pytest

from tests.rules.lifecycle.table import ROLES, STAGES, expected
from tests.rules.states import actor, asked, state
from xinfang.rules.lifecycle.allowed import BY_NAME, MOVES, why_not
from xinfang.rules.matters.codes import Stage
from xinfang.rules.people.seats import Role

TABLE = expected()


def test_the_table_knows_every_stage_role_and_move_once():
    assert set(STAGES.values()) == {stage.value for stage in Stage}
    assert set(ROLES.values()) == {role.value for role in Role}
    assert sorted(TABLE) == sorted(move.name for move in MOVES)
    assert len(BY_NAME) == len(MOVES)


@pytest.mark.parametrize("name", TABLE)
def test_a_move_is_refused_to_every_other_role_and_from_every_other_stage(name):
    """22 roles x 18 stages: role first, then stage; what is left is for the needs to say."""
    roles, targets = TABLE[name]
    wrong = []
    for role, stage in product(Role, Stage):
        broken = why_not(BY_NAME[name], asked(state(stage=stage), actor(role)))
        code = broken.code if broken else "allowed"
        if role.value not in roles:
            right = code == "role_may_not"
        elif stage.value not in targets:
            right = code == "stage_does_not_allow"
        else:
            right = code == "allowed" or code.startswith("need_")
        if not right:
            wrong.append((role.value, stage.value, code))
    assert wrong == []


@pytest.mark.parametrize("name", TABLE)
def test_a_move_leads_where_the_table_says(name):
    assert {source.value: target.value for source, target in BY_NAME[name].targets.items()} == TABLE[name][1]


def test_a_person_with_several_roles_may_what_each_of_them_may():
    both = actor(Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR)
    assert why_not(BY_NAME["triage"], asked(state(), both)) is None


def test_whoever_holds_no_post_may_nothing():
    nobody = actor()
    assert [move.name for move in MOVES if why_not(move, asked(state(), nobody)) is None] == []


def test_the_system_makes_no_move():
    system = actor(Role.SYSTEM)
    allowed = [
        (move.name, stage)
        for move in MOVES
        for stage in Stage
        if why_not(move, asked(state(stage=stage), system)) is None
    ]
    assert allowed == []

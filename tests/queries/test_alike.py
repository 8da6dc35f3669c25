"""The same matter at the window: found by its story, whoever tells it; walls hold, and a wall leaves no trace."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import FOUNDED
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Matter, Post
from xinfang.queries import alike
from xinfang.queries.alike import alike_matters, offerable
from xinfang.rules.intake.alike import Why
from xinfang.rules.intake.registration import PersonEntry
from xinfang.services.masking import mask_text
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
FACTORY = "河湾村东头的石料加工厂夜里十二点还在开机器，粉尘飘进院子，孩子一直咳嗽。"
RETOLD = "我们村东头石料加工厂半夜还开工，灰特别大，粉尘飘进院子，请管一管。"
PENSION = "我从县农机厂退休，养老金少算了三年工龄，跑了几次社保局没有说法。"
AGAIN = "工龄没补，退休的钱还少算，养老有难处"
WHO = {"name": "李四", "phone": "19900000077", "id_number": "110105194912310021"}


def found(actor, words=RETOLD, people=(), area="", now=None):
    told = {"original_words": words}
    return alike_matters(
        actor, words=told, people=[PersonEntry(**one) for one in people], area=area, now=now or timezone.now()
    )


@pytest.fixture
def factory(cast):
    return registered(cast, timezone.now() - timedelta(days=2), original_words=FACTORY, demand="", area="999901001201")


@pytest.fixture
def privacy_officer(cast):
    Post.objects.create(unit_id="999901", role="privacy_officer", holder=cast.users["administrator"], from_on=FOUNDED)
    return cast.administrator


@pytest.fixture
def pension(cast):
    return registered(cast, timezone.now() - timedelta(days=1), original_words=PENSION, demand="", people=[WHO])


def test_the_same_story_is_found_in_other_words_of_another_person(cast, factory, pension):
    [one] = found(cast.clerk)
    assert (one.number, one.why, one.is_finished) == (factory.number, (Why.SOMEWHAT_ALIKE,), False)
    assert one.title.startswith("河湾村东头的石料加工厂")
    assert one.holder == "青禾镇群众工作服务中心"


def test_the_place_is_a_reason_of_its_own(cast, factory):
    assert found(cast.clerk, area="999901001201")[0].why == (Why.SAME_PLACE, Why.SOMEWHAT_ALIKE)
    assert found(cast.clerk, area="999901001202")[0].why == (Why.SOMEWHAT_ALIKE,)


def test_nobodys_other_matters_are_shown(cast, factory, pension):
    """Who came with a pension before and tells of a factory now sees nothing of the pension."""
    assert [one.number for one in found(cast.clerk, people=[WHO])] == [factory.number]


@pytest.mark.parametrize("given", [{"phone": WHO["phone"]}, {"id_number": WHO["id_number"]}, WHO])
def test_the_same_person_with_the_same_matter_is_found_by_number_or_telephone(cast, pension, given):
    [one] = found(cast.clerk, AGAIN, [given])
    assert (one.number, one.why) == (pension.number, (Why.SAME_PERSON, Why.SOMEWHAT_ALIKE))
    assert found(cast.clerk, AGAIN, [{"name": "李四"}]) == []


def test_too_little_is_not_compared(cast, factory):
    clerk = cast.clerk
    with CaptureQueriesContext(connection) as asked:
        assert found(clerk, "石料，加工") == []
        assert found(clerk, "") == []
    assert len(asked) == 0


def test_a_story_without_a_piece_finds_nothing_by_words(cast, factory, monkeypatch):
    monkeypatch.setattr(alike, "LEAST_TYPED", 0)
    assert found(cast.clerk, "石料") == []


@pytest.mark.parametrize("who", ["clerk", "director", "bureau"])
def test_what_is_restricted_or_recuses_somebody_leaves_no_trace(cast, factory, who):
    """The same answer, word for word, whether or not there is a matter that must not be guessed."""
    actor, now = getattr(cast, who), timezone.now()
    before = found(actor, now=now)
    hidden = {"restricted": True}, {"concerns_own_people": True}, {"recused_users": (cast.director.user_id,)}
    for wall in hidden:
        registered(cast, timezone.now(), original_words=FACTORY, demand="", **wall)
    assert found(actor, now=now) == before
    assert len(before) == 1


def test_a_recused_clerk_is_offered_nothing_and_may_choose_nothing(cast, factory):
    now = timezone.now()
    perform("recuse", matter=factory.matter, by=cast.director, at=now, values={
        "recused_user": str(cast.clerk.user_id), "reason": "亲属"})  # fmt: skip
    assert found(cast.clerk) == []
    assert found(cast.director) == []
    assert offerable(cast.clerk, [factory.number], now) == {}


def test_what_came_from_an_unsafe_home_is_offered_to_nobody_who_tells_the_same_story(cast, pension):
    now = timezone.now()
    assert [one.number for one in found(cast.clerk, PENSION, [WHO])] == [pension.number]
    said = {"said": "怕回家", "in_danger": "visitor", "at_home": True, "done_at_once": "陪着", "reason": "须马上报告"}
    perform("note_safety", matter=pension.matter, by=cast.clerk, at=now, values=said)
    assert found(cast.clerk, PENSION, [WHO]) == []
    assert offerable(cast.clerk, [pension.number], now) == {}


def test_out_of_sight_is_out_of_the_offer(cast, factory):
    assert found(cast.other_director) == []
    assert found(cast.stranger) == []
    later = timezone.now() + timedelta(days=8)
    assert [one.number for one in found(cast.director, now=later)] == [factory.number]


def test_what_went_into_another_matter_is_offered_no_more(cast, factory):
    now = timezone.now()
    other = registered(cast, now, original_words=FACTORY, demand="")
    assert {one.number for one in found(cast.director)} == {factory.number, other.number}
    moved(cast, other.matter, timezone.now(), ("director", "merge", {"other": factory.number, "reason": "同一件事"}))
    assert [one.number for one in found(cast.director)] == [factory.number]


def test_a_finished_matter_says_that_it_is(cast, factory):
    done = {"result_words": "停了", "result": "supported_done", "petitioner_told": "当面", "evidence": True}
    moved(cast, factory.matter, timezone.now(), ("director", "triage", TRIAGE), ("director", "solve_on_the_spot", done),
          ("director", "close", {}))  # fmt: skip
    [one] = found(cast.director)
    assert one.is_finished


def test_masked_words_are_found_no_more(cast, factory):
    Matter.objects.filter(pk=factory.matter).update(outline=[], tokens=[])
    assert found(cast.clerk) == []


def test_masking_takes_the_outline_away(cast, factory, privacy_officer):
    assert Matter.objects.get(pk=factory.matter).outline
    for field in ("title", "original_words"):
        mask_text(matter=factory.matter, seq=1, field=field, basis="PI47", by=privacy_officer, at=timezone.now())
    assert Matter.objects.get(pk=factory.matter).outline == []
    assert found(cast.clerk) == []


@pytest.mark.parametrize("n", [1, 6])
def test_the_number_of_statements_does_not_grow(cast, n):
    for _ in range(n):
        registered(cast, timezone.now(), original_words=FACTORY, demand="", people=[WHO])
    director = cast.director
    with CaptureQueriesContext(connection) as asked:
        offered = found(director, people=[WHO])
    assert (len(offered), len(asked)) == (min(n, 5), 6)


def test_the_common_is_asked_for_last_and_only_as_far_as_it_can_be_afforded(monkeypatch):
    common = {n: 0.01 * n for n in range(1, 40)}
    known = alike.Commonness(1000.0, common)
    monkeypatch.setattr(alike, "AFFORDED", 500)
    outline = [39, 38, 3, 2, 1, *range(100, 107)]
    assert alike._affordable(outline, known) == [*range(100, 107), 1, 2, 3, 38]
    monkeypatch.setattr(alike, "AFFORDED", 100)
    assert alike._affordable([39, 38, 37, 1], known) == [1, 37, 38, 39]
    assert alike._affordable(outline, known) == [*range(100, 107), 1, 2, 3]


def test_the_database_knows_what_everybody_says(cast):
    for _ in range(30):
        registered(cast, timezone.now(), original_words=FACTORY, demand="")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE xinfang_matter")
    common = alike._commonness()
    [outline] = {tuple(row) for row in Matter.objects.values_list("outline", flat=True)}
    assert common.rows == 30
    assert {common.outline.get(piece) for piece in outline} == {1.0}
    assert set(common.tokens.values()) == {1.0}

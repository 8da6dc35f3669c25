"""Learning from confirmed matters: on request, without names, sealed, measured before it is used, and taken back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Installation, Lesson, LessonUse
from xinfang.queries import catalogue, lessons
from xinfang.queries.learning import agreement, examples
from xinfang.rules.catalogue.learned import NOTHING_LEARNED
from xinfang.rules.catalogue.lessons import LessonState
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services.learning import LEASE, MOST_TRIES, ask, claim, leave, teach, use

pytestmark = pytest.mark.django_db
NOON = at("2026-03-10 12:00")
PUMPS = {"original_words": "张一说水泵夜里一直响，大家都听得到。", "demand": "把水泵修好"}
KILNS = {"original_words": "砖厂门口的沙石堆到了路上。", "demand": "把沙石清走"}


@pytest.fixture
def house(cast, monkeypatch):
    monkeypatch.setattr("xinfang.services.learning.FEWEST", 15)
    return cast


def confirmed(cast, words, category, times=1, when=NOON, who=(), **triage):
    people = {"people": [{"name": who[0], "phone": who[1], "address": "甲村一组"}]} if who else {}
    for _ in range(times):
        receipt = registered(cast, when, **words, **people)
        moved(cast, receipt.matter, when, ("director", "triage", {**TRIAGE, "category": category, **triage}))


def many(cast, pairs=8):
    """Matters of two kinds in turn, by as many people, in as many words."""
    for n, mark in enumerate("子丑寅卯辰巳午未"[:pairs]):
        when = NOON - timedelta(hours=pairs - n)
        confirmed(cast, {**PUMPS, "facts": f"水泵{mark}"}, "environment", 1, when, (f"李{mark}", f"1990000{n:04d}"))
        later = when + timedelta(minutes=1)
        confirmed(cast, {**KILNS, "facts": f"沙石{mark}"}, "transport", 1, later, (f"王{mark}", f"1991000{n:04d}"))


def learned(by, moment=NOON):
    ask(by=by, at=moment)
    return teach(lesson=claim(at=moment), at=moment)


def last_of_the_house():
    return Event.objects.filter(chain_id=Installation.objects.get(pk=1).chain).order_by("-seq").first()


def test_what_was_confirmed_teaches_and_is_suggested_once_somebody_puts_it_to_use(house):
    assert catalogue.suggestions("", ["水泵夜里响"], NOON.date()) == []
    many(house)
    lesson = learned(house.administrator)
    assert (lesson.number, lesson.state, lesson.learned_at) == (1, LessonState.LEARNED, NOON)
    assert catalogue.suggestions("", ["水泵夜里响"], NOON.date()) == []
    use(number=1, by=house.administrator, at=NOON)
    [first, *_others] = catalogue.suggestions("", ["水泵夜里响"], NOON.date())
    assert first.line.category == "environment"
    assert "水泵" in first.because


def test_the_figures_are_of_the_newest_matters_and_stand_in_the_chain_of_the_house(house):
    many(house)
    lesson = learned(house.administrator)
    figures = lesson.figures
    assert (figures["matters"], figures["taught"], figures["asked"], figures["categories"]) == (16, 13, 3, 2)
    asked = {name: figures[name] for name in ("words_first", "words_three", "both_first", "both_three")}
    assert asked == {"words_first": 0, "words_three": 0, "both_first": 1, "both_three": 3}
    event = last_of_the_house()
    assert (event.type, event.payload) == (
        "suggestions_learned", {"lesson": 1, "result": "learned", "digest": lesson.digest, **figures},
    )  # fmt: skip
    assert len(lesson.digest) == 64


def test_who_stands_on_both_sides_does_not_teach(house):
    many(house, 7)
    confirmed(house, {**PUMPS, "facts": "又响了"}, "environment", 1, NOON, ("李子", "19900009999"))
    confirmed(house, {**KILNS, "facts": "又堆了"}, "transport", 1, NOON, ("别人", "19910000000"))
    assert learned(SYSTEM).figures["taught"] == 16 - 3 - 2


def test_one_goes_back_to_an_earlier_lesson_or_to_the_words_alone(house):
    many(house)
    learned(house.administrator)
    use(number=1, by=house.administrator, at=NOON)
    learned(SYSTEM)
    use(number=2, by=SYSTEM, at=NOON)
    assert last_of_the_house().payload == {"lesson": 2, "before": 1}
    use(number=1, by=house.administrator, at=NOON)
    assert (lessons.in_use().number, lessons.in_use().by) == (1, "何管")
    assert lessons.learned().matters == 13
    use(number=0, by=house.administrator, at=NOON)
    assert lessons.learned() == NOTHING_LEARNED
    assert [one.lesson_id for one in LessonUse.objects.order_by("pk")] == [1, 2, 1, None]
    with pytest.raises(ProgrammingError, match="Cannot update or delete rows"), transaction.atomic():
        LessonUse.objects.all().delete()


def test_what_is_left_is_removed_and_its_figures_stay(house):
    many(house)
    learned(house.administrator)
    leave(number=1, by=house.administrator, at=NOON)
    row = Lesson.objects.get()
    assert (row.state, row.sealed, row.figures["matters"]) == ("left", None, 16)
    assert last_of_the_house().payload == {"lesson": 1}
    for verb in (leave, use):
        with pytest.raises(RuleBroken, match="lesson_unknown"):
            verb(number=1, by=house.administrator, at=NOON)


def test_what_is_in_use_is_neither_left_nor_used_again(house):
    many(house)
    learned(house.administrator)
    with pytest.raises(RuleBroken, match="lesson_used_already"):
        use(number=0, by=house.administrator, at=NOON)
    use(number=1, by=house.administrator, at=NOON)
    with pytest.raises(RuleBroken, match="lesson_in_use"):
        leave(number=1, by=house.administrator, at=NOON)


def test_no_word_can_be_read_from_the_row_and_no_other_key_opens_it(house, settings):
    many(house)
    lesson = learned(house.administrator)
    assert "水泵".encode() not in bytes(lesson.sealed)
    use(number=1, by=house.administrator, at=NOON)
    Lesson.objects.update(sealed=b"\x00" * 64, digest="damaged")
    assert lessons.learned() == NOTHING_LEARNED


def test_names_are_cut_out_and_a_subclass_counts_as_its_class(house):
    confirmed(house, PUMPS, "noise")
    [example] = examples()
    assert example.category == "environment"
    assert "水泵夜里一直响" in example.text
    assert "张一" not in example.text
    assert "张一" in example.people


def test_what_is_not_decided_or_restricted_teaches_nothing(house):
    registered(house, NOON, **PUMPS)
    receipt = registered(house, NOON, **KILNS)
    moved(house, receipt.matter, NOON, ("director", "triage", TRIAGE))
    secret = registered(house, NOON, restricted=True, **PUMPS)
    moved(house, secret.matter, NOON, ("director", "triage", {**TRIAGE, "category": "environment"}))
    assert examples() == []


def test_too_few_matters_say_so_and_change_nothing(house):
    confirmed(house, PUMPS, "environment", times=2)
    lesson = learned(house.administrator)
    assert (lesson.state, lesson.figures["matters"], lesson.sealed) == ("too_few", 2, None)
    assert last_of_the_house().payload["result"] == "too_few"
    confirmed(house, PUMPS, "environment", times=13)
    assert learned(house.administrator).state == "too_few"


@pytest.mark.parametrize("who", ["bureau", "director", "clerk", "supervisor", "petitioner", "stranger"])
def test_nobody_but_the_administrator_teaches_and_puts_to_use(house, who):
    actor = getattr(house, who)
    for verb in (
        lambda: ask(by=actor, at=NOON),
        lambda: use(number=1, by=actor, at=NOON),
        lambda: leave(number=1, by=actor, at=NOON),
    ):
        with pytest.raises(RuleBroken, match="office_only"):
            verb()
    assert not Lesson.objects.exists()


def test_one_lesson_waits_at_a_time_and_is_taken_by_one(house):
    ask(by=house.administrator, at=NOON)
    with pytest.raises(RuleBroken, match="lesson_waiting"):
        ask(by=house.administrator, at=NOON)
    assert lessons.is_due(NOON)
    assert claim(at=NOON).number == 1
    assert claim(at=NOON) is None
    assert not lessons.is_due(NOON)
    assert lessons.is_due(NOON + LEASE)


def test_a_lesson_that_dies_again_and_again_has_failed_and_another_may_be_asked_for(house):
    ask(by=house.administrator, at=NOON)
    moment = NOON
    for _ in range(MOST_TRIES):
        dead = claim(at=moment)
        moment += LEASE
    assert claim(at=moment) is None
    assert (Lesson.objects.get().state, last_of_the_house().type) == ("failed", "learning_failed")
    assert teach(lesson=dead, at=moment).state == "failed"
    assert ask(by=house.administrator, at=moment).number == 2


def test_agreement_is_counted_by_what_was_offered_and_what_was_decided(house):
    offered = {"offered": "noise_and_fumes unpaid_wages gone_line"}
    confirmed(house, PUMPS, "environment", times=2, **offered)
    confirmed(house, PUMPS, "labour", **offered)
    confirmed(house, PUMPS, "health", **offered)
    confirmed(house, PUMPS, "health")
    found = agreement()
    assert (found.asked, found.first, found.any) == (4, 2, 3)


def test_the_command_trains_uses_leaves_lists_and_counts(house, capsys):
    with pytest.raises(CommandError, match="现在有 0 件"):
        call_command("suggest", "train")
    many(house)
    call_command("suggest", "train")
    assert "lesson 2 learned matters 16 taught 13 asked 3 " in capsys.readouterr().out
    call_command("suggest", "use", "2")
    call_command("suggest", "list")
    assert capsys.readouterr().out.startswith("in use 2\nlesson 2 learned")
    with pytest.raises(CommandError, match="先换成别的"):
        call_command("suggest", "leave", "2")
    with pytest.raises(CommandError, match="use N"):
        call_command("suggest", "use")
    call_command("suggest", "work")
    confirmed(house, PUMPS, "environment", offered="noise_and_fumes")
    call_command("suggest", "agreement")
    assert capsys.readouterr().out == "first 1/1\nany 1/1\n"

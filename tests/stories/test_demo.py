"""The demo restates the founding text's figures, comes in once, and never touches a database in real use."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.cast import at
from tests.factories import registered
from xinfang.models import BatchItem, Event, Installation, Matter, User
from xinfang.policies import shipped
from xinfang.queries.figures import figures_as_of
from xinfang.rules.matters.codes import Stage
from xinfang.rules.refusals import RuleBroken
from xinfang.services.demo import DEMO_PASSWORD
from xinfang.stories.demo import load

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def demo(db):
    load(now=timezone.now(), tell=lambda *_progress: None)


def test_the_demo_restates_the_founding_text_and_comes_in_once(demo, capsys):
    figures = {f.code: (f.numerator, f.denominator, str(f.value)) for f in figures_as_of(at("2026-11-01 00:00"))}
    assert figures["R-1"] == (35, 49, "71.4")
    assert figures["R-2R"] == (174, 197, "88.32")
    assert figures["R-3"] == (101, 174, "58.05")
    assert figures["R-3R"] == (101, 197, "51.27")
    assert (figures["L-1"][0], figures["L-1P"][0], figures["L-1M"][0]) == (79, 21, 58)
    assert figures["R-2L"] == (59, 79, "74.68")
    assert sorted(BatchItem.objects.values_list("state", flat=True).distinct()) == ["blocked", "entered", "linked"]
    assert_samples_stand_where_they_should()
    counts = Matter.objects.count(), Event.objects.count(), User.objects.count()
    load(now=timezone.now() + timedelta(minutes=1), tell=lambda *_progress: None)
    assert (Matter.objects.count(), Event.objects.count(), User.objects.count()) == counts
    call_command("demoaccounts")
    said = capsys.readouterr().out
    assert DEMO_PASSWORD in said
    assert "director1" in said
    assert User.objects.get(username="director1").check_password(DEMO_PASSWORD)
    assert not User.objects.get(username="hall2").has_usable_password()


def assert_samples_stand_where_they_should():
    """Disputes at a station are mediated there: they wait with it and are never `handling`, which an organ does."""
    stages = dict(Matter.objects.exclude(addressee="province").exclude(batch__gt="").values_list("number", "stage"))
    samples = shipped("samples.yaml")["matters"]
    assert len(stages) == len(samples) == 60
    assert set(stages.values()) == {stage.value for stage in Stage}


def test_a_database_with_real_matters_is_left_alone(cast):
    registered(cast, at("2026-11-02 09:00"))
    with pytest.raises(CommandError) as refused:
        call_command("loaddemo")
    assert refused.value.returncode == 2
    assert (Matter.objects.count(), Installation.objects.get().is_demo) == (1, False)


def test_without_a_demo_nobody_is_listed_and_no_password_is_given(cast, capsys):
    call_command("demoaccounts")
    assert capsys.readouterr().out == ""
    with pytest.raises(RuleBroken, match="not_a_demo_database"):
        load(now=timezone.now(), tell=lambda *_progress: None)

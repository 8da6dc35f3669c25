"""The register of mediation committees on the screen, and what the forms and papers of a file know from it."""

from datetime import date

import pytest

from xinfang.models import Committee

pytestmark = pytest.mark.django_db
URL, ONE = "/desk/committees/", "/desk/committees/999901001/"
TYPED = {
    "name": "青禾镇人民调解委员会", "kind": "township", "mark": "青人调", "from_on": "2025-01-10", "members": "6",
    "women": "2", "registered_on": "", "is_active": "on",
}  # fmt: skip


def test_a_director_enters_the_committee_and_the_register_says_what_is_missing(desk):
    page = desk("director").get(URL).content.decode()
    assert "名册还是空的" in page
    assert f'href="{ONE}"' in page
    assert desk("director").post(ONE, TYPED)["Location"] == URL
    page = desk("director").get(URL).content.decode()
    for words in (
        "青禾镇人民调解委员会",
        "还没有向司法行政机关报备",
        "没有在任的调解员",
        "6 人，女 2 人",
        "2028-01-10",
    ):
        assert words in page
    form = desk("director").get(ONE).context["form"]
    assert (form.initial["mark"], form.initial["from_on"]) == ("青人调", date(2025, 1, 10))


def test_a_mistake_keeps_everything_typed(desk):
    page = desk("director").post(ONE, {**TYPED, "women": "9"}).content.decode()
    assert "女委员比委员还多" in page
    assert 'value="青人调"' in page
    assert not Committee.objects.exists()


def test_others_read_it_and_cannot_write(desk):
    desk("director").post(ONE, TYPED)
    assert f'href="{ONE}"' not in desk("clerk").get(URL).content.decode()
    assert desk("clerk").get(ONE).status_code == 404
    assert desk("other_director").get(ONE).status_code == 404
    assert desk("labour_officer").get(URL).status_code == 404

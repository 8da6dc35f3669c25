"""In whose name a paper is issued: the organ, never the centre, the station or an office that prints for it."""

import pytest

from xinfang.models import Unit
from xinfang.queries.issuers import issuer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.mark.parametrize(
    ("unit", "organ"),
    [
        ("999901-RS", "999901-RS"),
        ("999901001-ZF", "999901001-ZF"),
        ("999901001-ZH", "999901001-ZF"),
        ("999901001", "999901001-ZF"),
        ("999901001201", "999901001-ZF"),
    ],
)
def test_the_organ_answers_for_what_is_inside_it(unit, organ):
    assert issuer_of(unit).code == organ


def test_nobody_answers_where_no_government_sits_and_for_no_unit():
    assert issuer_of("999901-DC") is None
    assert issuer_of("") is None
    Unit.objects.filter(pk="999901-RS").update(function="government")
    assert issuer_of("999901-DC").code == "999901-RS"


def test_the_phone_is_the_organs_own_else_that_of_the_centre_it_prints_at():
    Unit.objects.filter(pk="999901001").update(phone="0000-1", address="便民路2号")
    assert (issuer_of("999901001-ZF").phone, issuer_of("999901001-ZF").address) == ("0000-1", "便民路2号")
    Unit.objects.filter(pk="999901001-ZF").update(phone="0000-2")
    assert issuer_of("999901001").phone == "0000-2"

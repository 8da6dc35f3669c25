"""A version of the catalogue to take along: the YAML reads as it stands, the sheet holds no formula."""

import zipfile
from io import BytesIO

import pytest

from tests.rules.shipped_files import policy
from tests.services.test_catalogue import line
from xinfang.policies import strict_yaml

pytestmark = pytest.mark.django_db
URL = "/desk/office/catalogue/"


def parts(content):
    with zipfile.ZipFile(BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


@pytest.fixture
def office(desk):
    return desk("administrator")


def test_the_yaml_of_the_shipped_version_says_what_is_shipped(office):
    answer = office.get(f"{URL}0/file.yaml")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue-0.yaml"'
    read = strict_yaml.parse(answer.content)
    assert (read["shelves"], read["items"]) == (policy("catalogue")["shelves"], policy("catalogue")["items"])
    assert "工资被拖欠" in answer.content.decode()


def test_the_sheet_names_everything_in_words_and_holds_no_formula(office):
    danger = '=HYPERLINK("http://example.test")'
    office.post(f"{URL}line/debts/", line("debts", example=danger, synonyms="+1、@sum"))
    answer = office.get(f"{URL}1/file.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue-1.xlsx"'
    files = parts(answer.content)
    sheets = "".join(text for name, text in files.items() if name.startswith("xl/worksheets/sheet"))
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    words = files["xl/sharedStrings.xml"]
    for text in (
        "=HYPERLINK(",
        "+1、@sum",
        "工资被拖欠",
        "工资 社保 劳动",
        "劳动和社会保障",
        "不登记，另有专门渠道",
        "劳动合同、工牌或考勤记录",
    ):
        assert text in words
    for code in ("unpaid_wages", "labour_arbitration", "surroundings"):
        assert code not in words


def test_what_is_not_there_is_a_missing_page(office, desk):
    for path in ("9/file.yaml", "0/file.pdf", "0/file."):
        assert office.get(f"{URL}{path}").status_code == 404
    assert desk("clerk").get(f"{URL}0/file.yaml").status_code == 404

"""A version of the catalogue to take along: the YAML reads as it stands, the sheet holds no formula."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.rules.shipped_files import policy
from tests.services.test_catalogue import line
from xinfang.models import CatalogueVersion
from xinfang.policies import strict_yaml
from xinfang.rules.catalogue.versions import changes

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


def sent(browser, content):
    return browser.post(f"{URL}import/", {"file": SimpleUploadedFile("catalogue.yaml", content)}, follow=True)


def test_what_was_exported_is_changed_and_read_into_a_draft(office):
    content = office.get(f"{URL}0/file.yaml").content
    page = sent(office, content.replace("工资被拖欠".encode(), "老板不给钱".encode())).content.decode()
    assert f"文件里的 {len(policy('catalogue')['items'])} 个事项已写进草案" in page
    [row] = CatalogueVersion.objects.all()
    assert row.document["items"][0]["zh"] == "老板不给钱"
    assert [change.key for change in changes(policy("catalogue")["items"], row.document["items"])] == ["unpaid_wages"]
    assert row.published_at is None


def test_every_fault_stands_beside_its_line_and_nothing_is_written(office):
    content = office.get(f"{URL}0/file.yaml").content
    wrong = content.replace("zh: 工资被拖欠".encode(), b"zh: ''").replace(b"shape: land", b"shape: moon")
    page = sent(office, wrong).content.decode()
    assert "文件里有要改的地方，什么都没有写进草案" in page
    assert '<th scope="row" data-label="key">unpaid_wages</th>' in page
    assert '<th scope="row" data-label="key">land</th>' in page
    assert "请填写这一项" in page
    assert not CatalogueVersion.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"items: [",
        b"a: &x [1]\nb: *x",
        b"day: 2026-13-45",
        b"[" * 5000,
        b"a: 1\na: 2",
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_such_file_is_refused_in_words(office, content):
    assert "这个文件不是可用的事项清单" in sent(office, content).content.decode()


def test_a_form_without_a_file_says_so(office):
    assert "错误：" in office.post(f"{URL}import/").content.decode()

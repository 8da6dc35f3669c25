"""A workbook from outside can be wrong, huge or hostile; it is refused with a sentence and breaks nothing."""

import zipfile

import pytest

from tests.services.batch_files import row, write
from xinfang.gateways import sheets
from xinfang.gateways.batch_book import read_batch
from xinfang.gateways.sheets import read_workbook
from xinfang.labels.refusals import word
from xinfang.rules.refusals import RuleBroken


def refused(path) -> str:
    with pytest.raises(RuleBroken) as found:
        read_workbook(path)
    assert word(found.value).endswith("。")
    return found.value.code


def packed(path, parts: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def test_formulas_arrive_as_the_values_that_were_saved(tmp_path):
    path = write(tmp_path / "b.xlsx", [row(1, name='=="张三"')])
    assert read_batch(path).rows[0].cells["name"] == "张三"


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"id,name\n1,2\n")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    cut = write(tmp_path / "b.xlsx", [row(1)]).read_bytes()[:-60]
    (tmp_path / "cut.xlsx").write_bytes(cut)
    assert refused(tmp_path / "a.xlsx") == "file_not_workbook"
    assert refused(tmp_path / "old.xls") == "file_old_excel"
    assert refused(tmp_path / "cut.xlsx") == "file_not_workbook"
    assert refused(tmp_path / "missing.xlsx") == "file_unreadable"
    assert refused(packed(tmp_path / "zip.xlsx", {"readme.txt": b"x"})) == "file_not_workbook"
    assert refused(packed(tmp_path / "hollow.xlsx", {"[Content_Types].xml": b"<x/>"})) == "file_not_workbook"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/embeddings/oleObject1.bin"])
def test_macros_and_embedded_objects_are_refused(tmp_path, part):
    path = write(tmp_path / "b.xlsx", [row(1)])
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(part, b"x")
    assert refused(path) == "file_has_macros"


def test_a_bomb_is_refused_before_it_is_opened(tmp_path):
    path = write(tmp_path / "b.xlsx", [row(1)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/zeros.bin", b"\x00" * (sheets.UNPACKED_MOST + 1))
    assert path.stat().st_size < 1024 * 1024
    assert refused(path) == "file_too_heavy"


def test_too_many_parts_and_too_large_files_are_refused(tmp_path):
    many = {"[Content_Types].xml": b"x"} | {f"p{n}": b"" for n in range(sheets.PARTS_MOST)}
    assert refused(packed(tmp_path / "many.xlsx", many)) == "file_too_heavy"
    with (tmp_path / "large.xlsx").open("wb") as file:
        file.truncate(sheets.FILE_MOST + 1)
    assert refused(tmp_path / "large.xlsx") == "file_too_large"


def test_a_reader_that_runs_out_of_memory_breaks_alone(tmp_path, settings):
    path = write(tmp_path / "b.xlsx", [row(1)])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    cells = b"".join(b'<c r="A%d" t="inlineStr"><is><t>%s</t></is></c>' % (n, b"x" * 2000) for n in range(1, 60_000))
    parts["xl/worksheets/sheet2.xml"] = b'<worksheet><sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"
    found = packed(tmp_path / "fat.xlsx", parts)
    assert found.stat().st_size < sheets.FILE_MOST
    with pytest.raises(RuleBroken) as broken:
        read_batch(found)
    assert broken.value.code in {"file_too_heavy", "file_columns_missing", "file_not_workbook"}


def test_sheets_and_columns_that_are_missing_or_unknown_are_named(tmp_path):
    path = write(tmp_path / "b.xlsx", [row(1)])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    book = parts["xl/workbook.xml"].replace("明细".encode(), "名单".encode())
    with pytest.raises(RuleBroken) as missing:
        read_batch(packed(tmp_path / "c.xlsx", parts | {"xl/workbook.xml": book}))
    assert (missing.value.code, missing.value.facts) == ("file_sheets_missing", {"sheets": "明细"})
    words = parts["xl/sharedStrings.xml"].replace("包案领导".encode(), "性别".encode())
    with pytest.raises(RuleBroken) as unknown:
        read_batch(packed(tmp_path / "d.xlsx", parts | {"xl/sharedStrings.xml": words}))
    assert (unknown.value.code, unknown.value.facts) == ("file_columns_unknown", {"columns": "性别"})

"""The archive that a petitioner takes home: a page, the same as JSON, every paper under its own name."""

import io
import json
import zipfile

from xinfang.documents import own_record


def test_page_facts_and_papers_lie_in_one_archive():
    into = io.BytesIO()
    papers = [("灯.png", b"1"), ("灯.png", b"2")]
    own_record.pack(into, page="<p>记录</p>", record={"number": "XF", "sections": []}, papers=papers)
    with zipfile.ZipFile(into) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["record.html", "record.json", "files/01-灯.png", "files/02-灯.png"]
        assert packed.read("record.html").decode() == "<p>记录</p>"
        assert json.loads(packed.read("record.json")) == {"number": "XF", "sections": []}
        assert packed.read("files/02-灯.png") == b"2"

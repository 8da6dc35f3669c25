"""UX-18: what comes out of the printer: size, margins, letters, number and QR code are read from the PDF itself."""

from io import BytesIO
from unicodedata import normalize

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageOps
from pypdf import PdfReader

from tests.journeys.town_hall import CENTRE, fill_hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ID_NUMBER = "341602189001010013"
DOTS = 8  # to the millimetre, as a receipt printer has them
A4, A5, SLIP = (210, 297), (148, 210), (80, 200)
NOT_ON_PAPER = (
    "跳到正文",
    "退出",
    "快捷键",
    "打印或保存",
    "打印回执",
    "登记不得拒绝",
    "人工帮助",
    "大字版",
    "English",
    "隐私",
)


@pytest.fixture(scope="module")
def sessions(town):
    """One matter with everything that may and may not stand on paper; the sessions that print it."""
    town.registers("named", town.now, people=[{"name": "张一", "phone": "19900000001", "id_number": ID_NUMBER}])
    fill_hall(town.cast, town.now)
    return {who: town.session(who) for who in ("", "clerk", "director", "submitted", "with:named")}


@pytest.fixture(scope="module")
def number(town):
    return town.receipts["named"].number


class Paper:
    """A printed page: `size` and `margins` in millimetres, its `text`, the content of its `code`."""

    def __init__(self, made: bytes) -> None:
        self.reader = PdfReader(BytesIO(made))
        box = self.reader.pages[0].mediabox
        self.size = (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4))
        extracted = "".join(page.extract_text() for page in self.reader.pages)
        self.text = normalize("NFKC", extracted)  # a glyph that two characters share may come back as its radical
        self.pictures = [
            page.render(scale=DOTS * 25.4 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(made)
        ]

    @property
    def margins(self) -> list[float]:
        """The narrowest white on each side of any sheet."""
        inks = [ImageOps.invert(picture).point(lambda ink: 255 * (ink > 40)).getbbox() for picture in self.pictures]
        sizes = [picture.size for picture in self.pictures]
        sides = [(ink[0], ink[1], size[0] - ink[2], size[1] - ink[3]) for ink, size in zip(inks, sizes, strict=True)]
        return [min(side) / DOTS for side in zip(*sides, strict=True)]

    @property
    def codes(self) -> list[str]:
        return [code.text for picture in self.pictures for code in zxingcpp.read_barcodes(grey(picture))]

    def fonts_left_out(self) -> list[str]:
        """Fonts that the printer would have to have itself."""
        return [str(font["/BaseFont"]) for page in self.reader.pages for font in fonts(page) if not is_embedded(font)]


def grey(picture: Image.Image) -> Image.Image:
    """With the white edge that a reader of codes wants around it."""
    return ImageOps.expand(picture, border=40, fill=255)


def fonts(page):
    for font in page["/Resources"].get("/Font", {}).values():
        font = font.get_object()  # noqa: PLW2901  -- a reference and what it means
        yield from (part.get_object() for part in font.get("/DescendantFonts", [font]))


def is_embedded(font) -> bool:
    if font["/Subtype"] == "/Type3":
        return True  # drawn in the page itself
    return any(name in font["/FontDescriptor"] for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def printed(page) -> Paper:
    return Paper(page.pdf(prefer_css_page_size=True))


def faults(paper: Paper, size, margin: float, *words: str) -> list[str]:
    """What is wrong with a paper that should have this size, this white around it and these words on it."""
    found = [f"no {word}" for word in words if word not in paper.text.replace("\n", "")]
    found += [f"{word} is on the paper" for word in NOT_ON_PAPER if word in paper.text]
    found += [f"not embedded: {font}" for font in paper.fonts_left_out()]
    if paper.size != size:
        found.append(f"{paper.size} instead of {size}")
    if min(paper.margins) < margin - 1:
        found.append(f"margins {paper.margins} instead of {margin}")
    return found


def test_the_receipt_fits_the_slip_and_the_small_sheet_and_its_code_reads_as_the_number(sessions, visitor):
    page = visitor().has(sessions["clerk"]).open("/desk/intake/new/")
    page.fill("[name=original_words]", "村口的路灯坏了半个月，晚上走路看不见。")
    page.fill("[name=id_number]", ID_NUMBER)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/intake/receipt/**")
    number, code = page.inner_text(".receipt-number"), page.inner_text(".receipt-code")
    slip = printed(page)
    assert faults(slip, SLIP, 3, "登记回执", number, code, "不收费", "最迟") == []
    assert slip.codes == [number], "the number and nothing else"
    assert ID_NUMBER not in slip.text
    page.check("#paper-a5")
    sheet = printed(page)
    assert faults(sheet, A5, 12, "登记回执", number, code) == []
    assert sheet.codes == [number]


def test_the_registration_form_has_the_full_number_because_it_is_for_signing(sessions, number, visitor):
    page = visitor().has(sessions["director"]).open(f"/desk/intake/receipt/{number}/form/")
    page.locator("main form button").first.click()
    page.wait_for_selector(".visit-form table")
    paper = printed(page)
    assert faults(paper, A4, 18, "登记表", number, ID_NUMBER, "签名") == []
    assert len(paper.pictures) == 1, "one sheet"


@pytest.mark.parametrize(
    ("who", "path", "size", "margin", "words"),
    [
        ("", f"/hall/{CENTRE}/ticket/A002/", SLIP, 3, ("您的号", "A002", "不收费")),
        ("", f"/hall/{CENTRE}/notice/", A4, 18, ("公示牌", "领导接访", "13710")),
        ("director", "/desk/m/{named}/clock/13710-7/", A4, 18, ("{named}",)),
        ("submitted", "/submit/done/", A4, 18, ("提交成功", "查询码")),
        ("with:named", "/track/case/", A4, 18, ("{named}",)),
        ("director", "/desk/m/{named}/", A4, 18, ("{named}", "张*")),
    ],
    ids=lambda each: each.strip("/") if isinstance(each, str) else "",
)
def test_what_is_printed_is_the_matter_and_nothing_of_the_page_around_it(
    sessions, number, visitor, who, path, size, margin, words
):
    page = visitor().has(sessions[who]).open(path.format(named=number))
    paper = printed(page)
    assert faults(paper, size, margin, *(word.format(named=number) for word in words)) == []
    assert ID_NUMBER not in paper.text

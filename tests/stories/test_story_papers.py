"""The stories of the domain on paper: each official paper says what its story says, and leaves a way."""

from pathlib import Path

import pytest

from xinfang.documents.petition_papers import paper_of, papers_there
from xinfang.models import Event, Matter, Post
from xinfang.queries.dossier import dossier_for
from xinfang.queries.people import actor_of
from xinfang.rules.matters.papers import PetitionPaper
from xinfang.stories.expectations import check
from xinfang.stories.player import Player
from xinfang.stories.story import read

pytestmark = pytest.mark.django_db
STORIES = Path(__file__).parent.parent / "scenarios"
NO_LONGER, REFUSED, ROUTE = PetitionPaper.NO_LONGER, PetitionPaper.NOT_ACCEPTED, PetitionPaper.ROUTE
OPINION, REQUEST, TAKEN = PetitionPaper.REVIEW_OPINION, PetitionPaper.REVIEW_REQUEST, PetitionPaper.REVIEW_TAKEN
REPLY, OBJECTION = PetitionPaper.OBJECTION_REPLY, PetitionPaper.OBJECTION


def printed(story):
    """Every paper of a story as the bureau prints it, newest first, each as (kind, frame, everything it says)."""
    path = STORIES / f"{story}.yaml"
    assert list(Player(read(path.read_text(encoding="utf-8"), path.name)).play(check).mismatches) == []
    now = Event.objects.order_by("-recorded_at")[0].recorded_at
    bureau = actor_of(Post.objects.filter(role="petition_bureau")[0].holder, now.date())
    found = []
    for number in Matter.objects.order_by("received_at").values_list("number", flat=True):
        dossier = dossier_for(bureau, number, now)
        for event, kind in papers_there(dossier):
            paper = paper_of(dossier, event, kind, "某某")
            body = paper.body
            said = [f"{name}={text}" for name, text in body.lines]
            found.append((kind, paper.frame, "\n".join([body.title, *said, *body.says, *body.can, *body.latest])))
            assert body.meaning, kind
            assert body.can, kind
            assert body.latest, kind
    return found


@pytest.mark.parametrize(
    ("story", "kind", "number", "issuer", "texts"),
    [
        ("S09", NO_LONGER, "区信不再〔2026〕1号", "信访局", (
            "复核意见书=示市复核〔2025〕3号", "复核意见书日期=2025年6月20日", "复核机关=示例市人民政府",
            "诉求=重新处理", "比对情况=诉求相同；事实相同；理由相同。有新的事实或者理由可以另行提出",
        )),
        ("S10", ROUTE, "区信导〔2026〕10号", "信访局", (
            "诉访分离告知书", "诉求=多分财产", "民事诉讼", "为什么=法院已经受理，属于诉讼权利救济",
            "受理机关=示范区人民法院", "怎样申请=按法院通知举证、开庭；可以申请法律援助", "案号=示民初〔2026〕12号",
            "12348",
        )),
        ("S31", REFUSED, "区信不受〔2026〕6号", "信访局", (
            "（N-1）", "第十九条", "有权处理的机关=由青禾镇人民政府办理，期限至2026-07-24", "最迟 2026年7月24日",
        )),
        ("S23", OPINION, "示政复查〔2026〕4号", "人民政府", (
            "复查意见书", "不服的文书=青政信意〔2026〕9号", "申请理由=收入算错了", "查明的事实=收入核实无误",
            "审查意见=维持原处理意见", "最迟 2026年12月9日",
        )),
        ("S23", TAKEN, "", "人民政府", ("审查机关最迟 2026年11月6日", "请求日期=2026年10月8日")),
        ("S20", OBJECTION, "", "", ("异议理由=占道经营归城管",)),
        ("S20", REPLY, "区政办〔2026〕20号", "信访局", ("同意退件复函", "理由=油烟为主", "改由谁承办=", "生态环境")),
    ],
)  # fmt: skip
def test_the_paper_says_what_the_story_says(story, kind, number, issuer, texts):
    made = [(frame, said) for each, frame, said in printed(story) if each is kind]
    frame = next(frame for frame, said in made if all(text in said for text in texts))
    assert frame.number == number or not number
    assert frame.issuer.name.endswith(issuer)
    assert frame.contact or kind is TAKEN


def test_the_requests_of_a_ladder_are_two_and_the_second_is_addressed_above():
    made = [frame for kind, frame, _said in printed("S23") if kind is REQUEST]
    assert [frame.addressee for frame in made] == ["上一级机关", "示范区人民政府"]
    assert [frame.issuer for frame in made] == [None, None]
    assert len({frame.number for frame in made}) == 2

"""Words for the figures: what each is called, and what its numerator and denominator count."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.figures.definitions import Block

Words = str | Promise


@dataclass(frozen=True)
class FigureWords:
    """The name of a figure and what stands above and below its line."""

    name: Words
    numerator: Words
    denominator: Words = ""
    scope: Words = ""


_ON_TIME = _("到期或已办的算进分母；没到期的、到期前已办结而没有落实的，两边都不算。")
_OWN = _("不含导入的历史信件。")

FIGURES: dict[str, FigureWords] = {
    "R-1": FigureWords(
        _("化解率（交办批次）"),
        _("已核实化解的交办件"),
        _("交办件数"),
        _("按交办件计，不按信访事项计；关联、待补正和另行处理的行都在分母里。撤回的批次不算。"),
    ),
    "R-2R": FigureWords(_("办结率（省领导接访）"), _("已办结"), _("省领导接访件数"), _("重新办理的不再算办结。")),
    "R-3": FigureWords(
        _("息访率（省领导接访）"),
        _("已办结且本人表示息访"),
        _("省领导接访的办结件数"),
        _("分母是办结件，不是接访件。息访由信访人本人表示，撤回后不再计算。"),
    ),
    "L-1": FigureWords(_("致省领导信件"), _("来信和省长信箱件数"), scope=_("两个渠道相加。")),
    "L-1P": FigureWords(_("其中：来信"), _("寄给省领导的纸质来信")),
    "L-1M": FigureWords(_("其中：省长信箱"), _("省长信箱来件")),
    "R-2L": FigureWords(_("办结率（信件）"), _("已办结的信件"), _("致省领导信件总数"), _("两个渠道合在一起。")),
    "R-4": FigureWords(_("销号率"), _("已销号"), _("登记件数"), _("并案的只算一件。")),
    "R-4O": FigureWords(_("未销号数"), _("登记后还没有销号"), scope=_("清零就是这个数到 0，一件也不删。")),
    "R-3R": FigureWords(_("息访率（按接访件数）"), _("已办结且本人表示息访"), _("省领导接访件数")),
    "V-3": FigureWords(_("现场办理率"), _("收到当天就落实"), _("本中心登记件数"), _OWN),
    "K-1": FigureWords(_("1：当日研究部署按期率"), _("按期研究部署"), _("到期或已研究部署"), _ON_TIME),
    "K-3": FigureWords(_("3：三日初步反馈按期率"), _("按期反馈或已落实"), _("适用且到期或已办"), _ON_TIME),
    "K-7": FigureWords(
        _("7：七日落实按期率"),
        _("按期落实"),
        _("适用且到期或已办"),
        _("经批准延后的算有理由的逾期，不算按期。没到期的、到期前已办结而没有落实的，两边都不算。"),
    ),
    "K-M": FigureWords(
        _("1：一个月按期率"),
        _("按期落实，或按期报了获批的方案"),
        _("适用且到期或已办"),
        _("经批准延后的算有理由的逾期，不算按期。没到期的、到期前已办结而没有落实的，两边都不算。"),
    ),
    "P-1": FigureWords(_("及时告知率"), _("十五日内书面告知"), _("到期或已告知"), _OWN),
    "P-2": FigureWords(_("按期办结率"), _("六十日（含批准的延期）内出具意见"), _("到期或已出具"), _OWN),
    "F-1": FigureWords(
        _("程序违法件数"),
        _("超过法定期限的事项"),
        scope=_("法定期限单独统计，与13710的逾期不合并。不含导入的历史信件。"),
    ),
    **{
        f"A-{days}": FigureWords(
            words,
            _("收信后这些天内答复的"),
            _("导入时已有答复的信件"),
            _("只作对照：这些信件在导入前已经答复，算办结，不算化解，也不算七日落实。"),
        )
        for days, words in (
            (1, _("1 天内答复")),
            (3, _("3 天内答复")),
            (7, _("7 天内答复")),
            (15, _("15 天内答复")),
            (30, _("30 天内答复")),
            (60, _("60 天内答复")),
        )
    },
}

BLOCKS: dict[Block, Words] = {
    Block.ARTICLE: _("专项与领导接访"),
    Block.LEDGER: _("台账"),
    Block.HOUSE: _("13710 按期情况"),
    Block.STATUTE: _("法定期限"),
    Block.OLD_ANSWERS: _("历史答复对照"),
}

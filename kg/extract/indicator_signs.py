"""What stands in every clause that a pattern of the figures matches, looked for in many clauses at once.

Each sign is a bit; a clause without it is not searched for the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.signs import Signs

__all__ = [
    "AIMING",
    "BODY",
    "CHANGING",
    "CHOOSING",
    "DOING",
    "ENDING",
    "HOLDING",
    "LAST_YEAR",
    "LEFT_OUT",
    "NAMING",
    "OCCASION",
    "SCOPED",
    "SINCE",
    "SPEAKING",
    "TELLING",
    "THING",
    "THIS_YEAR",
    "TOTAL",
    "YEAR",
    "clause_signs",
]

ENDING, YEAR, LAST_YEAR, THIS_YEAR, SINCE, TOTAL, TO_DATE, BODY, CHOOSING = (1 << n for n in range(9))
HOLDING, DOING, NAMING, SPEAKING, TELLING, AIMING, THING, LEFT_OUT, CHANGING = (1 << n for n in range(9, 18))
#: What has a scope of its own, and what tells of something held or done.
SCOPED = ENDING | YEAR | LAST_YEAR | THIS_YEAR | SINCE | TOTAL | TO_DATE
OCCASION = HOLDING | DOING | NAMING | SPEAKING

_SIGNS = {
    ENDING: "截 底 末 年中",
    YEAR: "年",
    LAST_YEAR: "上年 去年 上一年 过去",
    THIS_YEAR: "全年 年内 当年 本年 一年来 今年 上半年 下半年 个月 季度 至 — -",
    SINCE: "来 起 至今 开始",
    TOTAL: "累计 总数 截至目前共 历年",
    TO_DATE: "共",
    BODY: "员会 海关 察院 法院 法庭 判庭 中心 权局 管局 公司 大学 学院 本级",
    CHOOSING: "评选 评比 遴选 推选 征集",
    HOLDING: "举办 召开 举行 承办 主办 开幕 闭幕 启动 开班 开考 铺开 展开 落幕 收官 结束 开馆 揭晓",
    DOING: "开展 实施 开设",
    NAMING: "启动 推进 设立 参加 参与",
    SPEAKING: "” 论坛是 会是 班是",
    TELLING: "全国 我国 有 新增 完成 实现 外贸 出口 进口 社会消费 地区生产 规模以上 新设 口岸 入选 获批 建成 查处 "
    "查办 受理 办结 发放 投入",
    AIMING: "力争 未来 预计 预期 计划 目标 到",
    THING: "平台 系统 清单 名录 名单 目录 数据库 合作网络 专栏 上线 结果",
    LEFT_OUT: "首个 唯一 第一个 首家 分 均 都 选登 刊登 刊发 摘登 选编 选刊 节选 入选 获评 荣获 上榜 评为 列入 "
    "中 培训 培养 举办 提供 授课 办理 达成 建立 签署 签订 缔结 结成 形成",
}
#: What a value is compared with, beside the words for what rises or falls.
_AGAINST = "低于 低出 超过 领先 倍"


def clause_signs(changes: Iterable[str]) -> Signs:
    """The signs of clauses; `changes` are the words for what rises or falls."""
    return Signs({sign: told.split() for sign, told in _SIGNS.items()} | {CHANGING: [*_AGAINST.split(), *changes]})

"""The bundled sample: real facts of 2024, the project's own words, the report's figures."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample" / "cnipa-2024-sample.md"
SECOND = ROOT / "tests" / "fixtures" / "second-report.md"
REPORT = ROOT.parent / "shared" / "reports" / "cnipa-2024.md"

RUN = 14
TABLES = range(1, 13)

# Official names of bodies, posts, meetings and treaties: nobody can word them anew.
NAMES = (
    "全国知识产权系统知识产权保护工作会议",
    "全国知识产权系统国际合作工作会议",
    "全国知识产权系统公共服务工作会议",
    "全国知识产权系统政务工作会议",
    "全国知识产权系统人才工作会议",
    "全国知识产权系统规划工作会议",
    "全国知识产权专业学位研究生教育指导委员会",
    "全国涉外知识产权律师能力提升培训班",
    "全国知识产权局局长高级研修班",
    "国家知识产权专家咨询委员会高级研讨班",
    "国家知识产权局定点帮扶桑植县30周年暨知识产权助力乡村振兴座谈会",
    "国家知识产权强国建设工作部际联席会议",
    "中央纪委国家监委驻市场监管总局纪检监察组",
    "知识产权公共服务专利检索分析大赛",
    "知识产权快速协同保护工作现场会",
    "知识产权保护中心建设推进工作组",
    "知识产权强国建设第三批典型案例",
    "京外专利审查协作中心运营和管理现场会",
    "海外知识产权纠纷应对指导工作会议",
    "专利转化运用专项行动推进机制",
    "药品专利纠纷早期解决机制",
    "山东省知识产权保护与发展大会",
    "世界知识产权组织",
    "国际植物新品种保护联盟",
    "非洲地区知识产权组织",
    "澳大利亚知识产权局",
    "埃塞俄比亚知识产权局",
    "塞尔维亚共和国知识产权局",
    "俄罗斯联邦知识产权局",
    "厄瓜多尔国家知识产权服务局",
    "秘鲁国家竞争防卫与知识产权保护局",
    "格鲁吉亚国家知识产权中心",
    "法国农业和粮食主权部",
    "香港特区政府商务及经济发展局",
    "中国国际经济贸易仲裁委员会丝绸之路仲裁中心",
    "中美欧日韩知识产权五局合作局长系列会议",
    "成员国大会系列会议",
    "金砖国家知识产权局局长会议",
    "中日韩知识产权局局长会",
    "中欧两局局长会议",
    "共建全面振兴新突破知识产权强省推进大会",
    "机关党的建设和党风廉政建设工作会议",
    "第二十一届上海知识产权国际论坛",
    "第二届长三角高价值专利运营大赛",
    "知识产权领域严重违法失信名单",
    "阿拉伯联合酋长国总统穆罕默德",
    "欧盟委员会农业委员",
    "南非公司与知识产权局",
    "希腊工业产权组织",
    "第五届国家知识产权专家咨询委员会",
    "湖南省人民政府",
    "首届中国（长春）汽车产业高价值专利培育大赛",
    "中国加入专利合作条约（PCT）三十周年相关活动",
    "第十五届中国—东盟知识产权局局长会议",
    "丹麦专利商标局局长苏恩·斯泰普·索伦森",
    "欧洲专利局局长安东尼奥·坎普诺斯",
    "英国知识产权局局长亚当·威廉姆斯",
    "欧亚专利局局长戈利高里·伊夫利耶夫",
)
# A title or quoted name: 《…》 may hold another in 〈…〉.
_TITLES = re.compile(r"《[^》]{0,120}》|“[^”]{0,80}”")
_CJK = re.compile(r"[\u4e00-\u9fff]+")
_FIGURED = re.compile(r"\d|[一二三四五六七八九十]+(?:次|届)|《|“|·|申长雨|胡文辉|卢鹏起|廖涛")


def _prose(text: str) -> list[str]:
    """The lines of a report that are running text: no tables, no headings."""
    return [
        line
        for line in text.split("\n")
        if line.strip() and "\t" not in line and not line.lstrip().startswith(("|", "#"))
    ]


def _runs(text: str) -> list[str]:
    """The stretches of Chinese characters outside titles and names, spaces removed."""
    lines = []
    for line in _prose(text):
        line = _TITLES.sub("。", re.sub(r"\s", "", line))
        for name in NAMES:
            line = line.replace(name, "。")
        lines.append(line)
    return [run for line in lines for run in _CJK.findall(line) if len(run) >= RUN]


def _shared_runs(sample: str, report: str) -> list[str]:
    known = {run[i : i + RUN] for run in _runs(report) for i in range(len(run) - RUN + 1)}
    return [run[i : i + RUN] for run in _runs(sample) for i in range(len(run) - RUN + 1) if run[i : i + RUN] in known]


def _table_rows(text: str) -> dict[int, list[tuple[str, tuple[int, ...]]]]:
    """Rows (label, figures) of the numbered tables, whether cells part at tabs or at pipes."""
    found: dict[int, list[tuple[str, tuple[int, ...]]]] = {n: [] for n in TABLES}
    number = 0
    for line in text.split("\n"):
        caption = re.match(r"\**表\s?(\d{1,2})\s", line)
        if caption:
            number = int(caption[1])
            continue
        mark = "\t" if "\t" in line else "|"
        bare = re.sub(r"</?b>|[^\S\t]", "", line).strip("|")
        cells = [cell.translate(str.maketrans("（）", "()")) for cell in bare.split(mark)]
        if number and len(cells) > 1 and all(cell.isdigit() for cell in cells[1:]):
            found[number].append((cells[0], tuple(int(cell) for cell in cells[1:])))
    return found


@pytest.fixture(scope="module")
def sample() -> str:
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report() -> str:
    if not REPORT.is_file():
        pytest.skip("the report is not here")
    return REPORT.read_text(encoding="utf-8")


def test_the_wording_is_our_own(sample: str, report: str) -> None:
    assert _shared_runs(sample, report) == []


def test_the_check_sees_a_copied_clause(report: str) -> None:
    copied = next(run for run in _runs(report) if len(run) > 2 * RUN)
    assert _shared_runs(f"前文，{copied[3:-3]}，后文。", report)


def test_no_long_stretch_with_figures_is_shared(sample: str, report: str) -> None:
    """The same with digits and commas inside: nothing of 18 characters in common."""

    def bare(text: str) -> list[str]:
        lines = [_TITLES.sub("\n", re.sub(r"\s", "", line)) for line in _prose(text)]
        for name in NAMES:
            lines = [line.replace(name, "\n") for line in lines]
        return [piece for line in lines for piece in re.split(r"[\n。；]", line)]

    known = {piece[i : i + 18] for piece in bare(report) for i in range(len(piece) - 17)}
    assert [p for p in bare(sample) for i in range(len(p) - 17) if p[i : i + 18] in known] == []


def test_it_tells_enough(sample: str) -> None:
    sentences = [s for line in _prose(sample) for s in re.findall(r"[^。]+。", line)]
    assert sum(bool(_FIGURED.search(s)) for s in sentences) >= 190
    assert len(sentences) == len(set(sentences))


def test_its_figures_stand_in_the_report(sample: str, report: str) -> None:
    """Every number of three digits or more, or with a decimal point, is one of the report's."""
    number = re.compile(r"(?<![\d.])\d{3,}(?:\.\d+)?|(?<![\d.])\d+\.\d+")
    ours = {n for line in _prose(sample.split("---", 2)[2]) for n in number.findall(line)}
    known = set(number.findall("\n".join(_prose(report)).replace(" ", "")))
    assert sorted(ours - known) == []


def test_the_titles_stand_in_the_report(sample: str, report: str) -> None:
    bare = re.sub(r"\s|<[^>]+>", "", report)
    titles = set(re.findall(r"《([^》]+)》", re.sub(r"\s", "", "".join(_prose(sample)))))
    assert len(titles) >= 70
    assert sorted(t for t in titles if t not in bare) == []


@pytest.mark.parametrize("number", TABLES)
def test_the_tables_carry_the_figures_of_the_report(sample: str, report: str, number: int) -> None:
    ours, theirs = _table_rows(sample)[number], _table_rows(report)[number]
    assert len(theirs) >= 35
    assert Counter(n for _, row in ours for n in row) == Counter(n for _, row in theirs for n in row)
    assert Counter(ours) == Counter(theirs)


def test_the_cases_are_thirty(sample: str) -> None:
    assert [int(n) for n in re.findall(r"^\| (\d+) \| \D", sample, re.M)] == list(range(1, 31))


def test_a_section_for_each_of_many_regions(sample: str) -> None:
    regional = sample.split("# 地方工作")[1].split("\n# ")[0]
    assert len(re.findall(r"^## \S+(?:省|市|自治区)$", regional, re.M)) >= 12


def test_the_second_report_tells_the_same_meeting_and_series() -> None:
    text = SECOND.read_text(encoding="utf-8")
    sentences = [s for line in _prose(text.split("---", 2)[2]) for s in re.findall(r"[^。]+。", line)]
    assert 15 <= len(sentences) <= 25
    assert "第十八次中欧两局局长会议" in text
    assert "2024年10月21日" in text
    assert re.search(r"^表1 分地区国内专利申请年度状况", text, re.M)


def test_the_second_report_repeats_the_figures_of_2024(sample: str) -> None:
    known = dict(_table_rows(sample)[1])
    rows = _table_rows(SECOND.read_text(encoding="utf-8"))[1]
    assert len(rows) >= 5
    for label, figures in rows:
        assert figures[:4] == known[label][4:]
        assert figures[4] == sum(figures[5:])

"""Cells of tables become observations with area, measure, breakdown, period, unit and status."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.errors import ConfigError
from kg.extract.statistics import chapter_cells, extract_observations, series_of
from kg.extract.table_values import area_of, number_of, period_of, split_period
from kg.lexicon import Lexicon, load_lexicon
from kg.lexicon.table_words import WordRole, load_table_words, read_table_words
from kg.model import Issue, ObservationFact, PlaceKind, Report, RowStatus, Section, Source
from kg.text.decode import layer_of
from kg.text.tables import read_tables

WORDS = load_table_words()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def report_of(text: str, region: str = "", publisher: str = "国家知识产权局") -> Report:
    layer = layer_of(text)
    source = Source("test-2032", "某报告", publisher, 2032, "test.md", "0" * 64, "UTF-8", len(text))
    section = Section(0, 1, "统计", ("附录", "统计"), 1, region=region)
    tables = tuple(replace(table, section=0) for table in read_tables(layer).tables)
    return Report(source, layer, (section,), (), tables)


def observe(text: str, lexicon: Lexicon) -> tuple[ObservationFact, ...]:
    facts, issues = extract_observations(report_of(text), lexicon)
    assert issues == ()
    return facts


def cell(facts: tuple[ObservationFact, ...], **wanted: object) -> ObservationFact:
    (fact,) = (f for f in facts if all(getattr(f, name) == value for name, value in wanted.items()))
    return fact


DOMESTIC = """表 3 分地区国内专利登记年度状况（2031 年、2032 年）

单位：件

地区\t2031 年\t\t2032 年\t
\t合计\t发明\t合计\t发明
<b>国内总计</b>\t35\t12\t1,048\t—
广东\t30\t9\t1,040\t14
(深圳)\t20\t8\t1,027\t9
(新疆生产建设兵团)\t0\t0\t1\t1
其他\t5\t3\t8\t…
"""


def test_an_area_table(lexicon: Lexicon) -> None:
    facts = observe(DOMESTIC, lexicon)
    assert len(facts) == 20
    assert {(f.table, f.series, f.measure, f.unit) for f in facts} == {
        ("3", "分地区国内专利登记年度状况", "专利登记", "件")
    }
    shenzhen = cell(facts, area="深圳", period="2032", breakdown="合计")
    assert (shenzhen.value, shenzhen.printed, shenzhen.status) == (Decimal(1027), "1,027", RowStatus.BRACKETED)
    assert (shenzhen.area_code, shenzhen.area_kind) == ("440300", PlaceKind.CITY)
    assert (shenzhen.column, shenzhen.row) == ("2032年 合计", 3)
    guangdong = cell(facts, area="广东", period="2031", breakdown="发明")
    assert (guangdong.value, guangdong.area_code, guangdong.status) == (Decimal(9), "CN-GD", RowStatus.NORMAL)
    assert cell(facts, area="国内总计", period="2031", breakdown="合计").status is RowStatus.TOTAL
    assert cell(facts, area="其他", period="2031", breakdown="合计").status is RowStatus.OTHER
    assert all(f.area_code for f in facts)


def test_missing_cells_keep_their_sign(lexicon: Lexicon) -> None:
    facts = observe(DOMESTIC, lexicon)
    missing = [(f.area, f.period, f.breakdown, f.value, f.printed) for f in facts if f.status is RowStatus.MISSING]
    assert missing == [("国内总计", "2032", "发明", None, "—"), ("其他", "2032", "发明", None, "…")]


def test_one_passage_a_row_with_its_words(lexicon: Lexicon) -> None:
    facts = observe(DOMESTIC, lexicon)
    row = [f for f in facts if f.area == "深圳"]
    assert len({id(f.passage) for f in row}) == 1
    passage = row[0].passage
    assert passage.quotes == ("(深圳) 20 8 1,027 9",)
    assert passage.lines == (9,)
    assert passage.exact == ("(深圳)\t20\t8\t1,027\t9",)
    assert (passage.locator, passage.section) == ("表3 (深圳)", ("附录", "统计"))


def test_pipe_rows_are_quoted_cell_by_cell(lexicon: Lexicon) -> None:
    text = "表 1 分地区商标登记情况\n| 地区 | 2031年 |\n|---|---|\n| 北京 | 1,234 |\n| 天津 | 5 |\n"
    fact = cell(observe(text, lexicon), area="北京")
    assert fact.passage.quotes == ("北京", "1,234")
    assert [layer.strip() for layer in fact.passage.exact] == ["北京", "1,234"]
    assert fact.passage.lines == (4, 4)


def test_a_label_merged_from_above_is_quoted(lexicon: Lexicon) -> None:
    text = "<table><tr><th>类别<th>项目<th>2031年\n<tr><td rowspan=2>甲类<td>申请<td>1\n<tr><td>授权<td>2\n</table>"
    facts = extract_observations(report_of("表 1 若干业务情况\n" + text), lexicon)[0]
    fact = cell(facts, value=Decimal(2))
    assert fact.passage.quotes == ("甲类", "授权 2")
    assert fact.passage.lines == (3, 4)


def test_totals_below_a_total_are_subtotals(lexicon: Lexicon) -> None:
    text = "表 9 某类登记状况\n国家和地区\t登记数量\t\n\t2031年\t2032年\n合计\t9\t10\n国内总计\t7\t8\n北京\t7\t8\n"
    text += "国外在华总计\t2\t2\n塞浦路斯、希腊\t1\t1\n刚果 (金)\t1\t1\n"
    facts = observe(text, lexicon)
    assert [(f.area, f.area_code, f.status.value) for f in facts if f.period == "2031"] == [
        ("合计", "total", "total"),
        ("国内总计", "domestic", "subtotal"),
        ("北京", "CN-BJ", "normal"),
        ("国外在华总计", "foreign", "subtotal"),
        ("塞浦路斯、希腊", "CY|GR", "normal"),
        ("刚果(金)", "CD", "normal"),
    ]
    assert {(f.measure, f.breakdown) for f in facts} == {("登记数量", "")}
    assert cell(facts, area="塞浦路斯、希腊", period="2032").area_kind is PlaceKind.GROUP


def test_flows_and_stocks_in_one_table(lexicon: Lexicon) -> None:
    text = "表 7 商标年度状况（2032年）\n单位：件\n"
    text += "地区\t申请量\t年末有效注册量\t全年累计注册量\n北京\t1\t2\t3\n天津\t4\t5\t6\n"
    facts = observe(text, lexicon)
    assert [(f.measure, f.period) for f in facts if f.area == "北京"] == [
        ("申请量", "2032"),
        ("年末有效注册量", "2032-12-31"),
        ("全年累计注册量", "2032"),
    ]


def test_measure_and_unit_in_the_header_growth_after_its_measure(lexicon: Lexicon) -> None:
    text = "表 7 各市业务情况\n城市\t2032年申请量（万件）\t同比增长（%）\t授权量/件\t同比增长（%）\n"
    text += "广州\t1.5\t-3.2\t10\t4\n深圳\t2.5\t↓1.0\t20\t+5\n"
    facts = observe(text, lexicon)
    assert [(f.measure, f.value, f.unit, f.period) for f in facts if f.area == "广州"] == [
        ("申请量", Decimal("1.5"), "万件", "2032"),
        ("申请量同比增长", Decimal("-3.2"), "%", "2032"),
        ("授权量", Decimal(10), "件", "2032"),
        ("授权量同比增长", Decimal(4), "%", "2032"),
    ]
    assert cell(facts, area="深圳", measure="申请量同比增长").value == Decimal("-1.0")


CHAPTER = """单位：件

类型\t2031 年\t2032 年
<b>甲请求</b>\t10\t30
一般案件\t4\t20
疑难案件\t6\t10
(1) 撤销\t5\t8
(2) 其他\t1\t2
<b>甲结案</b>\t3\t4
其中：发明\t1\t2
"""


def test_measures_as_rows(lexicon: Lexicon) -> None:
    facts = observe(CHAPTER, lexicon)
    assert [(f.measure, f.breakdown, f.value, f.status.value) for f in facts if f.period == "2032"] == [
        ("甲请求", "", Decimal(30), "normal"),
        ("甲请求", "一般案件", Decimal(20), "part"),
        ("甲请求", "疑难案件", Decimal(10), "part"),
        ("甲请求", "疑难案件-撤销", Decimal(8), "part"),
        ("甲请求", "疑难案件-其他", Decimal(2), "other"),
        ("甲结案", "", Decimal(4), "normal"),
        ("甲结案", "发明", Decimal(2), "part"),
    ]
    assert {(f.area, f.area_code, f.unit, f.table, f.series) for f in facts} == {
        ("中国", "CN", "件", "", "甲请求、甲结案")
    }


def test_chapter_cells_are_those_of_tables_without_areas(lexicon: Lexicon) -> None:
    cells = chapter_cells(report_of(DOMESTIC + "\n正文。\n\n" + CHAPTER), lexicon)
    assert len(cells) == 14
    first = cells[0]
    assert (first.measure, first.breakdown, first.period, first.value, first.unit) == (
        "甲请求",
        "",
        "2031",
        Decimal(10),
        "件",
    )
    assert cells[-1].groups == ("甲结案", "发明")
    assert not first.cumulative


def test_a_header_that_only_repeats_the_rows_is_no_measure(lexicon: Lexicon) -> None:
    facts = observe("审理进度情况\t周期 / 月\n甲平均审理周期\t4\n乙平均审理周期\t6.5\n", lexicon)
    assert [(f.series, f.measure, f.breakdown, f.value, f.unit, f.period) for f in facts] == [
        ("审理进度情况", "甲平均审理周期", "", Decimal(4), "月", "2032"),
        ("审理进度情况", "乙平均审理周期", "", Decimal("6.5"), "月", "2032"),
    ]


def test_items_under_measures_in_columns_are_breakdowns(lexicon: Lexicon) -> None:
    facts = observe("表 2 业务量情况\n单位：件\n类别\t申请量\t登记量\n发明\t1\t2\n外观设计\t3\t4\n", lexicon)
    assert [(f.measure, f.breakdown, f.value) for f in facts] == [
        ("申请量", "发明", Decimal(1)),
        ("登记量", "发明", Decimal(2)),
        ("申请量", "外观设计", Decimal(3)),
        ("登记量", "外观设计", Decimal(4)),
    ]


def test_a_ranking_of_bodies(lexicon: Lexicon) -> None:
    text = "表 2 2032年国内发明专利登记量排名\n\n单位：件\n\n排名\t企业名称\t登记量\n1\t甲公司\t50\n2\t乙公司\t40\n"
    facts = observe(text, lexicon)
    assert [(f.measure, f.breakdown, f.value, f.period, f.area) for f in facts] == [
        ("登记量", "甲公司", Decimal(50), "2032", "中国"),
        ("登记量", "乙公司", Decimal(40), "2032", "中国"),
    ]


def test_years_as_rows_and_areas_as_columns(lexicon: Lexicon) -> None:
    years = observe("表 2 商标登记情况\n年份\t登记量（件）\n2030年\t1\n截至2031年年底\t2\n", lexicon)
    assert [(f.measure, f.period, f.value) for f in years] == [
        ("登记量", "2030", Decimal(1)),
        ("登记量", "2031-12-31", Decimal(2)),
    ]
    across = observe("表 2 商标登记情况（2031年）\n指标\t北京\t天津\n登记量\t1\t2\n注销量\t3\t4\n", lexicon)
    assert [(f.area, f.area_code, f.measure, f.breakdown, f.value) for f in across] == [
        ("北京", "CN-BJ", "登记量", "", Decimal(1)),
        ("天津", "CN-TJ", "登记量", "", Decimal(2)),
        ("北京", "CN-BJ", "注销量", "", Decimal(3)),
        ("天津", "CN-TJ", "注销量", "", Decimal(4)),
    ]


def test_units_in_a_column(lexicon: Lexicon) -> None:
    facts = observe("表 2 主要指标情况\n指标\t单位\t2031年\t2032年\n登记量\t万件\t1\t2\n满意度\t分\t8\t9\n", lexicon)
    assert [(f.measure, f.unit, f.value) for f in facts if f.period == "2032"] == [
        ("登记量", "万件", Decimal(2)),
        ("满意度", "分", Decimal(9)),
    ]


def test_the_region_of_a_section_is_the_area(lexicon: Lexicon) -> None:
    facts, _ = extract_observations(report_of(CHAPTER, region="广东省"), lexicon)
    assert {(f.area, f.area_code) for f in facts} == {("广东省", "CN-GD")}


def test_a_list_without_numbers_gives_nothing(lexicon: Lexicon) -> None:
    assert observe("## 优秀案例\n\n序号\t案例名称\n1\t甲市做法\n2\t乙省做法\n", lexicon) == ()


def test_a_line_across_the_table_has_no_values(lexicon: Lexicon) -> None:
    text = "表 1 商标登记情况\n<table><tr><th>地区<th>2031年<th>2032年<tr><td>北京<td>1<td>2<tr><td>天津<td>3<td>4"
    facts = observe(text + "<tr><td colspan=3>注：不含港澳台。</table>", lexicon)
    assert [f.value for f in facts] == [1, 2, 3, 4]


def test_mixed_labels_and_two_units(lexicon: Lexicon) -> None:
    text = "表 2-3 全省专利登记情况\n单位：件、%\n城市\t登记量\t\t发明专利\t\n\t数量\t同比增长\t数量\t占比\n"
    text += "全省\t100\t5.5\t40\t40\n广州市\t60\t3.1\t30\t50.0\n深圳市\t40\t-2\t10\t25\n"
    facts, issues = extract_observations(report_of(text, region="广东省"), lexicon)
    assert issues == ()
    assert [(f.measure, f.breakdown, f.value, f.unit) for f in facts if f.area == "广州市"] == [
        ("登记量", "", Decimal(60), "件"),
        ("登记量同比增长", "", Decimal("3.1"), "%"),
        ("专利登记", "发明专利", Decimal(30), "件"),
        ("专利登记占比", "发明专利", Decimal(50), "%"),
    ]
    assert {(f.area, f.status) for f in facts[:4]} == {("广东省", RowStatus.TOTAL)}


@pytest.mark.parametrize("title", ["地区", "省份"])
def test_blocks_side_by_side(lexicon: Lexicon, title: str) -> None:
    text = f"表 4 商标登记情况\n{title}\t登记量\t{title}\t登记量\n北京\t1\t河北\t3\n天津\t2\t\t\n"
    facts = observe(text, lexicon)
    assert [(f.area, f.value) for f in facts] == [("北京", 1), ("天津", 2), ("河北", 3)]
    assert facts[2].passage.quotes == ("河北 3",)


def test_parts_of_a_year_are_breakdowns(lexicon: Lexicon) -> None:
    facts = observe("表 6 商标登记情况\n地区\t2031年上半年\t2031年第三季度\n北京\t1\t2\n天津\t3\t4\n", lexicon)
    assert [(f.period, f.breakdown, f.value) for f in facts if f.area == "天津"] == [
        ("2031", "上半年", 3),
        ("2031", "第三季度", 4),
    ]
    text = "表 6 商标登记情况\n时间\t登记量\n2031年第一季度\t1\n2031年\t4\n某时\t5\n"
    found, issues = extract_observations(report_of(text), lexicon)
    assert [(f.period, f.breakdown, f.value) for f in found] == [("2031", "第一季度", 1), ("2031", "", 4)]
    assert [(issue.code, issue.line) for issue in issues] == [("table-period", 5)]


def test_remarks_and_empty_columns(lexicon: Lexicon) -> None:
    facts = observe(
        "表 7 商标登记情况\n地区\t申请量\t登记量\t备注\t说明\n北京\t1\t\t含区县\t\n天津\t3\t\t\t\n", lexicon
    )
    assert [(f.measure, f.value, f.status.value) for f in facts if f.area == "北京"] == [
        ("申请量", Decimal(1), "normal"),
        ("登记量", None, "missing"),
    ]


REGIONS = ("北京", "天津", "河北", "山西", "内蒙古", "辽宁", "(大连)", "广东", "(深圳)", "新疆", "法国", "刚果（金）")


@settings(deadline=None, max_examples=40)
@given(st.data(), st.sampled_from(["tab", "pipe", "html"]))
def test_random_tables_become_their_numbers(data: st.DataObject, shape: str) -> None:
    areas = data.draw(st.lists(st.sampled_from(REGIONS), min_size=2, unique=True))
    values = data.draw(st.lists(st.tuples(*[st.integers(0, 10**8)] * 2), min_size=len(areas), max_size=len(areas)))
    rows = [("国家和地区", "2031年", "2032年")]
    rows += [(area, str(a), f"{b:,}") for area, (a, b) in zip(areas, values, strict=True)]
    if shape == "tab":
        body = "\n".join("\t".join(row) for row in rows)
    elif shape == "pipe":
        lines = ["|".join(("", *row, "")) for row in rows]
        body = "\n".join([lines[0], "|---|---|---|", *lines[1:]])
    else:
        body = "<table>" + "".join("<tr><td>" + "<td>".join(row) for row in rows) + "</table>"
    facts = observe(f"表 1 专利登记年度状况\n单位：件\n{body}\n", load_lexicon())
    assert [(f.area, f.period, f.value) for f in facts] == [
        (area.strip("()"), period, Decimal(value))
        for area, pair in zip(areas, values, strict=True)
        for period, value in zip(("2031", "2032"), pair, strict=True)
    ]


def issues_of(text: str, lexicon: Lexicon) -> tuple[int, tuple[Issue, ...]]:
    facts, issues = extract_observations(report_of(text), lexicon)
    return len(facts), issues


def test_a_cell_that_is_no_number_is_an_issue(lexicon: Lexicon) -> None:
    count, issues = issues_of("表 1 商标登记情况\n地区\t2031年\t2032年\n北京\t1\t1,23\n天津\t3 4\t4\n", lexicon)
    assert count == 2
    assert [(issue.code, issue.line) for issue in issues] == [("table-cell", 3), ("table-cell", 4)]
    assert str(issues[0]) == "test-2032:3: 表1 北京, 2032年: '1,23'; expected a number"


def test_an_unknown_area_is_kept_and_reported(lexicon: Lexicon) -> None:
    text = "表 1 商标登记情况\n地区\t2031年\n北京\t1\n天津\t2\n无此地名\t3\n"
    facts, issues = extract_observations(report_of(text), lexicon)
    assert (facts[-1].area, facts[-1].area_code, facts[-1].value) == ("无此地名", "", Decimal(3))
    assert [(issue.code, issue.line) for issue in issues] == [("table-area", 5)]


def test_a_cell_told_twice_is_an_issue(lexicon: Lexicon) -> None:
    count, issues = issues_of("表 1 商标登记情况\n地区\t2031年\n北京\t1\n天津\t2\n北京\t3\n", lexicon)
    assert count == 2
    assert [(issue.code, issue.line) for issue in issues] == [("table-cell-twice", 5)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1234", "1234", ""),
        ("1,234,567", "1234567", ""),
        ("1，234", "1234", ""),
        ("１２．５", "12.5", ""),
        ("1 234", "1234", ""),
        ("15.5%", "15.5", "%"),
        ("3.2万件", "3.2", "万件"),
        ("-0.5", "-0.5", ""),
        ("−0.5", "-0.5", ""),
        ("12①", "12", ""),
    ],
)
def test_numbers(text: str, value: str, unit: str) -> None:
    number = number_of(text, WORDS)
    assert number is not None
    assert (str(number.value), number.unit) == (value, unit)


@pytest.mark.parametrize("text", ["", "-", "—", "——", "…", "……", "－"])
def test_signs_for_no_value(text: str) -> None:
    number = number_of(text, WORDS)
    assert number is not None
    assert number.value is None


@pytest.mark.parametrize("text", ["1,23", "12 34", "1.2.3", "三", "约5", "5—6", "2031年底", "9" * 100, "12²", "1①2"])
def test_what_is_no_number(text: str) -> None:
    assert number_of(text, WORDS) is None


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("2031 年", "2031"),
        ("2031", "2031"),
        ("２０３１年度", "2031"),
        ("截至 2031 年年底", "2031-12-31"),
        ("2031年末", "2031-12-31"),
        ("2031年6月", "2031-06"),
        ("2031年2月底", "2031-02-28"),
        ("截至2031年6月30日", "2031-06-30"),
        ("2031年1—12月", "2031"),
        ("本年", "2032"),
        ("上年", "2031"),
    ],
)
def test_periods(label: str, value: str) -> None:
    period = period_of(label, 2032, WORDS)
    assert period is not None
    assert period.value == value


@pytest.mark.parametrize("label", ["2031年13月", "2031年2月30日", "2031年上半年", "申请量", "31年", "12345"])
def test_what_is_no_period(label: str) -> None:
    assert period_of(label, 2032, WORDS) is None


def test_a_period_before_a_label() -> None:
    period, label = split_period("2031年申请量", 2032, WORDS)
    assert (period.value if period else "", label) == ("2031", "申请量")
    period, label = split_period("截至2031年年底有效量", 2032, WORDS)
    assert (period.value if period else "", label) == ("2031-12-31", "有效量")


@pytest.mark.parametrize(
    ("caption", "series", "head"),
    [
        ("分地区国内专利登记年度状况（2031年、2032年）", "分地区国内专利登记年度状况", "专利登记"),
        ("分国别（地区）国外在华有效专利状况", "分国别（地区）国外在华有效专利状况", "有效专利"),
        ("2032年各省（区、市）商标登记量", "各省（区、市）商标登记量", "商标登记量"),
        ("2030—2032年全国地理标志登记情况统计表", "全国地理标志登记情况统计表", "地理标志登记"),
        ("截至2032年年底有效专利分布情况", "有效专利分布情况", "有效专利"),
        ("各国别（地区）在华专利登记量（2031年年底）", "各国别（地区）在华专利登记量", "专利登记量"),
        ("年度状况", "年度状况", "年度状况"),
    ],
)
def test_series_and_what_a_caption_is_about(caption: str, series: str, head: str) -> None:
    assert series_of(caption) == series
    assert WORDS.head(series) == head


def test_a_city_in_brackets_is_not_the_province_of_its_name(lexicon: Lexicon) -> None:
    assert area_of("吉林", lexicon).kind is PlaceKind.REGION
    city = area_of("(吉林)", lexicon)
    assert (city.kind, city.name, city.code) == (PlaceKind.CITY, "吉林市", "220200")
    part = area_of("其中：深圳", lexicon)
    assert (part.name, part.part, part.bracketed) == ("深圳", True, False)


def test_every_role_has_words() -> None:
    assert all(WORDS.words[role] for role in WordRole)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("label,role\n", "words.csv:1: columns label,role; expected label,role,en,source"),
        ("label,role,en,source\n甲,colour,,\n", "words.csv:2: role 'colour'; expected one of"),
        ("label,role,en,source\n甲,unit\n", "words.csv:2: ['甲', 'unit']; expected"),
    ],
)
def test_a_wrong_file_of_words_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        read_table_words(path)
    assert str(fault.value).startswith(message)

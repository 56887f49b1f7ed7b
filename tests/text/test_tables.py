"""Tables in every printed shape are read alike; broken ones are reported and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Table
from kg.text.decode import layer_of
from kg.text.tables import TableReading, read_tables

TAB = """上一段文字。

表 3 分地区甲类登记年度状况 (2031 年、2032 年)

单位: 件

地区\t2031 年\t\t2032 年\t
\t合计\t发明\t合计\t发明
<b>国内总计</b>\t<b>30</b>\t<b>12</b>\t<b>1,040</b>\t<b>14</b>
北京\t10\t4\t１３\t5
(深圳)\t20\t8\t1,027\t9

后一段文字。
"""

PIPE = """**表 3 分地区甲类登记年度状况 （2031 年、2032 年）**

（单位：件）

| 地区 | 2031 年 | | 2032 年 | |
|------|:----:|---:|---|---|
| | 合计 | 发明 | 合计 | 发明 |
| **国内总计** | **30** | **12** | **1,040** | **14** |
| 北京 | 10 | 4 | １３ | 5 |
| (深圳) | 20 | 8 | 1,027 | 9 |
"""

HTML = """## 表3：分地区甲类登记年度状况（2031年、2032年）　单位：件

<table border="1">
<thead>
<tr><th rowspan="2">地区</th><th colspan=2>2031 年</th>
    <th colspan='2'>2032 年</th></tr>
<tr><th>合计</th><th>发明</th><th>合计</th><th>发明</th></tr>
</thead>
<tbody>
<tr><td><b>国内总计</b></td><td>30</td><td>12</td><td>1,040</td><td>14</td></tr>
<tr><td>北京</td><td>10</td>
<td>4</td><td>１３</td><td>5</td></tr>
<tr><td>(深圳)</td><td>20</td><td>8</td><td>1,027<sup>①</sup></td><td>9</td></tr>
</tbody></table>
"""

ONE_LINE = (
    "<table><caption>表 3 分地区甲类登记年度状况（2031年、2032年）（单位：件）</caption>"
    "<tr><td rowspan=2>地区</td><td colspan=2>2031 年</td><td colspan=2>2032 年</td></tr>"
    "<tr><td>合计</td><td>发明</td><td>合计</td><td>发明</td></tr>"
    "<tr><td>国内总计</td><td>30</td><td>12</td><td>1,040</td><td>14</td></tr>"
    "<tr><td>北京</td><td>10</td><td>4</td><td>１３</td><td>5</td></tr>"
    "<tr><td>(深圳)</td><td>20</td><td>8</td><td>1,027</td><td>9</td></tr></table>"
)


def read(text: str) -> TableReading:
    return read_tables(layer_of(text))


def only(text: str) -> Table:
    reading = read(text)
    assert reading.issues == ()
    (table,) = reading.tables
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def header(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.header]


@pytest.mark.parametrize("text", [TAB, PIPE, HTML, ONE_LINE], ids=["tab", "pipe", "html", "html-one-line"])
def test_the_same_table_in_every_shape(text: str) -> None:
    table = only(text)
    assert (table.number, table.unit) == ("3", "件")
    assert table.caption.replace("(", "（").replace(")", "）") == "分地区甲类登记年度状况（2031年、2032年）"
    assert header(table) == [
        ["地区", "2031 年", "2031 年", "2032 年", "2032 年"],
        ["地区", "合计", "发明", "合计", "发明"],
    ]
    assert texts(table) == [
        ["国内总计", "30", "12", "1,040", "14"],
        ["北京", "10", "4", "１３", "5"],
        ["(深圳)", "20", "8", "1,027", "9"],
    ]
    assert table.section == -1


@pytest.mark.parametrize("text", [TAB, PIPE, HTML, ONE_LINE], ids=["tab", "pipe", "html", "html-one-line"])
def test_cells_and_rows_know_their_place(text: str) -> None:
    layer = layer_of(text)
    (table,) = read_tables(layer).tables
    for row in table.rows:
        assert layer.line_of(row.span.start) == row.line
        for cell in row.cells:
            assert cell.text in layer.text[cell.span.start : cell.span.end]
            assert row.span.start <= cell.span.start <= cell.span.end <= row.span.end


def test_consumed_are_the_lines_of_the_table_and_no_others() -> None:
    lines = TAB.split("\n")
    consumed = read(TAB).consumed
    assert {lines[n - 1] for n in consumed} == {line for line in lines if line and "段文字" not in line}


def test_continuations_are_put_together_and_their_headers_dropped() -> None:
    part = "地区\t数量\n{}\t{}\n"
    text = "表5 乙类\n\n单位：个\n\n" + part.format("北京", 1) + "\n（续表）\n\n" + part.format("天津", 2)
    text += "\n# 某局 2032 年度报告\n\n续 表\n单位：个\n" + part.format("河北", 3)
    text += "\n表5 乙类（续）\n\n" + part.format("山西", 4) + "\n(续表)\n内蒙古\t5\n"
    reading = read(text)
    (table,) = reading.tables
    assert texts(table) == [["北京", "1"], ["天津", "2"], ["河北", "3"], ["山西", "4"], ["内蒙古", "5"]]
    lines = text.split("\n")
    assert [lines[n - 1] for n in table.parts] == ["（续表）", "续 表", "表5 乙类（续）", "(续表)"]
    assert [repair.rule for repair in reading.repairs] == ["table-continuation"] * 4
    assert [lines.index("# 某局 2032 年度报告") + 1 in reading.consumed] == [False]
    assert reading.issues == ()


def test_a_page_break_between_rows() -> None:
    text = "表 2 丙类\n地区\t2031 年\t2032 年\n北京\t1\t2\n\n- 17 -\n\n某局年度报告\n\n天津\t3\t4\n"
    table = only(text)
    assert texts(table) == [["北京", "1", "2"], ["天津", "3", "4"]]
    assert len(table.parts) == 1


def test_blank_lines_between_rows() -> None:
    table = only("表 2 丙类\n\n地区\t2031 年\t2032 年\n\n北京\t1\t2\n\n\n天津\t3\t4\n")
    assert texts(table) == [["北京", "1", "2"], ["天津", "3", "4"]]


def test_text_between_is_no_page_break() -> None:
    text = "表 2 丙类\n地区\t2031 年\t2032 年\n北京\t1\t2\n\n以上是北京的数字。\n\n天津\t3\t4\n"
    reading = read(text)
    assert [texts(table) for table in reading.tables] == [[["北京", "1", "2"]]]


def test_neighbours_without_caption_stay_apart() -> None:
    text = "单位：件\n\n类型\t2031 年\t2032 年\n<b>甲请求</b>\t3\t4\n(1) 发明\t1\t2\n\n单位：个\n\n"
    text += (
        "类型\t2031 年\t2032 年\n<b>乙请求</b>\t5\t6\n\n审理进度\t周期 / 月\n甲平均审理进度\t4.5\n乙平均审理进度\t6\n"
    )
    reading = read(text)
    assert [(t.caption, t.unit, len(t.rows)) for t in reading.tables] == [
        ("", "件", 2),
        ("", "个", 1),
        ("审理进度", "月", 2),
    ]
    assert reading.issues == ()


def test_a_list_without_numbers_takes_its_heading_as_caption() -> None:
    reading = read("## （三）某类优秀案例\n\n序号\t案例名称\n1\t甲市做法\n2\t乙省做法\n")
    (table,) = reading.tables
    assert table.caption == "某类优秀案例"
    assert texts(table) == [["1", "甲市做法"], ["2", "乙省做法"]]
    assert 1 not in reading.consumed  # the heading stays a heading


@pytest.mark.parametrize(
    ("above", "caption", "number", "unit"),
    [
        ("表 12-1　各市登记情况（单位：万件）", "各市登记情况", "12-1", "万件"),
        ("附表4、各市登记情况\n( 单 位 ： 亿元 )", "各市登记情况", "4", "亿元"),
        ("各市登记情况（2031年）\n计量单位：家", "各市登记情况（2031年）", "", "家"),
        ("表 6 各市登记和注销\n情况统计（个）", "各市登记和注销情况统计", "6", "个"),
        ("# 表 7 各市登记情况\n\n单位：％", "各市登记情况", "7", "％"),
        ("表一 各市登记情况", "各市登记情况", "一", ""),
    ],
)
def test_captions_and_units(above: str, caption: str, number: str, unit: str) -> None:
    text = f"前文。\n\n{above}\n\n城市\t2031年\n甲市\t1\n乙市\t2\n"
    table = only(text)
    assert (table.caption, table.number, table.unit) == (caption, number, unit)
    assert 1 not in read(text).consumed


@pytest.mark.parametrize("sentence", ["表 4 说明，全年登记增长；其中甲类最多。", "表 4 显示，登记量上升"])
def test_a_sentence_about_a_table_is_no_caption(sentence: str) -> None:
    text = f"{sentence}\n\n城市\t2031年\n甲市\t1\n乙市\t2\n"
    reading = read(text)
    assert reading.tables[0].number == ""
    assert 1 not in reading.consumed


def test_three_header_rows_with_merged_cells() -> None:
    text = "表 1 丁类\n地区\t总数\t2031 年\t\t\t\n\t\t国内\t\t国外\n\t\t甲\t乙\t甲\t乙\n北京\t10\t1\t2\t3\t4\n"
    reading = read(text.replace("国外\n", "国外\t\n"))
    (table,) = reading.tables
    assert header(table) == [
        ["地区", "总数", "2031 年", "2031 年", "2031 年", "2031 年"],
        ["地区", "总数", "国内", "国内", "国外", "国外"],
        ["地区", "总数", "甲", "乙", "甲", "乙"],
    ]


def test_row_labels_merged_downwards_are_filled() -> None:
    text = "表 1 戊类\n类别\t项目\t2031年\n专利\t申请\t1\n\t授权\t2\n商标\t申请\t3\n\t注册\t4\n"
    expected = [["专利", "申请", "1"], ["专利", "授权", "2"], ["商标", "申请", "3"], ["商标", "注册", "4"]]
    assert texts(only(text)) == expected
    rows = "<tr><td rowspan=2>专利<td>申请<td>1<tr><td>授权<td>2<tr><td rowspan=2>商标<td>申请<td>3<tr><td>注册<td>4"
    assert texts(only(f"<table><tr><th>类别<th>项目<th>2031年{rows}</table>")) == expected


def test_a_merged_number_is_told_once() -> None:
    table = only("<table><tr><th>地区<th>2031年<th>2032年<tr><td>北京<td colspan=2>7<tr><td>天津<td>1<td>2</table>")
    assert texts(table) == [["北京", "7", ""], ["天津", "1", "2"]]


def test_caption_and_unit_inside_the_table() -> None:
    text = "表 8 己类登记状况\t\t\n单位：件\t\t\n地区\t2031年\t2032年\n北京\t1\t2\n天津\t3\t4\n"
    table = only(text)
    assert (table.number, table.caption, table.unit) == ("8", "己类登记状况", "件")
    assert texts(table) == [["北京", "1", "2"], ["天津", "3", "4"]]


def test_bare_years_are_a_header() -> None:
    table = only("表 8 己类\n地区\t2031\t2032\n北京\t1\t2\n")
    assert header(table) == [["地区", "2031", "2032"]]


def test_stripped_tabs_at_the_end_of_the_first_header_row() -> None:
    table = only("表 8 己类\n地区\t2031年\t\t2032年\n\t甲\t乙\t甲\t乙\n北京\t1\t2\t3\t4\n")
    assert header(table)[0] == ["地区", "2031年", "2031年", "2032年", "2032年"]


@pytest.mark.parametrize(
    "text",
    [
        "\t一段缩进的文字没有数字\n\t又是一段缩进的文字\n",
        "第一章 概况\t3\n第二章 工作\t15\n第三章 统计\t40\n",
        "主编\t甲某某\n副主编\t乙某某\n",
        "甲 | 乙的一句话\n",
        "12 | 概况\n",
        "1.\t第一项工作\n2.\t第二项工作\n",
        "名称\t某局\n电话\t12345678\n",
    ],
    ids=["indent", "contents", "staff", "bar", "page", "items", "pairs"],
)
def test_text_with_tabs_or_bars_is_no_table(text: str) -> None:
    reading = read(text)
    assert reading.tables == ()
    assert reading.consumed == frozenset()


def test_rows_of_a_wrong_width_are_left_out_and_reported() -> None:
    reading = read("表 1 庚类\n地区\t2031年\t2032年\n北京\t1\t2\n天津\t3\n河北\t4\t5\t6\n山西\t7\t8\t\n")
    (table,) = reading.tables
    assert texts(table) == [["北京", "1", "2"], ["山西", "7", "8"]]
    assert [(issue.code, issue.line) for issue in reading.issues] == [("table-row-width", 4), ("table-row-width", 5)]
    assert {4, 5} <= reading.consumed


def test_a_header_that_does_not_fit_leaves_the_table_out() -> None:
    reading = read("表 1 庚类\n地区\t2031年\t2032年\t2033年\n北京\t1\t2\n天津\t3\t4\n")
    assert reading.tables == ()
    assert [(issue.code, issue.line) for issue in reading.issues] == [("table-header-width", 2)]


def test_rows_without_a_header_are_reported() -> None:
    reading = read("表 1 庚类\n北京\t1\t2\n天津\t3\t4\n")
    assert reading.tables == ()
    assert [(issue.code, issue.line) for issue in reading.issues] == [("table-without-header", 2)]


def test_an_unclosed_table_does_not_swallow_what_follows() -> None:
    text = "<table><tr><td>地区<td>2031年\n<tr><td>北京<td>1\n\n后面的正文。\n\n" + TAB
    reading = read(text)
    assert [table.number for table in reading.tables] == ["3"]
    assert [(issue.code, issue.line) for issue in reading.issues] == [("table-unclosed", 1)]
    lines = text.split("\n")
    assert lines.index("后面的正文。") + 1 not in reading.consumed


def test_an_unclosed_table_before_a_whole_one() -> None:
    reading = read("<table><tr><td>地区<td>2031年<tr><td>北京<td>1\n\n" + HTML)
    assert [len(table.rows) for table in reading.tables] == [3]
    assert [(issue.code, issue.line) for issue in reading.issues] == [("table-unclosed", 1)]


def test_nested_and_giant_tables_are_left_out() -> None:
    nested = "<table><tr><td>甲<table><tr><td>1</table><tr><td>乙<td>2</table>"
    assert [issue.code for issue in read(nested).issues] == ["table-nested"]
    giant = "<table>" + "<tr>" + "<td rowspan=2000 colspan=200>甲" * 3 + "</table>"
    assert [issue.code for issue in read(giant).issues] == ["table-too-large"]


def test_windows_line_ends_and_full_width_spaces() -> None:
    assert texts(only(TAB.replace("\n", "\r\n"))) == texts(only(TAB))
    assert texts(only(PIPE.replace(" | ", "　|　"))) == texts(only(PIPE))


def test_a_line_of_tabs_without_end_is_an_issue() -> None:
    reading = read("表 1 甲\n" + "1\t" * 5_000_000)
    assert reading.tables == ()
    assert [(issue.code, issue.line) for issue in reading.issues] == [("table-line-too-long", 2)]


WORDS = st.text(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), min_size=1, max_size=6)
NUMBERS = st.integers(0, 10**9)


def rendered(shape: str, names: list[str], columns: int, values: list[list[int]]) -> str:
    rows = [["地区", *(f"{2001 + n} 年" for n in range(columns))]]
    rows += [
        [name, *(f"{value:,}" if shape == "html" else str(value) for value in row)]
        for name, row in zip(names, values, strict=True)
    ]
    if shape == "tab":
        body = "\n".join("\t".join(row) for row in rows)
    elif shape == "pipe":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        body = "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
    else:
        body = "<table>" + "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        body += "</table>"
    return f"前文。\n\n表 9 随机表\n\n单位：件\n\n{body}\n\n后文。\n"


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(["tab", "pipe", "html"]), st.integers(1, 6))
def test_random_tables_read_back(data: st.DataObject, shape: str, columns: int) -> None:
    names = data.draw(st.lists(WORDS, min_size=1, max_size=12, unique=True))
    values = data.draw(
        st.lists(st.lists(NUMBERS, min_size=columns, max_size=columns), min_size=len(names), max_size=len(names))
    )
    table = only(rendered(shape, names, columns, values))
    assert [row[0] for row in texts(table)] == names
    assert [[int(cell.replace(",", "")) for cell in row[1:]] for row in texts(table)] == values


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "表 1 甲",
                "单位：件",
                "(续表)",
                "\t",
                "|",
                "<table>",
                "</table>",
                "<tr>",
                "<td>",
                "\n",
                "1",
                "甲",
                "2031年",
                "|-|-|",
                "地区",
            ]
        ),
        max_size=60,
    )
)
def test_any_text_gives_whole_tables(pieces: list[str]) -> None:
    text = "".join(pieces)
    layer = layer_of(text)
    reading = read_tables(layer)
    assert all(1 <= line <= len(layer.starts) for line in reading.consumed)
    for table in reading.tables:
        widths = {len(row.cells) for row in (*table.header, *table.rows)}
        assert len(widths) == 1
        assert table.header
        assert table.rows
        assert all(row.line in reading.consumed for row in (*table.header, *table.rows))

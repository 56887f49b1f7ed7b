"""Agreements, documents and cases: what is one, and what is only alike."""

from __future__ import annotations

from msgspec.structs import replace
from resolve_facts import agreement, case, document, groups, run, source

from kg.lexicon import load_lexicon
from kg.model import Actor, AgreementType, DocumentKind
from kg.resolve import resolve

T = AgreementType
CN = "国家知识产权局"
IT = "意大利共和国农业、粮食主权与林业部"
FR = "法国农业和粮食主权部 法国原产地和质量管理局"
LONG = "国家知识产权局与法兰西共和国农业和粮食主权部关于农业和食品地理标志合作的议定书"


def test_phrase_and_title_of_one_protocol() -> None:
    found = run(
        agreement(LONG, 10, T.PROTOCOL, f"{CN} {FR}", "2024-05", titled=True, event="习近平主席访法"),
        agreement("中法地理标志合作议定书", 90, T.PROTOCOL, "中国 法国", event="习近平主席访法"),
    )
    (one,) = found.agreements
    assert one.name == LONG
    assert one.parties == ("agency/fr-agriculture", "agency/fr-inao", "agency/st3-CN")
    assert found.merges[0].score < 1.0


def test_phrase_and_title_told_by_somebody_else() -> None:
    told = [
        agreement(LONG, 10, T.PROTOCOL, f"{CN} {FR}", "2024-05", titled=True),
        agreement("中法地理标志合作议定书", 90, T.PROTOCOL, "中国 法国"),
    ]
    found = resolve([(source(publisher="天津市知识产权局"), told)], load_lexicon())
    assert len(found.agreements) == 1


def test_witness_speaks_for_a_loose_telling_and_settles_the_office() -> None:
    found = run(
        agreement(
            "谅解备忘录甲",
            10,
            T.MOU,
            f"{CN} {IT}",
            "2024-07-28",
            titled=True,
            witnesses=("李强",),
        ),
        agreement("合作协议", 90, T.AGREEMENT, f"{CN} 意大利知识产权主管机构", witnesses=("李强",)),
        agreement("合作协议", 90, T.AGREEMENT, f"{CN} 新西兰知识产权主管机构", witnesses=("李强",)),
    )
    assert sorted(len(g) for g in groups(found)) == [1, 2]
    names = {a.name: a for a in found.agencies}
    assert any("意大利知识产权主管机构" in a.aliases for a in found.agencies)
    assert "新西兰知识产权主管机构" in names
    assert names["新西兰知识产权主管机构"].country == "place/NZ"


def test_without_a_witness_a_loose_telling_stays_apart() -> None:
    found = run(
        agreement("谅解备忘录甲", 10, T.MOU, f"{CN} {IT}", "2024-07-28", titled=True),
        agreement("合作协议", 90, T.AGREEMENT, f"{CN} 意大利知识产权主管机构"),
    )
    assert len(found.agreements) == 2


def test_other_counterparts_types_months_and_counts_are_apart() -> None:
    found = run(
        agreement("合作文件", 10, T.OTHER, f"{CN} 埃塞俄比亚知识产权局", "2024-09"),
        agreement("合作文件", 20, T.OTHER, f"{CN} 巴西工业产权局", "2024-09"),
        agreement("两局工作计划", 30, T.WORK_PLAN, f"{CN} 欧洲专利局", "2024-10"),
        agreement("两局会议纪要", 40, T.MINUTES, f"{CN} 欧洲专利局", "2024-10"),
        agreement("16份合作协议", 50, T.AGREEMENT, CN, "2024-09"),
        agreement("39份合作协议", 60, T.AGREEMENT, CN, "2024-09"),
        agreement("两局工作计划", 70, T.WORK_PLAN, f"{CN} 欧洲专利局", "2024-12"),
    )
    assert len(found.agreements) == 7


def test_untitled_statements_with_names_of_their_own_are_apart() -> None:
    five = f"{CN} 美国专利商标局 欧盟知识产权局 日本特许厅 韩国特许厅"
    found = run(
        agreement("商标五局合作联合声明", 10, T.JOINT_STATEMENT, five, "2024-12"),
        agreement("外观设计五局合作联合声明", 20, T.JOINT_STATEMENT, five, "2024-12"),
    )
    assert len(found.agreements) == 2


def test_same_agreement_told_by_month() -> None:
    found = run(
        agreement("两局2025年工作计划", 10, T.WORK_PLAN, f"{CN} 英国知识产权局", "2024-11-27"),
        agreement("两局2025年工作计划", 90, T.WORK_PLAN, f"{CN} 英国知识产权局", "2024-11"),
        agreement("两局2024年工作计划", 95, T.WORK_PLAN, f"{CN} 英国知识产权局", "2024-11"),
    )
    assert groups(found) == [{10, 90}, {95}]


def test_an_agreement_that_is_a_document_has_its_key() -> None:
    title = "中日韩知识产权合作十年愿景联合声明"
    found = run(
        agreement(title, 10, T.JOINT_STATEMENT, "中国 日本 韩国", "2024-05-27", titled=True),
        document(title, 90, DocumentKind.AGREEMENT, action="发布"),
    )
    assert found.agreements[0].key == found.agreements[0].document == found.documents[0].key


def test_document_titles() -> None:
    found = run(
        document("知识产权强国建设纲要（2021－2035年）", 10, short="纲要"),
        document("知识产权强国建设纲要(2021—2035 年)", 20, action="实施"),
        document("纲要", 30, action="落实"),
        document("信用管理规定", 40),
        document("信用管理规定（试行）", 50, action="印发"),
        document("评审办法", 60),
        document("评审办法（试行）", 70),
        document("评审办法（征求意见稿）", 80),
    )
    assert groups(found) == [{10, 20, 30}, {40, 50}, {60}, {70}, {80}]
    assert [i.code for i in found.issues] == ["doubtful-document"]
    main = next(d for d in found.documents if "纲要" in d.shorts)
    assert main.title == "知识产权强国建设纲要（2021－2035年）"


def test_regions_with_a_document_of_the_same_title() -> None:
    plan = "知识产权保护高地建设方案"
    found = run(
        document(plan, 10, region="吉林省", action="印发"),
        document(plan, 20, region="江西省", action="出台"),
        document("知识产权强国建设纲要", 30, region="吉林省", action="落实"),
        document("知识产权强国建设纲要", 40, region="江西省", action="贯彻落实"),
        document("专利法实施细则", 50, DocumentKind.REGULATION, action="修订"),
        document("专利法实施细则", 60, DocumentKind.REGULATION, region="天津市", action="贯彻"),
    )
    assert groups(found) == [{10}, {20}, {30, 40}, {50, 60}]
    assert {d.region for d in found.documents if d.title == plan} == {"place/CN-22", "place/CN-36"}


def test_cases() -> None:
    third = "知识产权强国建设第三批典型案例"
    found = run(
        case("沈阳市", "国家知识产权保护示范区", 10),
        case("沈阳市", "知识产权强市建设试点城市", 20),
        case("上海大学深化学科交叉融合，培养专利人才", third, 30, number=9),
        case("上海大学深化学科交叉融合培养专利人才", "第三批知识产权强国建设典型案例", 40, region="上海市"),
    )
    assert groups(found) == [{10}, {20}, {30, 40}]
    one = next(c for c in found.cases if c.number == 9)
    assert one.region == "place/CN-31"


def test_region_of_a_document_of_a_section() -> None:
    where = "吉林省"
    found = run(
        document("养蜂条例", 10, region=where, action="颁布实施"),
        document("2031年度吉林省养蜂规划", 20, region=where, action="落实"),
        document("吉林省养蜂条例", 30, region=where, action="实施"),
        replace(document("养蜂行动方案", 40, region=where, action="实施"), issuers=(Actor("省委", region=where),)),
        document("养蜂行动方案二", 50, region=where, action="出台贯彻落实"),
        document("浙江省养蜂条例", 60, region=where, action="学习"),
        document("全国养蜂规划", 70, region=where, action="执行"),
    )
    told = {d.title: d.region for d in found.documents}
    of_region = ["养蜂条例", "2031年度吉林省养蜂规划", "吉林省养蜂条例", "养蜂行动方案"]
    assert {title for title, region in told.items() if region == "place/CN-22"} == set(of_region)
    assert not any(region for title, region in told.items() if title not in of_region)

"""People with posts: where a name begins and ends, whose post it is, and no text that raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.mentions import PersonHit, PlaceHit
from kg.extract.organisations import OrganisationFinder
from kg.extract.own_names import OwnNames
from kg.extract.people import PeopleFinder
from kg.extract.signs import signs_of
from kg.lexicon import EntryType, Lexicon
from kg.model import Actor

COURT = Actor("四川省高级人民法院", implied=True)


def find(text: str, lexicon: Lexicon, finder: PeopleFinder | None = None) -> tuple[PersonHit, ...]:
    hits = lexicon.find(text)
    places = [PlaceHit(h.start, h.end, h.surface, h.entry) for h in hits if h.entry.type is EntryType.PLACE]
    orgs = OrganisationFinder(lexicon, OwnNames(lexicon, COURT)).find(text, hits, places, "")
    signs = signs_of([text])[0]
    return (finder or PeopleFinder(OwnNames(lexicon, COURT))).find(text, signs, orgs, places)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("院长王树出席。", "王树"),
        ("院长王树江出席。", "王树江"),
        ("外交部部长王毅在会上致辞。", "王毅"),
        ("外交部部长王毅于4月2日访问某地。", "王毅"),
        ("外交部部长王毅和外交大臣会谈。", "王毅"),
        ("副院长周向阳主持会议。", "周向阳"),
        ("副院长王永和出席会议。", "王永和"),
        ("副院长欧阳明德讲话。", "欧阳明德"),
        ("院长应勇、副院长甲出席。", "应勇"),
        ("会见欧洲专利局局长安东尼奥•坎普诺斯一行。", "安东尼奥•坎普诺斯"),
        ("奥地利专利局局长马里亚纳·卡雷皮娃率团访问。", "马里亚纳·卡雷皮娃"),
        ("在巴西总统卢拉的见证下签署。", "卢拉"),
        ("王树江院长会见来宾。", "王树江"),
        ("世界卫生组织总干事谭德塞致辞。", "谭德塞"),
    ],
)
def test_names(text: str, name: str, lexicon: Lexicon) -> None:
    assert [hit.name for hit in find(text, lexicon)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "院长会议召开。",
        "部长级会议召开。",
        "主任任务分解到位。",
        "院长高度重视信访工作。",
        "院长应当出庭。",
        "局长从严部署工作。",
        "书记和副书记出席。",
        "院长沙龙、校长论坛举行。",
        "选举会长、副会长。",
        "主任医师占比提高。",
    ],
)
def test_posts_without_a_name(text: str, lexicon: Lexicon) -> None:
    assert find(text, lexicon) == ()


@pytest.mark.parametrize(
    ("text", "titles", "organisation", "country"),
    [
        ("最高人民法院院长张军出席。", ("院长",), "最高人民法院", "中国"),
        ("院长王树江出席。", ("院长",), "四川省高级人民法院", ""),
        ("商务部条法司司长李咏箑发言。", ("司长",), "商务部条法司", "中国"),
        ("商务部党组书记、部长王文涛讲话。", ("党组书记", "部长"), "商务部", "中国"),
        ("塞尔维亚总统武契奇来访。", ("总统",), None, "塞尔维亚"),
        ("英国外交大臣戴维·拉米来访。", ("外交大臣",), None, "英国"),
    ],
)
def test_posts(text: str, titles: tuple[str, ...], organisation: str | None, country: str, lexicon: Lexicon) -> None:
    (hit,) = find(text, lexicon)
    assert hit.titles == titles
    assert (hit.organisation.name if hit.organisation else None) == organisation
    assert hit.country == country


def test_a_name_told_before_keeps_its_post(lexicon: Lexicon) -> None:
    finder = PeopleFinder(OwnNames(lexicon, COURT))
    find("世界知识产权组织总干事邓鸿森访华。", lexicon, finder)
    (later,) = find("邓鸿森参观展览。", lexicon, finder)
    assert (later.name, later.titles, later.stated) == ("邓鸿森", (), False)
    assert later.organisation == Actor("世界知识产权组织")


WORDS = st.lists(
    st.sampled_from(
        [
            "院长",
            "局长",
            "王",
            "树",
            "江",
            "·",
            "张军",
            "最高人民法院",
            "和",
            "、",
            "，",
            "在",
            "出席",
            "党组书记",
            "卢拉",
            "的",
            "巴西",
        ]
    ),
    max_size=25,
)


@settings(deadline=None)
@given(WORDS)
def test_hits_are_in_order_and_hold_their_names(lexicon: Lexicon, parts: list[str]) -> None:
    text = "".join(parts)
    last = 0
    for hit in find(text, lexicon):
        assert last <= hit.start < hit.end <= len(text)
        surface = text[hit.start : hit.end]  # or it begins with the last part of a foreign name
        assert hit.name in surface or surface.startswith(hit.name.rpartition("·")[2])
        last = hit.end

"""Pictures: no label covers another, Chinese shows, legend and caption tell what is there, the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.figure import Figure

from kg.cli.options import open_current
from kg.errors import ConfigError
from kg.network.canvas import picture_style, save
from kg.network.graph import project, read_network
from kg.network.heatmap import matrix_figure
from kg.network.labels import lines_of
from kg.network.layout import arrange
from kg.network.matrix import region_matrix
from kg.network.pictures import LABEL, ego_figure, network_figure
from kg.network.style import name_of
from kg.network.two_mode import Mode, read_mode

if TYPE_CHECKING:
    from matplotlib.text import Text
    from pyoxigraph import Store

HERE = Path(__file__).parent
HOME = "https://w3id.org/zhitu/id/agency/home"
SVG = "{http://www.w3.org/2000/svg}"

PROVINCES = tuple("冀晋辽吉苏浙皖闽赣鲁豫鄂湘粤琼")
BODIES = (
    "知识产权局",
    "高级人民法院",
    "工业和信息化厅",
    "市场监督管理局",
    "政府",
    "科学技术委员会",
    "版权局",
    "商会",
    "大学",
    "审查中心",
)


def large() -> nx.MultiDiGraph:
    """A network of the shape that reports give: one body with 100 partners, chains, pieces apart, 170 actors in all."""
    graph = nx.MultiDiGraph()
    kinds = ("ip_office", "court", "ministry", "association", "university")
    for n in range(170):
        name = PROVINCES[n % 15] + "省" + BODIES[n // 15 % 10] + ("第二" if n >= 150 else "")
        data = {"type": "agency", "kind": kinds[n % 5], "label_zh": name, "label_en": f"Office number {n} of the land"}
        graph.add_node(f"n{n:03}", **data, domestic=n % 3 > 0, country="CN")
    ends = [(0, n) for n in range(1, 101)] + [(n % 30 + 1, n) for n in range(101, 130)]
    ends += [(130, n) for n in range(131, 150)] + [(n - 1, n) for n in range(151, 160)]
    ends += [(n, n + 1) for n in range(160, 170, 2)] + [(0, 5), (0, 5), (7, 8)]
    relations = ("meets_with", "signs_with", "issues_jointly_with")
    for at, (a, b) in enumerate(ends):
        tie: dict[str, Any] = {"start": "", "end": "", "quotes": (), "lines": (), "source": "s", "reach": "domestic"}
        graph.add_edge(f"n{a:03}", f"n{b:03}", key=f"t{at}", relation=relations[at % 3], directed=False, **tie)
    return graph


def texts(figure: Figure) -> list[Text]:
    found: list[Text] = [text for ax in figure.axes for text in ax.texts if text.get_text()]
    return found + [text for ax in figure.axes for text in (*ax.get_xticklabels(), *ax.get_yticklabels()) if ax.axison]


def assert_readable(figure: Figure) -> None:
    """No two texts share ground (by more than half a point), and all are on the page."""
    figure.dpi = 72
    figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    assert len(boxes) > 10
    page = figure.bbox
    for text, box in boxes:
        assert page.x0 <= box.x0 < box.x1 <= page.x1, text
        assert page.y0 <= box.y0 < box.y1 <= page.y1, text
    for (one, a), (other, b) in combinations(boxes, 2):
        over = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(over) <= 0.5, f"{one!r} and {other!r}"


def labels(figure: Figure) -> dict[str, str]:
    """The labels of actors by node."""
    return {
        str(text.get_gid()).removeprefix(LABEL): text.get_text().replace("\n", "")
        for text in texts(figure)
        if str(text.get_gid()).startswith(LABEL)
    }


@pytest.fixture
def style() -> Iterator[None]:
    with picture_style():
        yield


# What a person reads.


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_labels_of_a_large_network_are_apart(lang: str) -> None:
    network = large()
    figure = network_figure(network, title="大网络", subtitle="A large network", lang=lang)
    assert_readable(figure)
    assert labels(figure).keys() == {f"n{n:03}" for n in range(160)}
    caption = "".join(text.get_text() for text in texts(figure))
    assert "另有 10 个主体两两自成一对" in caption
    assert "Not drawn: 10 actors in pairs" in caption


@pytest.mark.usefixtures("style")
def test_a_picture_shows_the_best_connected() -> None:
    figure = network_figure(large(), title="最多五十", actors=50)
    assert_readable(figure)
    shown = labels(figure)
    assert 30 < len(shown) <= 50
    assert "n000" in shown
    assert f"联系较少的 {160 - len(shown)} 个主体未画出" in "".join(text.get_text() for text in texts(figure))


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_small_networks_of_every_mode_are_readable(small_store: Store, mode: Mode, lang: str) -> None:
    network = read_mode(small_store, mode)
    figure = network_figure(network, title="小网络", lang=lang)
    assert_readable(figure)
    assert set(labels(figure)) <= set(network)


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_surroundings_of_an_actor(small_store: Store, lang: str) -> None:
    network = read_network(small_store)
    figure = ego_figure(network, HOME, lang=lang)
    assert_readable(figure)
    around = {HOME, *project(network).neighbors(HOME)}
    assert (
        labels(figure) == {node: name_of(network.nodes[node], lang).replace(" ", "") for node in around} or lang == "en"
    )
    notes = [text.get_text() for text in texts(figure)]
    assert ("签署 1 · 访问 1" if lang == "zh" else "signs with 1 · visits 1") in notes


@pytest.mark.usefixtures("style")
def test_the_surroundings_in_a_large_network_are_apart() -> None:
    assert_readable(ego_figure(large(), "n000"))
    few = ego_figure(large(), "n000", actors=20)
    assert len(labels(few)) == 21
    assert "n005" in labels(few)  # three ties
    assert "只画联系最多的 20 个" in "".join(text.get_text() for text in texts(few))


@pytest.mark.usefixtures("style")
def test_the_legend_tells_what_is_drawn_in_both_languages(small_store: Store) -> None:
    told = [text.get_text() for text in texts(network_figure(read_network(small_store), title="标题", subtitle="sub"))]
    for word in (
        "标题",
        "sub",
        "知识产权机构 2",
        "IP offices",
        "境内",
        "domestic",
        "境外、国际",
        "共同工作",
        "joint work",
    ):
        assert word in told
    assert "高校、科研院所、企业 1" not in told  # the school has no tie


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_matrix_is_readable(small_store: Store, lang: str) -> None:
    for network in (read_network(small_store), large_regions()):
        matrix = region_matrix(network)
        figure = matrix_figure(matrix, title="矩阵", lang=lang)
        assert_readable(figure)
        told = [text.get_text() for text in texts(figure)]
        rows = [at for at, area in enumerate(matrix.areas) if area.rank < 2]
        numbers = sorted(str(value) for at in rows for value in matrix.values[at] if value)
        assert sorted(text for text in told if text.isdigit()) == sorted(numbers + scale_of(figure))
        assert {getattr(area, f"label_{lang}") or area.label_zh for area in matrix.areas} <= set(told)


def scale_of(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[-1].get_yticklabels()]


def large_regions() -> nx.MultiDiGraph:
    """The large network with its actors in 15 regions and 12 countries."""
    network = large()
    for n, (_, data) in enumerate(sorted(network.nodes(data=True))):
        home = bool(data["domestic"])
        code = f"CN-{n % 15:02}" if home else ""
        data |= {"region": code, "region_gb": code, "region_zh": PROVINCES[n % 15] if home else "", "region_en": code}
        data |= {
            "country": "CN" if home else f"C{n % 12}",
            "country_zh": f"第{n % 12}国家",
            "country_en": f"Land {n % 12}",
        }
    return network


# Names and places.


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("国家知识产权局", "国家知识产权局"),
        ("山西省高级人民法院", "山西省高级人民法院"),
        ("宁夏回族自治区人民检察院", "宁夏回族自治区\n人民检察院"),
        ("格鲁吉亚国家知识产权中心", "格鲁吉亚国家\n知识产权中心"),
        ("Japan Patent Office", "Japan Patent Office"),
        ("World Intellectual Property Organization", "World Intellectual\nProperty Organization"),
        ("一二三四五六七八九十一二三四五六七八九十一二三", "一二三四五六七八九十\n一二三四五六七八九…"),
    ],
)
def test_names_are_broken_where_they_can_be(name: str, lines: str) -> None:
    assert lines_of(name) == lines


@given(st.text(st.sampled_from("省市国家和、一二aB （"), min_size=1, max_size=60))
def test_a_broken_name_is_short_and_loses_only_its_end(name: str) -> None:
    broken = lines_of(name).split("\n")
    assert len(broken) <= 3
    assert all(len(line) <= 22 for line in broken)
    if broken and not broken[-1].endswith("…"):
        assert "".join("".join(broken).split()) == "".join(name.split())


@st.composite
def networks(draw: st.DrawFn) -> tuple[nx.Graph, dict[str, tuple[float, float]]]:
    count = draw(st.integers(2, 25))
    names = [f"n{n:02}" for n in range(count)]
    graph = nx.Graph()
    graph.add_nodes_from(names, domestic=True, kind="court", country="")
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    graph.add_edges_from(draw(st.lists(pairs, min_size=1, max_size=60)))
    graph.remove_nodes_from([node for node in names if not graph.degree(node)])
    side = st.tuples(st.floats(10, 120), st.floats(10, 50))
    return graph, {node: draw(side) for node in sorted(graph)}


@settings(max_examples=40, deadline=None)
@given(networks())
def test_no_boxes_overlap_and_order_does_not_matter(drawn: tuple[nx.Graph, dict[str, tuple[float, float]]]) -> None:
    graph, sizes = drawn
    places, (width, height) = arrange(graph, sizes, 1.3, 60.0, 200.0)
    for a, b in combinations(places, 2):
        (ax, ay), (bx, by) = places[a], places[b]
        wide, high = (sizes[a][0] + sizes[b][0]) / 2, (sizes[a][1] + sizes[b][1]) / 2
        assert abs(ax - bx) >= wide - 1e-6 or abs(ay - by) >= high - 1e-6
    for node, (x, y) in places.items():
        assert sizes[node][0] / 2 - 1e-6 <= x <= width - sizes[node][0] / 2 + 1e-6
        assert sizes[node][1] / 2 - 1e-6 <= y <= height - sizes[node][1] / 2 + 1e-6
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert arrange(other, sizes, 1.3, 60.0, 200.0) == (places, (width, height))


# Files.


@pytest.mark.usefixtures("style")
def test_svg_has_its_text_as_text(small_store: Store, tmp_path: Path) -> None:
    network = read_network(small_store)
    save(network_figure(network, title="<甲> & 乙"), tmp_path / "n.svg")
    save(matrix_figure(region_matrix(network), title="矩阵"), tmp_path / "m.svg")
    told = {text.text for text in ElementTree.parse(tmp_path / "n.svg").getroot().iter(f"{SVG}text")}
    assert {"<甲> & 乙", "国家示例局", "法国示例局", "颜色：类别与数量"} <= told
    assert {"全国性主体", "广东省"} <= {text.text for text in ElementTree.parse(tmp_path / "m.svg").iter(f"{SVG}text")}
    svg = (tmp_path / "n.svg").read_text(encoding="utf-8")
    assert "Microsoft YaHei" in svg
    assert not re.search(r"<dc:date>", svg)


@pytest.mark.usefixtures("style")
def test_png_has_chinese_glyphs(small_store: Store, tmp_path: Path) -> None:
    """A glyph that the font lacks is a warning of matplotlib, and a warning fails a test."""
    save(network_figure(read_network(small_store), title="合作网络"), tmp_path / "n.png")
    assert (tmp_path / "n.png").read_bytes().startswith(b"\x89PNG")
    figure = Figure()
    figure.text(0, 0, "网", family="DejaVu Sans")
    with pytest.warns(UserWarning, match="missing from font"):
        figure.savefig(tmp_path / "without.png")


_DRAW = """
import sys
from pathlib import Path
from pyoxigraph import RdfFormat, Store
from kg.network.graph import read_network
from kg.network.canvas import picture_style, save
from kg.network.heatmap import matrix_figure
from kg.network.matrix import region_matrix
from kg.network.pictures import ego_figure, network_figure
store = Store()
store.load(path=sys.argv[1], format=RdfFormat.TRIG)
network = read_network(store)
for suffix in (".svg", ".png"):
    with picture_style():
        save(network_figure(network, title="网络"), Path(sys.argv[2] + "-whole" + suffix))
        save(ego_figure(network, "https://w3id.org/zhitu/id/agency/home"), Path(sys.argv[2] + "-ego" + suffix))
        save(matrix_figure(region_matrix(network), title="矩阵"), Path(sys.argv[2] + "-matrix" + suffix))
"""


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    home = {"HOME": str(Path.home()), "PYTHONPATH": str(HERE.parents[1])}
    for seed in ("1", "77"):
        command = [sys.executable, "-c", _DRAW, str(HERE / "small-network.trig"), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, **home})
    written = sorted(path.name.removeprefix("1-") for path in tmp_path.glob("1-*"))
    assert len(written) == 6
    for name in written:
        assert (tmp_path / f"1-{name}").read_bytes() == (tmp_path / f"77-{name}").read_bytes(), name


# What a user can do wrong.


@pytest.mark.parametrize("library", ["matplotlib", "scipy", "threadpoolctl"])
def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    expected = rf"pictures need {library}; expected `pip install zhitu\[pictures\]`"
    with pytest.raises(ConfigError, match=expected), picture_style():
        pass


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    latin = [entry for entry in font_manager.fontManager.ttflist if entry.name == "DejaVu Sans"]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    expected = r"no font with Chinese glyphs; expected one of Noto Sans CJK SC, .*fonts-noto"
    with pytest.raises(ConfigError, match=expected), picture_style():
        pass


def test_a_font_is_found_that_matplotlib_has_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = font_manager.fontManager.ttflist
    with picture_style():
        wanted = Figure().text(0, 0, "网").get_fontfamily()[0]
    files = [entry.fname for entry in listed if entry.name == wanted]
    latin = [entry for entry in listed if entry.name == "DejaVu Sans"]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [*files, str(HERE / "small-network.trig")])
    with picture_style():
        assert Figure().text(0, 0, "网").get_fontfamily()[0] == wanted


@pytest.mark.parametrize("name", ["n.pdf", "n"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"no picture format .*; expected \.svg or \.png"):
        save(Figure(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_nothing_to_draw_is_said(small_store: Store) -> None:
    with pytest.raises(ConfigError, match="no ties to draw"):
        network_figure(nx.MultiDiGraph(), title="空")
    with pytest.raises(ConfigError, match="no ties between areas"):
        matrix_figure(region_matrix(nx.MultiDiGraph()), title="空")
    with pytest.raises(ConfigError, match="nobody: not an actor with ties"):
        ego_figure(read_network(small_store), "nobody")


def test_the_picture_of_the_readme_is_of_the_sample(sample_out: Path) -> None:
    """`kg network` on the sample made it; a few actors may have changed since then."""
    path = HERE.parents[1] / "docs" / "network.svg"
    drawn = {str(group.get("id")) for group in ElementTree.parse(path).getroot().iter(f"{SVG}g")}
    actors = {name.removeprefix(LABEL) for name in drawn if name.startswith(LABEL)}
    known = set(read_network(open_current(sample_out)))
    assert len(actors & known) > 0.9 * len(actors) > 50
    assert path.stat().st_size < 150_000

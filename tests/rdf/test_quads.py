"""The mapping of a resolution that has everything, against a golden graph and the rules of the contract."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from handmade import AGREEMENTS, TELLINGS, WHOLE, B, passage
from msgspec.structs import replace

from kg.model import Telling
from kg.rdf import DATA, TERMS, ZT, make_graph, nquads, write_nquads
from kg.rdf.provenance import index_passages

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden.nq"
LINES = list(nquads(WHOLE))


def quads(text: bytes) -> set[pyoxigraph.Quad]:
    return set(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS))


def with_subject(local: str, lines: list[str] | None = None) -> list[str]:
    """Predicate and object of each line about `id:<local>`, IRIs cut to their last part."""
    found = []
    for line in LINES if lines is None else lines:
        subject, rest = line.split(" ", 1)
        if subject.endswith(f"/id/{local}>"):
            found.append(re.sub(r"<[^>]*[/#]([^>/#]*)>", r"\1", rest.removesuffix(" .")))
    return found


def test_the_graph_is_the_golden_one() -> None:
    """`python tests/rdf/test_quads.py` writes the golden file anew; read the difference before committing."""
    assert quads("\n".join(LINES).encode()) == quads(GOLDEN.read_bytes())


def test_lines_are_sorted_and_unique_and_the_file_ends_each_with_lf(tmp_path: Path) -> None:
    assert sorted(set(LINES)) == LINES
    count = write_nquads(WHOLE, tmp_path / "g.nq")
    data = (tmp_path / "g.nq").read_bytes()
    assert count == len(LINES)
    assert data == "".join(f"{line}\n" for line in LINES).encode()
    # Sorted by code points is sorted by bytes: `LC_ALL=C sort -c` agrees.
    assert sorted(data.splitlines()) == data.splitlines()


def test_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import sys; from handmade import WHOLE; from kg.rdf import nquads; sys.stdout.write('\\n'.join(nquads(WHOLE)))"
    )
    path = os.pathsep.join([str(HERE.parents[1]), str(HERE.parent)])
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
        assert run.stdout.decode() == "\n".join(LINES)


NETWORK = {"Community", "Network", "NetworkEdge", "NetworkNode"}


def test_no_blank_nodes_and_no_undeclared_terms() -> None:
    assert not any("_:" in re.sub(r'"(?:[^"\\]|\\.)*"', "", line) for line in LINES)
    used = {name for line in LINES for name in re.findall(rf"<{re.escape(ZT)}([^>]+)>", line)}
    assert used <= TERMS
    # Every class is met by this resolution, but for those that `kg network` alone writes.
    schemes = {name for name in TERMS if "-" in name}
    assert {name for name in TERMS - used - schemes if name[0].isupper()} == NETWORK


def test_no_triple_of_the_default_graph_stands_in_a_named_graph() -> None:
    found = quads("\n".join(LINES).encode())
    default = {q.triple for q in found if q.graph_name == pyoxigraph.DefaultGraph()}
    named = {q.triple for q in found} - default
    assert len(default) + len(named) == len(found)
    assert {str(q.graph_name) for q in found} == {
        "DEFAULT",
        f"<{DATA}build>",
        f"<{DATA}demo-2023/passages>",
        f"<{DATA}demo-2024/passages>",
        f"<{DATA}demo-2024/tellings>",
    }


def test_both_stores_load_the_same_dataset() -> None:
    data = "".join(f"{line}\n" for line in LINES)
    store = pyoxigraph.Store()
    store.bulk_load(data.encode(), pyoxigraph.RdfFormat.N_QUADS)
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        # rdflib 7 uses its own deprecated names while it parses and writes quads.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=data, format="nquads")
        written = dataset.serialize(format="nquads", encoding="utf-8")
    # Without blank nodes isomorphic is equal.
    assert quads(written) == set(store) == quads(data.encode())


def test_counts_are_those_of_the_lines() -> None:
    graph = make_graph(WHOLE)
    assert sum(graph.counts.values()) == len(graph.lines) == len(LINES)
    for name in ("build", "demo-2023/passages", "demo-2024/passages", "demo-2024/tellings"):
        assert graph.counts[name] == sum(line.endswith(f" <{DATA}{name}> .") for line in LINES), name
    told = f'<{DATA}demo-2024/tellings> <http://rdfs.org/ns/void#triples> "{graph.counts["demo-2024/tellings"]}"'
    assert any(line.startswith(told) for line in LINES)


def test_an_agreement_that_is_a_document_is_one_thing() -> None:
    assert with_subject("agreement/1") == []
    assert not any("/id/agreement/1>" in line for line in LINES)
    lines = with_subject("document/1")
    assert {line for line in lines if line.startswith("type ")} == {
        "type Agreement",
        "type CreativeWork",
        "type PolicyDocument",
    }
    assert [line for line in lines if line.startswith("prefLabel ")] == ['prefLabel "示例备忘录"@zh']
    # The day of signing is told more exactly than the date of the document; one date stands.
    assert [line for line in lines if line.startswith("date ")] == ['date "2024-10-22"^^date']
    assert "outcome 1" in with_subject("event/1")
    assert "impliedBy 1" in with_subject("tie/2")


def test_of_two_agreements_with_one_document_the_second_stays_apart() -> None:
    second = replace(AGREEMENTS[1], document="document/1")
    lines = list(nquads(replace(WHOLE, agreements=(AGREEMENTS[0], second))))
    assert sum(line.startswith("agreementType ") for line in with_subject("document/1", lines)) == 1
    assert "type Agreement" in with_subject("agreement/2", lines)
    gone = replace(AGREEMENTS[1], document="document/none")
    assert "type Agreement" in with_subject("agreement/2", list(nquads(replace(WHOLE, agreements=(gone,)))))


def test_a_missing_cell_has_no_value_and_is_no_observation() -> None:
    lines = with_subject("observation/3")
    assert "type MissingCell" in lines
    assert 'printed "-"' in lines
    assert not any(line.startswith(("obsValue", "unitMeasure", "type Observation")) for line in lines)


def test_only_the_newest_edition_is_marked() -> None:
    assert not any(line.startswith("latestEdition") for line in with_subject("observation/1"))
    assert any(line.startswith('latestEdition "true"') for line in with_subject("observation/2"))


def test_figures_keep_zero_and_leave_out_what_is_not_told() -> None:
    figure = replace(WHOLE.indicators[1], low=Decimal(0))
    lines = with_subject("indicator/2", list(nquads(replace(WHOLE, indicators=(figure,)))))
    assert 'low "0"^^decimal' in lines
    assert 'writtenUnit ""' in lines
    assert not any(line.startswith(("high", "area", "rank", "comparison")) for line in lines)


def test_passages_with_the_same_words_are_numbered_by_place() -> None:
    chosen = index_passages(WHOLE).chosen
    (second,) = (key for key in chosen if key.endswith("-2"))
    first = second.removesuffix("-2")
    assert chosen[first].quotes == chosen[second].quotes
    assert chosen[first].spans < chosen[second].spans


def test_one_place_is_one_passage_however_often_it_is_told() -> None:
    again = replace(TELLINGS[0].fact.passage, locator="别处")
    more = Telling("t99", "agency/demo", replace(TELLINGS[0].fact, passage=again))
    whole = replace(WHOLE, tellings=(*TELLINGS, more))
    assert len(index_passages(whole).chosen) == len(index_passages(WHOLE).chosen)
    lines = list(nquads(whole))
    assert list(nquads(replace(whole, tellings=(more, *TELLINGS)))) == lines
    assert sum('locator> "别处"' in line for line in lines) == 1


def test_a_printed_bar_does_not_part_quotes() -> None:
    lines = [line for line in LINES if "#quotes>" in line and "｜ 广东 ｜ 1,234 ｜ - ｜" in line]
    assert len(lines) == 1
    two = [line for line in LINES if "#quotes>" in line and '"十月二十一日，示例局|在深圳召开会议。"' in line]
    assert len(two) == 1


def test_spans_and_words_must_go_together() -> None:
    broken = replace(passage(B, 0, "甲"), exact=())
    bad = Telling("t0", "agency/demo", replace(TELLINGS[0].fact, passage=broken))
    with pytest.raises(ValueError, match="zip"):
        make_graph(replace(WHOLE, tellings=(bad,)))


if __name__ == "__main__":
    write_nquads(WHOLE, GOLDEN)

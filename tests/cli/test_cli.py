"""The command line: help, formats, exit codes, wording of errors, quick start."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main

VERBS = ("build", "text", "validate", "query", "questions", "show", "export", "network", "diff")
Run = Callable[..., Result]


@pytest.fixture
def run(small_out: Path) -> Run:
    def call(*args: str) -> Result:
        needs = args and args[0] in ("query", "questions", "show", "export", "validate")
        return CliRunner().invoke(main, [*args, "-o", str(small_out)] if needs else list(args))

    return call


def refused(result: Result, message: str) -> None:
    """Exit code 2 and one line on stderr that begins with the message."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith(f"error: {message}")
    assert result.stderr.count("\n") == 1


def test_help_lists_the_verbs_of_today() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    lines = result.output.split("Commands:")[1].splitlines()
    listed = [line.split()[0] for line in lines if line.strip()]
    assert [word for word in listed if word in VERBS] == list(VERBS)
    assert "serve" not in result.output


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_has_an_example(verb: str) -> None:
    result = CliRunner().invoke(main, [verb, "--help"])
    assert result.exit_code == 0
    assert f"Example: kg {verb}" in " ".join(result.output.split())


@pytest.mark.parametrize("verb", [v for v in VERBS if v != "text"])
def test_out_is_everywhere(verb: str) -> None:
    assert "-o, --out" in CliRunner().invoke(main, [verb, "--help"]).output


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert (result.exit_code, kg.__version__ in result.output) == (0, True)


def test_wrong_verbs_and_options_are_one_line() -> None:
    refused(CliRunner().invoke(main, ["bild"]), "No such command 'bild'")
    refused(CliRunner().invoke(main, ["query", "--formt", "csv"]), "No such option")
    refused(CliRunner().invoke(main, ["build", "--jobs", "0"]), "Invalid value for '-j'")


@pytest.mark.parametrize("args", [("query", "growth"), ("show", "x"), ("export", "dest"), ("validate",)])
def test_no_build_yet(args: tuple[str, ...], tmp_path: Path) -> None:
    refused(CliRunner().invoke(main, [*args, "-o", str(tmp_path)]), f"{tmp_path}: no build; expected one made by")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from kg.cli import main; runner = CliRunner()\n"
        f"codes = [runner.invoke(main, [verb, '--help']).exit_code for verb in {VERBS}]\n"
        "codes.append(runner.invoke(main, ['--help']).exit_code)\n"
        "heavy = {'rdflib', 'pyshacl', 'networkx', 'jieba', 'pyoxigraph', 'oxrdflib', 'rich', 'ahocorasick'}\n"
        "print(sum(codes), sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "0 []"


def test_a_bug_is_not_hidden(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.entities.describe", lambda *_: 1 / 0)
    assert isinstance(run("show", "申长雨").exception, ZeroDivisionError)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_query_in_machine_formats(run: Run, form: str) -> None:
    result = run("query", "events_in_month", "--param", "month=2024-07", "--format", form)
    assert result.exit_code == 0
    assert "会见产权组织总干事" in result.stdout
    assert result.stderr == ""
    if form == "json":
        assert run("query", "events_in_month", "-p", "month=2024-07", "--json").stdout == result.stdout
        assert json.loads(result.stdout)["head"]["vars"] == ["event", "date", "name", "type"]


def test_query_as_a_table_is_aligned(run: Run) -> None:
    from kg.cli.layout import width

    lines = run("query", "people_with_posts").stdout.splitlines()
    assert lines[0].split() == ["person", "name", "post", "where", "first", "last"]
    starts = {width(line[: line.index("局长" if "局长" in line else "总干事")]) for line in lines[2:]}
    assert len(starts) == 1


def test_query_inline_and_from_a_file(run: Run, tmp_path: Path) -> None:
    assert run("query", "-e", "ASK { ?s ?p ?o }", "--format", "csv").stdout.strip() == "true"
    file = tmp_path / "mine.rq"
    file.write_text('# param: word string a (x)\nSELECT ?word WHERE { VALUES ?word { "a" } }', encoding="utf-8")
    assert run("query", str(file), "--param", "word=商标", "-f", "csv").stdout.split() == ["word", "商标"]


def test_construct_as_turtle(run: Run) -> None:
    result = run("query", "cooperation", "--format", "turtle")
    assert "id:tie\\/t1" in result.stdout
    refused(run("query", "cooperation", "--format", "csv"), "format csv: the query constructs a graph")


def test_evidence_on_stdout_for_people_and_stderr_for_scripts(run: Run) -> None:
    shown = run("query", "agreements_with_country", "--evidence")
    assert "cnipa-2024:44  续签谅解备忘录" in shown.stdout
    piped = run("query", "agreements_with_country", "--evidence", "--format", "csv")
    assert "cnipa-2024:44" not in piped.stdout
    assert "cnipa-2024:44  续签谅解备忘录" in piped.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("-e", "SELECT"), "query:1:7: "),
        (("-e", "INSERT DATA { <urn:a> <urn:b> 1 }"), "query:1:"),
        (("-e", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), "query:1: SERVICE"),
        (("nowhere.rq",), "nowhere.rq: No such file"),
        (("groth",), "query 'groth': not known; nearest: growth"),
        (("growth", "-p", "year=2024"), "query select_growth: parameter 'year' not known; expected measure"),
        (("agreements_with_country", "-p", "country=法国国"), "place '法国国': not known; nearest: 法国"),
        ((), "query: expected a name, a file, or -e"),
    ],
)
def test_query_faults(run: Run, args: tuple[str, ...], message: str) -> None:
    refused(run("query", *args), message)


def test_questions_say_what_they_answer(run: Run) -> None:
    result = run("questions")
    assert "agreements_with_country\n  与某国机构签署的协议\n  Agreements signed with" in result.stdout
    assert "--param country=法国" in result.stdout
    listed = json.loads(run("questions", "--json").stdout)
    assert len(listed["queries"]) >= 14
    assert listed["names"] == []


def test_questions_are_found_by_a_word_of_two_characters(run: Run) -> None:
    found = json.loads(run("questions", "--search", "商标", "--json").stdout)
    assert [n["name"] for n in found["names"]] == ["某商标侵权案"]
    met = json.loads(run("questions", "--search", "会面", "--json").stdout)
    assert met["queries"][0]["name"] == "select_meetings_by_pair"
    assert "nothing about" in run("questions", "--search", "龘").stderr


def test_questions_need_no_build(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["questions", "--search", "met most", "-o", str(tmp_path)])
    assert (found.exit_code, found.stdout.split()[0]) == (0, "meetings_by_pair")


def test_a_thing_by_its_name_gives_the_queries_that_take_it(run: Run) -> None:
    found = run("questions", "--search", "申长雨").stdout
    assert "--param person=申长雨" in found
    assert re.search(r"^申长雨 +person +person/p1$", found, re.MULTILINE)


def test_closed_sets_are_listed_and_their_labels_found() -> None:
    assert "eventType: bilateral_talks|ceremony|" in CliRunner().invoke(main, ["questions"]).stdout
    assert "eventType: " in CliRunner().invoke(main, ["questions", "--search", "新闻发布会", "-o", "nowhere"]).stdout


def test_show_for_people(run: Run) -> None:
    result = run("show", "第三次中法局长会议")
    assert "说法不一\n  cnipa-2024:40  start: 2024-10, chosen 2024-10-21" in result.stdout
    assert "cnipa-2024:12  10月21日" in result.stdout
    english = run("show", "event/e1", "--lang", "en").stdout
    assert "Tellings that differ" in english


def test_show_for_scripts(run: Run) -> None:
    shown = json.loads(run("show", "WIPO", "--json").stdout)
    assert (shown["name"], shown["kind"]) == ("世界知识产权组织", "agency")
    assert {group["name"] for group in shown["groups"]} == {"self", "event", "person", "tie"}


def test_show_unknown_names_the_nearest(run: Run) -> None:
    refused(run("show", "申长宇"), "name '申长宇': not known; nearest: 申长雨")


def test_export_csv(run: Run, tmp_path: Path) -> None:
    result = run("export", "--format", "csv", str(tmp_path / "t"), "--quotes", "none", "--json")
    assert json.loads(result.stdout)["events"] == 3
    assert len(list((tmp_path / "t").glob("*.csv"))) == 10
    assert (tmp_path / "t" / "observations.csv-metadata.json").is_file()


@pytest.mark.parametrize("form", ["nq", "ttl"])
def test_export_of_graphs(run: Run, tmp_path: Path, form: str) -> None:
    from pyoxigraph import RdfFormat, Store

    target = tmp_path / f"graph.{form}"
    assert run("export", "--format", form, str(target)).exit_code == 0
    graph = Store()
    graph.load(path=str(target), format=RdfFormat.N_QUADS if form == "nq" else RdfFormat.TURTLE)
    assert bool(list(graph.named_graphs())) == (form == "nq")


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_export_of_the_network(run: Run, tmp_path: Path, form: str) -> None:
    import networkx as nx

    target = tmp_path / f"network.{form}"
    result = run("export", "--format", form, str(target), "--json")
    network = nx.read_graphml(target) if form == "graphml" else nx.read_gexf(target)
    counts = {"actors": network.number_of_nodes(), "ties": network.number_of_edges()}
    assert json.loads(result.stdout) == counts
    assert counts["ties"]
    assert "quotes" in target.read_text(encoding="utf-8")
    run("export", "--format", form, str(target), "--quotes", "none")
    assert "quotes" not in target.read_text(encoding="utf-8")


def test_export_to_where_nothing_can_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused(run("export", str(tmp_path / "file" / "t")), f"{tmp_path / 'file' / 't'}: ")
    refused(run("export", "--format", "rdf", str(tmp_path / "t")), "Invalid value for '-f'")


def test_a_wrong_report_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    for path in (tmp_path / "none.md", tmp_path / "empty.md"):
        refused(CliRunner().invoke(main, ["text", str(path)]), str(path))
        refused(CliRunner().invoke(main, ["build", str(path), "-o", str(tmp_path / "o")]), str(path))

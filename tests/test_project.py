"""The project around the code: sizes, docstrings, README commands, word lists, what git holds, what a wheel holds."""

from __future__ import annotations

import ast
import csv
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from kg import __version__
from kg.cli import main

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))
WORD_LISTS = sorted(path for path in (ROOT / "data").rglob("*") if path.suffix in {".csv", ".tsv"})
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MODULE_LINES = 400
FUNCTION_LINES = 50
FILE_BYTES = 1_000_000

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def is_main(path: Path) -> bool:
    return path.name == "__main__.py"


# Modules.


@each_module
def test_a_module_and_its_functions_are_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines < MODULE_LINES, f"{lines} lines; split the module"
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 >= FUNCTION_LINES
    }
    assert not long, f"functions of {FUNCTION_LINES} lines or more"


def public_without_docstring(body: list[ast.stmt], owner: str = "") -> Iterator[str]:
    """Names of public classes, functions and methods that say nothing about themselves."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield owner + node.name
            if isinstance(node, ast.ClassDef):
                yield from public_without_docstring(node.body, f"{owner}{node.name}.")


@each_module
def test_a_module_says_what_it_and_its_public_names_are(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree), "no docstring"
    assert not list(public_without_docstring(tree.body))


def public_definitions(tree: ast.Module) -> set[str]:
    """Classes and functions that a module defines without an underscore."""
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return {node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")}


@each_module
def test_a_module_lists_what_it_offers(path: Path) -> None:
    public = public_definitions(tree_of(path))
    if not public or is_main(path):
        return
    parts = path.relative_to(ROOT).with_suffix("").parts
    module = import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    listed = getattr(module, "__all__", None)
    assert listed is not None, "no __all__"
    assert not public - set(listed), "public and not in __all__"
    assert not [name for name in listed if not hasattr(module, name)], "in __all__ and not there"
    assert len(set(listed)) == len(listed)


@each_module
def test_a_module_catches_what_it_knows(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: bare except"
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
            assert not caught & {"Exception", "BaseException"}, f"line {node.lineno}: broad except"


def test_no_room_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [path for path in MODULES if vague & {path.stem, path.parent.name}]


# README.


def code_lines() -> list[str]:
    """Lines of README's shell blocks, without prompts and comments."""
    blocks = re.findall(r"^```(?:sh|console|bash)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def kg_commands() -> list[list[str]]:
    """The words after `kg` of each such command in README's blocks; a pipe or redirection ends one."""
    found = []
    for line in code_lines():
        for part in re.split(r"\s(?:&&|\|\||\||;)\s", line):
            words = shlex.split(re.split(r"\s[12]?>", part)[0], comments=True)
            if words and Path(words[0]).name == "kg":
                found.append(words[1:])
    return found


@pytest.mark.parametrize("words", kg_commands(), ids=" ".join)
def test_a_command_of_the_readme_parses(words: list[str]) -> None:
    with click.Context(main) as ctx:
        command = main.get_command(ctx, words[0])
        assert command is not None, "no such verb"
        with command.make_context(words[0], words[1:], parent=ctx) as parsed:
            assert not parsed.args


def test_the_readme_shows_each_verb_and_only_queries_that_exist() -> None:
    commands = kg_commands()
    with click.Context(main) as ctx:
        assert set(main.list_commands(ctx)) == {words[0] for words in commands}
    named = {path.stem.partition("_")[2] for path in (ROOT / "queries").glob("*.rq")}
    asked = {words[1] for words in commands if words[0] == "query" and not words[1].startswith("-")}
    assert asked
    assert asked <= named


def test_the_readme_names_its_files() -> None:
    linked = [link for link in re.findall(r"\]\(([^)#\s]+)\)", README) if "://" not in link]
    assert linked
    assert not [link for link in linked if not (ROOT / link).exists()]


def test_the_readme_draws_every_room() -> None:
    rooms = {path.name for path in (ROOT / "kg").iterdir() if (path / "__init__.py").is_file()}
    assert not [room for room in sorted(rooms) if f"kg/{room}" not in README]


def test_the_picture_shows_sentences_of_the_sample() -> None:
    picture = (ROOT / "docs" / "one-fact.svg").read_text(encoding="utf-8")
    sample = (ROOT / "data" / "sample" / "cnipa-2024-sample.md").read_text(encoding="utf-8").splitlines()
    text = "".join(piece.strip() for piece in re.findall(r">([^<>]+)<", picture))
    lines = [int(n) for n in re.findall(r"cnipa-2024-sample : (\d+)", picture)]
    assert len(lines) == 2
    assert all(sample[n - 1] in text for n in lines)


# Word lists.


@pytest.mark.parametrize("path", WORD_LISTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_word_list_says_where_its_words_come_from(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter="\t" if path.suffix == ".tsv" else ",")
    assert "source" in header
    assert rows
    at = header.index("source")
    assert not [n for n, row in enumerate(rows, 2) if len(row) != len(header)], "rows of another length"
    assert not [n for n, row in enumerate(rows, 2) if not row[at].strip()], "rows without a source"
    # What reads `word, value` takes one row a word: a second one would hide the first.
    keys = [row[0] if header == ["word", "value", "source"] else tuple(row) for row in rows]
    assert len(set(keys)) == len(keys), "rows told twice"


def test_each_word_list_has_a_line_in_the_data_readme() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([\w/.-]+)", text, re.MULTILINE)
    names = [path.relative_to(ROOT / "data").as_posix() for path in WORD_LISTS]
    assert names
    assert sorted(name for name in listed if name.endswith((".csv", ".tsv"))) == sorted(names)


# Release and repository.


def test_the_changelog_has_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\]", text, re.MULTILINE)


def test_one_script_checks_everything() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111, "not executable"
    text = script.read_text(encoding="utf-8")
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    for check in ("ruff check", "ruff format", "mypy", "lint-imports"):
        assert check in text
        assert check in hooks
    assert "repo: http" not in hooks
    assert ".ci/run" in code_lines()


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The files that git holds, or would at the next commit of a changed one."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_git_holds_sources_not_products(tracked: list[Path]) -> None:
    assert tracked
    assert not [path for path in tracked if path.stat().st_size > FILE_BYTES]


def test_nothing_tracked_names_this_machine_or_a_registry(tracked: list[Path]) -> None:
    # Put together here so that this file does not name them either.
    places = "|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "file" + "://"])
    registries = "|".join(["py" + r"pi\.org", "python" + "hosted", "--index" + "-url", "--extra-" + "index"])
    wrong = re.compile(rf"(?<![\w.])(?:{places})|{registries}")
    found = []
    for path in tracked:
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in wrong.finditer(text)]
    assert not found


def test_the_entry_point_exists() -> None:
    for target in PROJECT["project"]["scripts"].values():
        module, _, name = target.partition(":")
        assert callable(getattr(import_module(module), name))


def outside_the_package() -> set[str]:
    """Where the resource files stand inside a wheel."""
    packed: dict[str, str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    return {
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, target in packed.items()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".csv", ".tsv", ".md", ".ttl", ".rq", ".jsonld"}
    }


def test_the_package_takes_its_resources_along() -> None:
    names = outside_the_package()
    assert all(name.startswith("kg/_resources/") for name in names)  # where kg.resources looks
    assert {name.split("/")[2] for name in names} == {"ontology", "shapes", "queries", "data"}


@pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed")
def test_a_wheel_holds_its_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert not outside_the_package() - held
    assert "kg/py.typed" in held

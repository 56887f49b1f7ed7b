"""Hard sentences: cases/<kind>.jsonl, one sentence a line with the facts that a careful reader finds in it.

    {"id", "why", "text", "publisher"?, "year"?, "section"?, "expect": [{...}], "exact"?, "known_failure"?}

`expect` holds one object a fact with the fields that matter; a list is compared as a set, `<field>_has` asks for words
inside a field. With `exact` no other facts of the kind may be found (events that say they were not held do not count,
unless a case expects a `status`). A line with `known_failure` must still fail, so that the list of failures stays true.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from kg.extract import extract
from kg.lexicon import load_lexicon
from kg.model import Actor, AgencyFact, AgreementFact, DateRange, EventFact, Fact, PersonFact, TieFact
from kg.text import read_report

CASES = Path(__file__).parent / "cases"
KINDS = {
    "events": EventFact,
    "agreements": AgreementFact,
    "people": PersonFact,
    "agencies": AgencyFact,
    "ties": TieFact,
}


def lines() -> list[Any]:
    found = []
    for kind in KINDS:
        for line in (CASES / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found.append(pytest.param(kind, case, id=f"{kind}-{case['id']}"))
    return found


def text_of(case: dict[str, Any]) -> str:
    head = f"---\npublisher: {case.get('publisher', '国家知识产权局')}\nyear: {case.get('year', 2024)}\n---\n"
    region = case.get("section")
    return f"{head}\n# 各项工作\n\n" + (f"## {region}\n\n" if region else "") + case["text"] + "\n"


@functools.cache
def _extracted(text: str, folder: Path) -> tuple[Fact, ...]:
    path = folder / "case.md"
    path.write_text(text, encoding="utf-8")
    lexicon = load_lexicon()
    return extract(read_report(path, lexicon), lexicon).facts


def plain(fact: Fact) -> dict[str, Any]:
    """The fields of a fact as a case writes them."""

    def value(item: Any) -> Any:
        if isinstance(item, Actor):
            return item.name
        return [value(i) for i in item] if isinstance(item, tuple) else item

    told = {name: value(getattr(fact, name)) for name in fact.__struct_fields__ if name not in ("passage", "rule")}
    if isinstance(fact, AgencyFact):
        told["kind"] = fact.agency_kind
    when = told.get("when", told.get("signed"))
    if isinstance(when, DateRange):
        told["start" if isinstance(fact, EventFact) else "date"] = str(when.start)
        told["end"] = str(when.end or "")
    if isinstance(fact, EventFact):
        told["people"], told["roles"] = [name for name, _ in fact.people], [f"{n}:{r.value}" for n, r in fact.people]
    return told


def fits(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    for name, value in wanted.items():
        if name.endswith("_has"):
            if value not in (found.get(name[:-4]) or ""):
                return False
        elif isinstance(value, list):
            if set(value) != set(found.get(name) or ()):
                return False
        elif (found.get(name) or "") != value:
            return False
    return True


def faults(kind: str, case: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with what was found in a sentence, in words."""
    found = [plain(f) for f in _extracted(text_of(case), folder) if isinstance(f, KINDS[kind])]
    if kind == "events" and not any("status" in wanted for wanted in case["expect"]):
        found = [f for f in found if f["status"] == "held"]
    told = []
    left = list(found)
    for wanted in case["expect"]:
        match = next((f for f in left if fits(wanted, f)), None)
        if match is None and kind == "ties":
            turned = {**wanted, "a": wanted["b"], "b": wanted["a"]}
            match = next((f for f in left if not f["relation"].directed and fits(turned, f)), None)
        if match is None:
            told.append(f"missing {wanted}")
        else:
            left.remove(match)
    if case.get("exact"):
        told += [f"too much {_short(f)}" for f in left]
    return told if not told else [*told, *(f"found {_short(f)}" for f in found)]


def _short(found: dict[str, Any]) -> dict[str, Any]:
    return {
        k: v for k, v in found.items() if v and k not in ("confidence", "stated", "when", "signed", "status", "titled")
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.mark.parametrize(("kind", "case"), lines())
def test_hard_sentence(kind: str, case: dict[str, Any], folder: Path) -> None:
    told = faults(kind, case, folder)
    if "known_failure" in case:
        assert told, f"no failure any more: {case['known_failure']}"
    else:
        assert not told, "\n".join([case["text"], *told])


def test_ids_are_unique_and_lines_whole() -> None:
    for kind in KINDS:
        cases = [json.loads(line) for line in (CASES / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]
        ids = [case["id"] for case in cases]
        assert len(ids) == len(set(ids))
        assert all(case["why"] and case["text"] and isinstance(case["expect"], list) for case in cases)

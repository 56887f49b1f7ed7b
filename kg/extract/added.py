"""Facts that people wrote by hand: each gets the passage of the words it quotes."""

from __future__ import annotations

from kg.model import Fact, Issue, Passage, Report, Span, squeeze
from kg.model.added import Added, parse_added
from kg.model.judgement import Judgement, Judgements, Verb

__all__ = ["added_facts"]


def added_facts(report: Report, judgements: Judgements, *, alone: bool) -> tuple[tuple[Fact, ...], tuple[Issue, ...]]:
    """The facts of the `add` rows about this report, and an Issue for each whose words do not stand in it.

    A row without a source is about the only report of a build (`alone`).
    """
    facts: list[Fact] = []
    issues: list[Issue] = []
    layer: _Words | None = None
    for row in judgements.of(Verb.ADD):
        added = parse_added(row.field, row.value)
        if added.source != report.source.id and not (alone and not added.source):
            continue
        layer = layer or _Words(report)
        passage = layer.find(added)
        if passage is None:
            issues.append(_missing(row, added, report))
        else:
            facts.append(added.told(passage))
    return tuple(facts), tuple(issues)


def _missing(row: Judgement, added: Added, report: Report) -> Issue:
    return row.issue(f"{added.quote[:60]} does not stand in {report.source.id}", "expected the exact words")


class _Words:
    """The text of a report without white space, with the place of each character."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._places = [n for n, char in enumerate(report.layer.text) if not char.isspace()]
        self._text = "".join(report.layer.text.split())

    def find(self, added: Added) -> Passage | None:
        """Where the words stand, white space aside: the place nearest to the line that was given."""
        quote = "".join(added.quote.split())
        best: tuple[int, int] | None = None
        at = self._text.find(quote)
        while at >= 0:
            distance = abs(self._report.layer.line_of(self._places[at]) - added.line) if added.line else 0
            if best is None or distance < best[0]:
                best = (distance, at)
            at = self._text.find(quote, at + 1)
        if best is None:
            return None
        return self._passage(self._places[best[1]], self._places[best[1] + len(quote) - 1] + 1)

    def _passage(self, start: int, end: int) -> Passage:
        layer = self._report.layer
        line, exact = layer.line_of(start), layer.text[start:end]
        above = [section for section in self._report.sections if section.line <= line]
        path = above[-1].path if above else ()
        return Passage(
            source=self._report.source.id,
            spans=(Span(start, end),),
            exact=(exact,),
            quotes=(squeeze(exact),),
            lines=(line,),
            section=path,
            locator=" > ".join(path),
        )

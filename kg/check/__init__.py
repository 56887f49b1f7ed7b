"""Checks that find mistakes: contradictions within and between reports, each with both sides quoted.

In: an Oxigraph store; out: `Finding` values, sorted. Nothing is changed and nothing is guessed: where the words
leave open what a figure measures, no finding is made.
"""

from __future__ import annotations

from kg.check.checks import check
from kg.check.findings import Finding, Kind, Severity, Side

__all__ = ["Finding", "Kind", "Severity", "Side", "check"]

"""Bytes to Report: decoding, tables, headings, paragraphs healed over page breaks, sentences with their places."""

from __future__ import annotations

from kg.text.reader import read_report

__all__ = ["read_report"]

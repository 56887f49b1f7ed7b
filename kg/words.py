"""Words of a question for searching: jieba's segments and pairs of characters, so that 商标 is found anywhere.

The one file that knows jieba. Its dictionary cache stands in a folder of ours (`ZHITU_CACHE`, else
`$XDG_CACHE_HOME/zhitu`, else `~/.cache/zhitu`), or in the system's temporary folder when that cannot be made.
"""

from __future__ import annotations

import logging
import math
import os
import re
import tempfile
import unicodedata
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["cache_folder", "search", "tokens"]

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]{1,200}")
_LATIN = re.compile(r"[a-z0-9]{1,60}")
#: A Latin word of this many letters or fewer may stand for itself alone.
_SHORT = 3


def cache_folder() -> Path:
    """Where the dictionary cache is kept; made when missing."""
    named = os.environ.get("ZHITU_CACHE")
    base = os.environ.get("XDG_CACHE_HOME")
    folder = Path(named) if named else (Path(base) if base else Path.home() / ".cache") / "zhitu"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own: old escapes, pkg_resources
        import jieba
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(cache_folder())
    return segmenter


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, its pairs of Chinese characters and its Latin words, each once, sorted."""
    plain = _plain(text)
    found = set(_LATIN.findall(plain))
    for run in _HAN.findall(plain):
        found.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        if len(run) > 2:
            found.update(word for word in _segmenter().cut_for_search(run) if len(word) > 1)
    return tuple(sorted(found))


def _holds(text: str, word: str) -> bool:
    """Whether a text has a word: Chinese anywhere, Latin at the start of a word (a short one as a whole word)."""
    if not _LATIN.fullmatch(word):
        return word in text
    pattern = rf"{word}(?![a-z0-9])" if len(word) <= _SHORT else word.removesuffix("s")
    return re.search(rf"(?<![a-z0-9]){pattern}", text) is not None


def search(question: str, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[int, ...]:
    """The places in `texts` of those that hold words of the question, best first.

    A text scores the length of each word it holds, weighed by how few texts hold that word; the question as a
    whole counts most. `also[i]` is what else is known of `texts[i]`: its words count a third. Texts with less than
    half of the best score are left out.
    """
    plain, more = [_plain(text) for text in texts], [_plain(text) for text in also]
    scores: dict[int, float] = {}
    for field, share in ((plain, 1.0), (more, 1 / 3)):
        for word in tokens(question):
            found = [i for i, text in enumerate(field) if _holds(text, word)]
            for i in found:
                scores[i] = scores.get(i, 0.0) + share * len(word) * math.log(1 + len(field) / len(found))
    whole = _plain(question).strip()
    for i in list(scores):
        if _holds(plain[i], whole):
            scores[i] *= 2
    floor = max(scores.values(), default=0.0) / 2
    kept = [i for i, score in scores.items() if score >= floor]
    return tuple(sorted(kept, key=lambda i: (-scores[i], len(plain[i]), plain[i], i)))

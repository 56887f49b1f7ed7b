"""Builds small texts of one publisher, and a table of grants that several tests share."""

from __future__ import annotations

from pathlib import Path

from kg.check import Finding, Kind, check
from kg.pipeline import build
from kg.store.graph import open_store

HEAD = """---
publisher: 国家知识产权局
year: {year}
title: 测试年报{year}
---

# 测试年报{year}

"""

GRANTS = """# 统计

表1 分地区国内专利授权年度状况

单位：件

| 地区 | 2023年 合计 | 2023年 发明 | 2023年 外观设计 | 2024年 合计 | 2024年 发明 | 2024年 外观设计 |
|---|---|---|---|---|---|---|
| 国内总计 | 300 | 100 | 200 | 360 | 120 | 240 |
| 北京 | 200 | 60 | 140 | 230 | 70 | 160 |
| 上海 | 100 | 40 | 60 | 130 | 50 | 80 |

"""


class Build:
    """Builds below a folder; each call anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def store(self, *texts: str) -> Path:
        """The folder of builds of these texts: the first is of 2024, the next of 2025 and so on."""
        self.count += 1
        here = self.folder / f"texts-{self.count}"
        here.mkdir()
        paths = []
        for year, text in enumerate(texts, 2024):
            path = here / f"r{year}.md"
            path.write_text(HEAD.format(year=year) + text, encoding="utf-8")
            paths.append(path)
        result = build(paths, here / "out", validate=False)
        assert result.directory
        return here / "out"

    def findings(self, *texts: str, kinds: tuple[Kind, ...] = ()) -> tuple[Finding, ...]:
        """What the checks find in these texts."""
        return check(open_store(self.store(*texts) / "current" / "store"), kinds)

"""Build directories: locked, swapped in one step, left-overs removed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.builds import building, current_build, publish
from kg.errors import KgError, NotBuiltError


def make(out: Path, name: str, text: str) -> Path:
    with building(out) as work:
        (work / "manifest.json").write_text(text, encoding="utf-8")
        (work / "store").mkdir()
        (work / "store" / "data").write_text(text, encoding="utf-8")
        return publish(out, work, name)


def names(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "builds").iterdir())


def test_a_build_becomes_current_and_the_one_before_stays_until_the_next(tmp_path: Path) -> None:
    make(tmp_path, "one", "1")
    assert os.readlink(tmp_path / "current") == "builds/one"
    reader = current_build(tmp_path)
    make(tmp_path, "two", "2")
    assert names(tmp_path) == ["one", "two"]
    # Who has asked for the current build before goes on reading it.
    assert (reader / "store" / "data").read_text(encoding="utf-8") == "1"
    make(tmp_path, "three", "3")
    assert names(tmp_path) == ["three", "two"]
    assert (current_build(tmp_path) / "manifest.json").read_text(encoding="utf-8") == "3"


def test_the_same_build_again_takes_a_second_name(tmp_path: Path) -> None:
    first = make(tmp_path, "same", "1")
    inode = first.stat().st_ino
    second = make(tmp_path, "same", "1")
    assert (first.name, second.name) == ("same", "same-b")
    assert first.stat().st_ino == inode
    third = make(tmp_path, "same", "1")
    assert (third.name, names(tmp_path)) == ("same", ["same", "same-b"])


def test_a_failed_build_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    make(tmp_path, "one", "1")
    with pytest.raises(IsADirectoryError), building(tmp_path) as work:
        work.write_text("no file", encoding="utf-8")
    assert names(tmp_path) == ["one"]
    assert current_build(tmp_path).name == "one"


def test_left_overs_of_a_killed_build_are_removed(tmp_path: Path) -> None:
    make(tmp_path, "one", "1")
    (tmp_path / "builds" / ".new" / "store").mkdir(parents=True)
    (tmp_path / "builds" / "dead").mkdir()
    (tmp_path / "builds" / "stray").write_text("x", encoding="utf-8")
    (tmp_path / "builds" / "link").symlink_to(tmp_path)
    (tmp_path / ".current.new").symlink_to("builds/dead")
    (tmp_path / "mine.txt").write_text("not ours", encoding="utf-8")
    make(tmp_path, "two", "2")
    assert names(tmp_path) == ["one", "two"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [".lock", "builds", "current", "mine.txt"]


def test_two_builds_in_one_place_do_not_collide(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.builds import building\nwith building(Path(sys.argv[1])): pass"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    with building(tmp_path) as work:
        refused = subprocess.run(run, capture_output=True, text=True, check=False)
        assert refused.returncode != 0
        assert "another build is at work here" in refused.stderr
        assert work.is_dir()
    subprocess.run(run, check=True)


def test_what_cannot_hold_builds_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(KgError, match="expected a directory that can be written"), building(file):
        pass
    (tmp_path / "out" / "current").mkdir(parents=True)
    with pytest.raises(KgError, match="not a symbolic link"), building(tmp_path / "out"):
        pass


def test_without_a_build_there_is_no_current_one(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="no build"):
        current_build(tmp_path)
    (tmp_path / "current").symlink_to("builds/gone")
    with pytest.raises(NotBuiltError, match="no build"):
        current_build(tmp_path)
    assert make(tmp_path, "one", "1") == current_build(tmp_path)


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from kg.builds import building, publish
out, name, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def count(event, _):
    # The interpreter tells of each change of the disk before it makes it.
    global left
    if event != "os.kill" and event.split(".")[0] in ("os", "open", "shutil"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
with building(out) as work:
    (work / "manifest.json").write_text(name)
    (work / "store").mkdir()
    (work / "store" / "data").write_text(name)
    publish(out, work, name)
"""


def test_a_kill_before_any_step_on_the_disk_leaves_a_whole_build(tmp_path: Path) -> None:
    make(tmp_path, "start", "start")
    seen: list[str] = []
    # Each round is killed one step later than the one before, until one lives to its end.
    for step in range(200):
        run = [sys.executable, "-c", KILLED_AT, str(tmp_path), f"n{step}", str(step)]
        killed = subprocess.run(run, check=False).returncode == -signal.SIGKILL
        current = current_build(tmp_path)
        seen.append((current / "manifest.json").read_text(encoding="utf-8"))
        assert (current / "store" / "data").read_text(encoding="utf-8") == seen[-1]
        assert seen[-1] in (f"n{step}", *seen[:-1], "start")
        if not killed:
            break
    assert seen[-1] == f"n{len(seen) - 1}"
    assert len(seen) > 20
    assert len(set(seen)) > 2  # killed both before and after the swap

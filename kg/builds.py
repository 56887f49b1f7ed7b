"""Build directories: written apart, synced, then made current in one step.

    OUT/current -> builds/<name>    the build that everything reads
    OUT/builds/.new                 a build in the making, or what a killed one left
    OUT/builds/<other>              the build before, for those who still read it; the next build removes it
    OUT/.lock                       held while a build is at work

Killed at any moment, `OUT/current` is a whole build: the old one or the new one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError, NotBuiltError

__all__ = ["building", "current_build", "publish"]

_BUILDS = "builds"
_CURRENT = "current"
_WORK = ".new"
_LINK = ".current.new"
_LOCK = ".lock"


def current_build(out: Path) -> Path:
    """The directory of the current build, with no link in its path: a later build does not change it.

    Raises NotBuiltError when there is none.
    """
    link = out / _CURRENT
    if not (link / "manifest.json").is_file():
        raise NotBuiltError(f"{out}: no build; expected one made by `kg build -o {out}`")
    return link.resolve()


@contextmanager
def building(out: Path) -> Iterator[Path]:
    """Locks OUT, removes what is not current and gives an empty directory to build in.

    The directory is removed at the end unless `publish` has made it current. Raises KgError when another
    build is at work in OUT or OUT cannot hold builds.
    """
    builds = out / _BUILDS
    try:
        builds.mkdir(parents=True, exist_ok=True)
        lock = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise KgError(f"{out}: {error.strerror}; expected a directory that can be written") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KgError(f"{out}: another build is at work here; expected none") from error
        keep = _current_name(out)
        for entry in sorted(builds.iterdir()):
            if entry.name != keep:
                _remove(entry)
        work = builds / _WORK
        work.mkdir()
        try:
            yield work
        finally:
            _remove(work)
    finally:
        # Closing gives the lock back; the file stays, since removing it could part two waiting builds.
        os.close(lock)


def publish(out: Path, work: Path, name: str) -> Path:
    """Makes the directory from `building` current as `builds/<name>`; returns its path.

    When the current build has that name the new one gets another: what is read is never touched. Raises
    OSError when the disk fails; `current` is then the old build.
    """
    target = work.parent / (f"{name}-b" if _current_name(out) == name else name)
    _sync_tree(work)
    work.rename(target)
    _sync(work.parent)
    link = out / _LINK
    link.unlink(missing_ok=True)
    link.symlink_to(Path(_BUILDS, target.name))
    os.replace(link, out / _CURRENT)
    _sync(out)
    return target


def _current_name(out: Path) -> str:
    """The name of the directory that `current` points to, "" without one."""
    link = out / _CURRENT
    if link.is_symlink():
        return Path(os.readlink(link)).name
    if link.exists():
        raise KgError(f"{link}: not a symbolic link; expected one made by `kg build`")
    return ""


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(top: Path) -> None:
    """Files before the directories that name them."""
    for directory, _, files in os.walk(top, topdown=False):
        for name in files:
            _sync(Path(directory, name))
        _sync(Path(directory))

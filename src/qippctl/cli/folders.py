"""A folder of files, written whole or not at all: beside its place first, then put there under its name."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from qippctl.errors import UsageError
from qippctl.models.closing import MANIFEST, Manifest

LARGEST_MANIFEST = 512_000_000


def differences(folder: Path, wanted: Mapping[str, bytes]) -> list[str] | None:
    """In which files a pack that lies in a folder differs from the one that is wanted; None where there is nothing yet.

    UsageError where the folder is not a pack of qippctl's own, as it was made: nothing of anybody else's is ever replaced.
    """
    if not folder.exists() and not folder.is_symlink():
        return None
    if not folder.is_dir():
        raise UsageError(f"{folder}: is there and is no folder; choose another with -o FOLDER")
    manifest = _manifest(folder)
    there = {path.name for path in folder.iterdir()}
    kept = {file.name: file.sha256 for file in manifest.files}
    added = sorted(there - kept.keys() - {MANIFEST})
    touched = [name for name in sorted(kept) if name in there and _hash(folder / name) != kept[name]]
    if added or touched:
        what = ", ".join([*(f"{name} was changed" for name in touched), *(f"{name} was put there" for name in added)])
        raise UsageError(
            f"{folder}: a pack, but {what} since it was made; nothing is replaced. Choose another with -o FOLDER"
        )
    now = {name: hashlib.sha256(content).hexdigest() for name, content in wanted.items() if name != MANIFEST}
    gone = {name for name in kept if name not in there}
    out = [f"{name} is gone" for name in sorted((kept.keys() - now.keys()) | gone)]
    out += [f"{name} is new" for name in sorted(now.keys() - kept.keys())]
    out += [f"{name} differs" for name in sorted(kept.keys() & now.keys() - gone) if kept[name] != now[name]]
    if not out and (folder / MANIFEST).read_bytes() != wanted[MANIFEST]:
        out.append(f"{MANIFEST} differs")
    return out


def manifest_hash(folder: Path) -> str:
    """The hash of the manifest that lies in a folder."""
    return _hash(folder / MANIFEST)


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    other = f"{folder}: a folder that is there already and no pack of qippctl's; choose another with -o FOLDER"
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_MANIFEST:
            raise UsageError(other)
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(other) from error


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder, in place of the pack that lies there, if one does. UsageError says why it could not be.

    They are written beside it and put in place in one step: whoever looks finds all of them, or what was there before.
    What an interrupted run left beside it is taken away.
    """
    folder = folder.resolve()
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        fresh.mkdir()
        for name, content in sorted(files.items()):
            with (fresh / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if folder.exists():
            folder.rename(old)
            try:
                fresh.rename(folder)
            except OSError:
                old.rename(folder)
                raise
        else:
            fresh.rename(folder)
    except OSError as error:
        raise UsageError(f"{folder}: the pack cannot be written: {error.strerror}; nothing of it is there") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Take away what runs that are no more left beside a folder; a pack that one had moved aside is put back."""
    for path in sorted(folder.parent.glob(f".{_plain(folder.name)}.*")):
        number, _, kind = path.name.removeprefix(f".{folder.name}.").partition(".")
        if not number.isdigit() or kind not in ("part", "old") or _is_running(int(number)):
            continue
        if kind == "old" and not folder.exists():
            path.rename(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _plain(name: str) -> str:
    """A name as a pattern that fits itself alone."""
    import glob

    return glob.escape(name)


def _is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True

"""Folders outside the stores in which files of children stand for a moment, and what killed processes left of them.

The name says which machine and process made it, so that a run can tell what nobody uses any more.
"""

import os
import platform
import shutil
import tempfile
from pathlib import Path


def temporary_folder(inside: Path | None = None) -> tempfile.TemporaryDirectory[str]:
    """A folder that only this user can read, gone at the end of the with block. inside: where, not the system's own."""
    return tempfile.TemporaryDirectory(prefix=f"{_ours()}{os.getpid()}-", dir=inside)


def sweep_temporary() -> int:
    """Delete what processes of this user and machine that have ended left behind; returns how many folders."""
    swept = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_ours()}*-*"):
        process = folder.name.removeprefix(_ours()).partition("-")[0]
        if folder.is_dir() and not folder.is_symlink() and process.isdecimal() and not _runs(int(process)):
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def _ours() -> str:
    return f"csc-{platform.node()}-{os.getuid()}-"


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

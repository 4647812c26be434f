"""What a killed process left in the system's temporary folder goes; what a living one uses stays."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from assets.temporary import sweep_temporary, temporary_folder

_LEFT = "from assets.temporary import temporary_folder as t; import os; f = t(); f.__enter__(); os._exit(9)"


def test_only_what_nobody_uses_is_swept(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "csc-of-somebody-else").mkdir()
    killed = subprocess.run(
        [sys.executable, "-c", _LEFT], env={"TMPDIR": str(tmp_path), "PYTHONPATH": "."}, check=False
    )
    assert killed.returncode == 9
    with temporary_folder() as used:
        assert len(list(tmp_path.iterdir())) == 3
        assert sweep_temporary() == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["csc-of-somebody-else", Path(used).name])

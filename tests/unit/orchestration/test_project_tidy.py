"""Generated documents are what the code would write today, and tracked files are tidy."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import docs, hygiene


def test_generated_documents_are_current(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["docs", "--check"])
    code = docs.main()
    assert code == 0, capsys.readouterr().out


def test_a_stale_readme_is_noticed(repository: Path) -> None:
    current = (repository / "README.md").read_text(encoding="utf-8")
    assert docs.readme(current.replace("| `CSC_HOME` |", "| `CSC_HOUSE` |")) == current
    with pytest.raises(ValueError, match=r"README\.md lacks"):
        docs.readme("# A page without a table of settings\n")


def test_tracked_files_are_tidy(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if subprocess.run(["git", "rev-parse"], cwd=repository, capture_output=True, check=False).returncode:  # noqa: S607
        pytest.skip("this copy of the project is not under git, so no file is tracked")
    monkeypatch.chdir(repository)
    code = hygiene.main()
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.py", "x = 1 \n", "white space at the end"),
        ("a.py", "x = 1", "no newline at the end"),
        ("a.md", "<<<<<<< ours\n", "merge mark"),
        ("a.json", "{\n", "not readable as json"),
        ("a.yml", "a: [1\n", "not readable as yml"),
        ("a.toml", "a = \n", "not readable as toml"),
        ("a.txt", "-----BEGIN PRIVATE " + "KEY-----\n", "private key"),
        ("a.bin", "0" * (501 * 1024), "larger than 500 KB"),
    ],
)
def test_what_is_untidy_is_named(tmp_path: Path, name: str, text: str, problem: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert any(problem in found for found in hygiene.problems_of(path))


def test_a_tidy_file_has_no_problems(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    assert hygiene.problems_of(path) == []

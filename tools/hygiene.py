"""Quick checks on tracked files: white space, merge marks, size, private keys, readable yaml, toml and json."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

LARGEST_KB = 500
_TEXT = {".py", ".sql", ".yml", ".yaml", ".toml", ".md", ".csv", ".json", ".txt", ".html", ".css", ".j2", ""}
_READERS = {".toml": tomllib.loads, ".json": json.loads, ".yml": yaml.safe_load, ".yaml": yaml.safe_load}
_SECRET = "PRIVATE " + "KEY-----"  # in two parts, so that this file does not find itself


def problems_of(path: Path) -> list[str]:
    """What is wrong with one file, as sentences."""
    found = []
    if path.stat().st_size > LARGEST_KB * 1024:
        found.append(f"larger than {LARGEST_KB} KB")
    if path.suffix not in _TEXT:
        return found
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found += [f"line {n}: white space at the end" for n, line in enumerate(lines, 1) if line != line.rstrip()]
    found += [f"line {n}: merge mark" for n, line in enumerate(lines, 1) if line.startswith(("<<<<<<< ", ">>>>>>> "))]
    if _SECRET in text:
        found.append("holds a private key")
    if text and not text.endswith("\n"):
        found.append("no newline at the end")
    reader = _READERS.get(path.suffix)
    if reader:
        try:
            reader(text)
        except (ValueError, yaml.YAMLError):
            found.append(f"is not readable as {path.suffix[1:]}")
    return found


def main() -> int:
    """Print every problem; 1 when there is one."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True)  # noqa: S607
    wrong = [
        f"{name}: {problem}"
        for name in listed.stdout.split("\0")
        if name and Path(name).is_file()
        for problem in problems_of(Path(name))
    ]
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

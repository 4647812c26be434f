"""The dbt project as Dagster sees it: where it is, and a manifest that is never older than the SQL.

Translation of dbt nodes into assets is in translator.py; running dbt is in assets.py.
"""

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from dagster_dbt import DbtProject

from assets.warehouse.dbt_environment import PROJECT_DIR

_SOURCES = ("*.sql", "*.yml", "*.yaml", "*.csv", "*.md")
_BUILT = {"target", "logs", "dbt_packages"}
_COMMANDS_KEPT_SECONDS = 3 * 24 * 60 * 60


def project_fingerprint(folder: Path = PROJECT_DIR) -> str:
    """A hash over every file that the manifest depends on."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in folder.rglob(pattern)):
        relative = path.relative_to(folder)
        if not _BUILT.intersection(relative.parts):
            digest.update(str(relative).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def prepared_project(target: str, work_dir: Path, variables: Mapping[str, object]) -> DbtProject:
    """The project for one target (duckdb or postgres), parsed if any of its files changed since the last time.

    work_dir: where manifests and logs go; one folder a target, since the SQL a manifest holds depends on the engine.
    variables: the scheme settings that models read; part of every dbt command, since a command with others than the
    manifest was made with would parse everything again.
    Raises DagsterDbtProjectNotFoundError when the project is not beside the code.
    """
    built = work_dir / target
    built.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    # Where dagster-dbt looks for the parsed project before each command, and puts what the command leaves. Without it,
    # that is a folder in the checkout, and every command parses everything anew: 5 seconds, twice a run.
    os.environ["DBT_TARGET_PATH"] = str(built)
    _forget_old_commands(built)
    _find_dbt_beside_python()
    project = DbtProject(
        PROJECT_DIR,
        target_path=built,
        profiles_dir=PROJECT_DIR,
        profile="csc",
        target=target,
        prepare_project_cli_args=["parse", "--quiet", *with_variables(variables)],
    )
    stamp = built / "fingerprint.txt"
    fingerprint = f"{project_fingerprint()} {json.dumps(variables, sort_keys=True)}"
    if not project.manifest_path.exists() or not stamp.exists() or stamp.read_text() != fingerprint:
        project.preparer.prepare(project)
        stamp.write_text(fingerprint)
    return project


def with_variables(variables: Mapping[str, object]) -> list[str]:
    """The part of a dbt command line that gives the scheme settings."""
    return ["--vars", json.dumps(variables, sort_keys=True)]


def _forget_old_commands(built: Path) -> None:
    """Delete what dbt commands of some days ago left, each in a folder of its own and 8 MB large."""
    oldest = time.time() - _COMMANDS_KEPT_SECONDS
    for folder in built.glob("dbt_*-*-*"):
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _find_dbt_beside_python() -> None:
    """Let the dbt of this environment be found, whether or not the environment has been activated."""
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])

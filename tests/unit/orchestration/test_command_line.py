"""The contract of csc: help for everything, exit code 2 for wrong use, 1 for what is refused, errors on stderr."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from command_line import Csc

from orchestration.cli import main


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


COMMANDS = list(_commands(main))


@pytest.fixture
def csc(tmp_path: Path) -> Csc:
    return Csc(tmp_path / "home")


@pytest.fixture
def registered(csc: Csc) -> Csc:
    """With a stream to send on."""
    added = csc("stream", "add", "204-d2i", "--cms-supplier", "X", "--mode", "delta", "--start-date", "2026-03-01")
    assert added.exit_code == 0
    return csc


def test_the_commands_of_the_public_contract_are_there() -> None:
    offered = {" ".join(path) for path, _ in COMMANDS}
    assert {"land", "process", "load-return", "query", "report", "synth", "stream add", "stream list"} <= offered


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_has_help(csc: Csc, path: tuple[str, ...], command: click.Command) -> None:
    shown = csc(*path, "--help")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("Usage: ")
    line = command.get_short_help_str(limit=200)
    assert line
    assert line[0].isupper()
    undescribed = [each.name for each in command.params if isinstance(each, click.Option) and each.help is None]
    assert [name for name in undescribed if name not in NEEDS_NO_WORDS] == []


# Their choices and default say it all.
NEEDS_NO_WORDS = {"preset", "form", "environment", "payload_mode", "host", "port"}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["nonsense"], id="no such command"),
        pytest.param(["land", "x.json"], id="land without a stream"),
        pytest.param(["land", "--stream", "204-d2i"], id="land without a file"),
        pytest.param(["land", "--stream", "204-d2i", "absent.json"], id="land a file that is not there"),
        pytest.param(["land", "--stream", "204-d2i", "--received-at", "noon", __file__], id="land at no moment"),
        pytest.param(["load-return", "school", "--la", "204", "--year", "2026", __file__], id="no such return"),
        pytest.param(["load-return", "cin", "--la", "999", "--year", "2026", __file__], id="no such LA"),
        pytest.param(["load-return", "cin", "--la", "204", "--year", "26", __file__], id="no such year"),
        pytest.param(["stream", "add", "204-post", "--cms-supplier", "X", "--mode", "full"], id="no such route"),
        pytest.param(["stream", "add", "204-d2i", "--cms-supplier", "X", "--mode", "half"], id="no such mode"),
        pytest.param(["query"], id="query without SQL"),
        pytest.param(["query", "select 1", "--format", "xml"], id="query in no such form"),
        pytest.param(["synth"], id="synth without a folder"),
        pytest.param(["demo", "--preset", "enormous"], id="no such preset"),
        pytest.param(["report", "--year", "soon"], id="report of no year"),
    ],
)
def test_wrong_use_is_2_and_says_so_on_stderr(csc: Csc, arguments: list[str]) -> None:
    result = csc(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "rror: " in result.stderr


@pytest.mark.parametrize(
    "days",
    [
        pytest.param(["--from", "2026-04-02", "--to", "2026-04-01"], id="backwards"),
        pytest.param(["--from", "2024-12-31", "--to", "2026-04-01"], id="before the first day"),
        pytest.param(["--from", "1 April"], id="no day"),
    ],
)
def test_processing_days_that_cannot_be_is_wrong_use(registered: Csc, tmp_path: Path, days: list[str]) -> None:
    _land(registered, tmp_path, '[{"la_child_id": "A1"}]')
    assert registered("process", *days).exit_code == 2


def test_a_wrong_setting_is_wrong_use_and_is_named(tmp_path: Path) -> None:
    result = Csc(tmp_path / "home", {"CSC_THREADS": "many"})("stream", "list")
    assert result.exit_code == 2
    assert "CSC_THREADS" in result.stderr


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}", id="no list"),
        pytest.param('[{"la_child_id": "A1"', id="cut short"),
        pytest.param("[" + ", ".join('{"la_child_id": "A1"}' for _ in range(101)) + "]", id="too many"),
    ],
)
def test_a_refused_batch_is_1_and_prints_no_receipt(registered: Csc, tmp_path: Path, body: str) -> None:
    result = _land(registered, tmp_path, body)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "batch.json" in result.stderr


def test_a_good_batch_prints_a_receipt_a_record_and_the_same_ones_again(registered: Csc, tmp_path: Path) -> None:
    first = _land(registered, tmp_path, '[{"la_child_id": "A1"}, {"la_child_id": "A2"}]')
    again = _land(registered, tmp_path, '[{"la_child_id": "A1"}, {"la_child_id": "A2"}]')
    assert first.exit_code == again.exit_code == 0
    assert len(first.stdout.splitlines()) == 2
    assert first.stdout == again.stdout


def test_a_stream_that_is_not_registered_is_refused(csc: Csc, tmp_path: Path) -> None:
    assert _land(csc, tmp_path, '[{"la_child_id": "A1"}]').exit_code == 1


def test_a_return_that_is_none_is_refused(csc: Csc, tmp_path: Path) -> None:
    page = tmp_path / "census.xml"
    page.write_text("<html/>")
    result = csc("load-return", "cin", "--la", "204", "--year", "2026", page)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")


@pytest.mark.parametrize("arguments", [["process"], ["report"], ["query", "select 1"]])
def test_before_anything_has_come_in_the_answer_is_words(csc: Csc, arguments: list[str]) -> None:
    result = csc(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")


def test_streams_are_listed_as_added(registered: Csc) -> None:
    shown = registered("stream", "list")
    assert shown.exit_code == 0
    assert "204" in shown.stdout
    assert str(date(2026, 3, 1).year) in shown.stdout


def _land(csc: Csc, folder: Path, body: str):
    batch = folder / "batch.json"
    batch.write_text(body)
    return csc("land", "--stream", "204-d2i", "--received-at", "2026-03-31T08:00:00Z", batch)

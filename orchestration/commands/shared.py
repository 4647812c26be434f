"""What every subcommand shares: settings, stores, exit codes and the way errors are shown."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click
from rich.console import Console

from assets.stores import Stores
from orchestration.resources import stores_of
from orchestration.settings import Settings, SettingsError, load_settings

FINE, REFUSED, WRONG_USE = 0, 1, 2

# Progress and errors; standard output is kept for what a script would read.
console = Console(stderr=True, highlight=False, soft_wrap=True)


def settings_or_exit() -> Settings:
    """The settings, or a clear message and exit code 2."""
    try:
        return load_settings()
    except SettingsError as error:
        fail(str(error), WRONG_USE)


def open_stores() -> Stores:
    """The stores of this deployment."""
    return stores_of(settings_or_exit())


def fail(message: str, code: int = REFUSED) -> NoReturn:
    """Print an error and end with that code."""
    console.print(f"error: {message}", markup=False, style="red", soft_wrap=True)
    sys.exit(code)


def explains(*errors: type[Exception]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turn the expected errors of a command into a message and exit code 1; anything else stays a traceback."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except errors as error:
                fail(str(error))

        return wrapped

    return decorate


def moment_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """--received-at, for what was received before now."""
    return click.option(
        "--received-at",
        metavar="ISO8601",
        help="When it was received, e.g. 2026-03-31T08:00:00Z (default: now). Without a zone it is read as UTC.",
    )(function)

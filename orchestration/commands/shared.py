"""What every subcommand shares: settings, stores, exit codes and the way errors are shown."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console

if TYPE_CHECKING:
    from assets.stores import Stores
    from orchestration.settings import Settings

FINE, REFUSED, WRONG_USE = 0, 1, 2

# Progress and errors; standard output is kept for what a script would read.
console = Console(stderr=True, highlight=False, soft_wrap=True)


# What a deployment is made of is imported where it is opened: csc validate needs none of it, and it takes seconds.


def settings_or_exit() -> "Settings":
    """The settings, or a clear message and exit code 2."""
    from orchestration.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as error:
        fail(str(error), WRONG_USE)


def open_stores() -> "Stores":
    """The stores of this deployment."""
    from orchestration.resources import stores_of

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

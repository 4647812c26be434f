"""csc ui and csc serve: the Dagster UI on this deployment's data, and the receiver that takes batches."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from orchestration.at_work import settle_cut_short
from orchestration.commands.shared import settings_or_exit
from orchestration.instance import open_instance

CHECKOUT = Path(__file__).resolve().parents[2]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=3000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def ui(host: str, port: int) -> None:
    """Serve the Dagster UI, with the daily schedule and the sensor for newly landed days."""
    settings = settings_or_exit()
    with open_instance(settings) as instance:
        settle_cut_short(instance)
    os.environ["CSC_HOME"] = str(settings.home.absolute())
    os.chdir(CHECKOUT)
    arguments = ["-m", "dagster", "dev", "-w", "workspace.yaml", "-h", host, "-p", str(port)]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own interpreter, fixed arguments


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that serve.")
def serve(host: str, port: int, workers: int) -> None:
    """Run the receiver: the API to which local authorities and suppliers send, with its token endpoint."""
    import uvicorn

    settings = settings_or_exit()
    settings.prepare_home()
    os.environ["CSC_HOME"] = str(settings.home.absolute())
    with tempfile.TemporaryDirectory(prefix="csc-metrics-") as figures:
        if workers > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures
        _serve(uvicorn.run, host, port, workers)


def _serve(run: Callable[..., None], host: str, port: int, workers: int) -> None:
    run(
        "orchestration.receiving:app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # paths and addresses of every request are not what the submission log keeps
        server_header=False,
        http="receiver.connections:BoundedHeads",
        ws="none",
        timeout_keep_alive=30,  # senders pause between batches, and a connection that closes just then loses an answer
        timeout_graceful_shutdown=30,
    )

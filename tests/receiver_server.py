"""The receiver as `csc serve` runs it, on a port of its own, to be spoken to over sockets and to be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2


class Running:
    """The receiver in processes of its own, on a port of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [str(Path(sys.executable).parent / "csc"), "serve", "--port", str(self.port), "--workers", "2"]
        environment = os.environ | {"CSC_HOME": str(home), "CSC_RECEIVER_BATCHES_A_SECOND": "10000"} | settings
        self.process = subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                if httpx2.get(f"http://127.0.0.1:{self.port}/ready", timeout=2).status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.1)
        raise AssertionError("the receiver did not come up")

    def end(self, how: signal.Signals) -> int:
        """Send that signal to all its processes; how the first of them ended."""
        if how is signal.SIGKILL:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        return self.process.wait(timeout=60)

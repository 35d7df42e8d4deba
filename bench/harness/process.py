"""A server while it runs."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from .paths import ARTIFACTS, SERVER_CORE, BenchError
from .servers import Server

START_LIMIT = 60


class Process:
    def __init__(self, server: Server, template: Path):
        self.server = server
        self.folder = self.copy(template)
        self.log = ARTIFACTS / "logs" / f"{server.key}-{template.name}.log"
        self.port = 0
        self.child = None

    def copy(self, template: Path) -> Path:
        folder = ARTIFACTS / "data" / f"{self.server.key}-{template.name}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        return folder

    def start(self) -> float:
        """Returns the seconds from its start to its first 200."""
        self.port = free_port()
        command = [self.filled_in(part) for part in self.server.command]
        environment = {name: self.filled_in(value) for name, value in self.server.environment.items()}
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            begin = time.monotonic()
            self.child = subprocess.Popen(
                ["taskset", "-c", str(SERVER_CORE), *command], env=os.environ | environment, cwd=self.server.runs_in,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait_for_answer(begin)
        return time.monotonic() - begin

    def wait_for_answer(self, begin: float):
        while not self.answers():
            if self.child.poll() is not None or time.monotonic() - begin > START_LIMIT:
                raise BenchError(f"{self.server.title} did not start, see {self.log}")
            time.sleep(0.002)

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/films/1")[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: str | None = None, **fields) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def stop(self):
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.child = None

    def kill(self):
        """As a power cut ends it: without a last word (SIGKILL)."""
        self.child.kill()
        self.child.wait()

    def pids(self) -> list[int]:
        """The started process and all below it."""
        found = [self.child.pid]
        for pid in found:
            found += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def megabytes(self) -> float:
        """Resident memory of all its processes."""
        return sum(resident_kilobytes(pid) for pid in self.pids()) / 1024

    def filled_in(self, text: str) -> str:
        return self.server.filled_in(text, self.folder, self.port)


def free_port() -> int:
    """A port that nobody listens on, so that the answers are not a stranger's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def resident_kilobytes(pid: int) -> int:
    return kilobytes(pid, "VmRSS")


def peak_megabytes(pid: int) -> float:
    """The most resident memory that the process had since it began."""
    return kilobytes(pid, "VmHWM") / 1024


def kilobytes(pid: int, name: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])

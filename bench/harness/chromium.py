"""Chromium without a window, spoken to in its DevTools protocol (https://chromedevtools.github.io/devtools-protocol)."""

import itertools
import json
import os
import subprocess
import tempfile

from .paths import BenchError

SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--remote-debugging-pipe"]
TO, FROM = 3, 4  # the pipes' numbers in Chromium

# Chromium reports a paint when it has happened; a page that is complete has no later one.
LARGEST_PAINT = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true }))"""


class Chromium:
    """One browser with one page and an empty cache."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
        command = [os.environ.get("CHROMIUM", "chromium"), *SWITCHES, f"--user-data-dir={self.profile.name}"]
        self.child = subprocess.Popen(["bash", "-c", f'exec "$@" {TO}<&{theirs_in} {FROM}>&{theirs_out}', "bash", *command],
                                      pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in), os.close(theirs_out)
        self.commands, self.messages = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
        self.rest, self.numbers, self.events, self.session = b"", itertools.count(1), [], None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.ask("Network.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        self.profile.cleanup()

    def visit(self, url: str) -> tuple[int, float]:
        """The bytes that were transferred, with header fields, and the milliseconds until the largest element was shown."""
        self.events.clear()
        self.ask("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")
        paint = self.run(LARGEST_PAINT)
        return sum(event["params"]["encodedDataLength"] for event in self.events if event["method"] == "Network.loadingFinished"), paint

    def run(self, script: str):
        """The value of an expression, also of a promise."""
        return self.ask("Runtime.evaluate", expression=script, awaitPromise=True)["result"].get("value")

    def choose_file(self, selector: str, file):
        document = self.ask("DOM.getDocument")["root"]["nodeId"]
        self.ask("DOM.setFileInputFiles", files=[str(file)], nodeId=self.ask("DOM.querySelector", nodeId=document, selector=selector)["nodeId"])

    def ask(self, method: str, **parameters) -> dict:
        number = next(self.numbers)
        session = {"sessionId": self.session} if self.session else {}
        self.commands.write(json.dumps({"id": number, "method": method, "params": parameters, **session}).encode() + b"\0")
        self.commands.flush()
        while (message := self.next()).get("id") != number:
            self.events.append(message)
        if "error" in message:
            raise BenchError(f"Chromium refuses {method}: {message['error']}")
        return message["result"]

    def wait_for(self, method: str):
        while not any(event["method"] == method for event in self.events):
            self.events.append(self.next())

    def next(self) -> dict:
        while b"\0" not in self.rest:
            if not (read := self.messages.read1(1 << 16)):
                raise BenchError("Chromium has ended: is it installed?")
            self.rest += read
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

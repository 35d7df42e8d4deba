"""Where things are, and which core does what."""

import os
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
ARTIFACTS = ROOT / "artifacts" / "bench"
PEERS = BENCH / "peers"
PUBLISHED = ARTIFACTS / "published"
DOCUMENT = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"

LOAD_CORE = 0
SERVER_CORE = 1


class BenchError(Exception):
    """The run proves nothing; the message says why."""


def stay_on_load_core():
    """Keeps this program, and the load that it starts, away from the servers' core."""
    if os.cpu_count() < 2:
        raise BenchError("the bench needs two cores: one for the server, one for the load")
    os.sched_setaffinity(0, {LOAD_CORE})

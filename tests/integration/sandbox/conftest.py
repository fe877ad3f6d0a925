"""Starts sandboxes for the tests of this folder.

The binary is `MIM_BINARY` (default: build/mim of the repository); it must know `sandbox --listen HOST:PORT
[--server-version V] [--feature-version V] [--replica-set NAME] [--auth USER:PASSWORD] [--seed FILE]` and say `sandbox listening on HOST:PORT` when it is ready.
"""

import os
import pathlib
import subprocess

import pymongo
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
BINARY = os.environ.get("MIM_BINARY", str(ROOT / "build" / "mim"))


class Sandbox:
    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [BINARY, "sandbox", "--listen", "127.0.0.1:0", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("sandbox listening on "), line + self.process.stderr.read()
        self.host, port = line.split()[-1].rsplit(":", 1)
        self.port = int(port)

    def client(self, **options):
        return pymongo.MongoClient(self.host, self.port, serverSelectionTimeoutMS=10000, **options)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@pytest.fixture(scope="session")
def sandbox_of_version():
    """version -> a client of a sandbox of that version; one sandbox a version for the whole run."""
    running = {}

    def get(version):
        if version not in running:
            sandbox = Sandbox("--server-version", version)
            running[version] = (sandbox, sandbox.client())
        return running[version][1]

    yield get
    for sandbox, client in running.values():
        client.close()
        assert sandbox.stop() == 0


@pytest.fixture(scope="module")
def sandbox():
    started = Sandbox()
    yield started
    assert started.stop() == 0


@pytest.fixture
def client(sandbox):
    opened = sandbox.client()
    opened.admin.command("sandboxReset", 1)
    yield opened
    opened.admin.command("sandboxReset", 1)
    opened.close()


@pytest.fixture(scope="module")
def replica_set():
    started = Sandbox("--replica-set", "rs")
    yield started
    assert started.stop() == 0


@pytest.fixture
def set_client(replica_set):
    """As `client`, of one that plays a replica set."""
    opened = replica_set.client(replicaSet="rs")
    opened.admin.command("sandboxReset", 1)
    yield opened
    opened.admin.command("sandboxReset", 1)
    opened.close()


@pytest.fixture
def start_sandbox():
    started = []

    def start(*arguments):
        started.append(Sandbox(*arguments))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"skipped aloud: {report.nodeid}: {report.longrepr[2]}")
